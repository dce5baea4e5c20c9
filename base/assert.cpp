#include "base/assert.hpp"

#include <string>

namespace choso {

BrokenAssertion::BrokenAssertion(char const* expression, std::source_location where)
    : std::logic_error{std::string{"assertion broken: "} + expression + " at " + where.file_name() + ":" +
                       std::to_string(where.line())} {}

void assertion_broken(char const* expression, std::source_location where) { throw BrokenAssertion{expression, where}; }

}  // namespace choso
