#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/postgres/connection.hpp"

namespace choso::payments {

struct InvariantResult {
    std::string name;
    std::int64_t checked = 0;
    std::int64_t broken = 0;
    std::vector<std::string> examples;  ///< at most five, for a person
};

/// One statement that answers (checked, broken, up to five examples): what holds of a family's own rows.
struct Invariant {
    std::string_view name, sql;
};

/// Every invariant over the whole book, read from one snapshot without locking anybody. One file each in sql/verify;
/// the request states are recomputed with the rule itself (`status_of`).
/// `more`: the families' own, from the same snapshot.
[[nodiscard]] std::vector<InvariantResult> verify(postgres::Connection& connection, std::vector<Invariant> const& more = {});

}  // namespace choso::payments
