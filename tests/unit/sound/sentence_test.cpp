// What is spoken, held to the vectors that the browser's own tests read too.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "gateway/sound/sentence.hpp"
#include "platform/http/websocket.hpp"

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

TEST(number_words, are_those_of_the_shared_vectors) {
    auto const all = vectors("number_words.json");
    ASSERT_GT(all.items().size(), 500U);
    for (auto const& row : all.items()) {
        auto const n = Money{row.items()[0].as_int().value()};
        EXPECT_EQ(in_words(n, Dialect::north), row.items()[1].as_string().value());
        EXPECT_EQ(in_words(n, Dialect::central), row.items()[2].as_string().value());
        EXPECT_EQ(in_words(n, Dialect::south), row.items()[3].as_string().value());
    }
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

namespace ws = http::websocket;

std::string masked(std::uint8_t head, std::string_view payload) {
    auto out = std::string{static_cast<char>(head)};
    out += static_cast<char>(0x80 | payload.size());
    constexpr std::string_view key = "\x01\x02\x03\x04";
    out += key;
    for (auto i = std::size_t{0}; i < payload.size(); ++i) out += static_cast<char>(payload[i] ^ key[i % 4]);
    return out;
}

TEST(websocket, the_handshake_is_the_standards_own_example) {
    auto request = http::Request{};
    request.method = http::Method::get;
    request.headers = {{"Connection", "keep-alive, Upgrade"}, {"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"},
                       {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
    EXPECT_EQ(ws::accept_of(request), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    request.headers[2].value = "12";
    EXPECT_FALSE(ws::accept_of(request));
}

TEST(websocket, frames_are_read_in_whatever_pieces_they_come) {
    auto const bytes = masked(0x01, "{\"ack") + masked(0x89, "hi") + masked(0x80, "\":1}") + masked(0x88, "");
    for (auto size = std::size_t{1}; size <= bytes.size(); ++size) {
        auto reader = ws::Reader{};
        auto heard = std::vector<ws::Message>{};
        for (auto at = std::size_t{0}; at < bytes.size(); at += size)
            for (auto& message : reader.take(std::string_view{bytes}.substr(at, size))) heard.push_back(std::move(message));
        ASSERT_EQ(heard.size(), 3U) << size;
        EXPECT_EQ(heard[0].payload, "hi");
        EXPECT_EQ(heard[1].payload, "{\"ack\":1}");
        EXPECT_EQ(heard[2].kind, ws::Message::Kind::close);
    }
}

TEST(websocket, who_breaks_the_protocol_is_told_why) {
    auto const code = [](std::string const& bytes) {
        auto reader = ws::Reader{64};
        (void)reader.take(bytes);
        return reader.broken();
    };
    EXPECT_EQ(code("\x81\x02hi"), 1002);                          // not masked
    EXPECT_EQ(code(masked(0x82, "x")), 1003);                     // binary
    EXPECT_EQ(code(masked(0x80, "x")), 1002);                     // goes on with nothing
    EXPECT_EQ(code(masked(0x09, "x")), 1002);                     // a ping in parts
    EXPECT_EQ(code(masked(0xc1, "x")), 1002);                     // an extension nobody agreed on
    EXPECT_EQ(code(masked(0x81, std::string(100, 'x'))), 1009);   // too long
    EXPECT_EQ(code(masked(0x81, "ok")), std::nullopt);
}

}  // namespace
}  // namespace choso::sound
