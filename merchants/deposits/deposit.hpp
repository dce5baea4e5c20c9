#pragma once
#include <string>
#include <string_view>

#include "gateway/payments/types.hpp"

namespace choso::deposits {

enum class Status { open, settled };
enum class MoveKind { taken, withdrawn, used, returned };
[[nodiscard]] std::string_view word(Status status);
[[nodiscard]] std::string_view word(MoveKind kind);
[[nodiscard]] std::optional<Status> status_of(std::string_view word);
[[nodiscard]] std::optional<MoveKind> move_kind_of(std::string_view word);

struct Deposit {
    DepositId id;           ///< the number of its payment request
    MerchantId merchant;
    std::string code;       ///< the hospital's number of the case
    Money held;             ///< what its ledger account holds
    Money used;
    Money returned;         ///< proposed to be given back
    Status status = Status::open;
    Instant created_at;
    std::optional<Instant> settled_at;

    [[nodiscard]] PaymentRequestId request() const { return PaymentRequestId{id.uuid()}; }
    /// All that came in: each đồng of it is held, used or returned.
    [[nodiscard]] Money taken() const { return held + used + returned; }
};

/// What came into a case or went out of it.
struct Move {
    Uuid id{};
    DepositId deposit;
    MoveKind kind = MoveKind::used;
    Money amount;
    std::string what;
    payments::Actor actor;
    Instant at;
};

}  // namespace choso::deposits
