// /ban: what a seller has to do. Orders to send, parcels under way, goods that come back, stock, and the money that is due.
#include <algorithm>

#include "gateway/api/orders.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/pages/seller_pages.hpp"
#include "gateway/pages/shop_frame.hpp"
#include "gateway/pages/shop_pages.hpp"

namespace choso::pages {
namespace {

using namespace marketplace;

std::string_view words_of(OrderStatus status) {
    switch (status) {
        case OrderStatus::open: return "Chờ khách chuyển khoản";
        case OrderStatus::paid: return "Đã trả tiền – cần gửi";
        case OrderStatus::accepted: return "Thu tiền khi giao – cần gửi";
        case OrderStatus::shipped: return "Đang giao";
        case OrderStatus::delivered: return "Đã giao";
        case OrderStatus::expired: return "Hết hạn";
        case OrderStatus::cancelled: return "Đã huỷ";
        case OrderStatus::no_stock: return "Hết hàng, đang hoàn tiền";
    }
    return {};
}

std::string part_path(SellerOrderId id) { return "/ban/don/" + id.text(); }

void draw_due(Html& html, postgres::Connection& connection, merchants::Merchant const& seller, merchants::Directory const& directory) {
    auto const due = api::list_due(connection, api::owners_of({&seller}, directory));
    auto const found = due.find(seller.id);
    auto const money = found == due.end() ? api::Due{} : found->second;
    html.open("section", {{"aria-labelledby", "tien"}}).line("h2", "Tiền của bạn", {{"id", "tien"}}).open("dl");
    html.line("dt", "Được trả trong đợt tới").line("dd", with_unit(money.confirmed));
    html.line("dt", "Đang chuyển cho bạn").line("dd", with_unit(money.in_payout)).close();
    if (money.confirmed.is_negative()) html.line("p", "Hàng trả lại sau khi đã nhận tiền: số này trừ vào đợt tới.", {{"class", "small"}});
    html.close();
}

void draw_orders(Html& html, std::vector<ListedPart> const& parts) {
    html.open("section", {{"aria-labelledby", "don"}}).line("h2", "Đơn hàng", {{"id", "don"}});
    if (parts.empty()) html.line("p", "Chưa có đơn nào.");
    html.open("ul");
    for (auto const& it : parts) {
        html.open("li").line("a", it.code + " · " + with_unit(it.part.total()), {{"href", part_path(it.part.id)}});
        html.line("p", std::string{words_of(it.part.status)} + (it.is_short ? " · ngân hàng rút tiền lại: đừng gửi" : "") +
                           (it.returns_open > 0 ? " · có hàng trả lại" : "") + " · " + to_page_time(it.created_at), {{"class", "small"}});
        std::string lines;
        for (auto const& line : it.part.lines) lines += (lines.empty() ? "" : "; ") + std::to_string(line.quantity) + " × " + line.name;
        html.line("p", lines, {{"class", "small"}}).close();
    }
    html.close().close();
}

void draw_stock(Html& html, api::Person const& person, postgres::Connection& connection, Bucket bucket, MerchantId seller) {
    static auto const statement = postgres::Statement{
        "desk_stock", "select v.id, p.name, v.title, p.state, v.price, coalesce(s.on_hand, 0), coalesce(s.reserved, 0) from product p "
                      "join variant v on v.bucket = p.bucket and v.product = p.id and v.active "
                      "left join stock s on s.bucket = v.bucket and s.variant = v.id where p.bucket = $1::int2 and p.seller = $2::uuid "
                      "order by p.name, v.position, v.id limit 500"};
    auto const rows = connection.query(statement, postgres::Params::of(bucket, seller));
    html.open("section", {{"aria-labelledby", "kho"}}).line("h2", "Hàng và kho", {{"id", "kho"}}).open("ul");
    for (auto row = 0; row < rows.rows(); ++row) {
        auto const id = rows.id<VariantId>(row, 0).text();
        auto const title = std::string{rows.text(row, 2)};
        auto const name = std::string{rows.text(row, 1)} + (title.empty() ? "" : " – " + title);
        html.open("li").line("strong", name);
        html.line("p", with_unit(rows.money(row, 4)) + (rows.text(row, 3) == "published" ? "" : " · chưa được duyệt") + " · khách đang giữ " +
                           std::to_string(rows.integer(row, 6)), {{"class", "small"}});
        open_form(html, person, "/ban/kho");
        hidden(html, "variant", id);
        html.line("label", "Trong kho: " + name, {{"for", "k" + id}});
        html.lone("input", {{"id", "k" + id}, {"name", "on_hand"}, {"type", "number"}, {"min", "0"}, {"inputmode", "numeric"}, {"value", std::to_string(rows.integer(row, 5))}});
        html.line("button", "Lưu", {{"type", "submit"}, {"class", "quiet"}}).close().close();
    }
    html.close().close();
}

using DeskWork = std::function<void(api::Person const& person, ShownOrder const& shown, SellerOrder const& part, std::shared_ptr<http::Responder> const& later,
                                    postgres::Connection& connection)>;

/// What all pages of one order share: it is one of the person's sellers', or it does not exist.
http::Handler of_part(api::Edge& edge, DeskWork work) {
    return [&edge, work = std::move(work)](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = sellers_only}, [work](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& request = later->request();
            auto const missing = [&] { (*later)(person_problem_page({api::Code::not_found}, people_audience(request))); };
            auto const id = SellerOrderId::parse(request.param("id"));
            auto const order = id ? checkout_of(connection, *id) : std::nullopt;
            auto const shown = order ? find_order(connection, *order) : std::nullopt;
            if (!shown) return missing();
            auto const part = std::ranges::find(shown->order.parts, *id, &SellerOrder::id);
            if (part == shown->order.parts.end() || !person.may(sellers_only, part->seller)) return missing();
            work(person, *shown, *part, later, connection);
        });
    };
}

