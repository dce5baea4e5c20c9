#include <algorithm>

#include "gateway/counter/stall_session.hpp"
#include "platform/crypto/password.hpp"

namespace choso::counter {
namespace {

using api::Code;
using api::Problem;
using merchants::MemberId;
using merchants::Refused;
using merchants::StallMember;

Problem refused(Refused const& why) {
    return api::invalid(why.field, {"không hợp lệ: " + why.rule, why.rule});
}

/// The member of that id if the PIN is theirs; each wrong one counts against the stall.
Result<StallMember, Problem> member_with(postgres::Connection& connection, StallId stall, std::optional<MemberId> id, std::string_view pin, std::string_view field) {
    if (auto const wait = merchants::pin_wait(connection, stall); wait > 0) return Problem{Code::too_many_attempts, std::string{field}, {}, wait};
    auto const members = merchants::members_of(connection, stall);
    auto const found = std::ranges::find_if(members, [&](auto const& it) { return id ? it.id == *id : it.owner; });
    auto const right = found != members.end() && merchants::is_pin(pin) && crypto::is_password_of(found->pin_hash, pin);
    merchants::note_pin(connection, stall, right);
    if (!right) return Problem{Code::credentials_wrong, std::string{field}, {"PIN không đúng", "The PIN is wrong"}};
    return *found;
}

/// A text member as it came; empty if there is none.
std::string given(json::Value const& body, std::string_view name) {
    auto const* member = body.find(name);
    return std::string{member != nullptr ? member->as_string().value_or("") : ""};
}

}  // namespace

http::Handler add_member(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_order(edge, request, std::move(respond), {"name", "new_pin", "totals", "owner_pin"}, [&](StallSession const& session, json::Value const& body, http::Responder answer) {
            auto const audience = api::audience_of(request);
            auto const name = text_of(body, "name", 240);
            if (!name) return answer(api::to_response(name.error(), audience));
            auto const pin = given(body, "new_pin");
            if (!merchants::is_pin(pin)) return answer(api::to_response(api::invalid("new_pin", {"phải có 4 đến 8 chữ số", "must be 4 to 8 digits"}), audience));
            auto const* totals = body.find("totals");
            edge.hashing.run(std::move(answer), audience,
                             [stall = session.stall->id, name = *name, pin, owner_pin = given(body, "owner_pin"), audience,
                              may_see = totals != nullptr && totals->as_bool().value_or(false)](postgres::Connection& connection) {
                                 if (!merchants::members_of(connection, stall).empty()) {
                                     auto const owner = member_with(connection, stall, {}, owner_pin, "owner_pin");
                                     if (!owner) return api::to_response(owner.error(), audience);
                                 }
                                 auto const made = merchants::add_member(connection, stall, name, crypto::hash_password(pin), may_see);
                                 if (!made) return api::to_response(refused(made.error()), audience);
                                 auto out = std::string{};
                                 json::Writer{out}.object().member("id", made->id.text()).member("name", made->name).member("owner", made->owner).end();
                                 return api::json_response(201, std::move(out));
                             });
        });
    };
}

http::Handler start_shift(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_order(edge, request, std::move(respond), {"member", "pin"}, [&](StallSession const& session, json::Value const& body, http::Responder answer) {
            auto const audience = api::audience_of(request);
            auto const id = MemberId::parse(given(body, "member"));
            if (!id) return answer(api::to_response(Problem{Code::not_found, "member"}, audience));
            edge.hashing.run(std::move(answer), audience,
                             [&edge, session, id = *id, pin = given(body, "pin"), audience](postgres::Connection& connection) {
                                 auto const who = member_with(connection, session.stall->id, id, pin, "pin");
                                 if (!who) return api::to_response(who.error(), audience);
                                 auto const shift = merchants::begin_shift(connection, session.stall->id, id, edge.clock.now());
                                 if (!shift) return api::to_response(refused(shift.error()), audience);
                                 auto out = std::string{};
                                 json::Writer{out}.object().member("id", shift->id.text()).end();
                                 return api::json_response(201, std::move(out));
                             });
        });
    };
}

http::Handler hand_over(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_order(edge, request, std::move(respond), {"pin", "to", "to_pin"}, [&](StallSession const& session, json::Value const& body, http::Responder answer) {
            auto const audience = api::audience_of(request);
            auto const to = MemberId::parse(given(body, "to"));
            if (!to) return answer(api::to_response(Problem{Code::not_found, "to"}, audience));
            edge.hashing.run(std::move(answer), audience,
                             [&edge, session, to = *to, pin = given(body, "pin"), to_pin = given(body, "to_pin"), audience](postgres::Connection& connection) {
                                 auto const stall = session.stall->id;
                                 auto const shift = merchants::open_shift(connection, stall);
                                 if (!shift) return api::to_response(Problem{Code::not_found, "shift"}, audience);
                                 for (auto const& [who, word, field] : {std::tuple{shift->member, pin, "pin"}, std::tuple{to, to_pin, "to_pin"}})
                                     if (auto const right = member_with(connection, stall, who, word, field); !right)
                                         return api::to_response(right.error(), audience);
                                 auto const& key = edge.directory.installation().session_key;
                                 auto const done = merchants::hand_over(connection, session.bucket, session.merchant->id, stall, shift->id, to, edge.clock.now(), key);
                                 if (!done) return api::to_response(refused(done.error()), audience);
                                 auto out = std::string{};
                                 auto json = json::Writer{out};
                                 json.object().member("since", to_rfc3339(done->since)).member("at", to_rfc3339(done->at)).member("count", done->count);
                                 json.member("sum", shift->totals ? std::optional{done->sum} : std::nullopt).member("code", done->code).end();
                                 return api::json_response(201, std::move(out));
                             });
        });
    };
}

}  // namespace choso::counter
