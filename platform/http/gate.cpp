#include "platform/http/gate.hpp"

#include <algorithm>

namespace choso::http::gate {
namespace {

using Check = std::optional<Refusal>;

Refusal bad(std::string_view rule) { return Refusal{ErrorKind::bad_request, rule}; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), is_digit);
}

/// `name`, `name:port`, `1.2.3.4:port`, `[v6]:port`; nothing a URL could hide another host in.
bool is_authority(std::string_view text) {
    auto rest = std::string_view{};
    if (text.starts_with('[')) {
        auto const close = text.find(']');
        if (close == std::string_view::npos || close < 3) return false;
        auto const address = text.substr(1, close - 1);
        auto const fits = [](char c) {
            return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
        };
        if (!std::all_of(address.begin(), address.end(), fits)) return false;
        rest = text.substr(close + 1);
    } else {
        auto const name = text.substr(0, text.find(':'));
        auto const fits = [](char c) { return is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~'; };
        if (name.empty() || name.size() > 255 || !std::all_of(name.begin(), name.end(), fits)) return false;
        rest = text.substr(name.size());
    }
    return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
}

/// Takes one line off `rest`, without its CRLF; none if the line does not end in exactly CRLF.
std::optional<std::string_view> take_line(std::string_view& rest) {
    auto const end = rest.find('\n');
    if (end == std::string_view::npos || end == 0 || rest[end - 1] != '\r') return std::nullopt;
    auto const line = rest.substr(0, end - 1);
    rest.remove_prefix(end + 1);
    return line;
}

Check read_version(std::string_view text, Head& head) {
    if (text == "HTTP/1.1" || text == "HTTP/1.0") {
        head.minor = text.back() - '0';
        return std::nullopt;
    }
    auto const is_some_version =
        text.size() == 8 && text.starts_with("HTTP/") && is_digit(text[5]) && text[6] == '.' && is_digit(text[7]);
    if (is_some_version) return Refusal{ErrorKind::version_not_supported, "version"};
    return bad("version syntax");
}

Check read_request_line(std::string_view line, Limits const& limits, Head& head) {
    auto const first = line.find(' ');
    auto const last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return bad("request line: method, target, version");
    auto const method = line.substr(0, first);
    head.target = line.substr(first + 1, last - first - 1);
    if (!is_token(method)) return bad("method is a token");
    if (auto refused = read_version(line.substr(last + 1), head)) return refused;
    if (head.target.empty()) return bad("target is empty");
    if (head.target.size() > limits.target_bytes_max) return Refusal{ErrorKind::target_too_long, "target too long"};
    auto const printable =
        std::all_of(head.target.begin(), head.target.end(), [](char c) { return c > 0x20 && c < 0x7F && c != '#'; });
    if (!printable) return bad("target is printable ASCII without a fragment");
    head.method = method_from(method);
    if (method == "CONNECT" || method == "TRACE") return Refusal{ErrorKind::not_implemented, "method"};
    return std::nullopt;
}

Check read_fields(std::string_view rest, Limits const& limits, Head& head) {
    head.fields.reserve(16);
    for (;;) {
        auto const line = take_line(rest);
        if (!line) return bad("lines end in CRLF");
        if (line->empty()) return rest.empty() ? std::nullopt : Check{bad("bytes after the head")};
        if (line->front() == ' ' || line->front() == '\t') return bad("obs-fold");
        auto const colon = line->find(':');
        if (colon == std::string_view::npos) return bad("header without a colon");
        auto const name = line->substr(0, colon);
        if (!is_token(name)) return bad("header name is a token");
        auto const value = trimmed(line->substr(colon + 1));
        if (!is_field_value(value)) return bad("control character in a header");
        if (head.fields.size() == limits.fields_max) return Refusal{ErrorKind::head_too_large, "too many headers"};
        head.fields.emplace_back(name, value);
    }
}

/// The headers that say where a message ends and whom it is for, each at most once.
struct Single {
    std::optional<std::string_view> host{}, length{}, encoding{};
};

Check collect(Head& head, Single& single) {
    auto const once = [](std::optional<std::string_view>& slot, std::string_view value) {
        return !std::exchange(slot, value);
    };
    for (auto const& [name, value] : head.fields) {
        switch (name.size()) {
            case 4:
                if (equals_ignoring_case(name, "Host") && !once(single.host, value)) return bad("one Host");
                break;
            case 6:
                if (!equals_ignoring_case(name, "Expect")) break;
                if (!equals_ignoring_case(value, "100-continue"))
                    return Refusal{ErrorKind::expectation_failed, "Expect"};
                head.expects_continue = true;
                break;
            case 14:
                if (equals_ignoring_case(name, "Content-Length") && !once(single.length, value))
                    return bad("one Content-Length");
                break;
            case 17:
                if (equals_ignoring_case(name, "Transfer-Encoding") && !once(single.encoding, value))
                    return bad("one Transfer-Encoding");
                break;
            default: break;
        }
    }
    return std::nullopt;
}

Check read_connection(Head& head) {
    auto asks_close = false;
    auto asks_keep = false;
    for (auto const& [name, value] : head.fields) {
        if (name.size() != 10 || !equals_ignoring_case(name, "Connection")) continue;
        for (auto rest = value; !rest.empty();) {
            auto const option = trimmed(rest.substr(0, rest.find(',')));
            rest.remove_prefix(std::min(rest.size(), std::min(rest.find(','), rest.size()) + 1));
            if (option.empty()) continue;
            if (!is_token(option)) return bad("Connection is a list of tokens");
            asks_close = asks_close || equals_ignoring_case(option, "close");
            asks_keep = asks_keep || equals_ignoring_case(option, "keep-alive");
        }
    }
    head.keep_alive = !asks_close && (head.minor == 1 || asks_keep);
    return std::nullopt;
}

Check read_framing(Single const& single, Head& head) {
    if (single.encoding) {
        if (single.length) return bad("Transfer-Encoding beside Content-Length");
        if (head.minor == 0) return bad("Transfer-Encoding in HTTP/1.0");
        if (!equals_ignoring_case(*single.encoding, "chunked"))
            return bad("Transfer-Encoding is chunked and nothing else");
        head.framing = Framing::chunked;
        return std::nullopt;
    }
    if (!single.length) return std::nullopt;
    if (single.length->empty() || single.length->size() > 18) return bad("Content-Length: 1 to 18 digits");
    for (auto const c : *single.length) {
        if (!is_digit(c)) return bad("Content-Length: digits only");
        head.content_length = head.content_length * 10 + static_cast<std::uint64_t>(c - '0');
    }
    head.framing = head.content_length == 0 ? Framing::none : Framing::length;
    return std::nullopt;
}

Check read_target(Single const& single, Head& head) {
    if (head.minor == 1 && !single.host) return bad("Host is missing");
    if (single.host && !is_authority(*single.host)) return bad("Host syntax");
    auto local = head.target;
    if (local == "*") {
        if (head.method != Method::options) return bad("asterisk-form is for OPTIONS");
        head.path = local;
        return std::nullopt;
    }
    if (!local.starts_with('/')) {
        auto const end = local.find("://");
        auto const scheme = local.substr(0, end);
        if (end == local.npos || (!equals_ignoring_case(scheme, "http") && !equals_ignoring_case(scheme, "https"))) return bad("target form");
        local.remove_prefix(scheme.size() + 3);
        auto const authority = local.substr(0, local.find_first_of("/?"));
        if (!single.host || !equals_ignoring_case(authority, *single.host))
            return bad("absolute-form names another host");
        local.remove_prefix(authority.size());
        if (!local.starts_with('/')) return bad("absolute-form without a path");
    }
    auto const mark = std::min(local.find('?'), local.size());
    head.path = local.substr(0, mark);
    head.query = local.substr(std::min(mark + 1, local.size()));
    return std::nullopt;
}

}  // namespace

