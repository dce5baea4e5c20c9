// Contents searched for references per second, on one core: see README.md.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/reference.hpp"
#include "tests/unit/base/contents.hpp"

namespace {

using choso::Reference;
using choso::testing::below;
using choso::testing::Random;
using Steady = std::chrono::steady_clock;

constexpr std::size_t live_count = 1'000'000;

struct Settings {
    double seconds = 1;  // per measured round
    std::uint64_t rows = 200'000;
    std::uint64_t seed = 1;
};

struct Row {
    std::string content;
    std::optional<Reference> truth;
};

struct Corpus {
    std::vector<Row> without;
    std::vector<Row> with;
    std::vector<Row> damaged;
};

struct Round {
    double per_second = 0;
    double megabytes_per_second = 0;
    double recall = 0;
    std::uint64_t wrong = 0;
};

std::string damage(Random& random, std::string text) {
    constexpr std::string_view symbols = "0123456789BCFGHJKLMNPQRSTVXZD";
    auto const at = 2 + below(random, 11);
    switch (below(random, 4)) {
        case 0: text[at] = symbols[below(random, symbols.size())]; break;
        case 1: std::swap(text[at], text[at + 1]); break;
        case 2: text.erase(at, 1); break;
        default: text.insert(at, 1, text[at]); break;
    }
    return text;
}

Corpus invent(Settings const& settings, std::vector<Reference> const& codes) {
    Random random{settings.seed};
    Corpus corpus;
    for (auto n = std::uint64_t{0}; n < settings.rows; ++n) {
        auto const code = codes[below(random, codes.size())];
        auto const row = [&](std::string_view text) { return choso::testing::wrapped(random, choso::testing::memo(random, text)); };
        corpus.without.push_back({row(""), std::nullopt});
        corpus.with.push_back({row(code.text()), code});
        corpus.damaged.push_back({row(damage(random, code.text())), code});
    }
    return corpus;
}

/// Prefix and suffix: the first `KX` and up to 30 letters or digits glued to it; a code if it is one as it stands.
std::optional<Reference> baseline(std::string_view content) {
    std::string upper{content};
    for (auto& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    auto const start = upper.find("KX");
    if (start == std::string::npos) return std::nullopt;
    auto end = start;
    auto const is_kept = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
    while (end < upper.size() && end < start + 32 && is_kept(upper[end])) ++end;
    return Reference::parse_exact(std::string_view{upper}.substr(start, end - start));
}

/// Goes over `rows` again and again for `seconds`; `find` answers the one live reference of a content, if any.
template <class Find>
Round measure(std::vector<Row> const& rows, double seconds, Find const& find) {
    Round round;
    auto bytes = std::uint64_t{0};
    auto right = std::uint64_t{0};
    auto asked = std::uint64_t{0};
    auto done = std::uint64_t{0};
    auto const begin = Steady::now();
    auto elapsed = 0.0;
    do {
        for (auto const& row : rows) {
            auto const found = find(std::string_view{row.content});
            bytes += row.content.size();
            asked += row.truth ? 1U : 0U;
            right += row.truth && found == row.truth ? 1U : 0U;
            round.wrong += found && found != row.truth ? 1U : 0U;
        }
        done += rows.size();
        elapsed = std::chrono::duration<double>(Steady::now() - begin).count();
    } while (elapsed < seconds);
    round.per_second = static_cast<double>(done) / elapsed;
    round.megabytes_per_second = static_cast<double>(bytes) / elapsed / 1e6;
    round.recall = asked == 0 ? 1.0 : static_cast<double>(right) / static_cast<double>(asked);
    return round;
}

struct Compared {
    Round ours;
    Round baseline;
};

Round median(std::vector<Round> rounds) {
    std::ranges::sort(rounds, {}, &Round::per_second);
    auto middle = rounds[rounds.size() / 2];
    for (auto const& round : rounds) middle.wrong = std::max(middle.wrong, round.wrong);
    return middle;
}

/// Both over the same rows in turns, so that a busy neighbour disturbs both; the medians.
template <class Ours, class Theirs>
Compared compare(std::vector<Row> const& rows, double seconds, Ours const& ours, Theirs const& theirs) {
    std::vector<Round> mine;
    std::vector<Round> others;
    for (auto n = 0; n < 5; ++n) {
        mine.push_back(measure(rows, seconds, ours));
        others.push_back(measure(rows, seconds, theirs));
    }
    return {median(std::move(mine)), median(std::move(others))};
}

void print(Settings const& settings, Compared const& without, Compared const& with, Compared const& damaged, std::uint64_t wrong) {
    std::printf(
        "{\"contents_per_s\":%.0f,\"contents_with_code_per_s\":%.0f,\"contents_with_damaged_code_per_s\":%.0f,"
        "\"megabytes_per_s\":%.1f,\"baseline_contents_per_s\":%.0f,\"baseline_with_code_per_s\":%.0f,"
        "\"ratio_baseline\":%.2f,\"ratio_baseline_with_code\":%.2f,\"recall\":%.6f,\"recall_damaged\":%.6f,"
        "\"recall_baseline\":%.6f,\"recall_baseline_damaged\":%.6f,\"wrong\":%llu,\"rows\":%llu,\"live_codes\":%zu}\n",
        without.ours.per_second, with.ours.per_second, damaged.ours.per_second, without.ours.megabytes_per_second,
        without.baseline.per_second, with.baseline.per_second, without.ours.per_second / without.baseline.per_second,
        with.ours.per_second / with.baseline.per_second, with.ours.recall, damaged.ours.recall, with.baseline.recall,
        damaged.baseline.recall, static_cast<unsigned long long>(wrong), static_cast<unsigned long long>(settings.rows), live_count);
}

std::optional<Settings> read(int count, char** words) {
    Settings settings;
    for (auto i = 1; i < count; i += 2) {
        auto const name = std::string_view{words[i]};
        if (name == "--json") {  // the only output there is
            --i;
            continue;
        }
        if (i + 1 >= count) return std::nullopt;
        auto const text = std::string_view{words[i + 1]};
        std::uint64_t value = 0;
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size() || value == 0) return std::nullopt;
        if (name == "--seconds")
            settings.seconds = static_cast<double>(value);
        else if (name == "--rows")
            settings.rows = value;
        else if (name == "--seed")
            settings.seed = value;
        else
            return std::nullopt;
    }
    return settings;
}

}  // namespace

