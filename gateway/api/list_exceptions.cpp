#include "gateway/api/desk.hpp"
#include "gateway/api/exceptions.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "platform/json/json.hpp"
#include "settlement/exceptions/decide.hpp"

namespace choso::api {
namespace {

/// A desk looks at all of its work at once: pages are long, and shorter where candidates are looked for.
constexpr std::int64_t most_rows = 2'000;
constexpr std::int64_t most_with_candidates = 100;
constexpr std::int64_t most_beside = 500;

struct Asked {
    settlement::ExceptionFilter filter;
    bool suggest = false;
};

Result<Asked, Problem> parse(http::Request const& request) {
    auto out = Asked{};
    out.suggest = request.query_value("suggest") == "true";
    if (auto const state = request.query_value("state"); state && *state != "open" && *state != "all") {
        if (!settlement::exception_state_of(*state))
            return Problem{Code::parameter_invalid, "state", {"Trạng thái không được biết", "The state is not known"}};
        out.filter.state = *state;
    } else if (state) {
        out.filter.state = *state;
    }
    if (auto const kind = request.query_value("kind"); kind && !kind->empty()) {
        out.filter.kind = settlement::exception_kind_of(*kind);
        if (!out.filter.kind) return Problem{Code::parameter_invalid, "kind", {"Loại chênh lệch không được biết", "The kind is not known"}};
    }
    if (auto const after = request.query_value("after"); after && !after->empty()) {
        out.filter.before = place_of(*after);
        if (!out.filter.before) return Problem{Code::cursor_invalid, "after"};
    }
    auto const most = out.suggest ? most_with_candidates : most_rows;
    if (auto const limit = request.query_value("limit")) {
        auto const number = parse_dong(*limit);
        if (!number || number->dong() < 1 || number->dong() > most) {
            auto const text = std::to_string(most);
            return Problem{Code::parameter_invalid, "limit", {"limit phải là số nguyên từ 1 đến " + text, "limit must be a whole number from 1 to " + text}};
        }
        out.filter.limit = number->dong();
    }
    return out;
}

/// What else nobody was found for at the same desk, the newest of it.
std::vector<settlement::ShownException> waiting_beside(postgres::Connection& connection, settlement::ShownException const& of) {
    if (settlement::payer_in(of.content).empty()) return {};
    postgres::Array buckets{postgres::Array::Type::int2}, merchants{postgres::Array::Type::uuid};
    buckets.add(of.row.id.bucket());
    merchants.add(of.row.merchant);
    auto filter = settlement::ExceptionFilter{};
    filter.kind = settlement::ExceptionKind::unreferenced;
    filter.limit = most_beside;
    return settlement::list_exceptions(connection, buckets, merchants, filter);
}

}  // namespace

http::Handler list_exceptions(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.roles = desk_roles}, [&edge](Person const& person, auto const& later, postgres::Connection& connection) {
            auto const asked = parse(later->request());
            if (!asked) return (*later)(to_response(asked.error(), audience_of(later->request())));
            auto const [buckets, merchants] = columns_of(desks_of(person));
            auto const rows = settlement::list_exceptions(connection, buckets, merchants, asked->filter);
            auto const candidates = asked->suggest ? settlement::candidates_of(connection, rows) : std::map<ExceptionId, std::vector<settlement::Candidate>>{};
            static auto const none = std::vector<settlement::Candidate>{};
            auto list = ListJson{};
            for (auto const& row : rows) {
                auto const found = candidates.find(row.row.id);
                list.add(to_json(row, *person.directory, !asked->suggest ? nullptr : found == candidates.end() ? &none : &found->second, nullptr, edge.clock.now()));
            }
            auto const full = static_cast<std::int64_t>(rows.size()) == asked->filter.limit;
            (*later)(json_response(200, list.close(full ? std::optional{place_text(rows.back().row.id.uuid())} : std::nullopt)));
        });
    };
}

http::Handler get_exception(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.roles = desk_roles}, [&edge](Person const& person, auto const& later, postgres::Connection& connection) {
            auto const found = exception_of(person, connection, later->request().param("id"));
            if (!found) return (*later)(to_response(Problem{Code::not_found}, audience_of(later->request())));
            auto const candidates = settlement::candidates_of(connection, {*found})[found->row.id];
            auto const notes = settlement::notes_of(connection, found->row.id);
            auto const instalments = settlement::instalments_of(*found, candidates, waiting_beside(connection, *found));
            (*later)(json_response(200, to_json(*found, *person.directory, &candidates, &notes, edge.clock.now(), instalments)));
        });
    };
}

http::Handler exception_work(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.roles = desk_roles}, [&edge](Person const& person, auto const& later, postgres::Connection& connection) {
            auto const [buckets, merchants] = columns_of(desks_of(person));
            std::string out;
            auto json = json::Writer{out};
            auto total = Money{};
            auto count = std::int64_t{0};
            json.object().key("work").array();
            for (auto const& each : settlement::work_left(connection, buckets, merchants, edge.clock.now())) {
                json.object().member("kind", settlement::word(each.kind)).member("state", settlement::word(each.state)).member("age", each.age);
                json.member("count", each.count).member("amount", each.amount).member("oldest", to_rfc3339(each.oldest)).end();
                total += each.amount;
                count += each.count;
            }
            json.end().member("count", count).member("amount", total);
            json.member("second_person_above", settlement::second_person_above).end();
            (*later)(json_response(200, std::move(out)));
        });
    };
}

}  // namespace choso::api