void submit(api::Edge& edge, std::unique_ptr<OrderCommand> command, api::Person const& person, SellerOrder const& part, std::shared_ptr<http::Responder> const& later) {
    command->order = part.order;
    command->actor = person.actor();
    edge.core.submit(std::move(command), [later, back = part_path(part.id)](payments::Answer const& answer) {
        if (auto const code = api::problem_in(answer)) return (*later)(person_problem_page({*code}, people_audience(later->request())));
        (*later)(go_to(back));
    });
}

void draw_parcels(Html& html, api::Person const& person, ShownOrder const& shown, SellerOrder const& part) {
    html.line("h2", "Kiện hàng");
    for (auto const& parcel : shown.parcels) {
        if (parcel.order != part.id) continue;
        html.line("p", parcel.carrier + " " + parcel.tracking + " · gửi " + to_page_time(parcel.shipped_at) +
                           (parcel.delivered_at ? " · tới " + to_page_time(*parcel.delivered_at) : ""));
        if (parcel.delivered_at) continue;
        open_form(html, person, part_path(part.id) + "/toi");
        hidden(html, "parcel", parcel.id.text());
        button(html, "Khách đã nhận kiện này");
        html.close();
    }
    auto sent = std::int64_t{0};
    auto all = std::int64_t{0};
    for (auto const& parcel : shown.parcels)
        if (parcel.order == part.id)
            for (auto const& line : parcel.lines) sent += line.quantity;
    for (auto const& line : part.lines) all += line.quantity;
    if (!is_live(part.status) || sent >= all) return;
    if (shown.order.is_short) {
        html.line("p", "Ngân hàng đã rút tiền của đơn này lại: đừng gửi.", {{"class", "complaint"}});
        return;
    }
    open_form(html, person, part_path(part.id) + "/gui");
    text_field(html, "carrier", "Nơi vận chuyển", "text", "off");
    text_field(html, "tracking", "Mã vận đơn", "text", "off");
    button(html, "Đã gửi hàng");
    html.close();
    if (sent > 0) return;
    open_form(html, person, part_path(part.id) + "/huy");
    text_field(html, "reason", "Lý do không gửi được", "text", "off");
    html.line("button", "Huỷ đơn, hoàn tiền cho khách", {{"type", "submit"}, {"class", "quiet"}}).close();
}

