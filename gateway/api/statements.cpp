#include "gateway/api/statements.hpp"

#include <charconv>

#include "gateway/api/listing.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "gateway/api/sql.hpp"
#include "merchants/scopes.hpp"
#include "platform/json/json.hpp"

namespace choso::api {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Result;

void write(json::Writer& out, Result const& rows, int row) {
    auto const text = [&](int column) { return rows.maybe_text(row, column); };
    out.member("id", imports::StatementId{rows.uuid(row, 0)}.text()).member("bank_account", AccountId{rows.uuid(row, 1)}.text());
    out.member("format", rows.text(row, 2)).member("sequence", rows.text(row, 3)).member("opening", rows.maybe_money(row, 4)).member("closing", rows.maybe_money(row, 5));
    out.member("difference", rows.maybe_money(row, 6)).member("lines_count", rows.integer(row, 7)).member("first_day", text(8)).member("last_day", text(9));
    out.member("proof", rows.text(row, 10)).member("state", rows.text(row, 11)).member("why", rows.text(row, 12)).member("confirmed", rows.integer(row, 13));
    out.member("posted", rows.integer(row, 14)).member("repeated", rows.integer(row, 15)).member("kept_out", rows.integer(row, 16));
    out.key("warnings").array();
    for (auto const& warning : rows.text_array(row, 17)) out.value(warning);
    out.end().member("created_at", to_rfc3339(rows.time(row, 18)));
}

/// The accounts of collectors whose own merchant the caller may name.
std::pair<Array, Array> accounts_of(Caller const& caller, std::vector<merchants::Merchant const*> const& asked) {
    auto buckets = Array{Array::Type::int2};
    auto accounts = Array{Array::Type::uuid};
    for (auto const* merchant : asked) {
        if (!merchant->is_owner) continue;
        for (auto const* account : caller.directory->accounts_of(merchant->collector)) {
            buckets.add(caller.directory->collector(merchant->collector)->bucket);
            accounts.add(account->id);
        }
    }
    return {buckets, accounts};
}

http::Handler list_statements(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payments_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const merchants = merchants_of(request, *caller);
        if (!merchants) return respond(to_response(merchants.error(), audience));
        auto const limit = limit_of(request);
        if (!limit) return respond(to_response(limit.error(), audience));
        auto before = std::optional<Uuid>{};
        if (auto const text = request.query_value("after"); text && !text->empty()) {
            before = place_of(*text);
            if (!before) return respond(to_response(Problem{Code::cursor_invalid, "after"}, audience));
        }
        auto const [buckets, accounts] = accounts_of(*caller, *merchants);
        auto const params = Params::of(buckets, accounts, before, *limit + 1);
        edge.reads.run(std::move(respond), audience, [params, limit = *limit](postgres::Connection& connection) {
            static auto const statement = named("list_statements", sql::list_statements);
            auto const rows = connection.query(statement, params);
            auto list = ListJson{};
            auto const shown = std::min<std::int64_t>(rows.rows(), limit);
            for (auto row = 0; row < shown; ++row) {
                auto text = std::string{};
                auto out = json::Writer{text};
                out.object();
                write(out, rows, row);
                out.end();
                list.add(text);
            }
            auto next = std::optional<std::string>{};
            if (rows.rows() > limit) next = place_text(rows.uuid(static_cast<int>(limit) - 1, 0));
            return json_response(200, list.close(next));
        });
    };
}

void write_lines(json::Writer& out, Result const& lines, std::int64_t limit) {
    out.key("lines").array();
    for (auto row = 0; row < std::min<std::int64_t>(lines.rows(), limit); ++row) {
        out.object().member("place", lines.integer(row, 0)).member("booked", lines.text(row, 1)).member("amount", lines.money(row, 2)).key("payment");
        if (auto const payment = lines.maybe_id<PaymentId>(row, 3)) out.value(payment->text());
        else out.null();
        out.member("how", lines.text(row, 4)).member("bank_reference", lines.text(row, 5)).member("reference", lines.maybe_text(row, 6));
        out.member("content", lines.maybe_text(row, 7)).member("reversal", lines.boolean(row, 8)).end();
    }
    out.end().key("next_line");
    if (lines.rows() > limit) out.value(lines.integer(static_cast<int>(limit) - 1, 0));
    else out.null();
}

http::Handler get_statement(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payments_read);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const id = imports::StatementId::parse(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        auto from = std::int32_t{0};
        if (auto const text = request.query_value("after_line"); text && !text->empty()) {
            auto const [end, error] = std::from_chars(text->data(), text->data() + text->size(), from);
            if (error != std::errc{} || end != text->data() + text->size() || from < 0) return respond(to_response(Problem{Code::parameter_invalid, "after_line"}, audience));
        }
        edge.reads.run(std::move(respond), audience, [caller, audience, id = *id, from](postgres::Connection& connection) {
            constexpr auto lines_shown = std::int64_t{500};
            static auto const find = named("get_statement", sql::get_statement);
            static auto const find_lines = named("statement_lines", sql::statement_lines);
            auto const rows = connection.query(find, Params::of(id.bucket(), id.uuid()));
            auto const* account = rows.rows() == 0 ? nullptr : caller->directory->account(AccountId{rows.uuid(0, 1)});
            if (account == nullptr || !caller->may_see(caller->directory->facts_of(*account).owner)) return to_response(Problem{Code::not_found}, audience);
            auto const lines = connection.query(find_lines, Params::of(id.bucket(), id.uuid(), from, lines_shown + 1));
            auto text = std::string{};
            auto out = json::Writer{text};
            out.object();
            write(out, rows, 0);
            write_lines(out, lines, lines_shown);
            out.end();
            return json_response(200, text);
        });
    };
}

}  // namespace

void add_statement_routes(http::Router& router, Edge& edge, StatementDesk& desk) {
    using http::Method;
    router.add(Method::post, "/api/v1/statements", "create_statement", desk.handler(),
               {.body_bytes_max = std::size_t{64} << 20U, .body_timeout = std::chrono::minutes{2}, .handler_timeout = std::chrono::minutes{10}});
    router.add(Method::get, "/api/v1/statements", "list_statements", list_statements(edge));
    router.add(Method::get, "/api/v1/statements/{id}", "get_statement", get_statement(edge));
}

}  // namespace choso::api
