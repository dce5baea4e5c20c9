#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso admin NOUN VERB …`: what an operator may do with the directory: markets, collectors, merchants, accounts,
/// stalls, keys and feeds; refused notices and quarantined commands; erasing personal data.
///
/// Returns the exit code: 0, 1 when refused or failed (field and rule on `err`), 2 for a wrong command line.
int admin(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
