#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "qr/tlv.hpp"

// How parse() holds one level of a payload: without allocating, since codes are read by the hundred thousand.
namespace choso::qr {

/// The first object of each id on one level, and whether its fields can be trusted: nothing broken, nothing doubled.
struct Level {
    /// Where a value stands in the payload, which is shorter than 65 536 bytes.
    struct Slot {
        std::uint16_t at, size;
    };
    std::array<Slot, 100> slots;  ///< of those that `seen` names; the rest is never read
    std::array<std::uint64_t, 2> seen{};
    int first_id = -1;
    int last_id = -1;
    std::optional<Tlv::Fault> fault{};
    bool sound = true;

    [[nodiscard]] bool has(int id) const { return (seen[id >= 64 ? 1 : 0] >> (static_cast<unsigned>(id) % 64) & 1U) != 0; }
};

/// Reads a level with nothing unusual in it: whole objects, none empty, none twice. `text` is a part of `payload` and plain ASCII.
/// False, and the level as it was, for any other: what is wrong with it is then found by TlvCursor.
[[nodiscard]] bool read_plain_level(std::string_view payload, std::string_view text, Level& level);

}  // namespace choso::qr
