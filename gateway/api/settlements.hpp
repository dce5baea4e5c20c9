#pragma once
#include <optional>
#include <string>
#include <vector>

#include "gateway/api/auth.hpp"
#include "gateway/api/rows.hpp"
#include "gateway/payments/types.hpp"

/// Settlement runs as they are asked for, read and shown.
namespace choso::api {

[[nodiscard]] std::optional<payments::Settlement> find_settlement(postgres::Connection& connection, SettlementId id);
/// Of collectors' own merchants, newest first.
[[nodiscard]] std::vector<payments::Settlement> list_settlements(postgres::Connection& connection, Owners const& owners, ListOptions const& options);

[[nodiscard]] std::string to_json(payments::Settlement const& batch);

}  // namespace choso::api
