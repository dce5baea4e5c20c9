#include "simulator/book_line.hpp"
#include "simulator/camt054.hpp"
#include "simulator/routes.hpp"
#include "simulator/script.hpp"
#include "simulator/statement.hpp"

namespace choso::bank {
namespace {

using http::Handler;
using http::Request;
using http::Responder;

constexpr std::size_t script_bytes_max = std::size_t{8} << 20U;

std::optional<std::chrono::sys_days> day_of(std::string const& text) {
    auto const at = parse_rfc3339(text + "T00:00:00+07:00");
    return at && text.size() == 10 ? std::optional{vietnam_day(*at)} : std::nullopt;
}

Handler script(Desk desk) {
    return [desk](Request const& request, Responder respond) {
        auto read = json::parse(request.body, {.depth = 8, .bytes = script_bytes_max});
        if (!read) return respond(failure(400, read.error().message));
        auto shared_script = std::make_shared<json::Value>(std::move(read).value());
        auto shared_respond = std::make_shared<Responder>(std::move(respond));
        desk.clerk.ask([desk, shared_script, shared_respond] {
            auto const played = play(desk.bank, *shared_script);
            (*shared_respond)(played ? json_answer(200, played->json) : failure(422, played.error()));
        });
    };
}

Handler accounts(Desk desk) {
    return [desk](Request const&, Responder respond) {
        auto text = std::string{};
        auto out = json::Writer{text};
        desk.bank.look([&](Book const& book) {
            out.array();
            for (auto const& [key, account] : book.accounts()) {
                out.object().member("bin", key.bin).member("account", key.number).member("holder", account.holder);
                out.member("opening", account.opening).member("balance", account.balance).member("movements", account.movements.size()).end();
            }
            out.end();
        });
        respond(json_answer(200, std::move(text)));
    };
}

Handler movements(Desk desk) {
    return [desk](Request const& request, Responder respond) {
        auto text = std::string{};
        auto out = json::Writer{text};
        auto const known = desk.bank.look([&](Book const& book) {
            auto const* account = book.account({request.param("bin"), request.param("account")});
            if (account == nullptr) return false;
            out.array();
            for (auto const index : account->movements) {
                auto const& movement = book.movements()[index];
                out.object();
                write_members(out, movement);
                out.member("taken_back", book.is_reversed(movement.number)).end();
            }
            out.end();
            return true;
        });
        respond(known ? json_answer(200, std::move(text)) : failure(404, "there is no such account"));
    };
}

Handler statement(Desk desk) {
    return [desk](Request const& request, Responder respond) {
        auto const format = statement_format_of(request.query_value("format").value_or("camt053"));
        auto const day = day_of(request.query_value("day").value_or(day_text(vietnam_day(desk.bank.now()))));
        if (!format) return respond(failure(400, "format is camt053, mt940 or csv"));
        if (!day) return respond(failure(400, "day needs the form YYYY-MM-DD"));
        auto const text = desk.bank.look([&](Book const& book) -> std::optional<std::string> {
            auto const* account = book.account({request.param("bin"), request.param("account")});
            if (account == nullptr) return std::nullopt;
            return written(book, statement_of(book, *account, *day), *format);
        });
        if (!text) return respond(failure(404, "there is no such account"));
        auto const type = *format == StatementFormat::camt053 ? "application/xml" : *format == StatementFormat::csv ? "text/csv; charset=utf-8" : "text/plain";
        respond(http::Response{200, type, *text, {}});
    };
}

Handler deliveries(Desk desk) {
    return [desk](Request const& request, Responder respond) {
        auto const only_waiting = request.query_value("waiting") == "true";
        auto text = std::string{};
        auto out = json::Writer{text};
        desk.bank.look([&](Book const& book) {
            out.array();
            for (auto const& delivery : book.deliveries()) {
                if (only_waiting && delivery.done) continue;
                out.object().member("number", delivery.number).member("to", delivery.to).member("due", to_rfc3339(delivery.due));
                out.member("attempts", delivery.attempts).member("done", delivery.done).member("answer", delivery.answer).key("movements").array();
                for (auto const movement : delivery.movements) out.value(movement);
                out.end().end();
            }
            out.end();
        });
        respond(json_answer(200, std::move(text)));
    };
}

}  // namespace

http::Response json_answer(int status, std::string body) {
    auto out = http::Response{status, "application/json", std::move(body), {}};
    out.with("Cache-Control", "no-store");
    return out;
}

http::Response failure(int status, std::string_view why) {
    auto body = std::string{};
    json::Writer{body}.object().member("error", why).end();
    return json_answer(status, std::move(body));
}

void add_api(http::Router& router, Desk desk) {
    using http::Method;
    // A script may talk to a gateway for minutes.
    router.add(Method::post, "/script", "script", script(desk), {.body_bytes_max = script_bytes_max, .handler_timeout = std::chrono::minutes{10}});
    router.add(Method::get, "/accounts", "accounts", accounts(desk));
    router.add(Method::get, "/accounts/{bin}/{account}/movements", "movements", movements(desk));
    router.add(Method::get, "/accounts/{bin}/{account}/statement", "statement", statement(desk));
    router.add(Method::get, "/deliveries", "deliveries", deliveries(desk));
    router.add(Method::get, "/livez", "livez", [](Request const&, Responder respond) { respond(json_answer(200, R"({"ok":true})")); });
}

}  // namespace choso::bank
