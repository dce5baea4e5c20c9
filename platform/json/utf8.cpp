#include "platform/json/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace choso::json {
namespace {

constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080;

bool is_tail(unsigned char c) { return (c & 0xC0U) == 0x80U; }

}  // namespace

std::size_t utf8_length(std::string_view text, std::size_t at) {
    auto const byte = [&](std::size_t n) {
        return at + n < text.size() ? static_cast<unsigned char>(text[at + n]) : static_cast<unsigned char>(0);
    };
    auto const first = byte(0);
    auto const second = byte(1);
    if (first < 0x80) return 1;
    if (first < 0xC2) return 0;
    if (first < 0xE0) return is_tail(second) ? 2 : 0;
    if (first < 0xF0) {
        auto const lowest = first == 0xE0 ? 0xA0 : 0x80;
        auto const highest = first == 0xED ? 0x9F : 0xBF;
        return second >= lowest && second <= highest && is_tail(byte(2)) ? 3 : 0;
    }
    if (first < 0xF5) {
        auto const lowest = first == 0xF0 ? 0x90 : 0x80;
        auto const highest = first == 0xF4 ? 0x8F : 0xBF;
        return second >= lowest && second <= highest && is_tail(byte(2)) && is_tail(byte(3)) ? 4 : 0;
    }
    return 0;
}

std::size_t first_not_utf8(std::string_view text) {
    auto at = std::size_t{0};
    while (at < text.size()) {
        // Eight ASCII bytes at once: most of what is read is ASCII.
        if (text.size() - at >= sizeof(std::uint64_t)) {
            std::uint64_t word = 0;
            std::memcpy(&word, text.data() + at, sizeof(word));
            if ((word & high_bits) == 0) {
                at += sizeof(word);
                continue;
            }
        }
        auto const length = utf8_length(text, at);
        if (length == 0) return at;
        at += length;
    }
    return at;
}

}  // namespace choso::json
