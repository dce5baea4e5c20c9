#pragma once
#include <string>
#include <string_view>

namespace choso::crypto {

/// Argon2id with OWASP's floor: 19 MiB, two passes, one lane. One call holds that memory and takes some 20 ms of a core:
/// never on a thread that serves connections (docs/adr/0015).
inline constexpr unsigned password_memory_kib = 19 * 1024;
inline constexpr unsigned password_passes = 2;

/// A new random salt, and the hash in its usual notation: `$argon2id$v=19$m=19456,t=2,p=1$…`. Passwords of up to 1 KiB.
[[nodiscard]] std::string hash_password(std::string_view password);
/// Whether the hash is this password's; false too for a text that is no such hash.
[[nodiscard]] bool is_password_of(std::string_view hash, std::string_view password);

}  // namespace choso::crypto
