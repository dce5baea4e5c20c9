#pragma once
#include <map>
#include <vector>

#include "base/result.hpp"
#include "gateway/payments/types.hpp"
#include "merchants/receipts/receipt.hpp"

/// Which receipts a request's money asks for. Pure.
namespace choso::receipts {

/// What of one payment stands for one line that was asked; what came over the asked amount is in none.
struct Standing {
    PaymentId payment;
    int position = 0;
    MerchantId merchant;
    Money amount;
    Instant occurred_at;
};

struct View {
    std::optional<payments::PaymentRequest> request;
    std::vector<Standing> standing;
    std::vector<Receipt> receipts;              ///< of the request, counter-receipts among them
    std::map<MerchantId, std::string> issuers;  ///< payees that issue receipts, with their series' symbol
};

/// What the money now asks for: receipts that are missing and counters of those whose money went, in the order to be
/// numbered. Ids, tokens, numbers and years are still to be given. Nothing, when all is as it should be.
///
/// Money that is held for a decision (late, under the policy `hold` or `refund`) has no receipt. What a person has cancelled
/// is not issued again.
[[nodiscard]] std::vector<Receipt> missing(View const& view, Instant now);

/// Of some money on a split or plain request: what stands for the lines that were asked, in the order it was recorded.
struct Allocated {
    payments::Payment payment;
    Money amount;
    std::vector<payments::Share> shares;  ///< of a split request
};
[[nodiscard]] std::vector<Standing> standing_of(payments::PaymentRequest const& request, std::vector<Allocated> money);

/// The receipt that cancels `old`, for a person or for the gateway itself.
[[nodiscard]] Receipt counter_of(Receipt const& old, std::string reason, payments::Actor const& maker, Instant now);
/// Whether one of `all` cancels `receipt`.
[[nodiscard]] Receipt const* counter_in(std::vector<Receipt> const& all, ReceiptId receipt);

}  // namespace choso::receipts
