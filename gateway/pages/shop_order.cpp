// An order as its buyer sees it, by the page's secret: money, parcels, returns, refunds with their days.
#include <algorithm>
#include <atomic>

#include "gateway/api/orders.hpp"
#include "gateway/api/person.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/people_frame.hpp"
#include "gateway/pages/shop_frame.hpp"
#include "gateway/pages/shop_pages.hpp"
#include "gateway/payments/commands_out.hpp"
#include "platform/crypto/crypto.hpp"
#include "qr/banks.hpp"

namespace choso::pages {
namespace {

using namespace marketplace;
using payments::RefundStatus;

std::string_view words_of(Language language, OrderStatus status) {
    switch (status) {
        case OrderStatus::open: return say(language, "Chờ chuyển khoản", "Waiting for the transfer");
        case OrderStatus::paid: return say(language, "Đã trả tiền, người bán đang chuẩn bị hàng", "Paid; the seller is packing");
        case OrderStatus::accepted: return say(language, "Đã nhận đơn, trả tiền khi nhận hàng", "Accepted; pay on delivery");
        case OrderStatus::shipped: return say(language, "Hàng đang trên đường", "On its way");
        case OrderStatus::delivered: return say(language, "Đã giao hàng", "Delivered");
        case OrderStatus::expired: return say(language, "Hết hạn, chưa trả tiền", "Expired, not paid");
        case OrderStatus::cancelled: return say(language, "Đã huỷ", "Cancelled");
        case OrderStatus::no_stock: return say(language, "Tiền tới khi hàng đã hết: tiền được hoàn lại", "Paid when it was sold out: the money goes back");
    }
    return {};
}

std::string_view words_of(Language language, RefundStatus status) {
    switch (status) {
        case RefundStatus::proposed: return say(language, "chờ duyệt", "waiting for approval");
        case RefundStatus::approved: return say(language, "đã duyệt, chờ ngân hàng", "approved, waiting for the bank");
        case RefundStatus::submitted: return say(language, "ngân hàng đang chuyển", "with the bank");
        case RefundStatus::succeeded: return say(language, "đã hoàn", "refunded");
        case RefundStatus::failed: return say(language, "chưa hoàn được", "failed");
        case RefundStatus::unknown: return say(language, "đang hỏi ngân hàng", "the bank is being asked");
    }
    return {};
}

std::string_view words_of_reason(Language language, std::string_view reason) {
    if (reason == "order_returned") return say(language, "hàng trả lại", "goods returned");
    if (reason == "paid_no_stock") return say(language, "hàng đã hết", "sold out");
    if (reason == "order_cancelled" || reason == "request_cancelled" || reason == "paid_after_cancel") return say(language, "đơn đã huỷ", "order cancelled");
    if (reason == "paid_after_expiry") return say(language, "tiền tới sau hạn", "paid after its time");
    return say(language, "chuyển thừa", "paid too much");
}

std::string path_of(Order const& order, std::string_view more = {}) { return api::order_url(order, "") + std::string{more}; }

/// What the page says now, in few letters: a stream tells of a change only if it would say something else.
std::string fingerprint(ShownOrder const& shown) {
    std::string out{payments::word(shown.status)};
    out += std::to_string(shown.amount_paid.dong());
    for (auto const& part : shown.order.parts) out += word(part.status);
    out += std::to_string(shown.parcels.size()) + "." + std::to_string(shown.returns.size());
    for (auto const& it : shown.refunds) out += payments::word(it.status);
    auto const digest = crypto::sha256(out);
    return crypto::to_hex(crypto::as_text(digest)).substr(0, 16);
}

void draw_money(Html& html, Shopper const& shopper, ShownOrder const& shown, payments::PaymentRequest const* request, merchants::Directory const& directory,
                std::string_view base_url) {
    auto const& order = shown.order;
    auto const language = shopper.language;
    html.line("p", with_unit(order.amount), {{"class", "price"}});
    html.open("dl").line("dt", say(language, "Mã đơn", "Order code")).line("dd", order.code).line("dt", say(language, "Đặt lúc", "Placed"));
    html.line("dd", to_page_time(order.created_at)).close();
    if (request == nullptr) return;
    auto const paid = shown.amount_paid;
    if (order.waiting) {
        html.line("p", paid.is_zero() ? std::string{say(language, "Chờ chuyển khoản", "Waiting for the transfer")}
                                      : std::string{say(language, "Đã nhận ", "Received ")} + with_unit(paid) + std::string{say(language, ", còn thiếu ", ", still missing ")} +
                                            with_unit(request->still_open()),
                  {{"class", paid.is_zero() ? "wait" : "part"}, {"id", "state"}, {"role", "status"}});
        auto const* account = directory.account(request->account);
        auto const code = api::pay_code(*request, account);
        if (code.payload) draw_symbol(html, *code.payload, say(language, "Mã VietQR để chuyển khoản", "VietQR code for the transfer"));
        if (account != nullptr) {
            auto const* bank = qr::find_by_bin(account->bin);
            html.open("dl").line("dt", say(language, "Ngân hàng", "Bank")).line("dd", bank == nullptr ? std::string_view{account->bin} : bank->display_name());
            html.line("dt", say(language, "Số tài khoản", "Account")).line("dd", account->number).line("dt", say(language, "Chủ tài khoản", "Holder"));
            html.line("dd", account->holder).line("dt", say(language, "Nội dung", "Note")).line("dd", order.code).close();
        }
        if (order.expires_at)
            html.line("p", std::string{say(language, "Hàng được giữ đến ", "The goods are kept until ")} + to_page_time(*order.expires_at), {{"class", "small"}});
        html.line("a", say(language, "Trang thanh toán", "Payment page"), {{"class", "button"}, {"href", api::pay_url(*request, base_url).substr(base_url.size())}});
        html.open("form", {{"method", "post"}, {"action", address(shopper, path_of(order, "/huy"))}});
        html.line("button", say(language, "Huỷ đơn", "Cancel the order"), {{"type", "submit"}, {"class", "quiet"}}).close();
        return;
    }
    auto const whole = paid >= order.amount;
    html.line("p", paid.is_zero() ? std::string{say(language, "Chưa nhận tiền nào", "No money was received")}
                                  : std::string{whole ? say(language, "Đã nhận đủ ", "Received in full: ") : say(language, "Đã nhận ", "Received ")} + with_unit(paid),
              {{"class", whole ? "done" : "ended"}, {"id", "state"}, {"role", "status"}});
}

void draw_return_form(Html& html, Shopper const& shopper, ShownOrder const& shown, SellerOrder const& part) {
    html.open("details").line("summary", say(shopper.language, "Trả hàng", "Return goods"));
    html.open("form", {{"method", "post"}, {"action", address(shopper, path_of(shown.order, "/tra-hang"))}});
    hidden(html, "part", part.id.text());
    auto n = 0;
    for (auto const& line : part.lines) {
        auto const id = "tra-" + part.id.text() + "-" + std::to_string(++n);
        html.line("label", std::string{say(shopper.language, "Trả bao nhiêu ", "How many of ")} + line.name, {{"for", id}});
        html.lone("input", {{"id", id}, {"name", "line-" + std::to_string(n)}, {"type", "number"}, {"min", "0"}, {"max", std::to_string(line.quantity - line.returned)},
                            {"value", "0"}, {"inputmode", "numeric"}});
    }
    auto const why = "ly-do-" + part.id.text();
    html.line("label", say(shopper.language, "Lý do", "Why"), {{"for", why}});
    html.lone("input", {{"id", why}, {"name", "reason"}, {"type", "text"}, {"required", ""}, {"maxlength", "200"}});
    html.line("button", say(shopper.language, "Gửi yêu cầu trả hàng", "Ask to return"), {{"type", "submit"}}).close().close();
}

void draw_part(Html& html, Shopper const& shopper, ShownOrder const& shown, SellerOrder const& part) {
    auto const language = shopper.language;
    auto const named = shown.sellers.find(part.seller);
    auto const id = "ban-" + part.id.text();
    html.open("section", {{"class", "part"}, {"aria-labelledby", id}}).line("h2", named == shown.sellers.end() ? std::string{} : named->second, {{"id", id}});
    html.line("p", words_of(language, part.status), {{"class", is_live(part.status) ? "done" : part.status == OrderStatus::open ? "wait" : "ended"}});
    html.open("ul");
    for (auto const& line : part.lines)
        html.line("li", std::to_string(line.quantity) + " × " + line.name + " – " + with_unit(line.amount()) +
                            (line.returned > 0 ? std::string{say(language, " (đã trả ", " (returned ")} + std::to_string(line.returned) + ")" : std::string{}));
    html.close();
    if (part.shipping.is_positive()) html.line("p", std::string{say(language, "Giao hàng: ", "Delivery: ")} + with_unit(part.shipping), {{"class", "small"}});
    for (auto const& parcel : shown.parcels) {
        if (parcel.order != part.id) continue;
        html.line("p", std::string{say(language, "Kiện hàng: ", "Parcel: ")} + parcel.carrier + " " + parcel.tracking + " · " + std::string{say(language, "gửi ", "sent ")} +
                           to_page_time(parcel.shipped_at) +
                           (parcel.delivered_at ? std::string{say(language, " · tới ", " · arrived ")} + to_page_time(*parcel.delivered_at) : std::string{}));
    }
    for (auto const& it : shown.returns) {
        if (it.order != part.id) continue;
        auto const state = it.status == ReturnStatus::requested  ? say(language, "đã báo, chờ người bán nhận lại hàng", "asked, waiting for the seller")
                           : it.status == ReturnStatus::received ? say(language, "người bán đã nhận lại hàng", "the seller has the goods")
                                                                 : say(language, "người bán không nhận", "refused by the seller");
        html.line("p", std::string{say(language, "Trả hàng: ", "Return: ")} + std::string{state} + " · " + to_page_time(it.created_at) + (it.answer.empty() ? "" : " · " + it.answer));
    }
    if (part.status == OrderStatus::paid || part.status == OrderStatus::accepted) {
        html.open("form", {{"method", "post"}, {"action", address(shopper, path_of(shown.order, "/huy"))}});
        hidden(html, "part", part.id.text());
        html.line("button", say(language, "Huỷ phần này", "Cancel this part"), {{"type", "submit"}, {"class", "quiet"}}).close();
    }
    if (part.status == OrderStatus::delivered && part.returned() < part.goods) draw_return_form(html, shopper, shown, part);
    html.close();
}

void draw_refunds(Html& html, Shopper const& shopper, ShownOrder const& shown) {
    if (shown.refunds.empty()) return;
    auto const language = shopper.language;
    html.open("section", {{"aria-labelledby", "hoan"}}).line("h2", say(language, "Tiền hoàn lại", "Money back"), {{"id", "hoan"}}).open("ul");
    auto lacking = false;
    for (auto const& it : shown.refunds) {
        auto words = with_unit(it.amount) + " · " + std::string{words_of_reason(language, it.reason)} + " · " + std::string{words_of(language, it.status)} + " · " +
                     std::string{say(language, "đề nghị ", "proposed ")} + to_page_time(it.created_at);
        if (it.decided_at) words += " · " + std::string{say(language, "duyệt ", "decided ")} + to_page_time(*it.decided_at);
        if (it.settled_at) words += " · " + std::string{say(language, "xong ", "done ")} + to_page_time(*it.settled_at);
        html.line("li", words);
        lacking = lacking || (it.status == RefundStatus::proposed && !it.has_destination);
    }
    html.close();
    if (lacking) {
        html.line("p", say(language, "Nêu tài khoản nhận lại tiền; người phụ trách sẽ duyệt trong 3 ngày làm việc.",
                           "Name the account for the money; it is decided within 3 working days."));
        html.open("form", {{"method", "post"}, {"action", address(shopper, path_of(shown.order, "/hoan-tien"))}});
        bank_field(html, "bin", say(language, "Ngân hàng", "Bank"), say(language, "Chọn ngân hàng", "Choose a bank"));
        text_field(html, "account", say(language, "Số tài khoản", "Account number"), "text", "off");
        text_field(html, "holder", say(language, "Chủ tài khoản, không dấu", "Account holder"), "text", "name");
        html.line("button", say(language, "Gửi tài khoản nhận tiền", "Send"), {{"type", "submit"}}).close();
    }
    html.close();
}

http::Response draw_order(api::Edge const& edge, postgres::Connection& connection, Shopper const& shopper, ShownOrder const& shown) {
    auto const request = api::find_request(connection, request_of(shown.order.id));
    auto const directory = edge.directory.current();
    auto frame = ShopFrame{};
    frame.title = std::string{say(shopper.language, "Đơn hàng ", "Order ")} + shown.order.code + " – Chợ Số";
    frame.script = true;
    frame.refresh_seconds = shown.order.waiting ? 5 : 0;
    return shop_page(200, shopper, frame, edge.base_url, [&](Html& html) {
        html.open("div", {{"id", "don"}, {"data-stream", path_of(shown.order, "/stream")}, {"data-seen", fingerprint(shown)}});
        html.line("h1", std::string{say(shopper.language, "Đơn hàng ", "Order ")} + shown.order.code);
        draw_money(html, shopper, shown, request ? &*request : nullptr, *directory, edge.base_url);
        for (auto const& part : shown.order.parts) draw_part(html, shopper, shown, part);
        draw_refunds(html, shopper, shown);
        html.line("p", say(shopper.language, "Giữ đường dẫn trang này, hoặc tra cứu bằng mã đơn và số điện thoại.",
                           "Keep this page's address, or find the order by its code and your phone."), {{"class", "small"}});
        html.close();
    });
}

using OrderWork = std::function<void(ShownOrder const& shown, std::shared_ptr<http::Responder> const& later, postgres::Connection& connection)>;

/// What all handlers of one order share: the secret names it, a form of another site is refused.
http::Handler of_order(api::Edge& edge, OrderWork work) {
    return [&edge, work = std::move(work)](http::Request const& request, http::Responder respond) {
        auto const audience = shop_audience(request);
        auto const shopper = shopper_of(request);
        auto const token = crypto::parse_link_token(request.param("token"));
        if (!token) return respond(shop_not_found(shopper, edge.base_url));
        if (request.method == http::Method::post && api::is_from_elsewhere(request, edge.base_url))
            return respond(shop_problem_page({api::Code::form_expired}, audience));
        auto const later = api::shared(std::move(respond));
        edge.reads.ask(later, audience, [&edge, later, shopper, token = *token, work](postgres::Connection& connection) {
            auto const shown = find_order(connection, token.bucket, token.random);
            if (!shown) return (*later)(shop_not_found(shopper, edge.base_url));
            work(*shown, later, connection);
        });
    };
}

/// Submits, then leads back to the page, or says why not.
void submit(api::Edge& edge, std::unique_ptr<OrderCommand> command, Order const& order, std::shared_ptr<http::Responder> const& later) {
    auto const& request = later->request();
    auto const audience = shop_audience(request);
    auto const back = address(shopper_of(request), path_of(order));
    command->order = order.id;
    edge.core.submit(std::move(command), [later, audience, back](payments::Answer const& answer) {
        if (auto const code = api::problem_in(answer)) return (*later)(shop_problem_page({*code}, audience));
        (*later)(go_to(back));
    });
}

}  // namespace

http::Handler order_page(api::Edge& edge) {
    return of_order(edge, [&edge](ShownOrder const& shown, auto const& later, postgres::Connection& connection) {
        (*later)(draw_order(edge, connection, shopper_of(later->request()), shown));
    });
}

http::Handler order_stream(api::Edge& edge) {
    return of_order(edge, [&edge](ShownOrder const& shown, auto const& later, postgres::Connection&) {
        auto const changed = fingerprint(shown) != later->request().query_value("seen").value_or("");
        auto what = events::Subscription{};
        what.merchants = {shown.order.merchant};
        what.buckets = {shown.order.id.bucket()};
        what.request = request_of(shown.order.id);
        what.after = edge.hub.now(what.buckets);
        what.still_allowed = [until = std::chrono::steady_clock::now() + std::chrono::minutes{15}] { return std::chrono::steady_clock::now() < until; };
        auto start = http::StreamStart{};
        start.headers.push_back({"X-Accel-Buffering", "no"});
        start.attach = [&edge, changed, what](std::shared_ptr<http::Stream> opened) {
            (void)opened->send("retry: 2000\n\n");
            if (changed) (void)opened->send(http::sse_event("changed", "{}"));
            edge.hub.subscribe(what, std::move(opened));
        };
        (*later)(std::move(start));
    });
}

http::Handler cancel_my_order(api::Edge& edge) {
    return of_order(edge, [&edge](ShownOrder const& shown, auto const& later, postgres::Connection&) {
        auto const part = SellerOrderId::parse(form_value(later->request(), "part"));
        submit(edge, api::cancel_order(edge, shown.order, part, "cancelled_by_buyer"), shown.order, later);
    });
}

http::Handler ask_my_return(api::Edge& edge) {
    return of_order(edge, [&edge](ShownOrder const& shown, auto const& later, postgres::Connection&) {
        auto const& request = later->request();
        auto command = std::make_unique<AskReturn>();
        command->part = SellerOrderId::parse(form_value(request, "part")).value_or(SellerOrderId{});
        command->id = ReturnId::make(shown.order.id.bucket(), edge.clock.now());
        command->reason = form_value(request, "reason").substr(0, 600);
        command->return_days = shown.return_days;
        for (std::size_t n = 1; n <= lines_max; ++n) {
            auto const quantity = parse_dong(form_value(request, "line-" + std::to_string(n)));
            if (quantity && quantity->dong() > 0 && quantity->dong() <= quantity_max) command->lines.push_back({static_cast<std::int16_t>(n), quantity->dong()});
        }
        submit(edge, std::move(command), shown.order, later);
    });
}

http::Handler name_my_account(api::Edge& edge) {
    return of_order(edge, [&edge](ShownOrder const& shown, auto const& later, postgres::Connection&) {
        auto const& request = later->request();
        auto const audience = shop_audience(request);
        auto const bin = form_value(request, "bin");
        auto const account = form_value(request, "account");
        auto const holder = form_value(request, "holder");
        auto const plain = !account.empty() && account.size() <= 19 && std::ranges::all_of(account, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
        if (qr::find_by_bin(bin) == nullptr || !plain || holder.empty() || holder.size() > 100)
            return (*later)(shop_problem_page({api::Code::destination_invalid}, audience));
        auto const back = address(shopper_of(request), path_of(shown.order));
        auto const lacking = std::ranges::find_if(shown.refunds, [](auto const& it) { return it.status == RefundStatus::proposed && !it.has_destination; });
        if (lacking == shown.refunds.end()) return (*later)(go_to(back));
        // All that wait for an account get this one; the last answer leads back.
        auto left = std::make_shared<std::atomic<int>>(0);
        auto commands = std::vector<std::unique_ptr<payments::NameDestination>>{};
        for (auto const& it : shown.refunds) {
            if (it.status != RefundStatus::proposed || it.has_destination) continue;
            auto command = std::make_unique<payments::NameDestination>();
            command->id = it.id;
            command->merchant = shown.order.merchant;
            command->destination = {PersonId::make(shown.order.id.bucket(), edge.clock.now()), bin, account, holder, "payer"};
            command->idempotency = {new_uuid(shown.order.id.bucket(), edge.clock.now()), std::string(sizeof(Uuid), '\0')};
            commands.push_back(std::move(command));
        }
        *left = static_cast<int>(commands.size());
        for (auto& command : commands)
            edge.core.submit(std::move(command), [later, back, left](payments::Answer const&) {
                if (--*left == 0) (*later)(go_to(back));
            });
    });
}

namespace {

http::Response draw_lookup(api::Edge const& edge, Shopper const& shopper, int status, bool failed) {
    auto frame = ShopFrame{};
    frame.title = std::string{say(shopper.language, "Tra cứu đơn hàng", "Find an order")} + " – Chợ Số";
    return shop_page(status, shopper, frame, edge.base_url, [&](Html& html) {
        html.line("h1", say(shopper.language, "Tra cứu đơn hàng", "Find an order"));
        if (failed)
            html.line("p", say(shopper.language, "Không có đơn nào có mã này và số điện thoại này.", "There is no order of this code and this phone."),
                      {{"class", "complaint"}, {"role", "alert"}});
        html.open("form", {{"method", "post"}, {"action", address(shopper, "/cho/tra-cuu")}});
        text_field(html, "code", say(shopper.language, "Mã đơn (KX…)", "Order code (KX…)"), "text", "off");
        text_field(html, "phone", say(shopper.language, "Số điện thoại đã đặt", "Phone it was ordered with"), "tel", "tel-national");
        html.line("button", say(shopper.language, "Tra cứu", "Find"), {{"type", "submit"}}).close();
    });
}

}  // namespace

http::Handler lookup_page(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) { respond(draw_lookup(edge, shopper_of(request), 200, false)); };
}

http::Handler take_lookup(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const shopper = shopper_of(request);
        auto code = form_value(request, "code");
        std::erase(code, ' ');
        for (auto& c : code) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        // A phone that is none is looked for all the same: absent and wrong answer alike, and after the same work.
        auto const phone = normal_phone(form_value(request, "phone")).value_or("");
        auto const key = phone_key(phone, edge.directory.installation().session_key);
        edge.reads.run(std::move(respond), shop_audience(request), [&edge, shopper, code, key](postgres::Connection& connection) {
            auto const shown = code.size() <= 40 ? find_order(connection, code, key) : std::nullopt;
            if (!shown) return draw_lookup(edge, shopper, 404, true);
            return go_to(address(shopper, path_of(shown->order)));
        });
    };
}

}  // namespace choso::pages
