#pragma once
#include <stdexcept>

namespace choso {

/// Our own bug. Inside a batch it quarantines the command that met it; outside one it ends the process.
class BrokenAssertion : public std::logic_error {
 public:
    BrokenAssertion(char const* expression, char const* file, int line);
};

/// The place is the caller's (built-ins rather than std::source_location, which clang 14 does not find in libstdc++ 12).
[[noreturn]] void assertion_broken(char const* expression, char const* file = __builtin_FILE(), int line = __builtin_LINE());

}  // namespace choso

/// On in release builds too: money rules are cheap to check and dear to miss.
#define CHOSO_ASSERT(expression) ((expression) ? static_cast<void>(0) : ::choso::assertion_broken(#expression))
