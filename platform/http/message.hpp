#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace choso::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options, other };

/// The method of a request line; exact case (RFC 9110 §9.1), everything not known is `other`.
[[nodiscard]] Method method_from(std::string_view token);
/// `GET`, `DELETE`, …; `other` is "OTHER".
[[nodiscard]] std::string_view to_string(Method method);

struct Header {
    std::string name{};
    std::string value{};
};

/// One request, complete: the body was read, the framing was checked (gate.hpp). The server owns it; a handler may
/// keep a reference until it has called its Responder or let go of it.
struct Request {
    Method method = Method::other;
    std::string target{};           ///< as on the request line
    std::string path{};             ///< begins with `/`, still percent-encoded, without the query
    std::string query{};            ///< after the `?`, still encoded
    std::vector<Header> headers{};  ///< in order of arrival, values trimmed
    std::string body{};
    std::string remote{};      ///< the client's address, without the port; the peer's, unless that is a proxy of ours
    bool secure = false;       ///< came through TLS that ended here
    std::string request_id{};  ///< 1–64 of [A-Za-z0-9._-]: the client's own X-Request-Id, or 16 hex digits made here
    std::map<std::string, std::string, std::less<>> params{};  ///< `{id}` of the route, percent-decoded

    /// The first header of that name, any case.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
    /// The first query value of that name, percent- and plus-decoded. None too if its encoding is broken.
    [[nodiscard]] std::optional<std::string> query_value(std::string_view name) const;
    /// The first cookie of that exact name (RFC 6265 §4.2), quotes taken off.
    [[nodiscard]] std::optional<std::string> cookie(std::string_view name) const;
    /// A parameter the route's pattern names; asking for another is our bug.
    [[nodiscard]] std::string const& param(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string content_type{};
    std::string body{};
    std::vector<Header> headers{};

    /// Adds a header. Asserts that name and value can stand on one line (no CR, LF or NUL) and that the server does not
    /// set this header itself (Content-Length, Transfer-Encoding, Connection, Date).
    Response& with(std::string name, std::string value);
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
};

/// Why the server itself answers instead of a handler.
enum class ErrorKind : std::uint8_t {
    bad_request,            ///< 400, framing or syntax; the connection is closed
    not_found,              ///< 404
    method_not_allowed,     ///< 405, `Allow` is added
    request_timeout,        ///< 408, head or body came too slowly
    payload_too_large,      ///< 413
    target_too_long,        ///< 414
    expectation_failed,     ///< 417
    too_many_requests,      ///< 429, a limit of the product or of connections per address
    head_too_large,         ///< 431
    internal,               ///< 500, the handler threw or dropped its responder
    not_implemented,        ///< 501, CONNECT and TRACE
    handler_timeout,        ///< 503, the handler did not answer in time; what it began may still happen
    overloaded,             ///< 503, too many connections, or too many bytes of bodies; nothing was done
    version_not_supported,  ///< 505
};

[[nodiscard]] int status_of(ErrorKind kind);
/// A plain-text answer, used where the product gives no better one (Hooks::make_error).
[[nodiscard]] Response plain_error(ErrorKind kind);
/// `Not Found` for 404; empty for a status without a registered phrase.
[[nodiscard]] std::string_view reason_of(int status);

[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);
/// RFC 9110 §5.6.2: what a method, a header's name and a parameter's name are made of; at least one character.
[[nodiscard]] bool is_token(std::string_view text);
/// May `text` stand as a header's value: no control character but TAB.
[[nodiscard]] bool is_field_value(std::string_view text);
/// `text` without blanks and TABs at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace choso::http
