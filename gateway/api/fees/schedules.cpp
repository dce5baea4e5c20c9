// A schedule is issued: a bill of its items for every payer of the payee, or of one unit, by the same importer that works off files.
#include <algorithm>

#include "gateway/api/fees/import.hpp"
#include "gateway/api/respond.hpp"
#include "merchants/scopes.hpp"

namespace choso::api::fees {
namespace {

constexpr std::int64_t payers_at_once = 1'000;

std::string in_quotes(std::string_view text) {
    auto out = std::string{"\""};
    for (auto const c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

std::string joined(std::vector<std::string> const& items) {
    auto out = std::string{};
    for (auto const& item : items) out += (out.empty() ? "" : ";") + item;
    return out;
}

/// What the importer reads. Each bill bears a code of schedule and payer: issued again it is refused, row by row, as there already.
std::string file_of(postgres::Connection& connection, bills::Place place, bills::Schedule const& schedule, std::optional<FeeUnitId> unit) {
    constexpr std::size_t symbols = 12;
    auto const mark = to_hyphenated(schedule.id).substr(to_hyphenated(schedule.id).size() - symbols);
    auto out = std::string{"ma,lop,khoan_thu,han,tieu_de,tra_mot_phan,ma_phieu\n"};
    for (auto after = std::string{};;) {
        auto const page = bills::list_payers(connection, place, unit, after, payers_at_once);
        for (auto const& payer : page)
            out += in_quotes(payer.code) + ',' + in_quotes(payer.unit_code) + ',' + in_quotes(joined(schedule.items)) + ',' + schedule.due + ',' + in_quotes(schedule.name) + ',' +
                   (schedule.partial ? "1" : "0") + ',' + in_quotes(mark + "-" + payer.code) + '\n';
        if (page.size() < static_cast<std::size_t>(payers_at_once)) return out;
        after = page.back().code;
    }
}

}  // namespace

http::Handler issue_schedule(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::requests_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const id = from_hyphenated(request.param("id"));
        if (!id) return respond(to_response(Problem{Code::not_found}, audience));
        auto const wanted = request.query_value("unit").value_or("");
        edge.reads.run(std::move(respond), audience, [&edge, caller = *caller, audience, id = *id, wanted](postgres::Connection& connection) {
            auto const found = bills::find_schedule(connection, id);
            auto const* merchant = found ? caller.merchant(found->first) : nullptr;
            if (merchant == nullptr) return to_response(Problem{Code::not_found}, audience);
            auto const payee = payee_of(*caller.directory, *merchant);
            auto const place = bills::Place{payee.bucket, merchant->id};
            auto const units = bills::units_of(connection, place);
            auto const unit = std::find_if(units.begin(), units.end(), [&](auto const& each) { return each.code == wanted || each.id.text() == wanted; });
            if (!wanted.empty() && unit == units.end()) return to_response(Problem{Code::not_found, "unit"}, audience);
            auto const file = file_of(connection, place, found->second, unit == units.end() ? std::nullopt : std::optional{unit->id});
            auto const view = keep_import(connection, payee, caller.actor(), true, found->second.name, file, edge.clock.now());
            if (view.state == "checked") (void)start_import(connection, view.id);
            return json_response(201, import_json(*find_import(connection, view.id)));
        });
    };
}

}  // namespace choso::api::fees
