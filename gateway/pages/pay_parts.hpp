#pragma once
#include <optional>
#include <string>

#include "gateway/pages/html.hpp"
#include "gateway/pages/pay_state.hpp"
#include "merchants/directory.hpp"

/// The parts of a payer's page, in the order a phone shows them.
namespace choso::pages {

/// All that is drawn from: one request, who is paid, and how.
struct PayPage {
    Language language = Language::vi;
    PayState state = PayState::waiting;
    PayView view;
    std::string payee;                                 ///< stall or merchant
    merchants::BankAccount const* account = nullptr;   ///< null: the directory no longer knows it
    std::optional<std::string> payload;                ///< the VietQR; none above one transfer's limit
    std::string path;                                  ///< `/t/{token}`
    std::string url;                                   ///< the whole address, to give to somebody else
    Instant now;
};
/// What is to be paid now: the rest, else the whole; none: the payer chooses.
[[nodiscard]] std::optional<Money> to_pay(payments::PaymentRequest const& request);

/// Who is paid, for whom, how much, the fee.
void draw_payee(Html& html, PayPage const& page);
void draw_amount(Html& html, PayPage const& page);
/// Whether money moved, what happens next.
void draw_state(Html& html, PayPage const& page);
/// The symbol, or why there is none.
void draw_code(Html& html, PayPage const& page);
/// Of one payment for several: who gets what.
void draw_shares(Html& html, PayPage const& page);
/// Bank apps, picture, by hand, by a relative.
void draw_ways_to_pay(Html& html, PayPage const& page);
void draw_refunds(Html& html, PayPage const& page);
/// The reference number and, near the end, the time that is left.
void draw_reference(Html& html, PayPage const& page);
void draw_deadline(Html& html, PayPage const& page);

}  // namespace choso::pages
