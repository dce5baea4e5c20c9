#include "base/assert.hpp"

#include <string>

namespace choso {

BrokenAssertion::BrokenAssertion(char const* expression, char const* file, int line)
    : std::logic_error{std::string{"assertion broken: "} + expression + " at " + file + ":" + std::to_string(line)} {}

void assertion_broken(char const* expression, char const* file, int line) { throw BrokenAssertion{expression, file, line}; }

}  // namespace choso
