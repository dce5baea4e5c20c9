#include <algorithm>

#include "gateway/counter/day_close.hpp"
#include "gateway/pages/layout.hpp"
#include "base/vietnamese.hpp"
#include "platform/pdf/document.hpp"

namespace choso::counter {
namespace {

constexpr double margin = 12;

std::string draw(StallSession const& session, Day const& day, std::vector<merchants::KeptHandover> const& handovers) {
    auto document = pdf::Document{"Chốt ngày " + page_day(day.date)};
    document.page(pdf::a5);
    auto const width = pdf::a5.width_mm - 2 * margin;
    auto y = margin;
    auto const say = [&](std::string const& words, pdf::TextStyle const& style) { y += document.text(margin, y, width, words, style) + 1.5; };
    say("Chốt ngày " + page_day(day.date), {.size_pt = 16, .bold = true});
    say(session.stall->name + " · sạp " + session.stall->number, {.size_pt = 11});
    if (session.account != nullptr) say(session.account->holder + " · " + session.account->number, {.size_pt = 10});
    y += 3;
    say(pages::with_unit(day.sum), {.size_pt = 24, .bold = true});
    say(in_words(day.sum) + " đồng", {.size_pt = 10});
    say(std::to_string(day.count) + " khoản. Phí dịch vụ: 0 ₫. Khoản ngân hàng đã thu lại không tính.", {.size_pt = 10});
    y += 4;

    auto const most = std::max(Money{1}, *std::ranges::max_element(day.hours));
    constexpr double chart = 45;
    auto const step = width / 24;
    for (auto hour = 0; hour < 24; ++hour) {
        auto const amount = day.hours[static_cast<std::size_t>(hour)];
        auto const height = chart * static_cast<double>(amount.dong()) / static_cast<double>(most.dong());
        if (amount.is_positive()) document.box(margin + step * hour + 0.5, y + chart - height, step - 1, height, {0.05, 0.36, 0.68});
        if (hour % 3 == 0) document.text(margin + step * hour, y + chart + 1, step * 3, std::to_string(hour) + "h", {.size_pt = 7});
    }
    document.line(margin, y + chart, margin + width, y + chart);
    y += chart + 7;
    for (auto hour = 0; hour < 24; ++hour) {
        auto const amount = day.hours[static_cast<std::size_t>(hour)];
        if (!amount.is_positive()) continue;
        document.text(margin, y, width / 2, std::to_string(hour) + "–" + std::to_string(hour + 1) + " giờ", {.size_pt = 9});
        y += document.text(margin + width / 2, y, width / 2, pages::with_unit(amount), {.size_pt = 9, .align = pdf::Align::right}) + 0.5;
    }
    for (auto const& each : handovers) {
        auto const& it = each.handover;
        if (vietnam_day(it.at) != day.date || y > pdf::a5.height_mm - 25) continue;
        say("Giao ca " + to_page_time(it.at) + ": " + each.giver_name + " → " + each.taker_name + ", từ " + to_page_time(it.since) + ", " + std::to_string(it.count) + " khoản, " +
                pages::with_unit(it.sum) + ". Mã biên bản " + it.code + (each.genuine ? "" : " (CHỮ KÝ SAI)"),
            {.size_pt = 8});
    }
    document.text(margin, pdf::a5.height_mm - margin, width, "Chợ Số · in từ sổ đã ghi, không sửa được", {.size_pt = 7});
    return document.finish();
}

}  // namespace

http::Handler day_pdf(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_totals(edge, request, std::move(respond), [&edge](postgres::Connection& connection, StallSession const& session, Days const& wanted) {
            auto const handovers = merchants::handovers_of(connection, session.stall->id, edge.directory.installation().session_key, 20);
            auto out = http::Response{200, "application/pdf", draw(session, read_day(connection, session, wanted.from), handovers), {}};
            out.with("Cache-Control", "no-store").with("Content-Disposition", "inline; filename=\"chot-ngay-" + iso_day(wanted.from) + ".pdf\"");
            return out;
        });
    };
}

}  // namespace choso::counter
