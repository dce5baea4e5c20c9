#pragma once
#include <string_view>

/// Signatures that authenticators make (COSE algorithms -7 and -257). Keys come as their numbers, big-endian.
namespace choso::crypto {

/// ECDSA over P-256 with SHA-256; `x`, `y`: 32 bytes each; the signature in DER. False too for a point that is not on the curve.
[[nodiscard]] bool is_es256_signature(std::string_view x, std::string_view y, std::string_view message, std::string_view signature);
/// RSASSA-PKCS1-v1_5 with SHA-256; a modulus of 2048 to 8192 bits.
[[nodiscard]] bool is_rs256_signature(std::string_view modulus, std::string_view exponent, std::string_view message, std::string_view signature);

}  // namespace choso::crypto
