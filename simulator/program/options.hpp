#pragma once
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace choso::bank {

/// `--name VALUE` pairs of a command line; every option of this program takes a value.
using Options = std::map<std::string, std::string, std::less<>>;
[[nodiscard]] Result<Options, std::string> parse_options(std::vector<std::string_view> const& arguments, std::initializer_list<std::string_view> known);

/// A whole number in bounds; the error is a sentence for stderr. Absent: `standard`.
[[nodiscard]] Result<std::int64_t, std::string> number_of(Options const& options, std::string_view name, std::int64_t standard, std::int64_t least, std::int64_t most);

/// A whole file; none if it cannot be read.
[[nodiscard]] std::optional<std::string> file_text(std::string const& path);

/// The subcommands: exit status 0, 1 (failed; why is on stderr) or 2 (usage).
int serve(std::vector<std::string_view> const& arguments);
int run(std::vector<std::string_view> const& arguments);

}  // namespace choso::bank
