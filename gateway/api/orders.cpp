#include "gateway/api/orders.hpp"

#include <algorithm>

#include "base/vietnamese.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::api {
namespace {

using namespace marketplace;

std::string line_name(std::size_t n, std::string_view field) { return "lines[" + std::to_string(n) + "]." + std::string{field}; }

bool is_plain(std::string_view text, std::size_t max) {
    auto const control = std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    return text.size() <= max && !control && is_valid_utf8(text);
}

/// What is wrong with the lines, as they are priced.
std::optional<Problem> wrong_with(std::vector<PricedLine> const& priced, WantedOrder const& wanted) {
    if (priced.size() != wanted.lines.size()) {
        auto there = std::vector<bool>(wanted.lines.size());
        for (auto const& line : priced) there.at(line.wanted) = true;
        auto const n = static_cast<std::size_t>(std::ranges::find(there, false) - there.begin());
        return Problem{Code::not_found, line_name(n, "product"), {"Sản phẩm không còn bán", "This product is not sold"}};
    }
    // Whether there is enough is the lane's to say: it knows whether this order was placed before.
    for (auto const& line : priced)
        if (line.collector != priced.front().collector) return Problem{Code::payees_differ, line_name(line.wanted, "product")};
    return std::nullopt;
}

void write_lines(json::Writer& json, SellerOrder const& part) {
    json.key("lines").array();
    for (auto const& line : part.lines) {
        json.object().member("product", line.product.text()).member("variant", line.variant.text()).member("name", line.name).member("unit", line.unit);
        json.member("quantity", line.quantity).member("price", line.price).member("amount", line.amount()).member("returned", line.returned).end();
    }
    json.end();
}

void write_part(json::Writer& json, SellerOrder const& part, std::string_view seller) {
    json.object().member("id", part.id.text()).member("seller", part.seller.text()).member("seller_name", seller).member("status", word(part.status));
    json.member("goods", part.goods).member("shipping", part.shipping).member("amount", part.total());
    write_lines(json, part);
}

void write_parcels(json::Writer& json, ShownOrder const& shown, SellerOrderId part) {
    json.key("parcels").array();
    for (auto const& parcel : shown.parcels) {
        if (parcel.order != part) continue;
        json.object().member("id", parcel.id.text()).member("carrier", parcel.carrier).member("tracking", parcel.tracking);
        json.member("status", parcel.delivered_at ? "delivered" : "shipped").member("shipped_at", to_rfc3339(parcel.shipped_at)).key("delivered_at");
        if (parcel.delivered_at) json.value(to_rfc3339(*parcel.delivered_at));
        else json.null();
        json.end();
    }
    json.end().key("returns").array();
    for (auto const& it : shown.returns)
        if (it.order == part) json.object().member("id", it.id.text()).member("status", word(it.status)).member("reason", it.reason).end();
    json.end();
}

/// The members that an order has whoever shows it.
void write_head(json::Writer& json, Order const& order, std::string_view status, Money paid, payments::PaymentRequest const* request, Edge const& edge) {
    json.object().member("id", order.id.text()).member("status", status).member("payment", order.cash ? "cash" : "transfer");
    json.member("amount", order.amount).member("amount_paid", paid).member("reference", order.code);
    auto const directory = edge.directory.current();
    auto const code = request == nullptr ? PayCode{} : pay_code(*request, directory->account(request->account));
    json.member("qr", code.payload);
    if (request != nullptr) json.member("pay_url", pay_url(*request, edge.base_url));
    else json.key("pay_url").null();
    json.member("order_url", order_url(order, edge.base_url)).key("expires_at");
    if (order.expires_at) json.value(to_rfc3339(*order.expires_at));
    else json.null();
    json.member("created_at", to_rfc3339(order.created_at));
}

}  // namespace

