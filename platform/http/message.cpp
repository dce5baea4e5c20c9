#include "platform/http/message.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/assert.hpp"
#include "platform/http/url.hpp"

namespace choso::http {
namespace {

constexpr auto method_names =
    std::array<std::string_view, 8>{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "OTHER"};

constexpr auto reasons = std::array<std::pair<int, std::string_view>, 42>{{
    {100, "Continue"},
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {425, "Too Early"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
}};

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

constexpr bool is_token_char(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
    return std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

constexpr auto token_chars = [] {
    auto table = std::array<bool, 256>{};
    for (auto c = 0; c < 128; ++c) table[static_cast<std::size_t>(c)] = is_token_char(static_cast<char>(c));
    return table;
}();

std::optional<std::string_view> find_header(std::vector<Header> const& headers, std::string_view name) {
    for (auto const& header : headers) {
        if (equals_ignoring_case(header.name, name)) return header.value;
    }
    return std::nullopt;
}

bool is_the_servers_own(std::string_view name) {
    return equals_ignoring_case(name, "Content-Length") || equals_ignoring_case(name, "Transfer-Encoding") ||
           equals_ignoring_case(name, "Connection") || equals_ignoring_case(name, "Date");
}

}  // namespace

Method method_from(std::string_view token) {
    for (auto i = std::size_t{0}; i + 1 < method_names.size(); ++i) {
        if (method_names[i] == token) return static_cast<Method>(i);
    }
    return Method::other;
}

std::string_view to_string(Method method) { return method_names[static_cast<std::size_t>(method)]; }

std::optional<std::string_view> Request::header(std::string_view name) const { return find_header(headers, name); }

std::optional<std::string> Request::query_value(std::string_view name) const {
    for (auto rest = std::string_view{query}; !rest.empty();) {
        auto const pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        auto const equals = std::min(pair.find('='), pair.size());
        if (form_decode(pair.substr(0, equals)) != name) continue;
        return form_decode(pair.substr(std::min(equals + 1, pair.size())));
    }
    return std::nullopt;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
    for (auto const& header : headers) {
        if (!equals_ignoring_case(header.name, "Cookie")) continue;
        for (auto rest = std::string_view{header.value}; !rest.empty();) {
            auto const pair = trimmed(rest.substr(0, rest.find(';')));
            rest.remove_prefix(std::min(rest.size(), std::min(rest.find(';'), rest.size()) + 1));
            auto const equals = pair.find('=');
            if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
            auto value = pair.substr(equals + 1);
            if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
                value = value.substr(1, value.size() - 2);
            return std::string{value};
        }
    }
    return std::nullopt;
}

std::string const& Request::param(std::string_view name) const {
    auto const found = params.find(name);
    CHOSO_ASSERT(found != params.end());
    return found->second;
}

Response& Response::with(std::string name, std::string value) {
    CHOSO_ASSERT(is_token(name));
    CHOSO_ASSERT(is_field_value(value));
    CHOSO_ASSERT(!is_the_servers_own(name));
    headers.push_back(Header{std::move(name), std::move(value)});
    return *this;
}

std::optional<std::string_view> Response::header(std::string_view name) const { return find_header(headers, name); }

int status_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::bad_request: return 400;
        case ErrorKind::not_found: return 404;
        case ErrorKind::method_not_allowed: return 405;
        case ErrorKind::request_timeout: return 408;
        case ErrorKind::payload_too_large: return 413;
        case ErrorKind::target_too_long: return 414;
        case ErrorKind::expectation_failed: return 417;
        case ErrorKind::too_many_requests: return 429;
        case ErrorKind::head_too_large: return 431;
        case ErrorKind::internal: return 500;
        case ErrorKind::not_implemented: return 501;
        case ErrorKind::handler_timeout:
        case ErrorKind::overloaded: return 503;
        case ErrorKind::version_not_supported: return 505;
    }
    return 500;
}

Response plain_error(ErrorKind kind) {
    auto const status = status_of(kind);
    return Response{
        .status = status, .content_type = "text/plain; charset=utf-8", .body = std::string{reason_of(status)} + "\n"};
}

std::string_view reason_of(int status) {
    auto const at = std::lower_bound(reasons.begin(), reasons.end(), status,
                                     [](auto const& row, int wanted) { return row.first < wanted; });
    return at != reasons.end() && at->first == status ? at->second : std::string_view{};
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_token(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return token_chars[static_cast<unsigned char>(c)]; });
}

bool is_field_value(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte != 0x7F) || byte == '\t';
    });
}

std::string_view trimmed(std::string_view text) {
    auto const is_blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace choso::http
