// The sellers' branch: every question and order goes through the seller that the key names.
#include <algorithm>

#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/orders.hpp"
#include "gateway/api/respond.hpp"
#include "merchants/scopes.hpp"

namespace choso::api {
namespace {

using namespace marketplace;

constexpr std::int64_t page_length = 50;

/// The part of the order that the caller's seller has; null if it is none of its.
SellerOrder const* own_part(ShownOrder const& shown, Caller const& caller, std::optional<SellerOrderId> id) {
    auto const found = std::ranges::find_if(shown.order.parts, [&](auto const& part) { return (!id || part.id == *id) && caller.may_see(part.seller); });
    return found == shown.order.parts.end() ? nullptr : &*found;
}

http::Response not_there(Audience const& audience) { return to_response(Problem{Code::not_found}, audience); }

/// Answers a command with the part as it is afterwards.
void submit(Edge& edge, std::shared_ptr<http::Responder> const& later, Audience const& audience, std::unique_ptr<OrderCommand> command, SellerOrderId part,
            int status) {
    auto const order = command->order;
    edge.core.submit(std::move(command), [&edge, later, audience, order, part, status](payments::Answer const& answer) {
        if (auto const code = problem_in(answer)) return (*later)(to_response(Problem{*code}, audience));
        edge.reads.ask(later, audience, [later, audience, order, part, status](postgres::Connection& connection) {
            auto const shown = find_order(connection, order);
            if (!shown) return (*later)(not_there(audience));
            auto const found = std::ranges::find(shown->order.parts, part, &SellerOrder::id);
            (*later)(found == shown->order.parts.end() ? not_there(audience) : json_response(status, to_json(*shown, *found)));
        });
    });
}

/// What an order is about: the part of the caller's seller, and the id that the path names.
struct About {
    ShownOrder const& shown;
    SellerOrder const& part;
    Uuid id;
    json::Value const& body;
};
using Made = Result<std::unique_ptr<OrderCommand>, Problem>;
using Fill = std::function<Made(About const& about)>;

/// The steps all orders to a seller's part share: who calls, what it is about, whose it is; `fill` makes the command.
template <class IdType>
http::Handler about_part(Edge& edge, std::initializer_list<std::string_view> members, int status, Fill fill) {
    return [&edge, members = std::vector<std::string_view>{members}, status, fill = std::move(fill)](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::orders_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const id = IdType::parse(request.param("id"));
        if (!id) return respond(not_there(audience));
        auto const body = parse_object(request.body.empty() ? "{}" : request.body, {"carrier", "tracking", "lines", "reason", "received", "restock", "answer"});
        if (!body) return respond(to_response(body.error(), audience));
        for (auto const& member : body->members())
            if (std::ranges::find(members, member.key) == members.end())
                return respond(to_response(Problem{Code::unknown_field, member.key, {"Trường không được biết: " + member.key, "Unknown field: " + member.key}}, audience));
        auto const later = shared(std::move(respond));
        edge.reads.ask(later, audience, [&edge, later, audience, caller, id = *id, body = *body, fill, status](postgres::Connection& connection) {
            auto order = std::optional<OrderId>{};
            auto part = std::optional<SellerOrderId>{};
            order = checkout_of(connection, id);
            auto const shown = order ? find_order(connection, *order) : std::nullopt;
            if (!shown) return (*later)(not_there(audience));
            if constexpr (std::is_same_v<IdType, SellerOrderId>) part = id;
            if constexpr (std::is_same_v<IdType, ParcelId>)
                for (auto const& parcel : shown->parcels)
                    if (parcel.id == id) part = parcel.order;
            if constexpr (std::is_same_v<IdType, ReturnId>)
                for (auto const& it : shown->returns)
                    if (it.id == id) part = it.order;
            auto const* own = part ? own_part(*shown, *caller, part) : nullptr;
            if (own == nullptr) return (*later)(not_there(audience));
            auto command = fill(About{*shown, *own, id.uuid(), body});
            if (!command) return (*later)(to_response(command.error(), audience));
            auto filled = std::move(command).value();
            filled->order = shown->order.id;
            filled->actor = caller->actor();
            submit(edge, later, audience, std::move(filled), own->id, status);
        });
    };
}

std::string text_of(json::Value const& body, std::string_view name, std::string_view otherwise = {}) {
    auto const* value = body.find(name);
    return std::string{value == nullptr ? otherwise : value->as_string().value_or(otherwise)};
}

/// `[{"position":1,"quantity":2}]`
Result<std::vector<ParcelLine>, Problem> lines_of(json::Value const& body) {
    auto out = std::vector<ParcelLine>{};
    auto const* lines = body.find("lines");
    if (lines == nullptr || lines->is_null()) return out;
    auto const wrong = invalid("lines", {"Phải là [{position, quantity}]", "must be [{position, quantity}]"});
    if (!lines->is_array() || lines->items().empty() || lines->items().size() > lines_max) return wrong;
    for (auto const& value : lines->items()) {
        auto const* position = value.find("position");
        auto const* quantity = value.find("quantity");
        auto const place = position == nullptr ? std::nullopt : position->as_int();
        auto const count = quantity == nullptr ? std::nullopt : quantity->as_int();
        if (!place || *place < 1 || *place > 1'000 || !count || *count < 1 || *count > quantity_max) return wrong;
        out.push_back({static_cast<std::int16_t>(*place), *count});
    }
    return out;
}

std::optional<Problem> too_long(std::string_view name, std::string_view text, std::size_t max) {
    if (text.size() <= max) return std::nullopt;
    return invalid(name, {"Tối đa " + std::to_string(max) + " byte", "must be at most " + std::to_string(max) + " bytes"});
}

}  // namespace

http::Handler list_seller_orders(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::orders_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const* seller = caller->merchant(MerchantId::parse(request.query_value("merchant").value_or("")));
        if (seller == nullptr) return respond(to_response(Problem{Code::not_found, "merchant"}, audience));
        auto before = std::optional<SellerOrderId>{};
        if (auto const after = request.query_value("after")) {
            before = SellerOrderId::parse(*after);
            if (!before) return respond(to_response(Problem{Code::cursor_invalid, "after"}, audience));
        }
        auto const* collector = caller->directory->collector(seller->collector);
        edge.reads.run(std::move(respond), audience, [bucket = collector->bucket, id = seller->id, before](postgres::Connection& connection) {
            auto parts = list_parts(connection, bucket, {id}, before, page_length + 1);
            auto const more = static_cast<std::int64_t>(parts.size()) > page_length;
            if (more) parts.pop_back();
            auto list = ListJson{};
            for (auto const& part : parts) list.add(to_json(part));
            return json_response(200, list.close(parts.empty() ? std::string{} : parts.back().part.id.text(), more));
        });
    };
}

http::Handler get_seller_order(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::orders_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const id = SellerOrderId::parse(request.param("id"));
        if (!id) return respond(not_there(audience));
        edge.reads.run(std::move(respond), audience, [caller, audience, id = *id](postgres::Connection& connection) {
            auto const order = checkout_of(connection, id);
            auto const shown = order ? find_order(connection, *order) : std::nullopt;
            auto const* own = shown ? own_part(*shown, *caller, id) : nullptr;
            return own == nullptr ? not_there(audience) : json_response(200, to_json(*shown, *own));
        });
    };
}