std::optional<Problem> check_buyer(Buyer& buyer, std::string_view prefix) {
    auto const field = [&](std::string_view name) { return std::string{prefix} + std::string{name}; };
    if (buyer.name.empty() || !is_plain(buyer.name, 200)) return invalid(field("name"), {"Cần tên người nhận, tối đa 200 byte", "must be 1–200 bytes of text"});
    auto phone = normal_phone(buyer.phone);
    if (!phone) return invalid(field("phone"), {"Phải là số điện thoại Việt Nam, 10 chữ số", "must be a Vietnamese phone number of 10 digits"});
    buyer.phone = std::move(*phone);
    if (!is_plain(buyer.address, 500)) return invalid(field("address"), {"Tối đa 500 byte, không xuống dòng", "must be at most 500 bytes on one line"});
    return std::nullopt;
}

Result<std::unique_ptr<PlaceOrder>, Problem> make_order(Edge const& edge, postgres::Connection& connection, WantedOrder const& wanted, SentKey const& key) {
    auto const now = edge.clock.now();
    auto const priced = price_lines(connection, wanted.lines, now);
    if (auto wrong = wrong_with(priced, wanted)) return std::move(*wrong);
    auto const directory = edge.directory.current();
    auto const payees = directory->payees_of(priced.front().collector);
    auto const* owner = payees.empty() ? nullptr : directory->merchant(payees.front());
    auto const accounts = directory->accounts_of(priced.front().collector);
    if (owner == nullptr || accounts.empty() || directory->facts_of(*accounts.front()).mode != payments::CollectorMode::pooled)
        return Problem{Code::bank_account_invalid, "lines", {"Sàn này chưa có tài khoản nhận tiền", "This marketplace has no account to be paid into yet"}};
    auto const& terms = priced.front().terms;
    if (wanted.cash && !terms.cash) return invalid("payment", {"Sàn này không nhận tiền mặt khi giao", "cash on delivery is not offered here"});

    auto out = std::make_unique<PlaceOrder>();
    out->order.parts = parts_of(priced);
    auto const total = total_of(out->order.parts);
    if (total > most_asked) return Problem{Code::amount_invalid, "lines"};
    if (out->order.parts.size() > sellers_max) return invalid("lines", {"Tối đa 50 người bán một đơn", "must be of at most 50 sellers"});
    auto request = new_request(*directory, *owner, *accounts.front(), nullptr, now);
    auto const bucket = request->in;
    auto& order = out->order;
    order.id = order_of(request->id);
    order.merchant = owner->id;
    order.account = accounts.front()->id;
    order.buyer = PersonId::make(bucket, now);
    order.phone_key = phone_key(wanted.buyer.phone, edge.directory.installation().session_key);
    order.token = crypto::new_link_token(bucket).random;
    order.amount = total;
    order.note = wanted.note;
    order.cash = wanted.cash;
    auto split = payments::Split{payments::FillRule::on_release, {}};
    for (auto& part : order.parts) {
        part.id = SellerOrderId::make(bucket, now);
        part.order = order.id;
        split.lines.push_back({part.seller, part.total(), {}});
    }
    request->amount = total;
    request->description = "Đơn hàng " + owner->name;
    request->expires_in = terms.expires_in;
    request->return_url = order_url(order, edge.base_url);
    request->split = std::move(split);
    request->idempotency = key.of(owner->id);
    out->open_orders_max = terms.open_orders_max;
    out->buyer = wanted.buyer;
    out->request = std::move(request);
    return out;
}

Problem order_problem(Code code, PlaceOrder const& order, WantedOrder const& wanted) {
    if (code == Code::too_many_open_orders)
        return {code, "buyer.phone", {"Số điện thoại này đang có " + std::to_string(order.open_orders_max) + " đơn chưa trả tiền",
                                      "This phone has " + std::to_string(order.open_orders_max) + " unpaid orders already"}};
    if (code != Code::out_of_stock || !*order.lacking) return {code};
    for (auto const& part : order.order.parts)
        for (auto const& line : part.lines) {
            if (line.variant != **order.lacking) continue;
            for (std::size_t n = 0; n < wanted.lines.size(); ++n)
                if (wanted.lines[n].product == line.product && (!wanted.lines[n].variant || *wanted.lines[n].variant == line.variant))
                    return {code, line_name(n, "quantity"), {"Không còn đủ “" + line.name + "”", "Not enough left of “" + line.name + "”"}};
        }
    return {code};
}

