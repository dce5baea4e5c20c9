// The vectors that the browser's number words are held to as well (tests/web): `[n, "north", "central", "south"]`, a row a line.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "base/vietnamese.hpp"

namespace choso {
namespace {

TEST(number_words, are_those_of_the_shared_vectors) {
    auto file = std::ifstream{std::string{CHOSO_SOURCE_DIR} + "/tests/vectors/number_words.json"};
    auto rows = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.size() < 3) continue;
        auto texts = std::vector<std::string>{};
        for (auto from = line.find('"'); from != std::string::npos; from = line.find('"', from)) {
            auto const to = line.find('"', from + 1);
            ASSERT_NE(to, std::string::npos) << line;
            texts.push_back(line.substr(from + 1, to - from - 1));
            from = to + 1;
        }
        ASSERT_EQ(texts.size(), 3U) << line;
        auto const n = Money{std::stoll(line.substr(1))};
        EXPECT_EQ(in_words(n, Dialect::north), texts[0]);
        EXPECT_EQ(in_words(n, Dialect::central), texts[1]);
        EXPECT_EQ(in_words(n, Dialect::south), texts[2]);
        ++rows;
    }
    EXPECT_GT(rows, 500);
}

}  // namespace
}  // namespace choso
