#pragma once
#include <string>
#include <vector>

#include "load-tests/support/life_cycles.hpp"

namespace choso::load {

/// What a generator needs of the demo province: its keys, whom it may pay, and somebody who signs in.
struct Demo {
    std::string api_key, sepay_key, login;
    std::vector<Payee> payees;
};

/// Migrates the run's database and seeds the demo into it; `port` is where the gateway will listen. The file with the demo's
/// ids and keys stays in `folder`. Throws std::runtime_error with what the program said.
[[nodiscard]] Demo seed_demo(std::string const& folder, std::uint16_t port);

}  // namespace choso::load