void draw_returns(Html& html, api::Person const& person, ShownOrder const& shown, SellerOrder const& part) {
    for (auto const& it : shown.returns) {
        if (it.order != part.id) continue;
        html.line("h2", "Trả hàng").line("p", it.reason + " · " + to_page_time(it.created_at));
        html.open("ul");
        for (auto const& line : it.lines) {
            auto const place = static_cast<std::size_t>(line.position - 1);
            if (place < part.lines.size()) html.line("li", std::to_string(line.quantity) + " × " + part.lines[place].name);
        }
        html.close();
        if (it.status != ReturnStatus::requested) {
            html.line("p", it.status == ReturnStatus::received ? "Đã nhận lại hàng, tiền hoàn cho khách chờ duyệt." : "Đã từ chối: " + it.answer);
            continue;
        }
        open_form(html, person, part_path(part.id) + "/tra");
        hidden(html, "return", it.id.text());
        html.line("label", "Trả lời khách (không bắt buộc)", {{"for", "a" + it.id.text()}});
        html.lone("input", {{"id", "a" + it.id.text()}, {"name", "answer"}, {"type", "text"}, {"maxlength", "500"}});
        html.line("button", "Đã nhận lại hàng, còn bán được", {{"type", "submit"}, {"name", "what"}, {"value", "restock"}});
        html.line("button", "Đã nhận lại hàng, không bán lại", {{"type", "submit"}, {"name", "what"}, {"value", "received"}});
        html.line("button", "Không nhận", {{"type", "submit"}, {"name", "what"}, {"value", "refused"}, {"class", "quiet"}}).close();
    }
}

}  // namespace

merchants::Merchant const* chosen_seller(api::Person const& person, http::Request const& request) {
    auto const mine = person.merchants(sellers_only);
    auto const named = request.query_value("nguoi-ban");
    auto const wanted = MerchantId::parse(named ? *named : form_value(request, "nguoi-ban"));
    auto const chosen = std::ranges::find_if(mine, [&](auto const* it) { return wanted && it->id == *wanted; });
    if (chosen != mine.end()) return *chosen;
    return mine.empty() || wanted ? nullptr : mine.front();
}

Bucket bucket_of(api::Person const& person, merchants::Merchant const& seller) { return person.directory->collector(seller.collector)->bucket; }

std::string seller_address(std::string_view path, merchants::Merchant const& seller) { return std::string{path} + "?nguoi-ban=" + seller.id.text(); }

void draw_seller_head(Html& html, api::Person const& person, merchants::Merchant const& seller, std::string_view here) {
    html.line("p", seller.name);
    html.open("nav", {{"aria-label", "Trang bán hàng"}}).open("ul", {{"class", "links"}});
    for (auto const& [path, words] : {std::pair{"/ban", "Đơn và kho"}, std::pair{"/ban/hang", "Sản phẩm"}, std::pair{"/ban/sao-ke", "Bảng kê"}}) {
        html.open("li");
        if (path == here) html.line("a", words, {{"href", seller_address(path, seller)}, {"aria-current", "page"}});
        else html.line("a", words, {{"href", seller_address(path, seller)}});
        html.close();
    }
    html.close().close();
    auto const mine = person.merchants(sellers_only);
    if (mine.size() < 2) return;
    html.open("details").line("summary", "Người bán khác").open("ul");
    for (auto const* it : mine) html.open("li").line("a", it->name, {{"href", seller_address(here, *it)}}).close();
    html.close().close();
}

http::Handler seller_home(api::Edge& edge, marketplace::LiveIndex&) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = sellers_only}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            auto const* seller = chosen_seller(person, later->request());
            (*later)(person_page(200, person, "Bán hàng", [&](Html& html) {
                if (seller == nullptr) {
                    html.line("p", "Bạn chưa bán cho ai.");
                    return;
                }
                draw_seller_head(html, person, *seller, "/ban");
                auto const bucket = bucket_of(person, *seller);
                draw_due(html, connection, *seller, *person.directory);
                draw_orders(html, list_parts(connection, bucket, {seller->id}, {}, 100));
                draw_stock(html, person, connection, bucket, seller->id);
            }));
        });
    };
}

http::Handler change_stock(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = sellers_only}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            static auto const whose = postgres::Statement{
                "desk_variant_seller", "select p.seller from variant v join product p on p.bucket = v.bucket and p.id = v.product where v.bucket = $1::int2 and v.id = $2::uuid"};
            // What orders hold stays held: there is never less than that.
            static auto const set = postgres::Statement{
                "desk_set_stock", "insert into stock (bucket, variant, on_hand) values ($1::int2, $2::uuid, $3::int8) "
                                  "on conflict (bucket, variant) do update set on_hand = excluded.on_hand where stock.reserved <= excluded.on_hand returning 1"};
            auto const& request = later->request();
            auto const problem = [&](api::Problem const& what) { (*later)(person_problem_page(what, people_audience(request))); };
            auto const id = VariantId::parse(form_value(request, "variant"));
            auto const count = parse_dong(form_value(request, "on_hand"));
            if (!id) return problem({api::Code::not_found});
            auto const rows = connection.query(whose, postgres::Params::of(id->bucket(), *id));
            if (rows.rows() == 0 || !person.may(sellers_only, rows.template id<MerchantId>(0, 0))) return problem({api::Code::not_found});
            if (!count || count->is_negative() || count->dong() > 1'000'000'000)
                return problem(api::invalid("on_hand", {"Phải là số nguyên từ 0 đến 1000000000", "must be a whole number from 0 to 1000000000"}));
            if (connection.query(set, postgres::Params::of(id->bucket(), *id, *count)).rows() == 0)
                return problem(api::invalid("on_hand", {"Không được ít hơn số khách đang giữ", "must not be less than what orders hold"}));
            (*later)(go_to("/ban?nguoi-ban=" + rows.template id<MerchantId>(0, 0).text()));
        });
    };
}

