#include "qr/crc16.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace choso::qr {
namespace {

using Table = std::array<std::uint16_t, 256>;

/// tables[k][b]: what byte b leaves in the register after k further zero bytes; so sixteen bytes go in one step.
constexpr std::array<Table, 16> tables = [] {
    std::array<Table, 16> made{};
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
    // Every index is a byte, so the tables are read without looking at their ends again.
    auto const in = [](std::size_t table, unsigned index) { return static_cast<unsigned>(tables.data()[table].data()[index & 0xFFU]); };
    auto const step = [&]<std::size_t... i>(std::index_sequence<i...>) {
        constexpr auto last = sizeof...(i) - 1;
        auto const at = [&bytes](std::size_t n) { return static_cast<unsigned>(static_cast<unsigned char>(bytes.data()[n])); };
        auto const first = in(last, at(0) ^ (crc >> 8U)) ^ in(last - 1, at(1) ^ crc);
        crc = ((i < 2 ? 0U : in(last - i, at(i))) ^ ... ^ first);
        bytes.remove_prefix(last + 1);
    };
    while (bytes.size() >= 16) step(std::make_index_sequence<16>{});
    if (bytes.size() >= 8) step(std::make_index_sequence<8>{});
    for (char const c : bytes) crc = ((crc << 8U) & 0xFFFFU) ^ in(0, (crc >> 8U) ^ static_cast<unsigned char>(c));
    return static_cast<std::uint16_t>(crc);
}

std::string to_hex4(std::uint16_t n) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return {digits[n >> 12U], digits[(n >> 8U) & 15U], digits[(n >> 4U) & 15U], digits[n & 15U]};
}

}  // namespace choso::qr
