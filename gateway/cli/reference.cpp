#include "gateway/cli/reference.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <istream>
#include <optional>
#include <ostream>
#include <string>
#include <unordered_set>

#include "base/reference.hpp"

namespace choso::cli {
namespace {

using Arguments = std::vector<std::string_view>;

constexpr std::string_view help =
    R"(usage: choso reference make --kind stall|order|fee|payout --count N [--seed S]
       choso reference scan [--live FILE]

make   N different KX-12 codes, one a line, under a key drawn from the seed S (any text; random if absent).
       They are not codes of this installation.
scan   reads a transfer content a line and answers each with one line of JSON:
       {"line":1,"found":[{"code":"KX…","how":"exact|substitution|swap|missing|extra"}]}
       Without --live only exact codes whose checksum is true are found; with it only those listed in FILE
       (a code a line) are, one error each put right.
)";

constexpr std::uint64_t count_max = 100'000'000;

int misused(std::ostream& err, std::string_view what, std::string_view which = {}) {
    err << "choso reference: " << what << which << "\nTry 'choso reference --help'.\n";
    return 2;
}

/// Takes `--name value` or `--name=value` at `i`, leaving `i` on the last argument used.
std::optional<std::string_view> option(Arguments const& args, std::size_t& i, std::string_view name) {
    auto const arg = args[i];
    if (arg == name) {
        if (i + 1 >= args.size()) return std::nullopt;
        return args[++i];
    }
    if (arg.starts_with(name) && arg.size() > name.size() && arg[name.size()] == '=') return arg.substr(name.size() + 1);
    return std::nullopt;
}

std::optional<ReferenceKind> kind_named(std::string_view name) {
    if (name == "stall") return ReferenceKind::stall;
    if (name == "order") return ReferenceKind::order;
    if (name == "fee") return ReferenceKind::fee;
    if (name == "payout") return ReferenceKind::payout;
    return std::nullopt;
}

ReferenceKey key_of_seed(std::string_view seed) {
    auto const* const data = reinterpret_cast<std::uint8_t const*>(seed.data());
    std::array<std::uint8_t, ReferenceKey::size> bytes{};
    for (auto half = std::size_t{0}; half < 2; ++half) {
        // The constants only keep the two halves apart; such a key guards nothing.
        auto const word = siphash(0x63686f736fULL, half, {data, seed.size()});
        for (auto i = std::size_t{0}; i < 8; ++i) bytes[half * 8 + i] = static_cast<std::uint8_t>(word >> (8 * i));
    }
    return ReferenceKey{bytes};
}

int make(Arguments const& args, std::ostream& out, std::ostream& err) {
    std::optional<ReferenceKind> kind;
    std::optional<std::uint64_t> count;
    std::optional<std::string_view> seed;
    for (auto i = std::size_t{1}; i < args.size(); ++i) {
        auto const arg = args[i];
        if (auto const named = option(args, i, "--kind")) {
            kind = kind_named(*named);
            if (!kind) return misused(err, "--kind takes stall, order, fee or payout, not ", *named);
        } else if (auto const number = option(args, i, "--count")) {
            std::uint64_t n = 0;
            auto const* const last = number->data() + number->size();
            auto const [end, error] = std::from_chars(number->data(), last, n);
            if (error != std::errc{} || end != last || n < 1 || n > count_max)
                return misused(err, "--count takes a number from 1 to 100000000, not ", *number);
            count = n;
        } else if (auto const text = option(args, i, "--seed")) {
            seed = text;
        } else {
            return misused(err, "unknown option, or an option without its value: ", arg);
        }
    }
    if (!kind) return misused(err, "make needs --kind");
    if (!count) return misused(err, "make needs --count");
    ReferenceIssuer const issuer{seed ? key_of_seed(*seed) : ReferenceKey::random()};
    // One number in 39 may not be issued, so the numbers of 64 buckets are far more than count_max.
    for (auto number = std::uint64_t{0}, made = std::uint64_t{0}; made < *count && out; ++number) {
        auto const code = issuer.issue(*kind, true, Bucket::of_bits(number % Bucket::count), number / Bucket::count);
        if (!code) continue;
        out << code->text() << '\n';
        ++made;
    }
    return out ? 0 : 1;
}

using LiveCodes = std::unordered_set<Reference>;

/// Reads a code a line; blanks, letter case and empty lines do not matter.
std::optional<LiveCodes> read_live(std::string const& file, std::ostream& err) {
    std::ifstream in{file, std::ios::binary};
    LiveCodes live;
    std::string line;
    auto n = std::uint64_t{0};
    while (std::getline(in, line)) {
        ++n;
        std::erase_if(line, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
        if (line.empty()) continue;
        std::ranges::transform(line, line.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        auto const code = Reference::parse_exact(line);
        if (!code) {
            err << "choso reference: " << file << ", line " << n << ": not a KX-12 code\n";
            return std::nullopt;
        }
        live.insert(*code);
    }
    if (!in.eof() || in.bad()) {
        err << "choso reference: cannot read " << file << '\n';
        return std::nullopt;
    }
    return live;
}

int scan_lines(std::optional<LiveCodes> const& live, std::istream& in, std::ostream& out) {
    std::string line;
    std::string answer;
    for (auto n = std::uint64_t{1}; std::getline(in, line) && out; ++n) {
        auto found = live ? choso::scan(line, [&](Reference code) { return live->contains(code); }) : candidates(line);
        if (!live) std::erase_if(found, [](Candidate const& c) { return c.how != How::exact; });
        answer = "{\"line\":" + std::to_string(n) + ",\"found\":[";
        for (auto i = std::size_t{0}; i < found.size(); ++i) {
            answer += i > 0 ? ",{\"code\":\"" : "{\"code\":\"";
            answer += found[i].reference.text();
            answer += "\",\"how\":\"";
            answer += name(found[i].how);
            answer += "\"}";
        }
        answer += "]}\n";
        out << answer;
    }
    return out ? 0 : 1;
}

int scan(Arguments const& args, std::istream& in, std::ostream& out, std::ostream& err) {
    std::optional<std::string_view> file;
    for (auto i = std::size_t{1}; i < args.size(); ++i) {
        auto const arg = args[i];
        if (auto const name = option(args, i, "--live"))
            file = name;
        else
            return misused(err, "unknown option, or an option without its value: ", arg);
    }
    std::optional<LiveCodes> live;
    if (file) {
        live = read_live(std::string{*file}, err);
        if (!live) return 1;
    }
    return scan_lines(live, in, out);
}

}  // namespace

int reference(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err) {
    if (std::ranges::any_of(args, [](auto arg) { return arg == "--help" || arg == "-h"; })) {
        out << help;
        return 0;
    }
    if (args.empty()) return misused(err, "make or scan?");
    if (args[0] == "make") return make(args, out, err);
    if (args[0] == "scan") return scan(args, in, out, err);
    return misused(err, "no such subcommand: ", args[0]);
}

}  // namespace choso::cli
