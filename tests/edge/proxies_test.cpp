// The framing table's bytes straight, through nginx and through HAProxy. What must hold for each: a proxy and we agree on
// where one request ends and the next begins, so that nobody can hide a request from the proxy (request smuggling).
#include <algorithm>
#include <atomic>
#include <fstream>
#include <set>

#include "gateway.hpp"
#include "tests/unit/platform/framing_cases.hpp"
#include "tests/unit/platform/http_fixture.hpp"

namespace choso::http {
namespace {

using edge_tests::program;

/// What went over one connection to a proxy (or to us): how many requests our handlers saw, and how many of our answers
/// came back.
struct Passed {
    int seen = 0;
    int answered = 0;
    bool next_is_whole = false;  ///< a request of somebody else's, sent right after, was answered as if nothing had been
};

class Proxies : public HttpServer {
 protected:
    Proxies() {
        options.body_bytes_max = 1000;
        auto const size = [this](Request const& request, Responder respond) {
            ++seen;
            auto answer = text(std::to_string(request.body.size()));
            answer.with("X-Ours", "1");
            respond(std::move(answer));
        };
        for (auto const method : {Method::get, Method::post, Method::options}) router.add(method, "/size", "size", size);
        start();
    }

    /// All answers that bear our handler's mark, until the other side closes.
    static int ours(std::uint16_t port, std::string_view bytes) {
        auto out = 0;
        try {
            auto connection = Wire{"127.0.0.1", port, patience};
            auto in = std::string{};
            try {
                connection.send(bytes);
            } catch (ClientError const&) {
            }
            connection.finish_sending();
            while (auto const answer = read_response(connection, in)) out += answer->header("X-Ours") ? 1 : 0;
        } catch (ClientError const&) {
        }
        return out;
    }

    Passed pass(std::uint16_t port, std::string const& bytes) {
        auto out = Passed{};
        auto const before = seen.load();
        out.answered = ours(port, bytes);
        auto const between = seen.load();
        out.next_is_whole = ours(port, "POST /size HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 4\r\n\r\nnext") == 1;
        auto const after = seen.load();
        out.seen = between - before;
        // A request that hid behind another would come out here.
        out.next_is_whole = out.next_is_whole && after - between == 1;
        return out;
    }

    void start_proxy(std::vector<std::string> const& command, std::uint16_t port) {
        proxy.emplace(support::Launch{.arguments = command, .environment = {}, .output = folder.path() / "proxy.log", .input = {}});
        ASSERT_TRUE(support::eventually(patience, [&] { return !proxy->running() || ours(port, framing::second()) == 1; }));
        ASSERT_TRUE(proxy->running()) << proxy->output();
    }

    std::string nginx_settings(std::uint16_t port) const {
        auto const at = folder.path().string();
        auto out = "daemon off;\nmaster_process off;\npid " + at + "/nginx.pid;\nerror_log " + at + "/error.log;\nevents { worker_connections 256; }\nhttp {\n  access_log off;\n";
        for (auto const* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) out += "  " + std::string{kind} + "_temp_path " + at + "/" + kind + ";\n";
        out += "  upstream us { server 127.0.0.1:" + std::to_string(server->port()) + "; keepalive 4; }\n  server {\n    listen 127.0.0.1:" + std::to_string(port) + ";\n";
        out += "    location / {\n      proxy_pass http://us;\n      proxy_http_version 1.1;\n      proxy_set_header Connection \"\";\n      proxy_set_header Host $http_host;\n";
        out += "      proxy_request_buffering off;\n      proxy_ignore_client_abort on;\n      proxy_next_upstream off;\n    }\n  }\n}\n";
        return out;
    }
    std::string haproxy_settings(std::uint16_t port) const {
        return "global\n  maxconn 256\ndefaults\n  mode http\n  timeout connect 5s\n  timeout client 10s\n  timeout server 10s\n  retries 0\n  http-reuse always\n"
               "frontend street\n  bind 127.0.0.1:" + std::to_string(port) + "\n  default_backend us\nbackend us\n  server us 127.0.0.1:" + std::to_string(server->port()) + "\n";
    }
    std::string write(std::string const& name, std::string const& text) const {
        auto const file = (folder.path() / name).string();
        std::ofstream{file} << text;
        return file;
    }

