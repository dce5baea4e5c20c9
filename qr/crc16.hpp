#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace choso::qr {

/// The check of an EMV payload: CRC-16 with polynomial 0x1021 from 0xFFFF, not reflected ("123456789" → 0x29B1).
/// Source: ISO/IEC 13239; EMV QRCPS Merchant-Presented Mode 1.1 §4.7.3.
[[nodiscard]] std::uint16_t crc16(std::string_view bytes);

/// Four upper-case hexadecimal digits, zeros in front kept.
[[nodiscard]] std::string to_hex4(std::uint16_t n);

}  // namespace choso::qr
