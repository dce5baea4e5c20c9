#include <algorithm>

#include "base/vietnamese.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/orders.hpp"
#include "gateway/api/respond.hpp"

namespace choso::api {
namespace {

using namespace marketplace;

/// A member's text; empty if it is absent, null or no text.
std::string text_of(json::Value const& object, std::string_view name) {
    auto const* value = object.find(name);
    return value == nullptr ? std::string{} : std::string{value->as_string().value_or("")};
}

Problem line_invalid(std::size_t n, std::string_view field, Text rule) {
    return invalid("lines[" + std::to_string(n) + "]" + (field.empty() ? "" : "." + std::string{field}), std::move(rule));
}

Result<WantedLine, Problem> read_line(json::Value const& value, std::size_t n) {
    if (!value.is_object()) return line_invalid(n, "", {"Phải là {product, quantity}", "must be {product, quantity}"});
    for (auto const& member : value.members())
        if (member.key != "product" && member.key != "variant" && member.key != "quantity")
            return line_invalid(n, "", {"Chỉ có product, variant và quantity", "must have product, variant and quantity alone"});
    auto out = WantedLine{};
    auto const product = ProductId::parse(text_of(value, "product"));
    if (!product) return Problem{Code::not_found, "lines[" + std::to_string(n) + "].product", {"Không có sản phẩm này", "There is no such product"}};
    out.product = *product;
    if (auto const* variant = value.find("variant"); variant != nullptr && !variant->is_null()) {
        out.variant = VariantId::parse(variant->as_string().value_or(""));
        if (!out.variant) return Problem{Code::not_found, "lines[" + std::to_string(n) + "].variant"};
    }
    auto const* quantity = value.find("quantity");
    auto const count = quantity == nullptr ? std::nullopt : quantity->as_int();
    if (!count || *count < 1 || *count > quantity_max)
        return line_invalid(n, "quantity", {"Phải là số nguyên từ 1 đến 100000", "must be a whole number from 1 to 100000"});
    out.quantity = *count;
    return out;
}

/// Parts of an address in the order in which one is written; whoever sends it whole sends `address` alone.
std::string address_of(json::Value const& buyer) {
    std::string out;
    for (auto const* name : {"address", "street", "village", "commune", "ward", "district", "province", "city"}) {
        auto const part = text_of(buyer, name);
        if (part.empty()) continue;
        if (!out.empty()) out += ", ";
        out += part;
    }
    return out;
}

Result<WantedOrder, Problem> parse(http::Request const& request) {
    auto const body = parse_object(request.body, {"lines", "buyer", "note", "payment"});
    if (!body) return body.error();
    auto out = WantedOrder{};
    auto const* lines = body->find("lines");
    if (lines == nullptr) return Problem{Code::field_missing, "lines", {"Thiếu lines", "lines is missing"}};
    if (!lines->is_array() || lines->items().empty() || lines->items().size() > lines_max)
        return invalid("lines", {"Phải có 1–100 dòng {product, quantity}", "must be 1–100 lines of {product, quantity}"});
    for (auto const& value : lines->items()) {
        auto line = read_line(value, out.lines.size());
        if (!line) return line.error();
        out.lines.push_back(*line);
    }
    auto const* buyer = body->find("buyer");
    if (buyer == nullptr) return Problem{Code::field_missing, "buyer", {"Thiếu buyer", "buyer is missing"}};
    if (!buyer->is_object()) return invalid("buyer", {"Phải là một đối tượng {name, phone, …}", "must be an object {name, phone, …}"});
    out.buyer = {text_of(*buyer, "name"), text_of(*buyer, "phone"), address_of(*buyer)};
    if (auto problem = check_buyer(out.buyer, "buyer.")) return std::move(*problem);
    out.note = text_of(*body, "note");
    if (out.note.empty()) out.note = text_of(*buyer, "note");
    if (out.note.size() > 500) return invalid("note", {"Tối đa 500 byte", "must be at most 500 bytes"});
    if (auto const* payment = body->find("payment"); payment != nullptr && !payment->is_null()) {
        auto const word = payment->as_string().value_or("");
        if (word != "transfer" && word != "cash") return invalid("payment", {"Phải là transfer hoặc cash", "must be transfer or cash"});
        out.cash = word == "cash";
    }
    return out;
}

}  // namespace

http::Handler create_order(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const audience = audience_of(request);
        // A missing key is told before anything about the body.
        auto const key = sent_key(request);
        if (!key) return respond(to_response(key.error(), audience));
        auto wanted = parse(request);
        if (!wanted) return respond(to_response(wanted.error(), audience));
        auto const later = shared(std::move(respond));
        auto look = [&edge, later, audience, key = *key, wanted = std::move(wanted).value()](postgres::Connection& connection) {
            auto made = make_order(edge, connection, wanted, key);
            if (!made) return (*later)(to_response(made.error(), audience));
            auto const placed = std::shared_ptr<PlaceOrder>{std::move(made).value()};
            edge.core.submit(std::make_unique<PlaceOrder>(*placed), [&edge, later, audience, wanted, placed](payments::Answer const& answer) {
                if (auto const code = problem_in(answer)) return (*later)(to_response(order_problem(*code, *placed, wanted), audience));
                auto const replayed = answer->replayed;
                auto const* asked = answer->request ? &*answer->request : nullptr;
                // A repeat shows the first one's parts, which only the database knows.
                if (replayed || asked == nullptr) {
                    auto const id = answer->own_as<OrderOutcome>()->id;
                    return edge.reads.ask(later, audience, [&edge, later, audience, id, replayed](postgres::Connection& reading) {
                        (*later)(shown_order(edge, reading, id, audience, 201, replayed));
                    });
                }
                auto out = json_response(201, placed_json(*placed, asked, edge));
                out.with("Location", "/api/v1/orders/" + placed->order.id.text());
                (*later)(std::move(out));
            });
        };
        edge.reads.ask(later, audience, std::move(look));
    };
}

}  // namespace choso::api
