#include "gateway/cli/config.hpp"

#include <ostream>

#include "gateway/cli/context.hpp"
#include "gateway/cli/options.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view help =
    R"(usage: choso config check|print|example [--config FILE]

check     says what is wrong with the configuration, all of it at once
print     every key in effect, and where it comes from; secrets are masked
example   a TOML file with every key, its meaning and its default

Every key may also be set as a variable: http.port is CHOSO_HTTP__PORT, which wins over the file.
)";

}  // namespace

int config_command(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    if (asks_for_help(args)) {
        out << help;
        return exit_done;
    }
    auto const config = Settings::load_config(args);
    auto const misused = [&](std::string_view why) {
        err << "choso config: " << why << "\nTry 'choso config --help'.\n";
        return exit_misused;
    };
    auto const options = Options::parse(args, {});
    if (!options) return misused(options.error().text);
    auto const& words = options->words();
    if (words.size() != 1 || (words[0] != "check" && words[0] != "print" && words[0] != "example"))
        return misused("check, print or example?");
    if (words[0] == "example") {
        out << Settings::schema().example();
        return exit_done;
    }
    if (!config) {
        for (auto const& line : config.error()) err << "choso config: " << line << '\n';
        return exit_refused;
    }
    if (words[0] == "print")
        out << config->print();
    else
        out << "the configuration is fine\n";
    return exit_done;
}

}  // namespace choso::cli