std::unique_ptr<CancelOrder> cancel_order(Edge const& edge, Order const& order, std::optional<SellerOrderId> part, std::string reason) {
    auto out = std::make_unique<CancelOrder>();
    out->order = order.id;
    out->part = part;
    out->reason = std::move(reason);
    out->cancellation.id = request_of(order.id);
    out->cancellation.merchant = order.merchant;
    out->cancellation.mode = payments::CollectorMode::pooled;
    // A key of its own: the batch may run again and must know that it has done this.
    out->cancellation.idempotency = {new_uuid(order.id.bucket(), edge.clock.now()), std::string(sizeof(Uuid), '\0')};
    return out;
}

std::string order_url(Order const& order, std::string_view base_url) {
    return std::string{base_url} + "/cho/don/" + crypto::SecretToken{order.id.bucket(), order.token}.text();
}

std::string placed_json(PlaceOrder const& placed, payments::PaymentRequest const* request, Edge const& edge) {
    auto order = placed.order;
    auto const directory = edge.directory.current();
    if (request != nullptr) {
        order.id = order_of(request->id);
        order.code = request->reference->text();
        order.created_at = request->created_at;
        order.expires_at = request->expires_at;
    }
    std::string out;
    auto json = json::Writer{out};
    write_head(json, order, "open", {}, request, edge);
    json.key("orders").array();
    for (auto const& part : order.parts) {
        auto const* seller = directory->merchant(part.seller);
        write_part(json, part, seller == nullptr ? std::string_view{} : std::string_view{seller->name});
        json.end();
    }
    json.end().end();
    return out;
}

std::string to_json(ShownOrder const& shown, payments::PaymentRequest const* request, Edge const& edge) {
    std::string out;
    auto json = json::Writer{out};
    write_head(json, shown.order, word(shown.status), shown.amount_paid, request, edge);
    json.key("orders").array();
    for (auto const& part : shown.order.parts) {
        auto const named = shown.sellers.find(part.seller);
        write_part(json, part, named == shown.sellers.end() ? std::string_view{} : std::string_view{named->second});
        write_parcels(json, shown, part.id);
        json.end();
    }
    json.end().key("refunds").array();
    for (auto const& refund : shown.refunds) {
        json.object().member("id", refund.id.text()).key("order");
        if (refund.part) json.value(refund.part->text());
        else json.null();
        json.member("amount", refund.amount).member("status", payments::word(refund.status)).member("reason", refund.reason);
        json.member("created_at", to_rfc3339(refund.created_at)).end();
    }
    json.end().end();
    return out;
}

std::string to_json(ListedPart const& listed) {
    std::string out;
    auto json = json::Writer{out};
    write_part(json, listed.part, {});
    json.member("checkout", listed.part.order.text()).member("code", listed.code).member("created_at", to_rfc3339(listed.created_at));
    json.key("buyer").object().member("name", listed.buyer).member("phone", listed.phone).member("address", listed.address).end();
    json.member("note", listed.note).member("returns_open", listed.returns_open).end();
    return out;
}

std::string to_json(ShownOrder const& shown, SellerOrder const& part) {
    std::string out;
    auto json = json::Writer{out};
    auto const named = shown.sellers.find(part.seller);
    write_part(json, part, named == shown.sellers.end() ? std::string_view{} : std::string_view{named->second});
    json.member("checkout", part.order.text()).member("code", shown.order.code).member("created_at", to_rfc3339(shown.order.created_at));
    json.key("buyer").object().member("name", shown.buyer.name).member("phone", shown.buyer.phone).member("address", shown.buyer.address).end();
    auto const shares = part.shares();
    json.member("commission", shares.commission).member("withheld_tax", shares.tax).member("net", shares.net()).member("credited", part.credited.net());
    write_parcels(json, shown, part.id);
    json.end();
    return out;
}

}  // namespace choso::api
