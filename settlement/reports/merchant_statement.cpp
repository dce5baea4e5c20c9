#include "settlement/reports/merchant_statement.hpp"

#include <array>
#include <cstdio>
#include <map>
#include <stdexcept>

#include "platform/crypto/crypto.hpp"
#include "platform/crypto/seal.hpp"
#include "platform/pdf/document.hpp"
#include "platform/sheet/sheet.hpp"
#include "settlement/reports/sql.hpp"

namespace choso::settlement {
namespace {

using postgres::Params;
using postgres::Statement;

constexpr std::size_t most_lines = 20'000;
constexpr auto sealed_for = std::string_view{"signing_certificate"};

std::string_view words_of(std::string_view journal) {
    static std::map<std::string_view, std::string_view> const words{
        {"credit_received", "Tiền vào"},           {"unreferenced_to_received", "Tiền vào, tìm ra sau"}, {"received_reversed", "Ngân hàng thu lại"},
        {"due_confirmed", "Tiền vào đã xác nhận"}, {"due_confirmed_reversed", "Ngân hàng thu lại"},      {"payout_reserved", "Chi quyết toán"},
        {"payout_back", "Lệnh chi không thành"},   {"refund_reserved_due", "Hoàn tiền"},                 {"refund_back_to_due", "Khoản hoàn không thành"},
        {"refund_paid_received", "Hoàn tiền"},     {"received_to_unreferenced", "Chuyển lại chờ rõ"},    {"due_confirmed_to_unreferenced", "Chuyển lại chờ rõ"}};
    auto const found = words.find(journal);
    return found == words.end() ? journal : found->second;
}

std::string day_text(std::chrono::sys_days day) {
    auto const ymd = std::chrono::year_month_day{day};
    auto out = std::array<char, 16>{};
    std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
    return out.data();
}

/// `1.151.800`, with its sign.
std::string dotted(Money amount) {
    auto digits = std::to_string(amount.is_negative() ? -amount.dong() : amount.dong());
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ".");
    return (amount.is_negative() ? "-" : "") + digits;
}

constexpr std::array<std::string_view, 5> heads{"Lúc", "Việc", "Tham chiếu", "Số tiền (đồng)", "Số dư (đồng)"};
constexpr std::array<double, 5> edges{15, 50, 95, 140, 170};
constexpr std::array<double, 5> widths{35, 45, 45, 28, 28};

void draw_row(pdf::Document& out, double y, std::array<std::string, 5> const& cells, bool bold) {
    for (std::size_t i = 0; i < cells.size(); ++i)
        (void)out.text(edges[i], y, widths[i], cells[i], {.size_pt = i == 2 ? 6.0 : 8.5, .bold = bold, .align = i > 2 ? pdf::Align::right : pdf::Align::left});
}

double draw_head(pdf::Document& out, MerchantStatement const& of) {
    out.page(pdf::a4);
    (void)out.text(15, 12, 180, "BẢNG KÊ ĐƠN VỊ THU", {.size_pt = 15, .bold = true});
    (void)out.text(15, 21, 180, of.merchant + " · " + of.account, {.size_pt = 11});
    (void)out.text(15, 27, 180, "Từ ngày " + of.from + " đến hết ngày " + of.to, {.size_pt = 10});
    draw_row(out, 36, {std::string{heads[0]}, std::string{heads[1]}, std::string{heads[2]}, std::string{heads[3]}, std::string{heads[4]}}, true);
    out.line(15, 41, 198, 41);
    return 43;
}

void draw(pdf::Document& out, MerchantStatement const& of) {
    auto y = draw_head(out, of);
    draw_row(out, y, {"", "Đầu kỳ", "", "", dotted(of.opening)}, true);
    for (auto const& line : of.lines) {
        y += 6;
        if (y > 280) y = draw_head(out, of);
        draw_row(out, y, {to_page_time(line.at), line.what, line.reference, dotted(line.amount), dotted(line.balance)}, false);
    }
    y += 6;
    if (y > 280) y = draw_head(out, of);
    out.line(15, y - 1, 198, y - 1);
    draw_row(out, y, {"", "Cuối kỳ", "", dotted(of.closing - of.opening), dotted(of.closing)}, true);
}

}  // namespace

