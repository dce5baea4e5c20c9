#include <algorithm>

#include "gateway/api/desk.hpp"
#include "gateway/api/exceptions.hpp"
#include "gateway/api/respond.hpp"
#include "platform/json/json.hpp"
#include "settlement/close/close.hpp"

namespace choso::api {
namespace {

constexpr std::int64_t days_shown = 60;
constexpr std::int64_t rows_shown = 5'000;

std::vector<Bucket> buckets_of_desks(Person const& person) {
    auto out = std::vector<Bucket>{};
    for (auto const& [bucket, merchant] : desks_of(person).places)
        if (std::ranges::find(out, bucket) == out.end()) out.push_back(bucket);
    return out;
}

/// Whose balances these are: the collectors' accounts and everyone they collect for. A book of a bucket may hold others' too.
std::vector<Uuid> subjects_of(Person const& person) {
    auto out = std::vector<Uuid>{};
    for (auto const* merchant : person.merchants(desk_roles)) {
        out.push_back(merchant->id.uuid());
        if (!merchant->is_owner) continue;
        for (auto const* account : person.directory->accounts_of(merchant->collector)) out.push_back(account->id.uuid());
    }
    return out;
}

}  // namespace

http::Handler list_day_closes(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.roles = desk_roles}, [](Person const& person, auto const& later, postgres::Connection& connection) {
            std::string out;
            auto json = json::Writer{out};
            json.object().key("data").array();
            for (auto const& day : settlement::closed_days(connection, buckets_of_desks(person), days_shown))
                json.object().member("day", day.day).member("books", day.buckets).member("accounts", day.accounts).member("clearing", day.clearing)
                    .member("unexplained", day.unexplained).member("revision", day.revision).member("closed_at", to_rfc3339(day.closed_at)).end();
            json.end().end();
            (*later)(json_response(200, std::move(out)));
        });
    };
}

http::Handler get_day_close(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.roles = desk_roles}, [](Person const& person, auto const& later, postgres::Connection& connection) {
            auto const text = later->request().param("day");
            auto const day = parse_day(text);
            if (!day) return (*later)(to_response(Problem{Code::not_found}, audience_of(later->request())));
            auto const closed = settlement::find_closed_day(connection, buckets_of_desks(person), *day, subjects_of(person), rows_shown);
            if (!closed.closed_at) return (*later)(to_response(Problem{Code::not_found}, audience_of(later->request())));
            std::string out;
            auto json = json::Writer{out};
            json.object().member("day", text).member("revision", closed.revision).member("closed_at", to_rfc3339(*closed.closed_at));
            json.member("clearing", closed.clearing).member("unexplained", closed.unexplained).key("balances").array();
            for (auto const& row : closed.balances)
                json.object().member("account", row.kind + "/" + to_hyphenated(row.subject)).member("opening", row.opening)
                    .member("movement", row.closing - row.opening).member("closing", row.closing).member("entries", row.movements)
                    .member("explained", row.explained).end();
            json.end().end();
            (*later)(json_response(200, std::move(out)));
        });
    };
}

}  // namespace choso::api
