#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// One-time codes by time (RFC 6238 over RFC 4226), as every authenticator app makes them: SHA-1, six digits, 30 seconds.
namespace choso::crypto {

inline constexpr std::int64_t totp_step_seconds = 30;

/// The six digits of a step (seconds since 1970 / 30).
[[nodiscard]] std::string totp_code(std::string_view secret, std::int64_t step);

/// Base32 without padding (RFC 4648 §6), as apps take a secret.
[[nodiscard]] std::string to_base32(std::string_view bytes);
/// Either case, blanks passed over; nullopt for anything `to_base32` would not write.
[[nodiscard]] std::optional<std::string> from_base32(std::string_view symbols);

}  // namespace choso::crypto
