#include <filesystem>
#include <fstream>
#include <iostream>

#include "simulator/month.hpp"
#include "simulator/program/options.hpp"

namespace choso::bank {

int run(std::vector<std::string_view> const& arguments) {
    auto const misused = [](std::string const& why) {
        std::cerr << "choso-bank run: " << why << '\n';
        return 2;
    };
    auto const options = parse_options(arguments, {"--seed", "--days", "--credits", "--start", "--setup", "--out"});
    if (!options) return misused(options.error());
    auto const seed = number_of(*options, "--seed", -1, 0, std::numeric_limits<std::int64_t>::max());
    auto const days = number_of(*options, "--days", 30, 1, 366);
    auto const credits = number_of(*options, "--credits", 5'000, 1, 10'000'000);
    for (auto const* number : {&seed, &days, &credits})
        if (!*number) return misused(number->error());
    if (*seed < 0) return misused("--seed N is needed");
    auto const out = options->find("--out");
    if (out == options->end()) return misused("--out DIR is needed");
    auto plan = MonthPlan{static_cast<std::uint64_t>(*seed), static_cast<int>(*days), *credits, {}, {}};
    auto const start = options->find("--start");
    auto const first = parse_rfc3339((start == options->end() ? "2026-11-02" : start->second) + "T00:00:00+07:00");
    if (!first) return misused("--start needs the form YYYY-MM-DD");
    plan.start = vietnam_day(*first);
    if (auto const file = options->find("--setup"); file != options->end()) {
        auto const text = file_text(file->second);
        if (!text) throw std::runtime_error{"cannot read " + file->second};
        auto setup = parse_setup(*text);
        if (!setup) throw std::runtime_error{file->second + ": " + setup.error()};
        plan.setup = std::move(setup).value();
    }
    if (std::filesystem::exists(std::filesystem::path{out->second} / "book.jsonl")) throw std::runtime_error{out->second + " holds a book already"};
    std::filesystem::create_directories(out->second);
    auto const counted = play_month(plan, out->second);
    std::cout << counted << '\n';
    return 0;
}

}  // namespace choso::bank
