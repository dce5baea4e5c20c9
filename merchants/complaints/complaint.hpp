#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/payments/types.hpp"

namespace choso {

struct ComplaintTag { static constexpr std::string_view prefix = "cmp"; };
using ComplaintId = Id<ComplaintTag>;

}  // namespace choso

namespace choso::complaints {

enum class Kind { paid_not_recorded, paid_twice, amount_wrong, payee_wrong, refund_missing, receipt_wrong, other };
enum class Status { open, answered };
struct KindWords {
    Kind kind;
    std::string_view word, vi, en;
};
[[nodiscard]] std::span<KindWords const> kinds();
[[nodiscard]] KindWords const& words_of(Kind kind);
[[nodiscard]] std::optional<Kind> kind_of(std::string_view word);
[[nodiscard]] std::string_view word(Status status);
[[nodiscard]] std::optional<Status> status_of(std::string_view word);

struct Complaint {
    ComplaintId id;
    MerchantId merchant;
    PaymentRequestId request;
    std::optional<Uuid> receipt;
    Uuid token{};
    Kind kind = Kind::other;
    Status status = Status::open;
    int days = 0;               ///< working days it was given
    Instant opened_at, deadline;
    payments::Actor opener;     ///< system: the payer
    std::optional<Uuid> owner;  ///< a member of staff
    std::optional<Instant> answered_at, escalated_at;
};

}  // namespace choso::complaints
