#pragma once
#include <functional>

#include "load-tests/support/demo.hpp"

namespace choso::load {

struct BesideLive {
    double p99_before_ms = 0, p99_during_ms = 0;
    double per_s = 0;         ///< life cycles, while files were taken in
    std::int64_t refused = 0;
};

/// What people at stalls feel of a morning's statements: life cycles over HTTP at a fixed rate against a gateway of its own,
/// without and then with `import` going on in another thread. `import` takes files in until it is told to stop.
[[nodiscard]] BesideLive beside_live(Demo const& demo, std::string const& folder, std::uint16_t port, std::function<void(std::function<bool()> const& stop)> const& import);

}  // namespace choso::load
