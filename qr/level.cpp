#include "qr/level.hpp"

#include <cstddef>

namespace choso::qr {

bool read_plain_level(std::string_view payload, std::string_view text, Level& level) {
    auto const* at = text.data();
    auto const* const end = at + text.size();
    std::array<std::uint64_t, 2> seen{};
    auto* const slots = level.slots.data();
    int first = -1;
    int id = -1;
    while (at != end) {
        if (end - at < 4) return false;
        // Without the bits of '0' digits are 0 to 9, and nothing else is.
        auto const digit = [at](int i) { return static_cast<unsigned>(static_cast<unsigned char>(at[i])) ^ 0x30U; };
        auto const a = digit(0), b = digit(1), c = digit(2), d = digit(3);
        if ((((a + 0x76U) | (b + 0x76U) | (c + 0x76U) | (d + 0x76U)) & ~0x7FU) != 0) return false;
        id = static_cast<int>(a * 10 + b);
        auto const length = static_cast<std::ptrdiff_t>(c * 10 + d);
        if (length == 0 || length > end - at - 4) return false;
        auto& half = seen[id >= 64 ? 1 : 0];
        auto const bit = std::uint64_t{1} << (static_cast<unsigned>(id) % 64);
        if ((half & bit) != 0) return false;
        half |= bit;
        slots[id] = {static_cast<std::uint16_t>(at + 4 - payload.data()), static_cast<std::uint16_t>(length)};
        if (first < 0) first = id;
        at += 4 + length;
    }
    level.seen = seen;
    level.first_id = first;
    level.last_id = id;
    return true;
}

}  // namespace choso::qr
