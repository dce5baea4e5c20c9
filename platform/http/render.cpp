#include "platform/http/render.hpp"

#include <array>
#include <charconv>
#include <cstdio>

#include "base/assert.hpp"

namespace choso::http {
namespace {

void append_number(std::string& out, std::size_t value) {
    auto digits = std::array<char, 20>{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

void append_head(std::string& out, Response const& response, AnswerFrame const& frame) {
    CHOSO_ASSERT((response.status >= 200 && response.status <= 599) || response.status == 101);
    out.append("HTTP/1.1 ");
    append_number(out, static_cast<std::size_t>(response.status));
    out.append(" ").append(reason_of(response.status)).append("\r\n");
    append_header(out, "Date", frame.date);
    if (!response.content_type.empty()) {
        CHOSO_ASSERT(is_field_value(response.content_type));
        append_header(out, "Content-Type", response.content_type);
    }
    if (!frame.streaming && has_body(response.status)) {
        out.append("Content-Length: ");
        append_number(out, response.body.size());
        out.append("\r\n");
    }
    append_header(out, "X-Request-Id", frame.request_id);
    auto says_nosniff = false;
    for (auto const& header : response.headers) {
        CHOSO_ASSERT(is_token(header.name));
        CHOSO_ASSERT(is_field_value(header.value));
        says_nosniff = says_nosniff || equals_ignoring_case(header.name, "X-Content-Type-Options");
        append_header(out, header.name, header.value);
    }
    if (frame.secure) append_header(out, "Strict-Transport-Security", "max-age=31536000");
    if (!says_nosniff) append_header(out, "X-Content-Type-Options", "nosniff");
    if (response.status == 101) {
        append_header(out, "Connection", "Upgrade");
    } else if (!frame.keep_alive) {
        append_header(out, "Connection", "close");
    } else if (frame.minor == 0) {
        append_header(out, "Connection", "keep-alive");
    }
    out.append("\r\n");
}

std::string http_date(std::time_t at) {
    static constexpr auto days = std::array<char const*, 7>{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr auto months =
        std::array<char const*, 12>{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto parts = std::tm{};
    gmtime_r(&at, &parts);
    auto text = std::array<char, 64>{};
    auto const size = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                    days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                                    months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour,
                                    parts.tm_min, parts.tm_sec);
    return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace choso::http
