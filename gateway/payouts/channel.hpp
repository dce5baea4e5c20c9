#pragma once
#include <string>

#include "base/id.hpp"
#include "base/money.hpp"

/// How payouts reach a bank.
namespace choso::payouts {

struct Transfer {
    PayoutId id;  ///< the bank's connector keeps it: the same id is never paid twice
    std::string from_bin, from_account;
    std::string to_bin, to_account, to_holder;
    Money amount;
    std::string content;  ///< the payout's KX code
};

/// What is known after a call. `nothing`: no answer that can be trusted, so anything may have happened.
struct BankWord {
    enum class Kind { succeeded, failed, pending, never_heard_of, nothing };
    Kind kind = Kind::nothing;
    std::string bank_reference;  ///< at most 64 printable ASCII characters
    std::string reason;          ///< of a failure, a word: `account_closed`
};

/// One bank's connector. Each call ends within its own total deadline and throws nothing. Any thread.
class Channel {
 public:
    Channel() = default;
    Channel(Channel const&) = delete;
    Channel& operator=(Channel const&) = delete;
    virtual ~Channel() = default;

    /// Never `never_heard_of`.
    [[nodiscard]] virtual BankWord send(Transfer const& transfer) = 0;
    [[nodiscard]] virtual BankWord ask(PayoutId id) = 0;
};

}  // namespace choso::payouts
