#include "platform/http/websocket.hpp"

#include <algorithm>
#include <utility>

#include "platform/crypto/crypto.hpp"

namespace choso::http::websocket {
namespace {

constexpr std::string_view guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
constexpr std::uint8_t fin = 0x80, op_more = 0x0, op_text = 0x1, op_close = 0x8, op_ping = 0x9, op_pong = 0xa;

bool has_token(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        auto const end = std::min(list.find(','), list.size());
        if (equals_ignoring_case(trimmed(list.substr(0, end)), token)) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

std::string frame(std::uint8_t opcode, std::string_view payload) {
    auto out = std::string{};
    out += static_cast<char>(fin | opcode);
    if (payload.size() < 126) {
        out += static_cast<char>(payload.size());
    } else if (payload.size() <= 0xffff) {
        out += static_cast<char>(126);
        for (auto shift : {8, 0}) out += static_cast<char>(payload.size() >> shift);
    } else {
        out += static_cast<char>(127);
        for (auto shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(payload.size() >> shift);
    }
    out += payload;
    return out;
}

}  // namespace

std::optional<std::string> accept_of(Request const& request) {
    auto const key = request.header("Sec-WebSocket-Key").value_or("");
    auto const asks = request.method == Method::get && has_token(request.header("Connection").value_or(""), "upgrade") &&
                      has_token(request.header("Upgrade").value_or(""), "websocket") && request.header("Sec-WebSocket-Version") == "13";
    auto const nonce = crypto::from_base64(key);
    if (!asks || !nonce || nonce->size() != 16) return std::nullopt;
    return crypto::to_base64(crypto::as_text(crypto::sha1(std::string{key} + std::string{guid})));
}

std::string text_frame(std::string_view text) { return frame(op_text, text); }
std::string pong_frame(std::string_view payload) { return frame(op_pong, payload); }

std::string close_frame(std::uint16_t code) {
    auto payload = std::string{};
    payload += static_cast<char>(code >> 8);
    payload += static_cast<char>(code & 0xff);
    return frame(op_close, payload);
}

bool Reader::fail(std::uint16_t code) {
    broken_ = code;
    in_.clear();
    text_.clear();
    return false;
}

std::vector<Message> Reader::take(std::string_view bytes) {
    auto out = std::vector<Message>{};
    if (broken_) return out;
    in_ += bytes;
    while (next(out)) {
    }
    return out;
}

/// One frame off the front; false if there is none whole, or none to come.
bool Reader::next(std::vector<Message>& out) {
    auto const byte = [this](std::size_t at) { return static_cast<std::uint8_t>(in_[at]); };
    if (in_.size() < 2) return false;
    auto const head = byte(0);
    if ((head & 0x70) != 0 || (byte(1) & 0x80) == 0) return fail(protocol_error);
    auto length = static_cast<std::uint64_t>(byte(1) & 0x7f);
    auto const more = length == 126 ? 2U : length == 127 ? 8U : 0U;
    if ((head & 0x08) != 0 && (more > 0 || (head & fin) == 0)) return fail(protocol_error);  // a control frame is short and whole
    if (in_.size() < 2 + more) return false;
    if (more > 0) length = 0;
    for (auto at = std::size_t{2}; at < 2 + more; ++at) length = (length << 8) | byte(at);
    if (length > bytes_max_ || text_.size() + length > bytes_max_) return fail(too_big);
    auto const start = 2 + more + 4;
    if (in_.size() < start + length) return false;
    auto payload = in_.substr(start, length);
    for (auto i = std::size_t{0}; i < payload.size(); ++i) payload[i] = static_cast<char>(payload[i] ^ in_[2 + more + i % 4]);
    in_.erase(0, start + length);
    return put(head, std::move(payload), out);
}

bool Reader::put(std::uint8_t head, std::string payload, std::vector<Message>& out) {
    auto const whole = (head & fin) != 0;
    switch (head & 0x0f) {
        case op_ping: out.push_back({Message::Kind::ping, std::move(payload)}); return true;
        case op_pong: out.push_back({Message::Kind::pong, std::move(payload)}); return true;
        case op_close: out.push_back({Message::Kind::close, std::move(payload)}); return true;
        case op_text:
            if (in_text_) return fail(protocol_error);
            in_text_ = true;
            break;
        case op_more:
            if (!in_text_) return fail(protocol_error);
            break;
        default: return fail(unsupported);
    }
    text_ += payload;
    if (!whole) return true;
    in_text_ = false;
    out.push_back({Message::Kind::text, std::exchange(text_, {})});
    return true;
}

}  // namespace choso::http::websocket
