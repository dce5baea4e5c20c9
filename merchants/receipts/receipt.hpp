#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "gateway/payments/types.hpp"

namespace choso {

struct ReceiptTag { static constexpr std::string_view prefix = "rc"; };
using ReceiptId = Id<ReceiptTag>;

}  // namespace choso

namespace choso::receipts {

enum class Way { transfer, cash };
[[nodiscard]] std::string_view word(Way way);
[[nodiscard]] std::optional<Way> way_of(std::string_view word);

/// A receipt, or the counter-receipt that cancels one (then `cancels` names it and the amount is negative). Never changed.
struct Receipt {
    ReceiptId id;
    MerchantId merchant;         ///< who gives it
    PaymentRequestId request;
    Uuid cause{};                ///< the payment, or the taking of cash, that it is for
    Uuid token{};                ///< the secret of its page
    std::string symbol;
    int year = 0;                ///< of its series, in Vietnam
    std::int64_t number = 0;     ///< in its series, from 1, without gaps
    Money amount;
    Way way = Way::transfer;
    int position = 0;            ///< the line of a split request; 0: the whole of a plain one
    int turn = 0;                ///< how often one for the same cause was cancelled before
    std::optional<ReceiptId> cancels;
    std::string what;            ///< what was paid for
    std::string reason;          ///< of a counter-receipt
    payments::Actor maker;
    Instant occurred_at, issued_at;
};

/// As people read and type it: `BL-2026-0000123`.
[[nodiscard]] std::string number_text(Receipt const& receipt);
/// Symbol, year and number of such a text.
struct Numbered {
    std::string symbol;
    int year = 0;
    std::int64_t number = 0;
};
[[nodiscard]] std::optional<Numbered> parse_number(std::string_view text);

/// The calendar year in Vietnam.
[[nodiscard]] int year_of(Instant at);

}  // namespace choso::receipts
