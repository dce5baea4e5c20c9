// Another one's references: how they look is learned of past matches.
#include <gtest/gtest.h>

#include "settlement/exceptions/foreign.hpp"

namespace choso::settlement {
namespace {

using Texts = std::vector<std::string>;

TEST(foreign, codes_are_the_order_code_and_words_with_three_digits) {
    EXPECT_EQ(codes_of("HĐ-2026/0123", "hoc phi lop 5A HS00456 thang 9"), (Texts{"H20260123", "HS00456"})) << "letters that banks lose are lost here too";
    EXPECT_EQ(codes_of("", "rau muong"), Texts{});
    EXPECT_EQ(codes_of("A1", "12"), Texts{});
}

TEST(foreign, a_shape_is_learned_when_it_named_a_request_twice) {
    auto const twice = std::vector<PastMatch>{{"tt hd 000101 ck", "", "nuoc HD000101"}, {"HD000102", "", "nuoc HD000102"}};
    EXPECT_EQ(learned_shapes(twice), (std::set<std::string>{"HD######"}));
    EXPECT_TRUE(learned_shapes(std::span{twice}.first(1)).empty());
    auto const not_said = std::vector<PastMatch>{{"chuyen tien", "HD000101", ""}, {"chuyen tien", "HD000102", ""}};
    EXPECT_TRUE(learned_shapes(not_said).empty()) << "the payer did not name them";
}

TEST(foreign, a_reference_is_no_part_of_a_longer_number) {
    auto const shapes = std::set<std::string>{"HD######", "########"};
    EXPECT_EQ(foreign_references(compact("nop hd 000-103, thang 11"), shapes), Texts{"HD000103"});
    EXPECT_EQ(foreign_references(compact("HD0001034"), shapes), Texts{});
    EXPECT_EQ(foreign_references(compact("ma 20261128 ck"), shapes), Texts{"20261128"});
    EXPECT_EQ(foreign_references("", shapes), Texts{});
}

}  // namespace
}  // namespace choso::settlement