int main(int count, char** words) {
    auto const settings = read(count, words);
    if (!settings) {
        std::fputs("usage: load_reference [--seconds S] [--rows N] [--seed S] [--json]\n", stderr);
        return 2;
    }
    choso::ReferenceIssuer const issuer{choso::ReferenceKey::random()};
    std::vector<Reference> codes;
    std::unordered_set<Reference> live;
    live.reserve(live_count);
    for (auto n = std::uint64_t{0}; codes.size() < live_count; ++n)
        if (auto const code = issuer.issue(choso::ReferenceKind::order, true, choso::Bucket::of_bits(n), n / 64)) {
            codes.push_back(*code);
            live.insert(*code);
        }
    auto const corpus = invent(*settings, codes);
    std::function<bool(Reference)> const is_live = [&](Reference code) { return live.contains(code); };
    auto const ours = [&](std::string_view content) -> std::optional<Reference> {
        auto const found = choso::scan(content, is_live);
        if (found.size() != 1) return std::nullopt;
        return found[0].reference;
    };
    auto const theirs = [&](std::string_view content) -> std::optional<Reference> {
        auto const found = baseline(content);
        return found && live.contains(*found) ? found : std::nullopt;
    };
    auto const without = compare(corpus.without, settings->seconds, ours, theirs);
    auto const with = compare(corpus.with, settings->seconds, ours, theirs);
    auto const damaged = compare(corpus.damaged, settings->seconds, ours, theirs);
    auto const wrong = without.ours.wrong + with.ours.wrong + damaged.ours.wrong;
    print(*settings, without, with, damaged, wrong);
    return wrong == 0 && with.ours.recall == 1.0 && damaged.ours.recall == 1.0 ? 0 : 1;
}
