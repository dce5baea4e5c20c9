#pragma once
#include <filesystem>
#include <string>

#include "simulator/bank.hpp"

namespace choso::bank {

struct MonthPlan {
    std::uint64_t seed = 0;
    int days = 30;
    std::int64_t credits = 5'000;  ///< transfers, spread over the days
    std::chrono::sys_days start;
    Setup setup;  ///< without accounts: some invented ones
};

/// Plays the days with no gateway at the other end and writes into `folder`: the book, every notice in the order it is
/// sent (`notices.jsonl`), every camt.054, every account's statement of each day in three formats. Answers a summary as one
/// line of JSON. The same plan writes the same bytes.
[[nodiscard]] std::string play_month(MonthPlan plan, std::filesystem::path const& folder);

}  // namespace choso::bank