Result<Head, Refusal> read(std::string_view bytes, Limits const& limits) {
    if (bytes.size() > limits.head_bytes_max) return Refusal{ErrorKind::head_too_large, "head too large"};
    auto head = Head{};
    auto single = Single{};
    auto rest = bytes;
    auto const line = take_line(rest);
    if (!line) return bad("lines end in CRLF");
    if (auto refused = read_request_line(*line, limits, head)) return *refused;
    if (auto refused = read_fields(rest, limits, head)) return *refused;
    if (auto refused = collect(head, single)) return *refused;
    if (auto refused = read_connection(head)) return *refused;
    if (auto refused = read_framing(single, head)) return *refused;
    if (auto refused = read_target(single, head)) return *refused;
    return head;
}

Result<std::size_t, Refusal> Finder::look(std::string_view arrived, Limits const& limits) {
    if (seen_ == 0 && !arrived.empty() && !is_token(arrived.substr(0, 1))) return bad("not a request line");
    for (;;) {
        auto const end = arrived.find('\n', seen_);
        if (end == std::string_view::npos) {
            seen_ = arrived.size();
            if (seen_ > limits.head_bytes_max) {
                auto const in_request_line = line_ == 0;
                return Refusal{in_request_line ? ErrorKind::target_too_long : ErrorKind::head_too_large,
                               "head too large"};
            }
            return std::size_t{0};
        }
        if (end == line_ || arrived[end - 1] != '\r') return bad("lines end in CRLF");
        seen_ = end + 1;
        if (end == line_ + 1) return seen_;
        line_ = end + 1;
    }
}

bool is_chunk_extension(std::string_view extension) { return extension.size() <= 256 && is_field_value(extension); }

}  // namespace choso::http::gate
