#pragma once
#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

/// The reconciliation desk's pages. `/doi-soat` is drawn whole by the server; the app of gateway/web/doi-soat takes its place.
namespace choso::pages {

[[nodiscard]] http::Handler desk_page(api::Edge& edge);
/// /doi-soat/ngay: a closed day, or the days that were closed.
[[nodiscard]] http::Handler closed_day_page(api::Edge& edge);
/// /doi-soat/xuat: what waits, as XLSX with real numbers.
[[nodiscard]] http::Handler exceptions_file(api::Edge& edge);

/// /doi-soat/sao-ke: statements that came, and how far each is in the book.
[[nodiscard]] http::Handler imports_page(api::Edge& edge);
/// /doi-soat/quy-tac: the desk's rules with what each would have done, a form for a new version; kept, switched on and off.
[[nodiscard]] http::Handler rules_page(api::Edge& edge);
[[nodiscard]] http::Handler keep_rule(api::Edge& edge);
[[nodiscard]] http::Handler switch_rule(api::Edge& edge);

void add_desk_pages(http::Router& router, api::Edge& edge);

}  // namespace choso::pages
