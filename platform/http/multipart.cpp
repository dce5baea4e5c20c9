#include "platform/http/multipart.hpp"

#include <algorithm>
#include <utility>

#include "platform/http/message.hpp"

namespace choso::http {
namespace {

/// `name=value` or `name="quoted"` pieces after a `;`. Takes one off `rest`; none if broken.
std::optional<std::pair<std::string_view, std::string>> take_parameter(std::string_view& rest) {
    rest = trimmed(rest);
    if (!rest.starts_with(';')) return std::nullopt;
    rest = trimmed(rest.substr(1));
    auto const equals = rest.find('=');
    if (equals == std::string_view::npos || !is_token(rest.substr(0, equals))) return std::nullopt;
    auto const name = rest.substr(0, equals);
    rest.remove_prefix(equals + 1);
    auto value = std::string{};
    if (!rest.starts_with('"')) {
        value = trimmed(rest.substr(0, rest.find(';')));
        rest.remove_prefix(std::min(rest.find(';'), rest.size()));
        if (!is_token(value)) return std::nullopt;
        return std::pair{name, std::move(value)};
    }
    auto at = std::size_t{1};
    while (at < rest.size() && rest[at] != '"') {
        // Browsers send %22 for a quote; a backslash before a quote is RFC 9110's way, any other is a Windows path's.
        if (rest[at] == '\\' && at + 1 < rest.size() && (rest[at + 1] == '"' || rest[at + 1] == '\\')) ++at;
        value.push_back(rest[at]);
        ++at;
    }
    if (at >= rest.size()) return std::nullopt;
    rest.remove_prefix(at + 1);
    return std::pair{name, std::move(value)};
}

std::optional<std::string> boundary_of(std::string_view content_type) {
    auto const type = content_type.substr(0, content_type.find(';'));
    if (!equals_ignoring_case(trimmed(type), "multipart/form-data")) return std::nullopt;
    auto found = std::optional<std::string>{};
    for (auto rest = content_type.substr(type.size()); !trimmed(rest).empty();) {
        auto parameter = take_parameter(rest);
        if (!parameter) return std::nullopt;
        if (!equals_ignoring_case(parameter->first, "boundary")) continue;
        if (found) return std::nullopt;
        found = std::move(parameter->second);
    }
    if (!found || found->empty() || found->size() > 70 || found->back() == ' ') return std::nullopt;
    auto const allowed = std::all_of(found->begin(), found->end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view{"'()+_,-./:=? "}.find(c) != std::string_view::npos;
    });
    return allowed ? found : std::nullopt;
}

bool read_disposition(std::string_view value, Part& part) {
    auto const type = value.substr(0, value.find(';'));
    if (!equals_ignoring_case(trimmed(type), "form-data")) return false;
    auto named = false;
    for (auto rest = value.substr(type.size()); !trimmed(rest).empty();) {
        auto parameter = take_parameter(rest);
        if (!parameter) return false;
        if (equals_ignoring_case(parameter->first, "name")) {
            if (std::exchange(named, true)) return false;
            part.name = std::move(parameter->second);
        } else if (equals_ignoring_case(parameter->first, "filename")) {
            if (part.filename) return false;
            auto const bare = parameter->second.find_last_of("/\\");
            part.filename =
                bare == std::string::npos ? std::move(parameter->second) : parameter->second.substr(bare + 1);
        }
    }
    return named;
}

/// `head` is the part's header lines, each ended by CRLF.
std::optional<Part> read_part_head(std::string_view head) {
    auto part = Part{};
    auto placed = false;
    while (!head.empty()) {
        auto const end = head.find("\r\n");
        if (end == std::string_view::npos) return std::nullopt;
        auto const line = head.substr(0, end);
        head.remove_prefix(end + 2);
        auto const colon = line.find(':');
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return std::nullopt;
        auto const value = trimmed(line.substr(colon + 1));
        if (!is_field_value(value)) return std::nullopt;
        if (equals_ignoring_case(line.substr(0, colon), "Content-Disposition")) {
            if (std::exchange(placed, true) || !read_disposition(value, part)) return std::nullopt;
        } else if (equals_ignoring_case(line.substr(0, colon), "Content-Type")) {
            part.content_type = value;
        }
    }
    if (!placed) return std::nullopt;
    return part;
}

}  // namespace

Result<std::vector<Part>, MultipartError> parse_multipart(std::string_view content_type, std::string_view body,
                                                          MultipartLimits limits) {
    auto const boundary = boundary_of(content_type);
    if (!boundary) return MultipartError::not_multipart;
    auto const delimiter = "\r\n--" + *boundary;
    auto parts = std::vector<Part>{};
    if (!body.starts_with(std::string_view{delimiter}.substr(2))) return MultipartError::bad_boundary;
    body.remove_prefix(delimiter.size() - 2);
    for (;;) {
        if (body == "--" || body == "--\r\n") return parts;
        if (!body.starts_with("\r\n")) return MultipartError::bad_boundary;
        body.remove_prefix(2);
        if (parts.size() == limits.parts_max) return MultipartError::too_many_parts;
        auto const blank = body.substr(0, limits.part_head_bytes_max).find("\r\n\r\n");
        if (blank == std::string_view::npos) return MultipartError::bad_part;
        auto part = read_part_head(body.substr(0, blank + 2));
        if (!part) return MultipartError::bad_part;
        body.remove_prefix(blank + 4);
        // An empty value's delimiter shares its CRLF with nothing: RFC 2046 §5.1.1 gives the CRLF to the delimiter.
        auto const end = body.find(delimiter);
        if (end == std::string_view::npos) return MultipartError::bad_boundary;
        part->value = body.substr(0, end);
        parts.push_back(std::move(*part));
        body.remove_prefix(end + delimiter.size());
    }
}

Part const* find_part(std::vector<Part> const& parts, std::string_view name) {
    auto const at = std::find_if(parts.begin(), parts.end(), [&](Part const& part) { return part.name == name; });
    return at == parts.end() ? nullptr : &*at;
}

}  // namespace choso::http