    std::atomic<int> seen{0};
    support::TemporaryFolder folder{};
    std::optional<support::Process> proxy{};
};

/// Where another number of requests reaches us through a proxy than we take of the same bytes ourselves, and why that is
/// no harm: what was sent on was seen and answered once, and nothing hid behind it (the other two expectations).
struct Difference {
    std::string_view why;
    int least, most;
    std::set<std::string> rows;
};
struct Adjudicated {
    std::vector<Difference> differences;
    bool may_stop = false;  ///< after a client that has finished sending it may leave the rest of its requests alone
};

constexpr std::string_view mends = "the proxy is laxer: it reads it in its own way and sends on a request of its own making, which is clean";
constexpr std::string_view refuses = "the proxy refuses what we would take, or sends it on without the Host it lacked";
constexpr std::string_view stops = "the proxy takes no further request of a client of HTTP/1.0";

Adjudicated const behind_nginx{{
    {mends, 1, 1, {"two_empty_lines_before", "bare_lf_everywhere", "no_colon", "version_1_2", "two_blanks", "blank_after_version", "lf_first",
        "cr_first", "high_byte_in_name", "slash_in_name", "quote_in_name", "version_1_10", "cr_cr_lf", "head_ends_lf_lf", "connection_not_tokens",
        "absolute_form_other_host", "other_scheme", "absolute_form_other_port", "expect_other", "size_blank_after", "size_bare_lf", "data_bare_lf",
        "extension_lf_bare", "extension_long", "extension_huge", "trailer_bare_lf", "trailer_fold", "last_chunk_bare_lf", "chunked_bare_lf",
        "extension_nul"}},
    {mends, 2, 2, {"bare_lf_in_headers", "trailer", "trailer_length"}},
    {refuses, 0, 0, {"http10_without_host", "length_blanks_around", "length_in_1_0", "chunked_blanks_around"}},
    {stops, 1, 2, {"http10_keeps"}},
}};
Adjudicated const behind_haproxy{{
    {mends, 1, 1, {"two_empty_lines_before", "bare_lf_everywhere", "obs_fold_tab", "version_1_2", "two_blanks", "tab_between", "lf_first",
        "line_of_a_blank", "line_of_a_tab_then_length", "version_3", "head_ends_lf_lf", "two_hosts", "http10_two_hosts", "host_and_fold",
        "length_list", "length_twice", "length_folded", "chunked_and_length", "length_and_chunked", "chunked_folded", "size_blank_after",
        "size_bare_lf", "data_bare_lf", "extension_lf_bare", "extension_long", "last_chunk_bare_lf", "chunked_and_length_zero", "cl_te_smuggle",
        "chunked_bare_lf", "extension_nul"}},
    {mends, 1, 2, {"bare_lf_in_headers", "obs_fold"}},
    {mends, 0, 2, {"trailer", "trailer_length"}},
}, true};

int straight(FramingCase const& row) { return static_cast<int>(std::count(row.statuses.begin(), row.statuses.end(), 200)); }

/// How many may reach us: the least and the most.
std::pair<int, int> expected(FramingCase const& row, Adjudicated const& adjudicated) {
    for (auto const& difference : adjudicated.differences)
        if (difference.rows.contains(row.name)) return {difference.least, difference.most};
    auto const several = row.statuses.size() > 1;
    return {adjudicated.may_stop && several ? 0 : straight(row), straight(row)};
}

void judge(FramingCase const& row, Passed const& passed, Adjudicated const& adjudicated) {
    auto const [least, most] = expected(row, adjudicated);
    EXPECT_GE(passed.seen, least) << row.name;
    EXPECT_LE(passed.seen, most) << row.name;
    EXPECT_EQ(passed.seen, passed.answered) << row.name;
    EXPECT_TRUE(passed.next_is_whole) << row.name;
}

TEST_F(Proxies, none_between_the_same_number_of_requests_is_seen_as_answered) {
    for (auto const& row : framing_cases()) judge(row, pass(server->port(), row.bytes), {});
}

TEST_F(Proxies, nginx_in_front_and_no_request_is_hidden_from_it) {
    auto const nginx = program("nginx");
    if (nginx.empty()) GTEST_SKIP() << "nginx is not installed";
    auto const port = support::free_port();
    start_proxy({nginx, "-p", folder.path().string(), "-c", write("nginx.conf", nginx_settings(port))}, port);
    for (auto const& row : framing_cases()) judge(row, pass(port, row.bytes), behind_nginx);
}

TEST_F(Proxies, haproxy_in_front_and_no_request_is_hidden_from_it) {
    auto const haproxy = program("haproxy");
    if (haproxy.empty()) GTEST_SKIP() << "haproxy is not installed";
    auto const port = support::free_port();
    start_proxy({haproxy, "-db", "-f", write("haproxy.cfg", haproxy_settings(port))}, port);
    for (auto const& row : framing_cases()) judge(row, pass(port, row.bytes), behind_haproxy);
}

}  // namespace
}  // namespace choso::http
