#include "merchants/benefits/verify.hpp"

#include <array>

#include "merchants/benefits/verify_sql.hpp"

namespace choso::benefits {

std::span<payments::Invariant const> invariants() {
    static constexpr auto all = std::array{
        payments::Invariant{"benefits_are_paid_once", verify_sql::benefits_are_paid_once},
        payments::Invariant{"benefit_purses_are_explained", verify_sql::benefit_purses_are_explained},
        payments::Invariant{"benefit_lists_are_their_lines", verify_sql::benefit_lists_are_their_lines},
    };
    return all;
}

}  // namespace choso::benefits
