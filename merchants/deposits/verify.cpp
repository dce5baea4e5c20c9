#include "merchants/deposits/verify.hpp"

#include <array>

#include "merchants/deposits/verify_sql.hpp"

namespace choso::deposits {

std::span<payments::Invariant const> invariants() {
    static constexpr auto all = std::array{payments::Invariant{"deposits_hold_their_money", verify_sql::deposits_hold_their_money}};
    return all;
}

}  // namespace choso::deposits
