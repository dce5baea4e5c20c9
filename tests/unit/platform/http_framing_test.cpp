#include <algorithm>
#include <ostream>
#include <random>

#include "http_fixture.hpp"
#include "platform/http/gate.hpp"

namespace choso::http {
namespace {

/// Bytes on the wire, and the statuses answered before the server closed. The handler echoes the body's size.
struct Row {
    std::string name;
    std::string bytes;
    std::vector<int> statuses;
    std::string last_body = "";
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

std::string get(std::string const& headers, std::string const& target = "/size") {
    return "GET " + target + " HTTP/1.1\r\n" + headers + "\r\n";
}
std::string post(std::string const& headers, std::string const& body) {
    return "POST /size HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n" + body;
}
std::string chunked(std::string const& body) { return post("Transfer-Encoding: chunked\r\n", body); }

class Framing : public HttpServer, public testing::WithParamInterface<Row> {
 protected:
    Framing() {
        options.body_bytes_max = 1000;
        auto const size = [](Request const& request, Responder respond) {
            respond(text(std::to_string(request.body.size())));
        };
        router.add(Method::get, "/size", "size", size);
        router.add(Method::post, "/size", "size", size);
        router.add(Method::options, "/size", "size", size);
        start();
    }
};

TEST_P(Framing, is_read_one_way_only) {
    auto const answers = exchange(GetParam().bytes);
    auto statuses = std::vector<int>{};
    for (auto const& answer : answers) statuses.push_back(answer.status);
    EXPECT_EQ(statuses, GetParam().statuses);
    if (!GetParam().last_body.empty() && !answers.empty()) {
        EXPECT_EQ(answers.back().body, GetParam().last_body);
    }
}

auto const second = get("Host: h\r\n");
auto const nul = std::string{"\0", 1};

INSTANTIATE_TEST_SUITE_P(
    Lines, Framing,
    testing::Values(
        Row{"plain", get("Host: h\r\n"), {200}, "0"}, Row{"two_in_a_row", second + second, {200, 200}},
        Row{"empty_line_before", "\r\n" + second, {200}}, Row{"two_empty_lines_before", "\r\n\r\n" + second, {400}},
        Row{"bare_lf_everywhere", "GET /size HTTP/1.1\nHost: h\n\n", {400}},
        Row{"bare_lf_in_headers", "GET /size HTTP/1.1\r\nHost: h\nX: y\r\n\r\n" + second, {400}},
        Row{"bare_cr_in_value", get("Host: h\r\nX: a\rb\r\n") + second, {400}},
        Row{"bare_cr_ends_line", "GET /size HTTP/1.1\rHost: h\r\n\r\n", {400}},
        Row{"nul_in_value", get("Host: h\r\nX: a" + nul + "b\r\n"), {400}},
        Row{"nul_in_name", get("Host: h\r\nX" + nul + ": b\r\n"), {400}},
        Row{"control_in_value", get("Host: h\r\nX: a\x01\r\n"), {400}},
        Row{"utf8_in_value", get("Host: h\r\nX: \xC4\x91\r\n"), {200}},
        Row{"obs_fold", get("Host: h\r\nX: a\r\n b\r\n") + second, {400}},
        Row{"obs_fold_tab", get("Host: h\r\nX: a\r\n\tb\r\n"), {400}},
        Row{"fold_on_first_header", get(" Host: h\r\n"), {400}}, Row{"blank_before_colon", get("Host : h\r\n"), {400}},
        Row{"no_colon", get("Host: h\r\nnonsense\r\n"), {400}}, Row{"empty_name", get("Host: h\r\n: x\r\n"), {400}},
        Row{"blank_in_name", get("Host: h\r\nX Y: z\r\n"), {400}},
        Row{"no_version", "GET /size\r\nHost: h\r\n\r\n", {400}},
        Row{"http_0_9_words", "GET /size \r\nHost: h\r\n\r\n", {400}},
        Row{"lower_case_version", "GET /size http/1.1\r\nHost: h\r\n\r\n", {400}},
        Row{"version_1_2", "GET /size HTTP/1.2\r\nHost: h\r\n\r\n", {505}},
        Row{"version_2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {505}},
        Row{"two_blanks", "GET  /size HTTP/1.1\r\nHost: h\r\n\r\n", {400}},
        Row{"blank_in_target", "GET /si ze HTTP/1.1\r\nHost: h\r\n\r\n", {400}},
        Row{"blank_after_version", "GET /size HTTP/1.1 \r\nHost: h\r\n\r\n", {400}},
        Row{"tab_between", "GET\t/size\tHTTP/1.1\r\nHost: h\r\n\r\n", {400}},
        Row{"blank_first", " GET /size HTTP/1.1\r\nHost: h\r\n\r\n", {400}},
        Row{"method_not_token", "G(T /size HTTP/1.1\r\nHost: h\r\n\r\n", {400}},
        Row{"lower_case_method", "get /size HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", {405}},
        Row{"connect", "CONNECT h:80 HTTP/1.1\r\nHost: h:80\r\n\r\n", {501}},
        Row{"trace", "TRACE /size HTTP/1.1\r\nHost: h\r\n\r\n", {501}},
        Row{"tls_hello", "\x16\x03\x01\x02\x01\x01\x01\xFC\x03\x03", {400}},
        Row{"random_binary", "\x80\x81\x82\x83\r\n\r\n", {400}}),
    [](auto const& param) { return param.param.name; });

INSTANTIATE_TEST_SUITE_P(
    HostAndTarget, Framing,
    testing::Values(
        Row{"no_host", get(""), {400}}, Row{"two_hosts", get("Host: h\r\nHost: h\r\n"), {400}},
        Row{"two_different_hosts", get("Host: a\r\nhost: b\r\n"), {400}}, Row{"empty_host", get("Host:\r\n"), {400}},
        Row{"host_list", get("Host: a, b\r\n"), {400}}, Row{"host_with_user", get("Host: u@h\r\n"), {400}},
        Row{"host_with_path", get("Host: h/x\r\n"), {400}}, Row{"host_bad_port", get("Host: h:8x\r\n"), {400}},
        Row{"host_port", get("Host: h:8080\r\n"), {200}}, Row{"host_v6", get("Host: [::1]:8080\r\n"), {200}},
        Row{"host_v6_open", get("Host: [::1\r\n"), {400}},
        Row{"http10_without_host", "GET /size HTTP/1.0\r\n\r\n", {200}},
        Row{"http10_two_hosts", "GET /size HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n", {400}},
        Row{"absolute_form", get("Host: h\r\n", "http://h/size"), {200}},
        Row{"absolute_form_upper", get("Host: h\r\n", "HTTP://H/size?x=1"), {200}},
        Row{"absolute_form_other_host", get("Host: h\r\n", "http://other/size"), {400}},
        Row{"absolute_form_user", get("Host: h\r\n", "http://u@h/size"), {400}},
        Row{"absolute_form_no_path", get("Host: h\r\n", "http://h"), {400}},
        Row{"other_scheme", get("Host: h\r\n", "ftp://h/size"), {400}},
        Row{"authority_form", get("Host: h\r\n", "h:80"), {400}}, Row{"fragment", get("Host: h\r\n", "/size#x"), {400}},
        Row{"raw_high_byte", get("Host: h\r\n", "/size\x80"), {400}},
        Row{"control_in_target", get("Host: h\r\n", "/si\x01ze"), {400}},
        Row{"asterisk_get", get("Host: h\r\n", "*"), {400}},
        Row{"asterisk_options", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", {204}},
        Row{"target_too_long", get("Host: h\r\n", "/" + std::string(9000, 'a')), {414}},
        Row{"target_endless", "GET /" + std::string(40'000, 'a'), {414}},
        Row{"head_too_large", get("Host: h\r\nX: " + std::string(20'000, 'a') + "\r\n"), {431}},
        Row{"head_endless", "GET /size HTTP/1.1\r\nX: " + std::string(40'000, 'a'), {431}},
        Row{"too_many_headers",
            get("Host: h\r\n" +
                [] {
                    auto many = std::string{};
                    for (auto i = 0; i < 120; ++i) many += "X: y\r\n";
                    return many;
                }()),
            {431}},
        Row{"climbing_path", get("Host: h\r\n", "/x/../size"), {404}},
        Row{"climbing_encoded", get("Host: h\r\n", "/x/%2e%2e/size"), {404}},
        Row{"broken_percent", get("Host: h\r\n", "/si%zze"), {404}},
        Row{"encoded_letter", get("Host: h\r\n", "/si%7ae"), {200}}),
    [](auto const& param) { return param.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Length, Framing,
    testing::Values(Row{"length", post("Content-Length: 5\r\n", "hello") + second, {200, 200}},
                    Row{"length_zero", post("Content-Length: 0\r\n", "") + second, {200, 200}},
                    Row{"length_short_then_end", post("Content-Length: 9\r\n", "hello"), {}},
                    Row{"length_plus", post("Content-Length: +5\r\n", "hello"), {400}},
                    Row{"length_minus", post("Content-Length: -5\r\n", "hello"), {400}},
                    Row{"length_hex", post("Content-Length: 0x5\r\n", "hello"), {400}},
                    Row{"length_list", post("Content-Length: 5, 5\r\n", "hello"), {400}},
                    Row{"length_comma", post("Content-Length: 5,\r\n", "hello"), {400}},
                    Row{"length_blank_inside", post("Content-Length: 5 5\r\n", "hello"), {400}},
                    Row{"length_empty", post("Content-Length:\r\n", "hello"), {400}},
                    Row{"length_decimal", post("Content-Length: 5.0\r\n", "hello"), {400}},
                    Row{"length_overflow", post("Content-Length: 18446744073709551621\r\n", "hello"), {400}},
                    Row{"length_twice", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), {400}},
                    Row{"length_two_values", post("Content-Length: 5\r\ncontent-length: 6\r\n", "hello"), {400}},
                    Row{"length_above_limit", post("Content-Length: 1001\r\n", std::string(1001, 'x')), {413}},
                    Row{"length_gigantic", post("Content-Length: 10000000000\r\n", "x"), {413}},
                    Row{"length_at_limit", post("Content-Length: 1000\r\n", std::string(1000, 'x')), {200}, "1000"},
                    Row{"get_with_body",
                        "GET /size HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello" + second,
                        {200, 200},
                        "0"},
                    Row{"expect_other", post("Content-Length: 5\r\nExpect: 200-ok\r\n", "hello"), {417}},
                    Row{"expect_continue", post("Content-Length: 5\r\nExpect: 100-continue\r\n", "hello"), {200}, "5"}),
    [](auto const& param) { return param.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Coding, Framing,
    testing::Values(
        Row{"chunked", chunked("5\r\nhello\r\n0\r\n\r\n") + second, {200, 200}},
        Row{"chunked_upper", post("Transfer-Encoding: CHUNKED\r\n", "5\r\nhello\r\n0\r\n\r\n"), {200}, "5"},
        Row{"chunked_hex_sizes", chunked("A\r\n0123456789\r\n0a\r\n0123456789\r\n0\r\n\r\n"), {200}, "20"},
        Row{"chunked_and_length", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), {400}},
        Row{"length_and_chunked", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), {400}},
        Row{"gzip", post("Transfer-Encoding: gzip\r\n", "0\r\n\r\n"), {400}},
        Row{"gzip_with_length", post("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", "hello"), {400}},
        Row{"xchunked", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), {400}},
        Row{"chunked_identity", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), {400}},
        Row{"gzip_chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), {400}},
        Row{"chunked_twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), {400}},
        Row{"chunked_quoted", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), {400}},
        Row{"chunked_folded", post("Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"), {400}},
        Row{"chunked_vertical_tab",
            post("Transfer-Encoding: \x0B"
                 "chunked\r\n",
                 "0\r\n\r\n"),
            {400}},
        Row{"chunked_in_1_0", "POST /size HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}},
        Row{"coding_empty", post("Transfer-Encoding:\r\n", ""), {400}},
        Row{"size_missing", chunked("\r\nhello\r\n0\r\n\r\n"), {400}},
        Row{"size_minus", chunked("-5\r\nhello\r\n0\r\n\r\n"), {400}},
        Row{"size_plus", chunked("+5\r\nhello\r\n0\r\n\r\n"), {400}},
        Row{"size_0x", chunked("0x5\r\nhello\r\n0\r\n\r\n"), {400}},
        Row{"size_not_hex", chunked("g\r\nhello\r\n0\r\n\r\n"), {400}},
        Row{"size_overflow", chunked("10000000000000005\r\nhello\r\n0\r\n\r\n"), {400}},
        Row{"size_blank_before", chunked(" 5\r\nhello\r\n0\r\n\r\n"), {400}},
        Row{"size_blank_after", chunked("5 \r\nhello\r\n0\r\n\r\n"), {400}},
        Row{"size_bare_lf", chunked("5\nhello\r\n0\r\n\r\n"), {400}},
        Row{"size_bare_cr", chunked("5\rhello\r\n0\r\n\r\n"), {400}},
        Row{"data_too_long", chunked("5\r\nhelloo\r\n0\r\n\r\n"), {400}},
        Row{"data_bare_lf", chunked("5\r\nhello\n0\r\n\r\n"), {400}},
        Row{"extension", chunked("5;a=b\r\nhello\r\n0\r\n\r\n"), {200}, "5"},
        Row{"extension_lf_in_quotes", chunked("5;a=\"x\ny\"\r\nhello\r\n0\r\n\r\n"), {400}},
        Row{"extension_lf_bare", chunked("5;a\nhello\r\n0\r\n\r\n"), {400}},
        Row{"extension_long", chunked("5;a=" + std::string(300, 'x') + "\r\nhello\r\n0\r\n\r\n"), {400}},
        Row{"extension_huge", chunked("5;a=" + std::string(65'536, 'x') + "\r\nhello\r\n0\r\n\r\n"), {400}},
        Row{"extension_endless", chunked("5;a=" + std::string(100'000, 'x')), {400}},
        Row{"trailer", chunked("5\r\nhello\r\n0\r\nX: y\r\n\r\n") + second, {400}},
        Row{"last_chunk_extension", chunked("5\r\nhello\r\n000;a=b\r\n\r\n") + second, {200, 200}},
        Row{"trailer_length", chunked("5\r\nhello\r\n0\r\nContent-Length: 50\r\n\r\n") + second, {400}},
        Row{"trailer_bare_lf", chunked("5\r\nhello\r\n0\r\nX: y\n\r\n"), {}},
        Row{"trailer_fold", chunked("5\r\nhello\r\n0\r\nX: y\r\n z\r\n\r\n"), {400}},
        Row{"trailer_endless", chunked("5\r\nhello\r\n0\r\nX: " + std::string(100'000, 'x')), {400}},
        Row{"last_chunk_bare_lf", chunked("5\r\nhello\r\n0\r\n\n"), {}},
        Row{"over_limit", chunked("3e9\r\n" + std::string(1001, 'x') + "\r\n0\r\n\r\n"), {413}},
        Row{"over_limit_in_pieces",
            chunked("1f4\r\n" + std::string(500, 'x') + "\r\n1f5\r\n" + std::string(501, 'x') + "\r\n0\r\n\r\n"),
            {413}},
        Row{"ends_early", chunked("5\r\nhello\r\n"), {}}),
    [](auto const& param) { return param.param.name; });

class Gate : public testing::Test {};

TEST_F(Gate, finds_the_same_head_however_it_is_cut) {
    auto const bytes = post("Content-Length: 5\r\nX: y\r\n", "hello");
    auto const whole = gate::Finder{}.look(bytes);
    ASSERT_TRUE(whole.ok());
    EXPECT_EQ(*whole, bytes.size() - 5);
    for (auto cut = std::size_t{1}; cut < bytes.size(); ++cut) {
        auto finder = gate::Finder{};
        auto first = finder.look(std::string_view{bytes}.substr(0, cut));
        ASSERT_TRUE(first.ok()) << cut;
        auto const found = *first > 0 ? first : finder.look(bytes);
        ASSERT_TRUE(found.ok()) << cut;
        EXPECT_EQ(*found, *whole) << cut;
    }
}

TEST_F(Gate, never_lets_a_damaged_head_frame_a_body_two_ways) {
    auto const seed = std::random_device{}();
    auto random = std::mt19937{seed};
    auto const original = post("Content-Length: 5\r\nConnection: keep-alive\r\nX-A: b\r\n", "");
    for (auto trial = 0; trial < 100'000; ++trial) {
        auto bytes = original;
        for (auto edits = 1 + random() % 3; edits > 0; --edits) {
            auto const at = random() % bytes.size();
            auto const with =
                static_cast<char>(random() % 4 == 0 ? "\r\n\t :,"[random() % 6] : static_cast<char>(random() % 256));
            if (random() % 2 == 0) {
                bytes[at] = with;
            } else {
                bytes.insert(at, 1, with);
            }
        }
        auto const read = gate::read(bytes);
        if (!read.ok()) continue;
        auto lengths = 0;
        for (auto const& [name, value] : read->fields) lengths += equals_ignoring_case(name, "Content-Length") ? 1 : 0;
        ASSERT_LE(lengths, 1) << "seed " << seed << ": " << bytes;
        ASSERT_EQ(read->framing == gate::Framing::length, lengths == 1 && read->content_length > 0)
            << "seed " << seed << ": " << bytes;
        ASSERT_EQ(bytes.find("\n\r\n"), bytes.size() - 3) << "seed " << seed << ": " << bytes;
    }
}

}  // namespace
}  // namespace choso::http
