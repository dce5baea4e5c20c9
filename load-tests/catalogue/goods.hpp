#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace choso::load {

/// Invented products as `choso catalogue import` takes them; ids begin at `first`. The same numbers give the same file.
[[nodiscard]] std::string goods_csv(std::int64_t first, std::int64_t count);
/// The 50 words that stand in the most of those names, commonest first.
[[nodiscard]] std::vector<std::string> commonest_words();

}  // namespace choso::load
