#include "gateway.hpp"
#include "platform/json/json.hpp"

namespace choso::edge_tests {
namespace {

std::string text(http::Response const& response, std::string_view member) {
    auto const parsed = json::parse(response.body);
    if (!parsed) return "no JSON: " + response.body;
    auto const* value = parsed->find(member);
    return value != nullptr && value->as_string() ? std::string{*value->as_string()} : "";
}

TEST(EdgeLimits, hold_for_the_address_that_our_proxy_tells_and_say_when_to_come_again) {
    auto const gateway = Gateway{{{"CHOSO_HTTP__PROXIES", "127.0.0.0/8"}, {"CHOSO_LIMITS__ADDRESS", "5/hour"}}};
    auto const get = [&](char const* from, char const* language = "vi") {
        return gateway.get("/api/v1/merchants", {{"X-Forwarded-For", from}, {"Accept-Language", language}});
    };
    for (auto i = 0; i < 5; ++i) EXPECT_EQ(get("203.0.113.9").status, 401);
    auto const refused = get("203.0.113.9");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.content_type, "application/problem+json");
    EXPECT_EQ(text(refused, "code"), "too_many_requests");
    EXPECT_EQ(text(refused, "money_moved"), "no");
    EXPECT_EQ(text(refused, "request_id"), refused.header("X-Request-Id").value_or(""));
    EXPECT_GT(std::stoi(std::string{refused.header("Retry-After").value_or("0")}), 600);
    EXPECT_EQ(text(get("203.0.113.9", "en"), "title"), "Too many requests: try again after the time told");
    EXPECT_EQ(get("203.0.113.10").status, 401) << "another address is another bucket";
    EXPECT_EQ(get("1.2.3.4, 203.0.113.9").status, 429) << "what the client wrote itself is not believed";
    for (auto i = 0; i < 20; ++i) EXPECT_EQ(gateway.get("/api/v1/merchants").status, 401) << "this machine is not limited";
}

TEST(EdgeLimits, hold_for_this_machine_where_guessing_is_guarded) {
    auto const gateway = Gateway{{{"CHOSO_LIMITS__GUARDED", "sepay_token=3/hour"}}};
    auto const guess = [&] { return http::Client{"127.0.0.1", gateway.port(), patience}.post("/feeds/sepay/token", "grant_type=client_credentials").status; };
    for (auto i = 0; i < 3; ++i) EXPECT_NE(guess(), 429);
    EXPECT_EQ(guess(), 429);
}

TEST(EdgeLimits, hold_for_signing_in_without_being_asked_to) {
    auto const gateway = Gateway{};
    for (auto const* path : {"/api/v1/sessions", "/dang-nhap", "/tai-khoan/mat-khau"}) {
        auto const guess = [&] { return http::Client{"127.0.0.1", gateway.port(), patience}.post(path, "").status == 429; };
        auto told = false;
        for (auto i = 0; i < 500 && !told; ++i) told = guess();
        EXPECT_TRUE(told) << path;
    }
}

TEST(EdgeHeaders, say_that_tls_is_to_stay_also_where_it_ends_in_front_of_us) {
    auto const behind = Gateway{{{"CHOSO_HTTP__BASE_URL", "https://choso.example"}}};
    EXPECT_EQ(behind.get("/dang-nhap").header("Strict-Transport-Security").value_or(""), "max-age=31536000");
    auto const plain = Gateway{};
    EXPECT_FALSE(plain.get("/dang-nhap").header("Strict-Transport-Security"));
}

TEST(EdgeLimits, for_a_route_that_does_not_exist_are_refused_at_the_start) {
    EXPECT_THROW((Gateway{{{"CHOSO_LIMITS__GUARDED", "sing_in=3/hour"}}}), std::runtime_error);
}

struct Unread {
    char const* name;
    std::string bytes;
    char const* code;
};

TEST(EdgeErrors, that_end_a_connection_are_problem_documents_in_both_languages) {
    auto const gateway = Gateway{};
    auto const rows = std::vector<Unread>{
        {"bad_request", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "bad_request"},
        {"target_too_long", "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", "target_too_long"},
        {"head_too_large", "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n", "head_too_large"},
        {"version", "GET / HTTP/2.0\r\nHost: h\r\n\r\n", "version_not_supported"},
    };
    for (auto const& row : rows) {
        auto connection = http::Wire{"127.0.0.1", gateway.port(), patience};
        auto in = std::string{};
        connection.send(row.bytes);
        auto const answer = http::read_response(connection, in);
        ASSERT_TRUE(answer) << row.name;
        EXPECT_EQ(answer->content_type, "application/problem+json") << row.name;
        EXPECT_EQ(text(*answer, "code"), row.code);
        EXPECT_EQ(text(*answer, "request_id").size(), 16U) << row.name;
        EXPECT_NE(text(*answer, "detail").find(" / "), std::string::npos) << answer->body;
        EXPECT_EQ(answer->header("Connection"), "close") << row.name;
    }
}

TEST(EdgeErrors, are_pages_for_people_and_documents_for_programs) {
    auto const gateway = Gateway{{{"CHOSO_LIMITS__LOOPBACK", "true"}, {"CHOSO_LIMITS__ROUTES", "asset=1/hour"}}};
    auto const browser = std::vector<http::Header>{{"Accept", "text/html,application/xhtml+xml"}, {"X-Request-Id", "abc-1"}};
    EXPECT_EQ(gateway.get("/assets/choso.css", browser).status, 200);
    auto const page = gateway.get("/assets/choso.css", browser);
    EXPECT_EQ(page.status, 429);
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    EXPECT_GT(std::stoi(std::string{page.header("Retry-After").value_or("0")}), 600);
    for (auto const* part : {"lang=\"vi\"", "Quá nhiều yêu cầu", "Too many requests", "abc-1"}) EXPECT_NE(page.body.find(part), std::string::npos) << part;
    EXPECT_EQ(gateway.get("/assets/choso.css").content_type, "application/problem+json");
    EXPECT_EQ(gateway.get("/nowhere", browser).content_type, "text/html; charset=utf-8");
    EXPECT_EQ(gateway.get("/api/v1/nowhere", browser).content_type, "application/problem+json");
}

}  // namespace
}  // namespace choso::edge_tests
