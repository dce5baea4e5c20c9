#include "qr/tree.hpp"

#include <gtest/gtest.h>

#include "platform/json/json.hpp"
#include "support.hpp"

namespace choso::qr {
namespace {

/// "38.01.00=970436": the ids down to an object, and its value if it is none that holds others.
std::vector<std::string> lines_of(Tree const& tree) {
    std::vector<std::string> lines;
    std::vector<int> path;
    for (auto const& node : tree.nodes) {
        path.resize(static_cast<std::size_t>(node.depth));
        path.push_back(node.id);
        std::string line;
        for (int const id : path) line += (line.empty() ? "" : ".") + std::to_string(id);
        lines.push_back(node.is_open ? line : line + '=' + std::string{node.value});
    }
    return lines;
}

TEST(Tree, opens_every_template) {
    auto const payload = with_check(
        "00020138540010A00000072701240006970436011010160391260208QRIBFTTA530370462290503abc50180014vn.example.pay80130003abc0102xy");
    auto const tree = read_tree(payload);
    EXPECT_EQ(lines_of(tree),
              (std::vector<std::string>{"0=01", "38", "38.0=A000000727", "38.1", "38.1.0=970436", "38.1.1=1016039126",
                                        "38.2=QRIBFTTA", "53=704", "62", "62.5=abc", "62.50", "62.50.0=vn.example.pay", "80",
                                        "80.0=abc", "80.1=xy", "63=" + payload.substr(payload.size() - 4)}));
    EXPECT_EQ(write_tree(tree), payload);
}

TEST(Tree, keeps_order_doubles_and_what_it_cannot_read) {
    for (std::string const payload : {"00020162040500a5403abc5403def8006zz9999", "62060105ab", "", "xyz", "0002019", "6204zzzz"}) {
        auto const tree = read_tree(payload);
        EXPECT_EQ(write_tree(tree), payload);
    }
    EXPECT_EQ(read_tree("000201xyz").rest, "xyz");
}

TEST(Tree, loses_nothing_of_any_bytes) {
    auto const seed = fresh_seed();
    std::mt19937_64 random{seed};
    using namespace std::string_view_literals;
    for (int round = 0; round < 20'000; ++round) {
        auto const text = random_text(random, below(random, 80), "000011223468\x80\xC3\xA1z"sv);
        for (auto const counting : {Counting::characters, Counting::bytes})
            ASSERT_EQ(write_tree(read_tree(text, counting), counting), text) << "CHOSO_SEED=" << seed;
    }
}

TEST(Tree, of_each_known_payload_is_written_as_it_was) {
    auto const folder = corpora();
    if (!folder) GTEST_SKIP() << "CHOSO_CORPORA is not set: no payloads to walk";
    std::istringstream lines{read_file(*folder + "/vietqr/corpus.jsonl")};
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        auto const row = json::parse(line);
        ASSERT_TRUE(row.ok());
        auto const payload = std::string{*row->find("payload")->as_string()};
        EXPECT_EQ(write_tree(read_tree(payload)), payload);
    }
    EXPECT_GT(count, 0U);
}

}  // namespace
}  // namespace choso::qr
