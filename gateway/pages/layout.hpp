#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/pages/html.hpp"
#include "gateway/pages/language.hpp"
#include "gateway/payments/types.hpp"
#include "merchants/directory.hpp"
#include "platform/http/message.hpp"

/// What the pages share: the frame, and how a request is shown to people.
namespace choso::pages {

struct Frame {
    std::string title;
    int refresh_seconds = 0;   ///< where no script runs, the page comes anew this often; 0: never
    std::string_view script{}; ///< `/assets/quay.js`; empty: none
    /// Looks that stand in the page itself, so that a slow line is asked once; empty: the house's own file.
    std::string_view inline_style{};
    bool test = false;         ///< says that no real money moves
    Language language = Language::vi;
    std::string other_language{};  ///< where the same page stands in the other tongue; empty: it has none
    bool gzip = false;             ///< the browser takes it (`takes_gzip`)
};
/// One page: one `<main>` that `body` fills, no cache, no index, CSP 'self'.
[[nodiscard]] http::Response page(int status, Frame const& frame, std::function<void(Html&)> const& body);
/// Does the browser take a compressed answer.
[[nodiscard]] bool takes_gzip(http::Request const& request);
/// The answer with its body compressed, if that can be done.
[[nodiscard]] http::Response gzipped(http::Response response);

/// The same page for whatever is not there, so that nobody learns what is.
[[nodiscard]] http::Response not_found_page();
/// A short page for a refusal: heading and sentence.
[[nodiscard]] http::Response notice_page(int status, std::string_view heading, std::string_view sentence);

/// `1.151.800 ₫`, never broken before its unit.
[[nodiscard]] std::string with_unit(Money amount);
/// The VietQR symbol as inline SVG; `title` is what a screen reader says.
void draw_symbol(Html& html, std::string const& payload, std::string_view title);

/// What a request's state is, in a sentence: `Đã nhận đủ 50.000 ₫`, `Đã nhận 20.000 ₫, còn thiếu 30.000 ₫`, …
[[nodiscard]] std::string state_words(payments::PaymentRequest const& request);
/// `wait`, `part`, `done`, `ended`: the class that colours it; never the only sign.
[[nodiscard]] std::string_view state_class(payments::RequestStatus status);
[[nodiscard]] bool may_still_be_paid(payments::PaymentRequest const& request);

/// Amount in digits and words (or that the payer chooses), the QR symbol, and what to type where no camera is at hand.
void draw_request(Html& html, payments::PaymentRequest const& request, merchants::BankAccount const* account);

}  // namespace choso::pages
