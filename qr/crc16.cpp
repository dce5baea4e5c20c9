#include "qr/crc16.hpp"

#include <array>
#include <cstddef>

namespace choso::qr {
namespace {

using Table = std::array<std::uint16_t, 256>;

/// tables[k][b]: what byte b leaves in the register after k further zero bytes; so eight bytes go in one step.
constexpr std::array<Table, 8> tables = [] {
    std::array<Table, 8> made{};
    for (unsigned byte = 0; byte < 256; ++byte) {
        unsigned crc = byte << 8U;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000U) != 0 ? (crc << 1U) ^ 0x1021U : crc << 1U;
        made[0][byte] = static_cast<std::uint16_t>(crc);
    }
    for (std::size_t k = 1; k < made.size(); ++k)
        for (std::size_t byte = 0; byte < 256; ++byte) {
            unsigned const before = made[k - 1][byte];
            made[k][byte] = static_cast<std::uint16_t>((before << 8U) ^ made[0][before >> 8U]);
        }
    return made;
}();

}  // namespace

std::uint16_t crc16(std::string_view bytes) {
    unsigned crc = 0xFFFF;
    while (bytes.size() >= 8) {
        auto const* const eight = bytes.data();
        auto const at = [eight](int i) { return static_cast<unsigned char>(eight[i]); };
        crc = static_cast<unsigned>(tables[7][at(0) ^ (crc >> 8U)]) ^ tables[6][at(1) ^ (crc & 0xFFU)] ^ tables[5][at(2)] ^
              tables[4][at(3)] ^ tables[3][at(4)] ^ tables[2][at(5)] ^ tables[1][at(6)] ^ tables[0][at(7)];
        bytes.remove_prefix(8);
    }
    for (char const c : bytes) crc = ((crc << 8U) & 0xFFFFU) ^ tables[0][(crc >> 8U) ^ static_cast<unsigned char>(c)];
    return static_cast<std::uint16_t>(crc);
}

std::string to_hex4(std::uint16_t n) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return {digits[n >> 12U], digits[(n >> 8U) & 15U], digits[(n >> 4U) & 15U], digits[n & 15U]};
}

}  // namespace choso::qr
