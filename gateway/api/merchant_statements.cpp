#include "gateway/api/desk.hpp"
#include "gateway/api/exceptions.hpp"
#include "gateway/api/respond.hpp"
#include "platform/crypto/cms.hpp"
#include "settlement/reports/merchant_statement.hpp"

namespace choso::api {
namespace {

constexpr auto longest = std::chrono::days{93};
/// The desk's, and the merchant's own people who sell.
constexpr people::Roles statement_roles{people::Role::reconciler, people::Role::approver, people::Role::seller};
constexpr auto xlsx_type = std::string_view{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};

struct Days {
    std::chrono::sys_days from, to;
};
Result<Days, Problem> days_of(http::Request const& request, Instant now) {
    auto out = Days{vietnam_day(now), vietnam_day(now)};
    for (auto const& [name, day] : {std::pair{"from", &out.from}, std::pair{"to", &out.to}}) {
        auto const text = request.query_value(name);
        if (!text) continue;
        auto const read = parse_day(*text);
        if (!read) return Problem{Code::parameter_invalid, name, {"Phải là ngày YYYY-MM-DD", "must be a day YYYY-MM-DD"}};
        *day = *read;
    }
    if (out.to < out.from || out.to - out.from > longest)
        return Problem{Code::parameter_invalid, "to", {"Khoảng ngày phải từ 0 đến 93 ngày", "the stretch must be of 0 to 93 days"}};
    return out;
}

}  // namespace

http::Handler get_merchant_statement(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.roles = statement_roles}, [&edge](Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& request = later->request();
            auto const refuse = [&](Problem const& problem) { (*later)(to_response(problem, audience_of(request))); };
            auto const id = MerchantId::parse(request.param("id"));
            auto const* merchant = id && person.may(statement_roles, *id) ? person.directory->merchant(*id) : nullptr;
            if (merchant == nullptr) return refuse(Problem{Code::not_found});
            auto const days = days_of(request, edge.clock.now());
            if (!days) return refuse(days.error());
            auto const format = request.query_value("format").value_or("pdf");
            if (format != "pdf" && format != "xlsx") return refuse(Problem{Code::parameter_invalid, "format", {"Phải là pdf hoặc xlsx", "must be pdf or xlsx"}});
            auto const bucket = person.directory->collector(merchant->collector)->bucket;
            auto const made = settlement::merchant_statements(connection, bucket, merchant->id, merchant->name, days->from, days->to);
            if (made.empty()) return refuse(Problem{Code::not_found});
            for (auto const& each : made)
                if (each.cut) return refuse(Problem{Code::parameter_invalid, "to", {"Quá 20000 dòng: hãy chọn ít ngày hơn", "more than 20000 lines: ask for fewer days"}});
            auto bytes = format == "xlsx" ? settlement::as_xlsx(made) : settlement::as_pdf(made);
            auto type = std::string{format == "xlsx" ? xlsx_type : std::string_view{"application/pdf"}};
            auto name = "bang-ke-" + merchant->id.text() + "." + std::string{format};
            if (request.query_value("signed") == "true") {
                bytes = crypto::signed_file(settlement::signing_key(connection, edge.directory.installation().session_key, edge.clock.now()), bytes);
                type = "application/pkcs7-mime";
                name += ".p7m";
            }
            auto out = http::Response{200, type, std::move(bytes), {}};
            out.with("Cache-Control", "no-store").with("Content-Disposition", "attachment; filename=\"" + name + "\"");
            (*later)(std::move(out));
        });
    };
}

/// With it anybody can prove what was signed.
http::Handler get_signing_certificate(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.roles = desk_roles}, [&edge](Person const&, auto const& later, postgres::Connection& connection) {
            auto const key = settlement::signing_key(connection, edge.directory.installation().session_key, edge.clock.now());
            (*later)(http::Response{200, "application/x-pem-file", key.certificate, {}});
        });
    };
}

}  // namespace choso::api
