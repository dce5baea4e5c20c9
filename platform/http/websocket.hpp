#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.hpp"

/// The WebSocket protocol's handshake and frames (RFC 6455), as values: no socket here. Text only, no extensions.
namespace choso::http::websocket {

/// What the server's heart beats with on a quiet connection.
inline constexpr std::string_view empty_ping{"\x89\x00", 2};

/// What goes into Sec-WebSocket-Accept; nullopt if the request asks for no WebSocket of version 13.
[[nodiscard]] std::optional<std::string> accept_of(Request const& request);

/// Why a line is closed.
inline constexpr std::uint16_t in_order = 1000, protocol_error = 1002, unsupported = 1003, too_big = 1009;

/// A server's frames: not masked. `text` is UTF-8.
[[nodiscard]] std::string text_frame(std::string_view text);
[[nodiscard]] std::string pong_frame(std::string_view payload);
[[nodiscard]] std::string close_frame(std::uint16_t code);

/// One thing a client said.
struct Message {
    enum class Kind { text, ping, pong, close };
    Kind kind = Kind::text;
    std::string payload;
};

/// Reads a client's frames, whatever pieces they come in. Client frames are masked; fragments are put together; a message
/// longer than `bytes_max`, an unmasked or a binary frame ends the reading.
class Reader {
 public:
    explicit Reader(std::size_t bytes_max = 4096) : bytes_max_{bytes_max} {}
    /// What has become whole; nothing more comes once `broken`.
    [[nodiscard]] std::vector<Message> take(std::string_view bytes);
    /// The close code to answer with, once the peer broke the protocol.
    [[nodiscard]] std::optional<std::uint16_t> broken() const { return broken_; }

 private:
    [[nodiscard]] bool next(std::vector<Message>& out);
    bool put(std::uint8_t head, std::string payload, std::vector<Message>& out);
    bool fail(std::uint16_t code);

    std::size_t bytes_max_;
    std::string in_;
    std::string text_;       ///< fragments so far
    bool in_text_ = false;   ///< a text message has begun and not ended
    std::optional<std::uint16_t> broken_;
};

}  // namespace choso::http::websocket
