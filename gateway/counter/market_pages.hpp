#pragma once
#include "gateway/api/edge.hpp"
#include "platform/http/router.hpp"

/// Who looks after a market (docs/adr/0015: people who sign in): its stalls, and new ones on a phone.
namespace choso::counter {

/// GET /ban-quan-ly: the manager's markets, each with its stalls.
[[nodiscard]] http::Handler market_page(api::Edge& edge);
/// GET and POST /ban-quan-ly/sap-moi: a stall in two minutes.
[[nodiscard]] http::Handler new_stall_page(api::Edge& edge);
[[nodiscard]] http::Handler take_new_stall(api::Edge& edge);
/// POST /ban-quan-ly/nhap: a whole market's table; its errors row by row.
[[nodiscard]] http::Handler take_market_file(api::Edge& edge);
/// GET /ban-quan-ly/ma-in.pdf: every stall's standee, to print and cut.
[[nodiscard]] http::Handler print_market(api::Edge& edge);
/// POST /ban-quan-ly/doi-tai-khoan: the second person's yes or no.
[[nodiscard]] http::Handler decide_account_change(api::Edge& edge);

}  // namespace choso::counter
