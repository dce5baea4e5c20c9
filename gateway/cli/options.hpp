#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace choso::cli {

/// Why a command line is none, as the user is told it.
struct Misuse {
    std::string text;
};

/// A command line taken apart: `--name value`, `--name=value`, `--flag`, and the words between them.
class Options {
 public:
    /// `--flag` takes no value; `--name=` one; `--name=*` may stand more than once.
    using Known = std::vector<std::string_view>;

    /// Views into `args` are kept. An unknown option, a missing value or a second one is a Misuse.
    [[nodiscard]] static Result<Options, Misuse> parse(std::vector<std::string_view> const& args, Known const& known);

    [[nodiscard]] bool has(std::string_view name) const { return values_.contains(name); }
    [[nodiscard]] std::optional<std::string_view> value(std::string_view name) const;
    /// The value, or nothing at all.
    [[nodiscard]] std::string text(std::string_view name) const { return std::string{value(name).value_or("")}; }
    [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
    [[nodiscard]] std::vector<std::string_view> const& words() const { return words_; }

 private:
    std::map<std::string_view, std::vector<std::string_view>> values_;
    std::vector<std::string_view> words_;
};

/// True when `--help` or `-h` stands anywhere among the arguments.
[[nodiscard]] bool asks_for_help(std::vector<std::string_view> const& args);

}  // namespace choso::cli