std::vector<MerchantStatement> merchant_statements(postgres::Connection& connection, Bucket bucket, MerchantId merchant, std::string const& name,
                                                   std::chrono::sys_days from, std::chrono::sys_days to) {
    static auto const statement = Statement{"report_merchant_lines", std::string{reports_sql::merchant_lines}};
    auto const rows = connection.query(statement, Params::of(bucket, merchant, Instant{from} - vietnam_offset, Instant{to + std::chrono::days{1}} - vietnam_offset));
    auto out = std::vector<MerchantStatement>{};
    auto kind = std::string{};
    for (auto row = 0; row < rows.rows(); ++row) {
        if (kind != rows.text(row, 0)) {
            kind = rows.text(row, 0);
            auto& fresh = out.emplace_back();
            fresh.merchant = name;
            fresh.account = kind == "received" ? "đã nhận vào tài khoản của đơn vị" : "phải trả cho đơn vị, đã xác nhận";
            fresh.from = day_text(from);
            fresh.to = day_text(to);
            fresh.opening = fresh.closing = -rows.money(row, 2);
        }
        if (rows.is_null(row, 3)) continue;
        auto& here = out.back();
        if (here.lines.size() == most_lines) {
            here.cut = true;
            continue;
        }
        here.lines.push_back({rows.time(row, 4), std::string{words_of(rows.text(row, 5))}, to_hyphenated(rows.uuid(row, 8)), -rows.money(row, 6), -rows.money(row, 7)});
        here.closing = here.lines.back().balance;
    }
    return out;
}

std::string as_pdf(std::vector<MerchantStatement> const& statements) {
    auto out = pdf::Document{"Bảng kê đơn vị thu"};
    for (auto const& each : statements) draw(out, each);
    return out.finish();
}

std::string as_xlsx(std::vector<MerchantStatement> const& statements) {
    auto book = sheet::Workbook{};
    for (auto const& each : statements) {
        auto const tab = book.add_sheet(each.account, {20, 28, 38, 18, 18});
        for (std::size_t i = 0; i < heads.size(); ++i) book.header(tab, 0, static_cast<int>(i), heads[i]);
        book.text(tab, 1, 1, "Đầu kỳ " + each.from);
        book.number(tab, 1, 4, each.opening.dong());
        auto n = 2;
        for (auto const& line : each.lines) {
            book.date(tab, n, 0, to_rfc3339(line.at).substr(0, 10));
            book.text(tab, n, 1, line.what);
            book.text(tab, n, 2, line.reference);
            book.number(tab, n, 3, line.amount.dong());
            book.number(tab, n++, 4, line.balance.dong());
        }
        book.text(tab, n, 1, "Cuối kỳ " + each.to);
        book.number(tab, n, 3, (each.closing - each.opening).dong());
        book.number(tab, n, 4, each.closing.dong());
    }
    return book.finish();
}

crypto::CertifiedKey signing_key(postgres::Connection& connection, std::string_view secret, Instant now) {
    static auto const find = Statement{"report_certificate", std::string{reports_sql::certificate}};
    static auto const keep = Statement{"report_insert_certificate", std::string{reports_sql::insert_certificate}};
    auto const digest = crypto::hmac_sha256(secret, sealed_for);
    auto const seal_key = std::string{crypto::as_text(digest)};
    for (auto round = 0; round < 2; ++round) {
        auto const rows = connection.query(find);
        if (rows.rows() == 1) {
            auto opened = crypto::open_sealed(seal_key, rows.text(0, 1), sealed_for);
            if (!opened) throw std::runtime_error{"the signing key was sealed under another installation's secret"};
            return {std::string{rows.text(0, 0)}, std::move(*opened)};
        }
        auto const made = crypto::make_signing_key("Cho So - bang ke");
        auto const sealed = crypto::seal(seal_key, made.key, sealed_for);
        // Two processes may both make one; the first stays.
        connection.query(keep, Params::of(new_uuid(Bucket::of_bits(0), now), made.certificate, postgres::Bytes{sealed}));
    }
    throw std::runtime_error{"no signing certificate could be made"};
}

}  // namespace choso::settlement
