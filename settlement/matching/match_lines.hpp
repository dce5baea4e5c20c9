#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "gateway/payments/types.hpp"
#include "settlement/matching/line_fact.hpp"

namespace choso::matching {

/// A payment of the account, as far as a line may be it.
struct KnownPayment {
    PaymentId id;
    Money amount;
    Instant occurred_at;
    std::string bank_ref;
    std::optional<Reference> reference;
    std::int64_t content_hash = 0;
    bool seen_by_source = false;  ///< this source has told it already: only as the very same line
    payments::PaymentStatus status = payments::PaymentStatus::allocated;
    bool confirmed = false;
};

/// Why a line is taken for a payment; `none`: the book has not heard of it.
enum class Reason { none, same_line, bank_reference, reference, content };
[[nodiscard]] std::string_view word(Reason reason);

struct Pair {
    Reason reason = Reason::none;
    std::size_t payment = 0;  ///< index of the known one
};

/// One pair a line. `sighted`: for lines this source told before, the payment's index, else none. A line joins the oldest
/// payment of its amount and bank day (± 1) that this source has not seen and no other line has taken: by the bank's
/// number, then by reference, then by folded content; never one that carries a different reference or number.
[[nodiscard]] std::vector<Pair> match_lines(std::span<LineFact const> lines, std::span<KnownPayment const> known,
                                            std::span<std::optional<std::size_t> const> sighted);

}  // namespace choso::matching
