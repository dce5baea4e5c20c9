// The frames of RFC 6455, in pieces and broken.
#include <gtest/gtest.h>

#include "platform/http/websocket.hpp"

namespace choso::http::websocket {
namespace {

std::string masked(std::uint8_t head, std::string_view payload) {
    auto out = std::string{static_cast<char>(head)};
    out += static_cast<char>(0x80 | payload.size());
    constexpr std::string_view key = "\x01\x02\x03\x04";
    out += key;
    for (auto i = std::size_t{0}; i < payload.size(); ++i) out += static_cast<char>(payload[i] ^ key[i % 4]);
    return out;
}

TEST(websocket, the_handshake_is_the_standards_own_example) {
    auto request = Request{};
    request.method = Method::get;
    request.headers = {{"Connection", "keep-alive, Upgrade"}, {"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"},
                       {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}};
    EXPECT_EQ(accept_of(request), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    request.headers[2].value = "12";
    EXPECT_FALSE(accept_of(request));
}

TEST(websocket, frames_are_read_in_whatever_pieces_they_come) {
    auto const bytes = masked(0x01, "{\"ack") + masked(0x89, "hi") + masked(0x80, "\":1}") + masked(0x88, "");
    for (auto size = std::size_t{1}; size <= bytes.size(); ++size) {
        auto reader = Reader{};
        auto heard = std::vector<Message>{};
        for (auto at = std::size_t{0}; at < bytes.size(); at += size)
            for (auto& message : reader.take(std::string_view{bytes}.substr(at, size))) heard.push_back(std::move(message));
        ASSERT_EQ(heard.size(), 3U) << size;
        EXPECT_EQ(heard[0].payload, "hi");
        EXPECT_EQ(heard[1].payload, "{\"ack\":1}");
        EXPECT_EQ(heard[2].kind, Message::Kind::close);
    }
}

TEST(websocket, who_breaks_the_protocol_is_told_why) {
    auto const code = [](std::string const& bytes) {
        auto reader = Reader{64};
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
}  // namespace choso::http::websocket
