#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/vietnamese.hpp"
#include "platform/json/json.hpp"

/// What is said of money that came, in one place for every speaker. Pure.
namespace choso::sound {

enum class Kind { exact, received, short_, over, twice, late, reversed, small, unreferenced };
[[nodiscard]] std::string_view word(Kind kind);
/// A seller must not hand goods over for it.
[[nodiscard]] bool is_alarm(Kind kind);

/// Below this nobody sells anything: spoken with an alarm where no amount was asked; so is less than a twentieth of the usual.
inline constexpr Money small_money{1'000};
inline constexpr std::int64_t small_part = 20;

/// An event of a stall's stream, as much of it as is spoken.
struct Heard {
    std::string type;
    Money amount;
    std::optional<Money> expected;
    Money amount_paid, overpaid_by, missing;
    std::string status;
};
/// Of an event's JSON; nullopt for one that is not spoken.
[[nodiscard]] std::optional<Heard> heard_in(std::string_view type, json::Value const& event);

/// `usual`: the stall's median receipt, zero if it has none.
[[nodiscard]] Kind kind_of(Heard const& heard, Money usual);
[[nodiscard]] std::string sentence_of(Kind kind, Heard const& heard, Dialect dialect);

}  // namespace choso::sound
