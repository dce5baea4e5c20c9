#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace choso::gzip {

/// `plain` as a gzip file (RFC 1952) without name and time, so equal texts are equal bytes. nullopt for want of memory, or
/// beyond 64 MiB: this is for pages.
[[nodiscard]] std::optional<std::string> compress(std::string_view plain);

}  // namespace choso::gzip
