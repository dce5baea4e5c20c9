#pragma once
#include <source_location>
#include <stdexcept>

namespace choso {

/// Our own bug. Inside a batch it quarantines the command that met it; outside one it ends the process.
class BrokenAssertion : public std::logic_error {
 public:
    BrokenAssertion(char const* expression, std::source_location where);
};

[[noreturn]] void assertion_broken(char const* expression, std::source_location where = std::source_location::current());

}  // namespace choso

/// On in release builds too: money rules are cheap to check and dear to miss.
#define CHOSO_ASSERT(expression) ((expression) ? static_cast<void>(0) : ::choso::assertion_broken(#expression))
