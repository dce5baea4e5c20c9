#include "gateway/cli/clock.hpp"

#include <charconv>
#include <cstdint>
#include <ostream>

#include "gateway/cli/context.hpp"
#include "gateway/cli/options.hpp"
#include "merchants/directory_reader.hpp"
#include "merchants/registry.hpp"
#include "platform/json/json.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view help =
    R"(usage: choso clock show [--json] [--config FILE]
       choso clock advance D [--json] [--config FILE]

Test mode's clock, kept in the database and followed by all processes within a second. D is a whole number and a unit:
90s, 15m, 2h, 1d. It only goes forward, and is refused where a live merchant exists.
)";

int show(Context const& context, std::chrono::microseconds advance, bool as_json) {
    auto const now = to_rfc3339(std::chrono::floor<std::chrono::seconds>(SystemClock{}.now() + advance));
    auto const seconds = std::chrono::floor<std::chrono::seconds>(advance).count();
    if (as_json) {
        std::string text;
        json::Writer{text}.object().member("now", now).member("advance_seconds", seconds).end();
        context.out << text << '\n';
    } else {
        context.out << now << "  " << seconds << " s ahead\n";
    }
    return exit_done;
}

int answer(Context const& context, std::vector<std::string_view> const& args) {
    auto const options = Options::parse(args, {"--json"});
    if (!options) return context.misused(options.error().text);
    auto const& words = options->words();
    if (words.size() == 1 && words[0] == "show") {
        auto connection = context.connect();
        return show(context, merchants::DirectoryReader::read_state(connection).clock_advance, options->has("--json"));
    }
    if (words.size() != 2 || words[0] != "advance") return context.misused("show, or advance by how much?");
    auto const by = parse_duration(words[1]);
    if (!by) return context.misused("a duration is a whole number and s, m, h or d (90s, 2h), not " + std::string{words[1]});
    auto connection = context.connect();
    auto const advanced = merchants::Registry{connection}.advance_clock(*by);
    if (!advanced) return context.refused(advanced.error().text());
    return show(context, *advanced, options->has("--json"));
}

}  // namespace

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
    constexpr std::int64_t most = 3660LL * 86'400;
    if (text.size() < 2) return std::nullopt;
    std::int64_t unit = 0;
    switch (text.back()) {
        case 's': unit = 1; break;
        case 'm': unit = 60; break;
        case 'h': unit = 3'600; break;
        case 'd': unit = 86'400; break;
        default: return std::nullopt;
    }
    auto const digits = text.substr(0, text.size() - 1);
    std::int64_t count = 0;
    auto const* const last = digits.data() + digits.size();
    auto const [end, error] = std::from_chars(digits.data(), last, count);
    if (error != std::errc{} || end != last || count < 1 || count > most / unit) return std::nullopt;
    return std::chrono::seconds{count * unit};
}

int clock(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    return run_with_context("choso clock", help, std::move(args), out, err, answer);
}

}  // namespace choso::cli
