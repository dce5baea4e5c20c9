#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::settlement {

enum class ReportKind { settlement, payouts, ageing, places };
[[nodiscard]] std::optional<ReportKind> report_kind_of(std::string_view word);

enum class CellKind { text, money, count, time };
struct ReportColumn {
    std::string_view head;
    CellKind kind = CellKind::text;
};
/// Cells as text: whole đồng, counts, times as RFC 3339 in Vietnam's offset; empty where there is none.
struct Report {
    ReportKind kind = ReportKind::settlement;
    std::vector<ReportColumn> columns;
    std::vector<std::vector<std::string>> rows;
};
/// `buckets`, `merchants`: arrays of equal length, whom it is about. `from` included, `to` not; `now` for ages.
[[nodiscard]] Report make_report(postgres::Connection& connection, ReportKind kind, postgres::Array const& buckets, postgres::Array const& merchants,
                                 Instant from, Instant to, Instant now);

[[nodiscard]] std::string as_csv(Report const& report);
[[nodiscard]] std::string as_xlsx(Report const& report);

}  // namespace choso::settlement
