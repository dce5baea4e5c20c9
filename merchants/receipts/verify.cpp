#include "merchants/receipts/verify.hpp"

#include <array>

#include "merchants/receipts/verify_sql.hpp"

namespace choso::receipts {

std::span<payments::Invariant const> invariants() {
    static constexpr auto all = std::array{
        payments::Invariant{"receipts_run_without_gap", verify_sql::receipts_run_without_gap},
        payments::Invariant{"receipts_have_their_money", verify_sql::receipts_have_their_money},
        payments::Invariant{"counter_receipts_take_back_the_whole", verify_sql::counter_receipts_take_back_the_whole},
    };
    return all;
}

}  // namespace choso::receipts
