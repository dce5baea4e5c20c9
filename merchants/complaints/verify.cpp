#include "merchants/complaints/verify.hpp"

#include <array>

#include "merchants/complaints/verify_sql.hpp"

namespace choso::complaints {

std::span<payments::Invariant const> invariants() {
    static constexpr auto all = std::array{payments::Invariant{"late_complaints_are_told", verify_sql::late_complaints_are_told}};
    return all;
}

}  // namespace choso::complaints
