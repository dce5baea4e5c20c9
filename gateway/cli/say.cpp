#include "gateway/cli/say.hpp"

#include <istream>
#include <optional>
#include <ostream>
#include <string>

#include "base/vietnamese.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view help =
    R"(usage: choso say N [--dialect north|central|south]
       choso say - [--dialect …]      numbers on standard input, one a line

Writes the amount N (whole đồng, 64 bits, may be negative) in Vietnamese words, without the unit.

  --dialect north     nghìn, linh, tư (default)
  --dialect central   nghìn, lẻ, tư
  --dialect south     ngàn, lẻ, bốn
)";

std::optional<Dialect> dialect_named(std::string_view name) {
    if (name == "north") return Dialect::north;
    if (name == "central") return Dialect::central;
    if (name == "south") return Dialect::south;
    return std::nullopt;
}

int misused(std::ostream& err, std::string_view what, std::string_view which = {}) {
    err << "choso say: " << what << which << "\nTry 'choso say --help'.\n";
    return 2;
}

int say_lines(Dialect dialect, std::istream& in, std::ostream& out, std::ostream& err) {
    auto status = 0;
    std::string line;
    for (auto n = std::uint64_t{1}; std::getline(in, line); ++n) {
        if (line.ends_with('\r')) line.pop_back();
        if (auto const amount = parse_dong(line)) {
            out << in_words(*amount, dialect);
        } else {
            err << "choso say: line " << n << " is not a whole number of 64 bits\n";
            status = 1;
        }
        out << '\n';
    }
    return status;
}

}  // namespace

int say(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err) {
    std::optional<std::string_view> number;
    auto dialect = Dialect::north;
    for (auto i = std::size_t{0}; i < args.size(); ++i) {
        auto arg = args[i];
        if (arg == "--help" || arg == "-h") {
            out << help;
            return 0;
        }
        if (arg == "--dialect" || arg.starts_with("--dialect=")) {
            std::string_view value;
            if (arg != "--dialect")
                value = arg.substr(std::string_view{"--dialect="}.size());
            else if (++i < args.size())
                value = args[i];
            auto const named = dialect_named(value);
            if (!named) return misused(err, "--dialect takes north, central or south, not ", value);
            dialect = *named;
        } else if (arg.starts_with('-') && arg != "-" && !parse_dong(arg)) {
            return misused(err, "unknown option or malformed number ", arg);
        } else if (number) {
            return misused(err, "one number at a time; unexpected ", arg);
        } else {
            number = arg;
        }
    }
    if (!number) return misused(err, "which number?");
    if (*number == "-") return say_lines(dialect, in, out, err);
    auto const amount = parse_dong(*number);
    if (!amount) return misused(err, "not a whole number of 64 bits, digits only: ", *number);
    out << in_words(*amount, dialect) << '\n';
    return 0;
}

}  // namespace choso::cli
