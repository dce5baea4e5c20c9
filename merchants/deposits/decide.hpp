#pragma once
#include <map>
#include <vector>

#include "base/result.hpp"
#include "gateway/payments/decide_out.hpp"
#include "gateway/payments/effects.hpp"
#include "merchants/deposits/deposit.hpp"

/// The rules of deposits. Pure.
namespace choso::deposits {

/// One payment of the advance, with the refunds there are of it.
struct Advance {
    payments::Payment payment;
    Money amount;  ///< allocated to the case's request
    std::vector<payments::Refund> refunds;
};

struct Case {
    Deposit deposit;
    AccountId account;  ///< the money came into
    payments::CollectorMode mode = payments::CollectorMode::direct;
    std::vector<Advance> advances;
};

/// What a decision leaves: the case as it is then, its new moves, and what the core is to do.
struct Decided {
    Deposit deposit;
    std::vector<Move> moves;
    payments::Effects effects;
};

/// Money of the advance that may be held: in a collector's account only what was confirmed; nothing that is asked back.
[[nodiscard]] Money available(Case const& of);
/// Brings what is held up to what is available, or down to it as far as it is not used yet. A settled case stays as it is.
[[nodiscard]] Decided sync(Case const& of, payments::Actor const& by, Instant now);

struct Use {
    Money amount;
    std::string what;
    payments::Actor actor;
};
[[nodiscard]] Result<Decided, payments::Refusal> use(Case const& of, Use const& asked, Instant now);

/// Ends the case: what is held goes back by proposed refunds, of the newest payments first.
struct Settle {
    payments::Actor actor;
    std::map<PaymentId, payments::Destination> named;   ///< the payer's account where the bank's notice names it
    std::optional<payments::Destination> chosen;        ///< the payer's own choice, for the others
};
[[nodiscard]] Result<Decided, payments::Refusal> settle(Case const& of, Settle const& asked, Instant now);

namespace event_type {
inline constexpr std::string_view opened = "deposit.opened";
inline constexpr std::string_view used = "deposit.used";
inline constexpr std::string_view settled = "deposit.settled";
}  // namespace event_type

/// `{"held","used","returned","status"}`
[[nodiscard]] std::string body_of(Deposit const& deposit);

}  // namespace choso::deposits
