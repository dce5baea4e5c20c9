#pragma once
#include <ctime>
#include <string>
#include <string_view>

#include "platform/http/message.hpp"

namespace choso::http {

/// What the server knows of an answer beside the handler's Response.
struct AnswerFrame {
    std::string_view request_id{};
    std::string_view date{};
    int minor = 1;  ///< HTTP/1.minor of the request
    bool keep_alive = true;
    bool to_head = false;    ///< answers HEAD: the body is counted, not sent
    bool secure = false;     ///< through TLS: the browser is to come back by TLS only
    bool streaming = false;  ///< the end of the connection ends the body
};

/// Appends status line, headers and blank line. Asserts that every header is what Response::with would have let in:
/// a CR LF in a value would let its author write the next answer.
void append_head(std::string& out, Response const& response, AnswerFrame const& frame);

/// Does an answer with this status carry a body (not 1xx, 204, 304)?
[[nodiscard]] bool has_body(int status);

/// IMF-fixdate (RFC 9110 §5.6.7), `at` in seconds since 1970.
[[nodiscard]] std::string http_date(std::time_t at);

}  // namespace choso::http
