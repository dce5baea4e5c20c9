// What is spoken, held to the vectors that the browser's own tests read too.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "gateway/sound/sentence.hpp"

namespace choso::sound {
namespace {

json::Value vectors(std::string const& name) {
    auto file = std::ifstream{std::string{CHOSO_SOURCE_DIR} + "/tests/vectors/" + name};
    auto text = std::stringstream{};
    text << file.rdbuf();
    auto read = json::parse(text.str(), {.depth = 8, .bytes = std::size_t{4} << 20});
    EXPECT_TRUE(read.ok()) << name;
    return read.ok() ? *read : json::Value{};
}

TEST(sentences, are_those_of_the_shared_vectors) {
    auto const all = vectors("receipts.json");
    ASSERT_GE(all.items().size(), 14U);
    for (auto const& row : all.items()) {
        auto const name = std::string{row.find("name")->as_string().value()};
        auto const& event = *row.find("event");
        auto const heard = heard_in(event.find("type")->as_string().value(), event);
        ASSERT_TRUE(heard) << name;
        auto const kind = kind_of(*heard, Money{row.find("usual")->as_int().value()});
        EXPECT_EQ(word(kind), row.find("kind")->as_string().value()) << name;
        EXPECT_EQ(sentence_of(kind, *heard, Dialect::north), row.find("north")->as_string().value()) << name;
        EXPECT_EQ(sentence_of(kind, *heard, Dialect::south), row.find("south")->as_string().value()) << name;
    }
}

TEST(sentences, of_what_is_not_spoken_there_are_none) {
    EXPECT_FALSE(heard_in("payment.confirmed", vectors("receipts.json").items()[0]));
    EXPECT_FALSE(heard_in("payment.received", json::Value{}));
}

}  // namespace
}  // namespace choso::sound