http::Handler seller_part(api::Edge& edge) {
    return of_part(edge, [](api::Person const& person, ShownOrder const& shown, SellerOrder const& part, auto const& later, postgres::Connection&) {
        (*later)(person_page(200, person, "Đơn " + shown.order.code, [&](Html& html) {
            html.line("p", words_of(part.status), {{"class", is_live(part.status) ? "done" : "ended"}});
            html.open("ul");
            for (auto const& line : part.lines) html.line("li", std::to_string(line.quantity) + " × " + line.name + " – " + with_unit(line.amount()));
            html.close();
            auto const shares = part.shares();
            html.open("dl").line("dt", "Khách trả").line("dd", with_unit(shares.gross)).line("dt", "Phí sàn").line("dd", with_unit(shares.commission));
            html.line("dt", "Thuế khấu trừ (NĐ 117/2025)").line("dd", with_unit(shares.tax)).line("dt", "Bạn nhận").line("dd", with_unit(shares.net()));
            html.line("dt", "Đã ghi cho bạn").line("dd", with_unit(part.credited.net())).close();
            html.line("h2", "Giao cho").line("p", shown.buyer.name + " · " + shown.buyer.phone).line("p", shown.buyer.address);
            if (!shown.order.note.empty()) html.line("p", "Ghi chú: " + shown.order.note);
            draw_parcels(html, person, shown, part);
            draw_returns(html, person, shown, part);
            html.line("a", "Về trang bán hàng", {{"href", "/ban?nguoi-ban=" + part.seller.text()}});
        }));
    });
}

http::Handler send_parcel(api::Edge& edge) {
    return of_part(edge, [&edge](api::Person const& person, ShownOrder const&, SellerOrder const& part, auto const& later, postgres::Connection&) {
        auto command = std::make_unique<ShipParcel>();
        command->part = part.id;
        command->id = ParcelId::make(part.id.bucket(), edge.clock.now());
        command->carrier = form_value(later->request(), "carrier").substr(0, 100);
        command->tracking = form_value(later->request(), "tracking").substr(0, 100);
        submit(edge, std::move(command), person, part, later);
    });
}

http::Handler arrive_parcel(api::Edge& edge) {
    return of_part(edge, [&edge](api::Person const& person, ShownOrder const&, SellerOrder const& part, auto const& later, postgres::Connection&) {
        auto command = std::make_unique<DeliverParcel>();
        command->id = ParcelId::parse(form_value(later->request(), "parcel")).value_or(ParcelId{});
        submit(edge, std::move(command), person, part, later);
    });
}

http::Handler cancel_part(api::Edge& edge) {
    return of_part(edge, [&edge](api::Person const& person, ShownOrder const& shown, SellerOrder const& part, auto const& later, postgres::Connection&) {
        if (shown.order.waiting) return (*later)(person_problem_page({api::Code::order_not_paid}, people_audience(later->request())));
        submit(edge, api::cancel_order(edge, shown.order, part.id, form_value(later->request(), "reason").substr(0, 200)), person, part, later);
    });
}

http::Handler answer_my_return(api::Edge& edge) {
    return of_part(edge, [&edge](api::Person const& person, ShownOrder const& shown, SellerOrder const& part, auto const& later, postgres::Connection&) {
        auto const id = ReturnId::parse(form_value(later->request(), "return")).value_or(ReturnId{});
        auto const known = std::ranges::any_of(shown.returns, [&](auto const& it) { return it.id == id && it.order == part.id; });
        if (!known) return (*later)(person_problem_page({api::Code::not_found}, people_audience(later->request())));
        auto const what = form_value(later->request(), "what");
        auto command = std::make_unique<AnswerReturn>();
        command->answer = {id, what == "received" || what == "restock", what == "restock", form_value(later->request(), "answer").substr(0, 500)};
        submit(edge, std::move(command), person, part, later);
    });
}

}  // namespace choso::pages
