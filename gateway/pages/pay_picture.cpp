#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/pages/pay_page.hpp"
#include "platform/crypto/crypto.hpp"
#include "qr/banks.hpp"
#include "qr/render/card.hpp"

namespace choso::pages {
namespace {

/// The picture is looked at without its page: payee, amount and account stand in it.
qr::Card card_of(PayView const& view, std::string const& payee, merchants::BankAccount const& account, Language language, bool test) {
    auto const* bank = qr::find_by_bin(account.bin);
    auto const bank_name = std::string{bank != nullptr ? bank->display_name() : std::string_view{account.bin}};
    auto const amount = to_pay(view.request);
    auto out = qr::Card{};
    if (test) out.above.push_back({std::string{text(language, Text::test_banner)}, {.px = 36, .bold = false}});
    out.above.push_back({payee, {.px = 44, .bold = false}});
    out.above.push_back({account.holder, {.px = 56, .bold = true}});
    out.above.push_back({bank_name + " · " + account.number, {.px = 44, .bold = false}});
    out.below.push_back({amount ? with_unit(*amount) : std::string{text(language, Text::amount_chosen)}, {.px = 84, .bold = true}});
    out.below.push_back({view.request.reference->text(), {.px = 44, .bold = true}});
    out.below.push_back({std::string{text(language, Text::scan_hint)}, {.px = 36, .bold = false}});
    return out;
}

http::Response render(PayView const& view, api::Edge const& edge, http::Response missing, Language language) {
    auto const directory = edge.directory.current();
    auto const* account = directory->account(view.request.account);
    auto const code = api::pay_code(view.request, account);
    if (!code.payload || !page_of(state_of(view, edge.clock.now())).payable) return missing;
    auto const symbol = qr::encode(*code.payload);
    if (!symbol) return missing;
    auto const* merchant = directory->merchant(view.request.merchant);
    auto const test = merchant == nullptr || !merchant->live;
    auto png = qr::to_card_png(*symbol, card_of(view, payee_of(view.request, *directory), *account, language, test));
    if (!png) return api::to_response(api::Problem{api::Code::internal}, {});
    auto out = http::Response{200, "image/png", std::move(png).value(), {}};
    // Kept by the browser alone, and asked for again: the amount may have become the rest.
    out.with("Cache-Control", "private, no-cache").with("Referrer-Policy", "no-referrer").with("X-Robots-Tag", "noindex");
    return out;
}

}  // namespace

http::Handler pay_picture(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const audience = payer_of(request);
        auto const language = language_of(request);
        auto missing = nothing_page(language, PayState::not_found, request.request_id);
        auto const token = crypto::parse_link_token(request.param("token"));
        if (!token) return respond(std::move(missing));
        auto work = [&edge, language, missing, token = *token](postgres::Connection& connection) {
            auto const view = read_view(connection, token.bucket, token.random);
            return view ? render(*view, edge, missing, language) : missing;
        };
        edge.drawing.run(std::move(respond), audience, std::move(work));
    };
}

}  // namespace choso::pages
