#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace choso::cli::demo {

/// The `nth` drawing (SVG) of a kind: tea, fruit, honey, noodles, rice, jar, meat, mushroom, vegetable, cake,
/// drink or craft. Ours from the first line to the last.
[[nodiscard]] std::string drawing_of(std::string_view kind, std::size_t nth);

}  // namespace choso::cli::demo
