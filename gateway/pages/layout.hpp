#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/pages/html.hpp"
#include "gateway/payments/types.hpp"
#include "merchants/directory.hpp"
#include "platform/http/message.hpp"

/// What the pages share: the frame, and how a request is shown to people.
namespace choso::pages {

struct Frame {
    std::string title;
    int refresh_seconds = 0;   ///< where no script runs, the page comes anew this often; 0: never
    std::string refresh_to;    ///< goes there at once, script or not; empty: stays
    std::string_view script;   ///< `/assets/quay.js`; empty: none
    bool test = false;         ///< says that no real money moves
};
/// One page: `lang="vi"`, one `<main>` that `body` fills, no cache, no index, CSP 'self'.
[[nodiscard]] http::Response page(int status, Frame const& frame, std::function<void(Html&)> const& body);
/// The same page for whatever is not there, so that nobody learns what is.
[[nodiscard]] http::Response not_found_page();
/// A short page for a refusal: heading and sentence.
[[nodiscard]] http::Response notice_page(int status, std::string_view heading, std::string_view sentence);

/// `1.151.800 ₫`.
[[nodiscard]] std::string with_unit(Money amount);
/// `Một triệu … đồng`.
[[nodiscard]] std::string words_of(Money amount);

/// What a request's state is, in a sentence: `Đã nhận đủ 50.000 ₫`, `Đã nhận 20.000 ₫, còn thiếu 30.000 ₫`, …
[[nodiscard]] std::string state_words(payments::PaymentRequest const& request);
/// `wait`, `part`, `done`, `ended`: the class that colours it; never the only sign.
[[nodiscard]] std::string_view state_class(payments::RequestStatus status);
[[nodiscard]] bool may_still_be_paid(payments::PaymentRequest const& request);

/// Amount in digits and words (or that the payer chooses), the QR symbol, and what to type where no camera is at hand.
void draw_request(Html& html, payments::PaymentRequest const& request, merchants::BankAccount const* account);

}  // namespace choso::pages
