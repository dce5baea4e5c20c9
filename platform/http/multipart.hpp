#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace choso::http {

/// One field of a multipart/form-data body. `value` looks into the body that was parsed and lives as long as it does.
struct Part {
    std::string name{};
    std::optional<std::string> filename{};  ///< present for a file; the bare name, never to be used as a path
    std::string content_type{};             ///< as sent; empty if not said
    std::string_view value{};               ///< text or the file's bytes, untouched
};

enum class MultipartError : std::uint8_t {
    not_multipart,  ///< the Content-Type is not multipart/form-data with a boundary of 1–70 allowed characters
    bad_boundary,   ///< the body does not begin, divide and end exactly as the boundary says
    bad_part,       ///< a part's head is broken, too long, or names no field
    too_many_parts,
};

struct MultipartLimits {
    std::size_t parts_max = 64;
    std::size_t part_head_bytes_max = 2048;
};

/// Reads a multipart/form-data body (RFC 7578), strictly: lines end in CRLF, nothing before the first boundary and
/// nothing after the last, one Content-Disposition a part. The body's size is the server's to bound (RouteLimits).
/// `content_type` is the request's header of that name. The parts come in the order of the body.
[[nodiscard]] Result<std::vector<Part>, MultipartError> parse_multipart(std::string_view content_type,
                                                                        std::string_view body,
                                                                        MultipartLimits limits = {});

/// The first part of that name, or null.
[[nodiscard]] Part const* find_part(std::vector<Part> const& parts, std::string_view name);

}  // namespace choso::http
