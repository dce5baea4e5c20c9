#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace choso::crypto {

/// AES-256-GCM: `key` has 32 bytes; a random nonce, the ciphertext and its tag come back as one text. `about` is bound to
/// it without being in it: the same must be given to open it, so a sealed value cannot be moved to another row.
[[nodiscard]] std::string seal(std::string_view key, std::string_view plain, std::string_view about);
/// What was sealed; nullopt if key, `about` or a single bit differ.
[[nodiscard]] std::optional<std::string> open_sealed(std::string_view key, std::string_view sealed, std::string_view about);

}  // namespace choso::crypto
