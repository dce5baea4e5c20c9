#pragma once
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "merchants/deposits/deposit.hpp"
#include "platform/postgres/connection.hpp"

/// The questions of the API and of readers about deposits. May throw what postgres::Connection throws.
namespace choso::deposits {

[[nodiscard]] std::optional<Deposit> find(postgres::Connection& connection, DepositId id);
/// Newest first, before `before`; of these payees, each in its bucket.
[[nodiscard]] std::vector<Deposit> list(postgres::Connection& connection, std::vector<std::pair<Bucket, MerchantId>> const& payees, std::optional<Uuid> before,
                                        std::optional<std::string> const& status, std::int64_t limit);
/// Oldest first.
[[nodiscard]] std::vector<Move> moves(postgres::Connection& connection, DepositId id);
/// Where the banks say that the case's payments came from.
[[nodiscard]] std::map<PaymentId, payments::Destination> payer_accounts(postgres::Connection& connection, DepositId id);

}  // namespace choso::deposits
