#include "gateway/counter/day_close.hpp"
#include "platform/sheet/sheet.hpp"

namespace choso::counter {
namespace {

constexpr std::array<std::string_view, 6> headings{"Ngày, giờ ghi sổ", "Số hiệu chứng từ", "Diễn giải", "Doanh thu (đồng)", "Mã giao dịch ngân hàng", "Ghi chú"};

std::string title_of(StallSession const& session, Days const& days) {
    return "Sổ chi tiết doanh thu bán hàng hoá, dịch vụ (mẫu S1-HKD) – " + session.merchant->name + " – " + page_day(days.from) + " đến " + page_day(days.until);
}

std::string number_of(RevenueLine const& line) { return line.payment.text(); }
std::string_view note_of(RevenueLine const& line) { return line.reversed ? "Ngân hàng đã thu lại, không tính" : ""; }
std::string what_of(RevenueLine const& line) { return line.what.empty() ? "Bán hàng, nhận chuyển khoản" : line.what; }
Money counted(RevenueLine const& line) { return line.reversed ? Money{} : line.amount; }

http::Response as_file(std::string type, std::string body, std::string name) {
    auto out = http::Response{200, std::move(type), std::move(body), {}};
    out.with("Cache-Control", "no-store").with("Content-Disposition", "attachment; filename=\"" + name + "\"").with("X-Content-Type-Options", "nosniff");
    return out;
}

std::string name_of(Days const& days, std::string_view ending) { return "doanh-thu-" + iso_day(days.from) + "-" + iso_day(days.until) + std::string{ending}; }

std::string as_csv(StallSession const& session, Days const& days, std::vector<RevenueLine> const& lines) {
    // With its mark, Excel reads it as UTF-8.
    auto out = std::string{"\xEF\xBB\xBF"};
    auto const row = [&out](std::vector<std::string> const& cells) { sheet::append_csv_row(out, cells); };
    row({title_of(session, days)});
    row({headings.begin(), headings.end()});
    auto sum = Money{};
    for (auto const& line : lines) {
        sum += counted(line);
        row({to_page_time(line.at), number_of(line), what_of(line), std::to_string(counted(line).dong()), line.bank_ref, std::string{note_of(line)}});
    }
    row({"Cộng", "", "", std::to_string(sum.dong()), "", ""});
    return out;
}

std::string as_xlsx(StallSession const& session, Days const& days, std::vector<RevenueLine> const& lines) {
    auto book = sheet::Workbook{};
    auto const page = book.add_sheet("Doanh thu", {20, 32, 36, 18, 28, 30});
    book.header(page, 0, 0, title_of(session, days));
    for (auto column = 0; column < static_cast<int>(headings.size()); ++column) book.header(page, 2, column, headings[static_cast<std::size_t>(column)]);
    auto sum = Money{};
    auto at = 3;
    for (auto const& line : lines) {
        sum += counted(line);
        book.text(page, at, 0, to_page_time(line.at));
        book.text(page, at, 1, number_of(line));
        book.text(page, at, 2, what_of(line));
        book.number(page, at, 3, counted(line).dong());
        book.text(page, at, 4, line.bank_ref);
        book.text(page, at, 5, note_of(line));
        ++at;
    }
    book.header(page, at, 0, "Cộng");
    book.number(page, at, 3, sum.dong());
    return book.finish();
}

}  // namespace

http::Handler revenue_csv(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_totals(edge, request, std::move(respond), [](postgres::Connection& connection, StallSession const& session, Days const& days) {
            auto const lines = read_revenue(connection, session, days.from, days.until);
            return as_file("text/csv; charset=utf-8", as_csv(session, days, lines), name_of(days, ".csv"));
        });
    };
}

http::Handler revenue_xlsx(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_totals(edge, request, std::move(respond), [](postgres::Connection& connection, StallSession const& session, Days const& days) {
            auto const lines = read_revenue(connection, session, days.from, days.until);
            return as_file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx(session, days, lines), name_of(days, ".xlsx"));
        });
    };
}

}  // namespace choso::counter
