#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "platform/postgres/connection.hpp"

namespace choso::payments {

struct InvariantResult {
    std::string name;
    std::int64_t checked = 0;
    std::int64_t broken = 0;
    std::vector<std::string> examples;  ///< at most five, for a person
};

/// Every invariant over the whole book, read from one snapshot without locking anybody. One file each in sql/verify;
/// the request states are recomputed with the rule itself (`status_of`).
[[nodiscard]] std::vector<InvariantResult> verify(postgres::Connection& connection);

}  // namespace choso::payments
