#pragma once
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/postgres/connection.hpp"

namespace choso::people {

/// Somebody who tries: how many failures are forgiven, and how long a wait may grow to.
struct Attempter {
    std::string subject;  ///< SHA-256 of what it is and its name
    int allowed;
    std::chrono::seconds longest;
    bool always = false;  ///< charged also when the attempt is refused because another one waits
};
[[nodiscard]] Attempter by_account(std::string_view login);
/// Of an IPv6 address its /64: one line has that many. It waits longer than an account: who keeps an account waiting is to
/// run out of attempts first.
[[nodiscard]] Attempter by_address(std::string_view address);
[[nodiscard]] Attempter by_second_factor(std::string_view staff);

/// Counts a failure of each before the attempt is made; how long to wait instead, if one of them has to. After `allowed`
/// failures each further one doubles the wait, from a second up to `longest`; 15 quiet minutes after the last wait forgive all.
[[nodiscard]] std::optional<std::chrono::seconds> take_attempt(postgres::Connection& connection, std::vector<Attempter> const& who);
/// The attempt was good: `whole` starts over, `one` gets back the failure it was charged with, for its other attempts may be
/// somebody else's.
void forgive(postgres::Connection& connection, Attempter const& whole, std::optional<Attempter> const& one = {});

}  // namespace choso::people
