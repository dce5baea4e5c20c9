#pragma once
#include <ostream>
#include <string>
#include <vector>

/// How a request's bytes must be read: one table for the server by itself and behind other people's proxies. After RFC 9112
/// and 9110, and where those leave a choice, the narrower one.
namespace choso::http {

/// What becomes of the connection: it takes another request, it is closed, or it waits for bytes that never come.
enum class After { lives, closes, waits };

/// Bytes on the wire, the statuses that are answered, and what then becomes of the connection. The server's only path is
/// `/size`, by GET, POST and OPTIONS; it answers the size of the body, which may be 1,000 bytes.
struct FramingCase {
    std::string name;
    std::string bytes;
    std::vector<int> statuses;
    After after;
    std::string last_body = "";
};
inline void PrintTo(FramingCase const& row, std::ostream* out) { *out << row.name; }

namespace framing {

using enum After;
using Table = std::vector<FramingCase>;

inline std::string get(std::string const& headers, std::string const& target = "/size") {
    return "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
}
inline std::string post(std::string const& headers, std::string const& body) {
    return "POST /size HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n" + body;
}
inline std::string chunked(std::string const& body) { return post("Transfer-Encoding: chunked\r\n", body); }
inline std::string second() { return get("Host: h\r\n"); }
inline std::string nul() { return std::string(1, '\0'); }
inline std::string repeated(std::string const& text, int times) {
    auto out = std::string{};
    for (auto i = 0; i < times; ++i) out += text;
    return out;
}
inline std::string in_hex(std::size_t number) {
    auto out = std::string{};
    for (; number > 0; number /= 16) out.insert(out.begin(), "0123456789abcdef"[number % 16]);
    return out;
}

// Lines, method, version, Connection.
inline Table lines() {
    return {
        {"plain", get("Host: h\r\n"), {200}, lives, "0"},
        {"two_in_a_row", second() + second(), {200, 200}, lives},
        {"empty_line_before", "\r\n" + second(), {200}, lives},
        {"two_empty_lines_before", "\r\n\r\n" + second(), {400}, closes},
        {"bare_lf_everywhere", "GET /size HTTP/1.1\nHost: h\n\n", {400}, closes},
        {"bare_lf_in_headers", "GET /size HTTP/1.1\r\nHost: h\nX: y\r\n\r\n" + second(), {400}, closes},
        {"bare_cr_in_value", get("Host: h\r\nX: a\rb\r\n") + second(), {400}, closes},
        {"bare_cr_ends_line", "GET /size HTTP/1.1\rHost: h\r\n\r\n", {400}, closes},
        {"nul_in_value", get("Host: h\r\nX: a" + nul() + "b\r\n"), {400}, closes},
        {"nul_in_name", get("Host: h\r\nX" + nul() + ": b\r\n"), {400}, closes},
        {"control_in_value", get("Host: h\r\nX: a\x01\r\n"), {400}, closes},
        {"utf8_in_value", get("Host: h\r\nX: \xC4\x91\r\n"), {200}, lives},
        {"obs_fold", get("Host: h\r\nX: a\r\n b\r\n") + second(), {400}, closes},
        {"obs_fold_tab", get("Host: h\r\nX: a\r\n\tb\r\n"), {400}, closes},
        {"fold_on_first_header", get(" Host: h\r\n"), {400}, closes},
        {"blank_before_colon", get("Host : h\r\n"), {400}, closes},
        {"no_colon", get("Host: h\r\nnonsense\r\n"), {400}, closes},
        {"empty_name", get("Host: h\r\n: x\r\n"), {400}, closes},
        {"blank_in_name", get("Host: h\r\nX Y: z\r\n"), {400}, closes},
        {"no_version", "GET /size\r\nHost: h\r\n\r\n", {400}, closes},
        {"http_0_9_words", "GET /size \r\nHost: h\r\n\r\n", {400}, closes},
        {"lower_case_version", "GET /size http/1.1\r\nHost: h\r\n\r\n", {400}, closes},
        {"version_1_2", "GET /size HTTP/1.2\r\nHost: h\r\n\r\n", {505}, closes},
        {"version_2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {505}, closes},
        {"two_blanks", "GET  /size HTTP/1.1\r\nHost: h\r\n\r\n", {400}, closes},
        {"blank_in_target", "GET /si ze HTTP/1.1\r\nHost: h\r\n\r\n", {400}, closes},
        {"blank_after_version", "GET /size HTTP/1.1 \r\nHost: h\r\n\r\n", {400}, closes},
        {"tab_between", "GET\t/size\tHTTP/1.1\r\nHost: h\r\n\r\n", {400}, closes},
        {"blank_first", " GET /size HTTP/1.1\r\nHost: h\r\n\r\n", {400}, closes},
        {"method_not_token", "G(T /size HTTP/1.1\r\nHost: h\r\n\r\n", {400}, closes},
        {"lower_case_method", "get /size HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", {405}, closes},
        {"connect", "CONNECT h:80 HTTP/1.1\r\nHost: h:80\r\n\r\n", {501}, closes},
        {"trace", "TRACE /size HTTP/1.1\r\nHost: h\r\n\r\n", {501}, closes},
        {"tls_hello", "\x16\x03\x01\x02\x01\x01\x01\xFC\x03\x03", {400}, closes},
        {"random_binary", "\x80\x81\x82\x83\r\n\r\n", {400}, closes},
        {"lf_first", "\n" + second(), {400}, closes},
        {"cr_first", "\rGET /size HTTP/1.1\r\nHost: h\r\n\r\n", {400}, closes},
        {"del_in_value", get("Host: h\r\nX: a\x7F\r\n"), {400}, closes},
        {"tab_in_value", get("Host: h\r\nX: a\tb\r\n"), {200}, lives},
        {"blanks_around_value", get("Host: h\r\nX:  \t y \t\r\n"), {200}, lives},
        {"empty_value", get("Host: h\r\nX:\r\n"), {200}, lives},
        {"high_byte_in_name", get("Host: h\r\nX\xC3: b\r\n"), {400}, closes},
        {"slash_in_name", get("Host: h\r\nX/Y: b\r\n"), {400}, closes},
        {"quote_in_name", get("Host: h\r\n\"X\": b\r\n"), {400}, closes},
        {"line_of_a_blank", get("Host: h\r\n \r\n"), {400}, closes},
        {"line_of_a_tab_then_length", post("\t\r\nContent-Length: 5\r\n", "hello"), {400}, closes},
        {"no_method", " /size HTTP/1.1\r\nHost: h\r\n\r\n", {400}, closes},
        {"nul_in_method", "G" + nul() + "T /size HTTP/1.1\r\nHost: h\r\n\r\n", {400}, closes},
        {"unknown_method", "BREW /size HTTP/1.1\r\nHost: h\r\n\r\n" + second(), {405, 200}, lives},
        {"method_endless", std::string(40'000, 'A'), {414}, closes},
        {"version_1_10", "GET /size HTTP/1.10\r\nHost: h\r\n\r\n", {400}, closes},
        {"version_01_1", "GET /size HTTP/01.1\r\nHost: h\r\n\r\n", {400}, closes},
        {"version_1_1x", "GET /size HTTP/1.1x\r\nHost: h\r\n\r\n", {400}, closes},
        {"version_0_9", "GET /size HTTP/0.9\r\nHost: h\r\n\r\n", {505}, closes},
        {"version_3", "GET /size HTTP/3.0\r\nHost: h\r\n\r\n", {505}, closes},
        {"version_of_another_protocol", "GET /size ICAP/1.0\r\nHost: h\r\n\r\n", {400}, closes},
        {"cr_in_request_line", "GET /size\r HTTP/1.1\r\nHost: h\r\n\r\n", {400}, closes},
        {"cr_cr_lf", get("Host: h\r\nX: y\r\r\n"), {400}, closes},
        {"head_ends_lf_lf", "GET /size HTTP/1.1\r\nHost: h\r\n\n", {400}, closes},
        {"http10_keeps", "GET /size HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + second(), {200, 200}, lives},
        {"close", get("Host: h\r\nConnection: close\r\n") + second(), {200}, closes},
        {"close_in_a_list", get("Host: h\r\nConnection: Keep-Alive, X, CLOSE\r\n") + second(), {200}, closes},
        {"close_in_a_second_field", get("Host: h\r\nConnection: keep-alive\r\nConnection: close\r\n") + second(), {200}, closes},
        {"connection_not_tokens", get("Host: h\r\nConnection: keep alive\r\n"), {400}, closes},
        {"connection_hides_length", post("Connection: Content-Length\r\nContent-Length: 5\r\n", "hello") + second(), {200, 200}, lives},
        {"upgrade_is_not_taken", get("Host: h\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n") + second(), {200, 200}, lives},
        {"expect_without_body", get("Host: h\r\nExpect: 100-continue\r\n") + second(), {200, 200}, lives},
    };
}

// Host and target.
inline Table host_and_target() {
    return {
        {"no_host", get(""), {400}, closes},
        {"two_hosts", get("Host: h\r\nHost: h\r\n"), {400}, closes},
        {"two_different_hosts", get("Host: a\r\nhost: b\r\n"), {400}, closes},
        {"empty_host", get("Host:\r\n"), {400}, closes},
        {"host_list", get("Host: a, b\r\n"), {400}, closes},
        {"host_with_user", get("Host: u@h\r\n"), {400}, closes},
        {"host_with_path", get("Host: h/x\r\n"), {400}, closes},
        {"host_bad_port", get("Host: h:8x\r\n"), {400}, closes},
        {"host_port", get("Host: h:8080\r\n"), {200}, lives},
        {"host_v6", get("Host: [::1]:8080\r\n"), {200}, lives},
        {"host_v6_open", get("Host: [::1\r\n"), {400}, closes},
        {"http10_without_host", "GET /size HTTP/1.0\r\n\r\n", {200}, closes},
        {"http10_two_hosts", "GET /size HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n", {400}, closes},
        {"absolute_form", get("Host: h\r\n", "http://h/size"), {200}, lives},
        {"absolute_form_upper", get("Host: h\r\n", "HTTP://H/size?x=1"), {200}, lives},
        {"absolute_form_other_host", get("Host: h\r\n", "http://other/size"), {400}, closes},
        {"absolute_form_user", get("Host: h\r\n", "http://u@h/size"), {400}, closes},
        {"absolute_form_no_path", get("Host: h\r\n", "http://h"), {400}, closes},
        {"other_scheme", get("Host: h\r\n", "ftp://h/size"), {400}, closes},
        {"scheme_alone", get("Host: h\r\n", "http"), {400}, closes},
        {"scheme_and_colon", get("Host: h\r\n", "https:/"), {400}, closes},
        {"scheme_alone_1_0", "GET HTTP HTTP/1.0\r\n\r\n", {400}, closes},
        {"authority_form", get("Host: h\r\n", "h:80"), {400}, closes},
        {"fragment", get("Host: h\r\n", "/size#x"), {400}, closes},
        {"raw_high_byte", get("Host: h\r\n", "/size\x80"), {400}, closes},
        {"control_in_target", get("Host: h\r\n", "/si\x01ze"), {400}, closes},
        {"asterisk_get", get("Host: h\r\n", "*"), {400}, closes},
        {"asterisk_options", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", {204}, lives},
        {"target_too_long", get("Host: h\r\n", "/" + std::string(9000, 'a')), {414}, closes},
        {"target_endless", "GET /" + std::string(40'000, 'a'), {414}, closes},
        {"head_too_large", get("Host: h\r\nX: " + std::string(20'000, 'a') + "\r\n"), {431}, closes},
        {"head_endless", "GET /size HTTP/1.1\r\nX: " + std::string(40'000, 'a'), {431}, closes},
        {"too_many_headers", get("Host: h\r\n" + repeated("X: y\r\n", 120)), {431}, closes},
        {"climbing_path", get("Host: h\r\n", "/x/../size"), {404}, lives},
        {"climbing_encoded", get("Host: h\r\n", "/x/%2e%2e/size"), {404}, lives},
        {"broken_percent", get("Host: h\r\n", "/si%zze"), {404}, lives},
        {"encoded_letter", get("Host: h\r\n", "/si%7ae"), {200}, lives},
        {"host_empty_port", get("Host: h:\r\n"), {400}, closes},
        {"host_port_too_long", get("Host: h:123456\r\n"), {400}, closes},
        {"host_percent", get("Host: h%41\r\n"), {400}, closes},
        {"host_high_byte", get("Host: h\xC4\x91\r\n"), {400}, closes},
        {"host_blank_inside", get("Host: a b\r\n"), {400}, closes},
        {"host_v6_zone", get("Host: [fe80::1%25eth0]\r\n"), {400}, closes},
        {"host_underscore", get("Host: my_host.lan\r\n"), {200}, lives},
        {"host_and_fold", get("Host:\r\n h\r\n"), {400}, closes},
        {"host_before_colon_blank", get("X: y\r\nHost : h\r\n"), {400}, closes},
        {"http10_empty_host", "GET /size HTTP/1.0\r\nHost:\r\n\r\n", {400}, closes},
        {"absolute_form_https", get("Host: h\r\n", "https://h/size"), {200}, lives},
        {"absolute_form_other_port", get("Host: h\r\n", "http://h:81/size"), {400}, closes},
        {"absolute_form_query_only", get("Host: h\r\n", "http://h?x=1"), {400}, closes},
        {"absolute_form_no_authority", get("Host: h\r\n", "http:///size"), {400}, closes},
        {"absolute_form_no_host", get("", "http://h/size"), {400}, closes},
        {"target_without_slash", get("Host: h\r\n", "size"), {400}, closes},
        {"target_query_only", get("Host: h\r\n", "?x=1"), {400}, closes},
        {"nul_in_target", get("Host: h\r\n", "/si" + nul() + "ze"), {400}, closes},
        {"tab_in_target", get("Host: h\r\n", "/si\tze"), {400}, closes},
        {"encoded_nul", get("Host: h\r\n", "/size%00"), {404}, lives},
        {"encoded_slash", get("Host: h\r\n", "/x%2Fsize"), {404}, lives},
        {"double_slash", get("Host: h\r\n", "//size"), {404}, lives},
        {"backslash", get("Host: h\r\n", "/x\\..\\size"), {404}, lives},
        {"semicolon", get("Host: h\r\n", "/size;x=1"), {404}, lives},
        {"broken_percent_in_query", get("Host: h\r\n", "/size?%zz"), {200}, lives},
        {"question_marks", get("Host: h\r\n", "/size??a=b?"), {200}, lives},
        {"headers_at_the_limit", get("Host: h\r\n" + repeated("X: y\r\n", 99)), {200}, lives},
        {"asterisk_options_1_0", "OPTIONS * HTTP/1.0\r\n\r\n", {204}, closes},
    };
}

// Content-Length.
inline Table lengths() {
    return {
        {"length", post("Content-Length: 5\r\n", "hello") + second(), {200, 200}, lives},
        {"length_zero", post("Content-Length: 0\r\n", "") + second(), {200, 200}, lives},
        {"length_short_then_end", post("Content-Length: 9\r\n", "hello"), {}, waits},
        {"length_plus", post("Content-Length: +5\r\n", "hello"), {400}, closes},
        {"length_minus", post("Content-Length: -5\r\n", "hello"), {400}, closes},
        {"length_hex", post("Content-Length: 0x5\r\n", "hello"), {400}, closes},
        {"length_list", post("Content-Length: 5, 5\r\n", "hello"), {400}, closes},
        {"length_comma", post("Content-Length: 5,\r\n", "hello"), {400}, closes},
        {"length_blank_inside", post("Content-Length: 5 5\r\n", "hello"), {400}, closes},
        {"length_empty", post("Content-Length:\r\n", "hello"), {400}, closes},
        {"length_decimal", post("Content-Length: 5.0\r\n", "hello"), {400}, closes},
        {"length_overflow", post("Content-Length: 18446744073709551621\r\n", "hello"), {400}, closes},
        {"length_twice", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), {400}, closes},
        {"length_two_values", post("Content-Length: 5\r\ncontent-length: 6\r\n", "hello"), {400}, closes},
        {"length_above_limit", post("Content-Length: 1001\r\n", std::string(1001, 'x')), {413}, closes},
        {"length_gigantic", post("Content-Length: 10000000000\r\n", "x"), {413}, closes},
        {"length_at_limit", post("Content-Length: 1000\r\n", std::string(1000, 'x')), {200}, lives, "1000"},
        {"get_with_body", "GET /size HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello" + second(), {200, 200}, lives, "0"},
        {"expect_other", post("Content-Length: 5\r\nExpect: 200-ok\r\n", "hello"), {417}, closes},
        {"expect_continue", post("Content-Length: 5\r\nExpect: 100-continue\r\n", "hello"), {200}, lives, "5"},
        {"length_leading_zero", post("Content-Length: 05\r\n", "hello") + second(), {200, 200}, lives},
        {"length_blanks_around", post("Content-Length: \t5 \r\n", "hello") + second(), {200, 200}, lives},
        {"length_blank_before_colon", post("Content-Length : 5\r\n", "hello"), {400}, closes},
        {"length_parameter", post("Content-Length: 5;x\r\n", "hello"), {400}, closes},
        {"length_exponent", post("Content-Length: 5e0\r\n", "hello"), {400}, closes},
        {"length_underscore", post("Content-Length: 1_0\r\n", "hellohello"), {400}, closes},
        {"length_full_width_digit", post("Content-Length: \xEF\xBC\x95\r\n", "hello"), {400}, closes},
        {"length_nul", post("Content-Length: 5" + nul() + "\r\n", "hello"), {400}, closes},
        {"length_quoted", post("Content-Length: \"5\"\r\n", "hello"), {400}, closes},
        {"length_twice_one_empty", post("Content-Length: 5\r\nContent-Length:\r\n", "hello"), {400}, closes},
        {"length_folded", post("Content-Length:\r\n 5\r\n", "hello"), {400}, closes},
        {"length_of_18_nines", post("Content-Length: 999999999999999999\r\n", "x"), {413}, closes},
        {"length_of_19_digits", post("Content-Length: 1000000000000000000\r\n", "x"), {400}, closes},
        {"length_misspelt_is_no_length", post("Content_Length: 5\r\n", "") + second(), {200, 200}, lives},
        {"post_without_length", post("", "") + second(), {200, 200}, lives},
        {"post_without_length_but_bytes", post("", "hello, world\r\n\r\n"), {200, 400}, closes},
        {"length_too_small", post("Content-Length: 3\r\n", "hello\r\n\r\n"), {200, 400}, closes},
        {"length_hides_a_request", post("Content-Length: " + std::to_string(second().size()) + "\r\n", second()) + second(), {200, 200}, lives},
        {"length_zero_and_a_body", post("Content-Length: 0\r\n", "hello, world\r\n\r\n"), {200, 400}, closes},
        {"get_with_body_to_nowhere", "GET /nothing HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello" + second(), {404, 200}, lives},
        {"body_for_the_wrong_method", "DELETE /size HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello" + second(), {405, 200}, lives},
        {"options_with_body", "OPTIONS /size HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello" + second(), {200, 200}, lives},
        {"length_in_1_0", "POST /size HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello", {200}, closes, "5"},
    };
}

// Transfer-Encoding: chunked.
inline Table codings() {
    return {
        {"chunked", chunked("5\r\nhello\r\n0\r\n\r\n") + second(), {200, 200}, lives},
        {"chunked_upper", post("Transfer-Encoding: CHUNKED\r\n", "5\r\nhello\r\n0\r\n\r\n"), {200}, lives, "5"},
        {"chunked_hex_sizes", chunked("A\r\n0123456789\r\n0a\r\n0123456789\r\n0\r\n\r\n"), {200}, lives, "20"},
        {"chunked_and_length", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), {400}, closes},
        {"length_and_chunked", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), {400}, closes},
        {"gzip", post("Transfer-Encoding: gzip\r\n", "0\r\n\r\n"), {400}, closes},
        {"gzip_with_length", post("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", "hello"), {400}, closes},
        {"xchunked", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_identity", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), {400}, closes},
        {"gzip_chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_quoted", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_folded", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_vertical_tab", post("Transfer-Encoding: \x0B" "chunked\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_in_1_0", "POST /size HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}, closes},
        {"coding_empty", post("Transfer-Encoding:\r\n", ""), {400}, closes},
        {"size_missing", chunked("\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"size_minus", chunked("-5\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"size_plus", chunked("+5\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"size_0x", chunked("0x5\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"size_not_hex", chunked("g\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"size_overflow", chunked("10000000000000005\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"size_blank_before", chunked(" 5\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"size_blank_after", chunked("5 \r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"size_bare_lf", chunked("5\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"size_bare_cr", chunked("5\rhello\r\n0\r\n\r\n"), {400}, closes},
        {"data_too_long", chunked("5\r\nhelloo\r\n0\r\n\r\n"), {400}, closes},
        {"data_bare_lf", chunked("5\r\nhello\n0\r\n\r\n"), {400}, closes},
        {"extension", chunked("5;a=b\r\nhello\r\n0\r\n\r\n"), {200}, lives, "5"},
        {"extension_lf_in_quotes", chunked("5;a=\"x\ny\"\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"extension_lf_bare", chunked("5;a\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"extension_long", chunked("5;a=" + std::string(300, 'x') + "\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"extension_huge", chunked("5;a=" + std::string(65'536, 'x') + "\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"extension_endless", chunked("5;a=" + std::string(100'000, 'x')), {400}, closes},
        {"trailer", chunked("5\r\nhello\r\n0\r\nX: y\r\n\r\n") + second(), {400}, closes},
        {"last_chunk_extension", chunked("5\r\nhello\r\n000;a=b\r\n\r\n") + second(), {200, 200}, lives},
        {"trailer_length", chunked("5\r\nhello\r\n0\r\nContent-Length: 50\r\n\r\n") + second(), {400}, closes},
        {"trailer_bare_lf", chunked("5\r\nhello\r\n0\r\nX: y\n\r\n"), {}, waits},
        {"trailer_fold", chunked("5\r\nhello\r\n0\r\nX: y\r\n z\r\n\r\n"), {400}, closes},
        {"trailer_endless", chunked("5\r\nhello\r\n0\r\nX: " + std::string(100'000, 'x')), {400}, closes},
        {"last_chunk_bare_lf", chunked("5\r\nhello\r\n0\r\n\n"), {}, waits},
        {"over_limit", chunked("3e9\r\n" + std::string(1001, 'x') + "\r\n0\r\n\r\n"), {413}, closes},
        {"over_limit_in_pieces", chunked("1f4\r\n" + std::string(500, 'x') + "\r\n1f5\r\n" + std::string(501, 'x') + "\r\n0\r\n\r\n"), {413}, closes},
        {"ends_early", chunked("5\r\nhello\r\n"), {}, waits},
        {"chunked_and_length_zero", post("Content-Length: 0\r\nTransfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"cl_te_smuggle", post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nG"), {400}, closes},
        {"te_cl_smuggle", post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "5c\r\n" + second() + "\r\n0\r\n\r\n"), {400}, closes},
        {"identity", post("Transfer-Encoding: identity\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_parameter", post("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_after_comma", post("Transfer-Encoding: ,chunked\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_before_comma", post("Transfer-Encoding: chunked,\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_blank_before_colon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_blank_first", post(" Transfer-Encoding: chunked\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_blanks_around", post("Transfer-Encoding:\t chunked \r\n", "5\r\nhello\r\n0\r\n\r\n") + second(), {200, 200}, lives},
        {"chunked_folded_behind", post("Transfer-Encoding: chunked\r\n ,identity\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_nul", post("Transfer-Encoding: chunked" + nul() + "\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_bare_cr", post("X: y\rTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_bare_lf", post("X: y\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), {400}, closes},
        {"chunked_misspelt_is_no_body", post("Transfer_Encoding: chunked\r\n", "") + second(), {200, 200}, lives},
        {"chunked_empty", chunked("0\r\n\r\n") + second(), {200, 200}, lives},
        {"chunked_get", "GET /size HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + second(), {200, 200}, lives},
        {"chunked_hides_a_request", chunked(in_hex(second().size()) + "\r\n" + second() + "\r\n0\r\n\r\n") + second(), {200, 200}, lives},
        {"size_leading_zeros", chunked("0005\r\nhello\r\n0\r\n\r\n"), {200}, lives, "5"},
        {"size_underscore", chunked("1_0\r\n0123456789abcdef\r\n0\r\n\r\n"), {400}, closes},
        {"size_largest", chunked("ffffffffffffffff\r\nhello\r\n0\r\n\r\n"), {413}, closes},
        {"size_nul", chunked("5" + nul() + "\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"size_comma", chunked("5,5\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"data_without_its_line_end", chunked("5\r\nhello0\r\n\r\n"), {400}, closes},
        {"data_bare_cr", chunked("5\r\nhello\r0\r\n\r\n"), {400}, closes},
        {"extension_quoted", chunked("5;a=\"b c\"\r\nhello\r\n0\r\n\r\n"), {200}, lives, "5"},
        {"extension_nul", chunked("5;a" + nul() + "\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"extension_cr", chunked("5;a=\rb\r\nhello\r\n0\r\n\r\n"), {400}, closes},
        {"extension_blank_before", chunked("5 ;a=b\r\nhello\r\n0\r\n\r\n"), {200}, lives, "5"},
        {"rubbish_behind_the_last_chunk", chunked("0\r\n\r\nrubbish\r\n\r\n"), {200, 400}, closes},
        {"chunked_to_nowhere", "POST /nothing HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" + second(), {404, 200}, lives},
        {"te_and_trailer_fields", post("TE: trailers\r\nTrailer: X\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n") + second(), {200, 200}, lives},
    };
}

}  // namespace framing

inline std::vector<FramingCase> framing_cases() {
    auto out = framing::lines();
    for (auto const& more : {framing::host_and_target(), framing::lengths(), framing::codings()}) out.insert(out.end(), more.begin(), more.end());
    return out;
}

}  // namespace choso::http
