#include "settlement/reports/reports.hpp"

#include <algorithm>
#include <array>

#include "base/id.hpp"
#include "platform/sheet/sheet.hpp"
#include "settlement/reports/sql.hpp"

namespace choso::settlement {
namespace {

using enum CellKind;

struct Kind {
    ReportKind kind;
    std::string_view word, sql;
    std::vector<ReportColumn> columns;
};

std::vector<Kind> const& kinds() {
    static auto const all = std::vector<Kind>{
        {ReportKind::settlement, "settlement", reports_sql::settlement,
         {{"Đợt quyết toán"}, {"Lập lúc", time}, {"Đơn vị thu"}, {"Lệnh chi"}, {"Mã chuyển"}, {"Số tiền", money}, {"Tình trạng"}, {"Lý do"}, {"Xong lúc", time}}},
        {ReportKind::payouts, "payouts", reports_sql::payouts,
         {{"Lệnh chi"}, {"Mục đích"}, {"Đơn vị thu"}, {"Mã chuyển"}, {"Số tiền", money}, {"Tình trạng"}, {"Gửi lúc", time}, {"Ghi sổ lúc", time}, {"Dòng sao kê"},
          {"Số tiền của dòng", money}, {"Chênh lệch", money}, {"Trả lại bởi"}}},
        {ReportKind::ageing, "ageing", reports_sql::ageing,
         {{"Loại"}, {"0–1 ngày", count}, {"2–3 ngày", count}, {"4–7 ngày", count}, {"8–30 ngày", count}, {"Trên 30 ngày", count}, {"Số vụ", count}, {"Tiền", money}}},
        {ReportKind::places, "places", reports_sql::places, {{"Loại"}, {"Nơi"}, {"Số khoản", count}, {"Tiền vào", money}, {"Ngân hàng thu lại", money}}},
    };
    return all;
}

Kind const& row_of(ReportKind kind) { return kinds()[static_cast<std::size_t>(kind)]; }

/// The least id of any bucket made at that moment.
Uuid first_id(Instant at) {
    auto out = new_uuid(Bucket::of_bits(0), at);
    std::fill(out.begin() + 6, out.end(), std::uint8_t{0});
    return out;
}

std::string cell(postgres::Result const& rows, int row, int column, CellKind kind) {
    if (rows.is_null(row, column)) return {};
    if (kind == text) return std::string{rows.text(row, column)};
    if (kind == time) return to_rfc3339(rows.time(row, column));
    return std::to_string(rows.integer(row, column));
}

}  // namespace

std::optional<ReportKind> report_kind_of(std::string_view word) {
    auto const found = std::ranges::find(kinds(), word, &Kind::word);
    if (found == kinds().end()) return std::nullopt;
    return found->kind;
}

Report make_report(postgres::Connection& connection, ReportKind kind, postgres::Array const& buckets, postgres::Array const& merchants, Instant from,
                   Instant to, Instant now) {
    auto const& of = row_of(kind);
    auto const rows = connection.query({"report_" + std::string{of.word}, std::string{of.sql}},
                                       postgres::Params::of(buckets, merchants, first_id(from), first_id(to), now));
    auto out = Report{kind, of.columns, {}};
    for (auto row = 0; row < rows.rows(); ++row) {
        auto& cells = out.rows.emplace_back();
        for (std::size_t column = 0; column < of.columns.size(); ++column) cells.push_back(cell(rows, row, static_cast<int>(column), of.columns[column].kind));
    }
    return out;
}

std::string as_csv(Report const& report) {
    auto out = std::string{"\xEF\xBB\xBF"};
    auto heads = std::vector<std::string>{};
    for (auto const& column : report.columns) heads.emplace_back(column.head);
    sheet::append_csv_row(out, heads);
    for (auto const& row : report.rows) sheet::append_csv_row(out, row);
    return out;
}

std::string as_xlsx(Report const& report) {
    auto book = sheet::Workbook{};
    auto const tab = book.add_sheet("Báo cáo", std::vector<double>(report.columns.size(), 22));
    for (std::size_t column = 0; column < report.columns.size(); ++column) book.header(tab, 0, static_cast<int>(column), report.columns[column].head);
    for (std::size_t n = 0; n < report.rows.size(); ++n)
        for (std::size_t column = 0; column < report.columns.size(); ++column) {
            auto const& value = report.rows[n][column];
            auto const numeric = report.columns[column].kind == money || report.columns[column].kind == count;
            if (value.empty()) continue;
            if (numeric) book.number(tab, static_cast<int>(n) + 1, static_cast<int>(column), std::stoll(value));
            else book.text(tab, static_cast<int>(n) + 1, static_cast<int>(column), value);
        }
    return book.finish();
}

}  // namespace choso::settlement
