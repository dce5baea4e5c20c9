#include "gateway/api/exceptions.hpp"
#include "gateway/pages/desk_pages.hpp"
#include "gateway/pages/people_frame.hpp"
#include "settlement/imports/report.hpp"

namespace choso::pages {
namespace {

constexpr std::int64_t most_shown = 100;

std::string_view words_of_hold(std::string_view why) {
    if (why == "proof_broken") return "số dư không cộng đúng";
    if (why == "chain_broken") return "không nối tiếp sao kê ngày trước";
    if (why == "totals_differ") return "tổng phát sinh không đúng";
    if (why == "not_whole_dong") return "không phải số nguyên đồng";
    return why;
}

std::string progress_of(imports::TakenStatement const& it) {
    auto const done = it.confirmed + it.posted + it.repeated + it.kept_out;
    if (it.state == "held") return "Giữ lại: " + std::string{words_of_hold(it.held_why)};
    if (it.state == "booking") return "Đang ghi sổ " + std::to_string(done) + "/" + std::to_string(it.lines) + " dòng";
    return "Đã ghi sổ: " + std::to_string(it.confirmed) + " xác nhận, " + std::to_string(it.posted) + " mới, " + std::to_string(it.repeated) + " đã có, " +
           std::to_string(it.kept_out) + " không liên quan";
}

std::string_view words_of_proof(std::string_view proof) { return proof == "ok" ? "đúng" : proof == "broken" ? "sai" : "không có"; }

}  // namespace

http::Handler imports_page(api::Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_page(edge, std::move(respond), {.roles = api::desk_roles}, [](api::Person const& person, auto const& later, postgres::Connection& connection) {
            postgres::Array buckets{postgres::Array::Type::int2}, accounts{postgres::Array::Type::uuid};
            for (auto const* owner : person.merchants(api::desk_roles)) {
                if (!owner->is_owner) continue;
                for (auto const* account : person.directory->accounts_of(owner->collector)) {
                    buckets.add(person.directory->collector(owner->collector)->bucket);
                    accounts.add(account->id);
                }
            }
            auto const all = imports::latest_statements(connection, buckets, accounts, most_shown);
            (*later)(person_page(200, person, "Sao kê đã nhận", [&](Html& html) {
                if (all.empty()) return void(html.line("p", "Chưa nhận sao kê nào."));
                html.open("div", {{"class", "wide"}, {"role", "region"}, {"tabindex", "0"}, {"aria-label", "Sao kê"}}).open("table").open("thead").open("tr");
                for (auto const* head : {"Tệp", "Tài khoản", "Ngày", "Dòng", "Số dư", "Đến đâu"}) html.line("th", head, {{"scope", "col"}});
                html.close().close().open("tbody");
                for (auto const& each : all) {
                    auto const* account = person.directory->account(each.account);
                    html.open("tr").line("th", each.file, {{"scope", "row"}}).line("td", account != nullptr ? account->number : std::string{});
                    html.line("td", each.first_day == each.last_day ? each.last_day : each.first_day + " – " + each.last_day).line("td", std::to_string(each.lines));
                    html.line("td", words_of_proof(each.proof)).line("td", progress_of(each)).close();
                }
                html.close().close().close();
            }));
        });
    };
}

}  // namespace choso::pages
