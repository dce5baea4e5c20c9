#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/pages.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::pages {
namespace {

constexpr int reload_seconds = 5;

http::Response render(payments::PaymentRequest const& request, merchants::Directory const& directory) {
    auto const* merchant = directory.merchant(request.merchant);
    auto const* stall = request.stall ? directory.stall(*request.stall) : nullptr;
    auto const* account = directory.account(request.account);
    auto const payee = stall != nullptr ? stall->name : merchant != nullptr ? merchant->name : std::string{"Đơn vị thu"};
    auto frame = Frame{};
    frame.title = "Thanh toán cho " + payee;
    frame.test = merchant == nullptr || !merchant->live;
    if (may_still_be_paid(request)) {
        frame.refresh_seconds = reload_seconds;
        frame.script = "/assets/pay.js";
    }
    return page(200, frame, [&](Html& html) {
        html.line("p", "Thanh toán cho", {{"class", "over"}}).line("h1", payee);
        draw_request(html, request, account);
        html.line("p", "Phí dịch vụ: 0 ₫", {{"class", "fee"}});
        if (request.return_url && !may_still_be_paid(request))
            html.line("a", "Quay lại nơi bán", {{"class", "button"}, {"href", *request.return_url}, {"rel", "noreferrer"}});
    });
}

}  // namespace

http::Handler pay_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const token = crypto::parse_link_token(request.param("token"));
        if (!token) return respond(not_found_page());
        auto directory = edge.directory.current();
        edge.reads.run(std::move(respond), api::audience_of(request), [directory, token = *token](postgres::Connection& connection) {
            auto const found = api::find_request(connection, token.bucket, token.random);
            return found ? render(*found, *directory) : not_found_page();
        });
    };
}

}  // namespace choso::pages
