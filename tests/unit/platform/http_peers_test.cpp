#include <sys/resource.h>

#include <chrono>
#include <thread>

#include "http_fixture.hpp"

namespace choso::http {
namespace {

using namespace std::chrono_literals;

class Peers : public HttpServer {
 protected:
    Peers() {
        options.linger_timeout = 50ms;
        router.add(Method::get, "/who", "who", [](Request const& request, Responder respond) { respond(text(request.remote)); });
        router.add(Method::post, "/echo", "echo", [](Request const& request, Responder respond) { respond(text(request.body)); });
        router.add(Method::get, "/large", "large", [](Request const&, Responder respond) { respond(text(std::string(20'000'000, 'y'))); });
    }
    /// Sends the body's bytes one by one, `pause` between them, until answered or cut.
    std::optional<Response> trickle(std::string const& head, std::size_t bytes, std::chrono::milliseconds pause) {
        auto connection = wire();
        auto in = std::string{};
        connection.send(head);
        try {
            for (auto i = std::size_t{0}; i < bytes; ++i) {
                connection.send("x");
                std::this_thread::sleep_for(pause);
            }
        } catch (ClientError const&) {
        }
        return read_response(connection, in);
    }
};

TEST_F(Peers, who_trickle_a_body_are_told_before_its_whole_time_is_over) {
    options.body_timeout = 20s;
    options.slow_grace = 50ms;
    options.bytes_per_second_min = 100'000;
    start();
    auto const answer = trickle("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n", 200, 1ms);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 408);
}

TEST_F(Peers, who_send_at_the_least_rate_may_take_longer_than_the_grace) {
    options.slow_grace = 50ms;
    options.bytes_per_second_min = 1;
    start();
    auto const answer = trickle("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n", 100, 2ms);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
}

TEST_F(Peers, who_bring_more_than_all_bodies_may_hold_are_told_so) {
    options.bodies_bytes_max = 500;
    start();
    auto connection = wire();
    auto in = std::string{};
    connection.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
    connection.send(std::string(900, 'x'));
    auto const answer = read_response(connection, in);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
    // What a request held is given back with it: twenty of these hold four times what all may hold at once.
    auto others = client();
    for (auto i = 0; i < 20; ++i) EXPECT_EQ(others.post("/echo", std::string(100, 'x')).status, 200);
}

TEST_F(Peers, who_do_not_read_their_answer_are_cut) {
    options.write_timeout = 50ms;
    options.slow_grace = 10ms;
    options.bytes_per_second_min = 1'000'000'000;
    start();
    auto connection = wire();
    connection.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(log.pop());
    auto const deadline = std::chrono::steady_clock::now() + patience;
    while (server->connections() > 0 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    EXPECT_EQ(server->connections(), 0U);
}

TEST_F(Peers, of_one_address_are_counted) {
    options.connections_per_address_max = 2;
    options.limits_loopback = true;
    start();
    auto first = wire();
    auto second = wire();
    auto in = std::string{};
    for (auto* connection : {&first, &second}) {
        connection->send("GET /who HTTP/1.1\r\nHost: h\r\n\r\n");
        ASSERT_TRUE(read_response(*connection, in));
    }
    auto third = wire();
    auto const answer = read_response(third, in);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 429);
    EXPECT_TRUE(answer->header("Retry-After"));
    EXPECT_EQ(server->turned_away(), 1U);
    first.reset();
    auto const freed = [&] {
        auto again = wire();
        again.send("GET /who HTTP/1.1\r\nHost: h\r\n\r\n");
        auto text = std::string{};
        try {
            auto const got = read_response(again, text);
            return got && got->status == 200;
        } catch (ClientError const&) {
            return false;
        }
    };
    auto const deadline = std::chrono::steady_clock::now() + patience;
    auto is_freed = freed();
    while (!is_freed && std::chrono::steady_clock::now() < deadline) is_freed = freed();
    EXPECT_TRUE(is_freed);
}

TEST_F(Peers, on_this_machine_are_not_counted_unless_asked_for) {
    options.connections_per_address_max = 1;
    start();
    auto first = client();
    auto second = client();
    EXPECT_EQ(first.get("/who").status, 200);
    EXPECT_EQ(second.get("/who").status, 200);
}

TEST_F(Peers, behind_our_proxy_are_known_by_what_it_tells) {
    options.proxies = {*Network::parse("127.0.0.1")};
    start();
    EXPECT_EQ(client().get("/who", {{"X-Forwarded-For", "203.0.113.9"}}).body, "203.0.113.9");
    EXPECT_EQ(client().get("/who", {{"X-Forwarded-For", "198.51.100.7"}, {"X-Forwarded-For", "203.0.113.9"}}).body, "203.0.113.9");
    EXPECT_EQ(client().get("/who").body, "127.0.0.1");
}

TEST_F(Peers, that_are_no_proxy_tell_nothing_about_others) {
    start();
    EXPECT_EQ(client().get("/who", {{"X-Forwarded-For", "203.0.113.9"}}).body, "127.0.0.1");
}

TEST_F(Peers, who_are_not_admitted_are_told_when_to_come_again_and_their_body_is_not_awaited) {
    hooks.admit = [](Request const& request, Route const& route) -> std::optional<NotAdmitted> {
        if (route.name != "echo" || request.header("Authorization")) return std::nullopt;
        return NotAdmitted{ErrorKind::too_many_requests, 37s};
    };
    start();
    auto asking = client();
    auto const refused = asking.post("/echo", "hi");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("Retry-After"), "37");
    EXPECT_EQ(asking.post("/echo", "hi", {{"Authorization", "x"}}).body, "hi") << "on the same connection";
    auto connection = wire();
    connection.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nbeginning");
    auto in = std::string{};
    auto const at_once = read_response(connection, in);
    ASSERT_TRUE(at_once);
    EXPECT_EQ(at_once->status, 429);
    EXPECT_EQ(at_once->header("Connection"), "close");
}

}  // namespace
}  // namespace choso::http
