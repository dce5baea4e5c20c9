#pragma once
#include <string>
#include <vector>

#include "merchants/people/staff.hpp"

/// Who looks after which market.
namespace choso::merchants {

struct ManagedMarket {
    MarketId id;
    std::string name, ward, province;
    bool totals = false;  ///< may see what stalls take
};
[[nodiscard]] std::vector<ManagedMarket> markets_of(postgres::Connection& connection, people::StaffId staff);
Result<Done, Refused> give_market(postgres::Connection& connection, payments::Actor const& actor, std::string_view login, MarketId market, bool totals);

}  // namespace choso::merchants
