#include "gateway/api/desk.hpp"
#include "gateway/api/exceptions.hpp"
#include "gateway/api/respond.hpp"
#include "merchants/settle.hpp"
#include "settlement/reports/reports.hpp"

namespace choso::api {
namespace {

constexpr auto longest = std::chrono::days{366};

struct Stretch {
    Instant from, to;
};
Result<Stretch, Problem> stretch_of(http::Request const& request, Instant now) {
    auto const wrong = [](std::string_view name) { return Problem{Code::parameter_invalid, std::string{name}, {"Phải là ngày YYYY-MM-DD", "must be a day YYYY-MM-DD"}}; };
    auto first = vietnam_day(now);
    auto last = first;
    if (auto const text = request.query_value("from")) {
        auto const day = parse_day(*text);
        if (!day) return wrong("from");
        first = *day;
    }
    if (auto const text = request.query_value("to")) {
        auto const day = parse_day(*text);
        if (!day) return wrong("to");
        last = *day;
    }
    if (last < first || last - first > longest)
        return Problem{Code::parameter_invalid, "to", {"Khoảng ngày phải từ 0 đến 366 ngày", "the stretch must be of 0 to 366 days"}};
    return Stretch{Instant{first} - vietnam_offset, merchants::end_of(last)};
}

}  // namespace

http::Handler get_report(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.roles = desk_roles}, [&edge](Person const& person, auto const& later, postgres::Connection& connection) {
            auto const& request = later->request();
            auto const refuse = [&](Problem const& problem) { (*later)(to_response(problem, audience_of(request))); };
            auto const kind = settlement::report_kind_of(request.param("id"));
            if (!kind) return refuse(Problem{Code::not_found});
            auto const format = request.query_value("format").value_or("csv");
            if (format != "csv" && format != "xlsx") return refuse(Problem{Code::parameter_invalid, "format", {"Phải là csv hoặc xlsx", "must be csv or xlsx"}});
            auto const stretch = stretch_of(request, edge.clock.now());
            if (!stretch) return refuse(stretch.error());
            auto const [buckets, merchants] = columns_of(owners_of(person.merchants(desk_roles), *person.directory));
            auto const report = settlement::make_report(connection, *kind, buckets, merchants, stretch->from, stretch->to, edge.clock.now());
            auto const xlsx = format == "xlsx";
            auto out = http::Response{200, xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8",
                                      xlsx ? settlement::as_xlsx(report) : settlement::as_csv(report), {}};
            out.with("Cache-Control", "no-store").with("Content-Disposition", "attachment; filename=\"" + std::string{request.param("id")} + "." + std::string{format} + "\"");
            (*later)(std::move(out));
        });
    };
}

}  // namespace choso::api
