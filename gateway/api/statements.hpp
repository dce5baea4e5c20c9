#pragma once
#include "gateway/api/statement_desk.hpp"
#include "platform/http/router.hpp"

namespace choso::api {

/// Upload, list and one statement with its lines.
void add_statement_routes(http::Router& router, Edge& edge, StatementDesk& desk);

}  // namespace choso::api