http::Handler create_parcel(Edge& edge) {
    return about_part<SellerOrderId>(edge, {"carrier", "tracking", "lines"}, 201, [&edge](About const& about) -> Made {
        auto out = std::make_unique<ShipParcel>();
        out->part = about.part.id;
        out->id = ParcelId::make(about.part.id.bucket(), edge.clock.now());
        out->carrier = text_of(about.body, "carrier");
        out->tracking = text_of(about.body, "tracking");
        if (auto wrong = too_long("carrier", out->carrier, 100)) return std::move(*wrong);
        if (auto wrong = too_long("tracking", out->tracking, 100)) return std::move(*wrong);
        auto lines = lines_of(about.body);
        if (!lines) return lines.error();
        out->lines = std::move(lines).value();
        return std::unique_ptr<OrderCommand>{std::move(out)};
    });
}

http::Handler cancel_seller_order(Edge& edge) {
    return about_part<SellerOrderId>(edge, {"reason"}, 200, [&edge](About const& about) -> Made {
        // One seller may not end what others' buyers still mean to pay.
        if (about.shown.order.waiting) return Problem{Code::order_not_paid};
        auto out = cancel_order(edge, about.shown.order, about.part.id, text_of(about.body, "reason", "cancelled_by_seller"));
        if (auto wrong = too_long("reason", out->reason, 200)) return std::move(*wrong);
        return std::unique_ptr<OrderCommand>{std::move(out)};
    });
}

http::Handler deliver_parcel(Edge& edge) {
    return about_part<ParcelId>(edge, {}, 200, [](About const& about) -> Made {
        auto out = std::make_unique<DeliverParcel>();
        out->id = ParcelId{about.id};
        return std::unique_ptr<OrderCommand>{std::move(out)};
    });
}

http::Handler answer_return(Edge& edge) {
    return about_part<ReturnId>(edge, {"received", "restock", "answer"}, 200, [](About const& about) -> Made {
        auto out = std::make_unique<AnswerReturn>();
        out->answer.id = ReturnId{about.id};
        auto const* received = about.body.find("received");
        auto const yes = received == nullptr ? std::nullopt : received->as_bool();
        if (!yes) return invalid("received", {"Phải là true hoặc false", "must be true or false"});
        out->answer.received = *yes;
        auto const* restock = about.body.find("restock");
        out->answer.restock = restock != nullptr && restock->as_bool().value_or(false);
        out->answer.answer = text_of(about.body, "answer");
        if (auto wrong = too_long("answer", out->answer.answer, 500)) return std::move(*wrong);
        return std::unique_ptr<OrderCommand>{std::move(out)};
    });
}

}  // namespace choso::api
