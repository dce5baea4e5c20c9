#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace choso::cli {

/// Puts a file that holds secrets in place: mode 0600, whole or not at all (written beside it, synced, renamed), and
/// there after a power cut. Returns what went wrong, if anything did.
[[nodiscard]] std::optional<std::string> write_private_file(std::filesystem::path const& file, std::string_view text);

}  // namespace choso::cli
