#include <ostream>
#include <thread>

#include "http_fixture.hpp"

namespace choso::http {
namespace {

std::string request_for(std::string const& target, std::string const& headers = "") {
    return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
}

class AServer : public HttpServer {
 protected:
    AServer() {
        router.add(Method::get, "/hello", "hello", [](Request const&, Responder respond) { respond(text("hello")); });
        router.add(Method::post, "/echo", "echo",
                   [](Request const& request, Responder respond) { respond(text(request.body)); });
        router.add(Method::get, "/held", "held",
                   [this](Request const&, Responder respond) { held.push(std::move(respond)); });
    }
    Queue<Responder> held{};
};

struct Route404 {
    std::string name;
    Method method;
    std::string target;
    int status;
    std::string allow = "";
};
void PrintTo(Route404 const& row, std::ostream* out) { *out << row.name; }

class Routing : public AServer, public testing::WithParamInterface<Route404> {};

TEST_P(Routing, answers_by_method_and_path) {
    auto const& row = GetParam();
    start();
    auto const answer = client().request(row.method, row.target);
    EXPECT_EQ(answer.status, row.status);
    EXPECT_EQ(answer.header("Allow").value_or(""), row.allow);
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
}

INSTANTIATE_TEST_SUITE_P(
    Paths, Routing,
    testing::Values(Route404{"get", Method::get, "/hello", 200}, Route404{"query", Method::get, "/hello?a=1", 200},
                    Route404{"post", Method::post, "/echo", 200}, Route404{"head_by_get", Method::head, "/hello", 200},
                    Route404{"unknown", Method::get, "/nothing", 404},
                    Route404{"trailing_slash", Method::get, "/hello/", 404}, Route404{"root", Method::get, "/", 404},
                    Route404{"delete", Method::del, "/hello", 405, "GET, HEAD, OPTIONS"},
                    Route404{"get_of_post", Method::get, "/echo", 405, "POST, OPTIONS"},
                    Route404{"options", Method::options, "/hello", 204, "GET, HEAD, OPTIONS"},
                    Route404{"options_unknown", Method::options, "/nothing", 404}),
    [](auto const& param) { return param.param.name; });

TEST_F(AServer, keeps_a_connection_for_many_requests) {
    start();
    auto connection = wire();
    auto in = std::string{};
    for (auto i = 0; i < 100; ++i) {
        connection.send(request_for("/hello"));
        auto const answer = read_response(connection, in);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->body, "hello");
        EXPECT_FALSE(answer->header("Connection"));
    }
    EXPECT_EQ(server->connections(), 1U);
}

TEST_F(AServer, answers_pipelined_requests_in_order_even_when_a_later_one_is_ready_first) {
    start();
    auto connection = wire();
    connection.send(request_for("/held") + "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\ntwo" +
                    request_for("/held"));
    auto first = held.pop();
    ASSERT_TRUE(first);
    (*first)(text("one"));
    auto third = held.pop();
    ASSERT_TRUE(third);
    (*third)(text("three"));
    auto in = std::string{};
    for (auto const* expected : {"one", "two", "three"}) {
        auto const answer = read_response(connection, in);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->body, expected);
    }
}

TEST_F(AServer, answers_head_with_the_length_and_no_body) {
    start();
    auto connection = wire();
    connection.send("HEAD /hello HTTP/1.1\r\nHost: h\r\n\r\n" + request_for("/hello"));
    auto in = std::string{};
    auto const head = read_response(connection, in, true);
    ASSERT_TRUE(head);
    EXPECT_EQ(head->header("Content-Length"), "5");
    EXPECT_EQ(read_response(connection, in)->body, "hello");
}

TEST_F(AServer, closes_after_http_1_0_unless_asked_to_keep) {
    start();
    auto const once = exchange("GET /hello HTTP/1.0\r\n\r\nGET /hello HTTP/1.0\r\n\r\n");
    ASSERT_EQ(once.size(), 1U);
    EXPECT_EQ(once[0].header("Connection"), "close");
    auto const kept = exchange("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /hello HTTP/1.0\r\n\r\n");
    ASSERT_EQ(kept.size(), 2U);
    EXPECT_EQ(kept[0].header("Connection"), "keep-alive");
}

TEST_F(AServer, says_continue_before_the_body_is_sent) {
    start();
    auto connection = wire();
    connection.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    auto in = std::string{};
    ASSERT_TRUE(connection.receive(in));
    EXPECT_EQ(in, "HTTP/1.1 100 Continue\r\n\r\n");
    connection.send("hi");
    EXPECT_EQ(read_response(connection, in)->body, "hi");
}

TEST_F(AServer, does_not_ask_for_a_body_it_will_refuse) {
    start();
    auto const answers =
        exchange("POST /nothing HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].status, 404);
    EXPECT_EQ(answers[0].header("Connection"), "close");
}

TEST_F(AServer, bounds_a_body_by_its_route) {
    options.body_bytes_max = 10;
    router.add(Method::post, "/big", "big",
               [](Request const& request, Responder respond) { respond(text(std::to_string(request.body.size()))); },
               {.body_bytes_max = 3'000'000});
    start();
    EXPECT_EQ(client().post("/echo", std::string(11, 'x')).status, 413);
    EXPECT_EQ(client().post("/big", std::string(3'000'000, 'x')).body, "3000000");
    EXPECT_EQ(client().post("/big", std::string(3'000'001, 'x')).status, 413);
}

TEST_F(AServer, sends_a_large_answer_whole) {
    auto const large = std::string(8'000'000, 'y');
    router.add(Method::get, "/large", "large", [&](Request const&, Responder respond) { respond(text(large)); });
    start();
    auto reader = client();
    for (auto i = 0; i < 3; ++i) EXPECT_TRUE(reader.get("/large").body == large);
    EXPECT_EQ(reader.get("/hello").body, "hello");
}

TEST_F(AServer, gives_a_slow_head_408_and_closes) {
    options.header_timeout = std::chrono::milliseconds{50};
    start();
    auto connection = wire();
    connection.send("GET /hello HTTP/1.1\r\nHost:");
    auto in = std::string{};
    auto const answer = read_response(connection, in);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 408);
    EXPECT_FALSE(read_response(connection, in));
}

TEST_F(AServer, gives_a_slow_body_408_and_closes) {
    options.body_timeout = std::chrono::milliseconds{50};
    start();
    auto connection = wire();
    connection.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe");
    auto in = std::string{};
    auto const answer = read_response(connection, in);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 408);
    EXPECT_FALSE(read_response(connection, in));
}

TEST_F(AServer, closes_an_idle_connection_quietly) {
    options.idle_timeout = std::chrono::milliseconds{50};
    start();
    auto connection = wire();
    connection.send(request_for("/hello"));
    auto in = std::string{};
    ASSERT_TRUE(read_response(connection, in));
    EXPECT_FALSE(read_response(connection, in));
}

TEST_F(AServer, gives_up_on_a_handler_and_tells_it) {
    options.handler_timeout = std::chrono::milliseconds{50};
    start();
    auto const answer = client().get("/held");
    EXPECT_EQ(answer.status, 503);
    EXPECT_TRUE(answer.header("Retry-After"));
    auto late = held.pop();
    ASSERT_TRUE(late);
    EXPECT_TRUE(late->is_abandoned());
    (*late)(text("too late"));
    EXPECT_EQ(client().get("/hello").body, "hello");
}

TEST_F(AServer, tells_a_handler_that_its_client_went_away) {
    start();
    auto connection = wire();
    connection.send(request_for("/held"));
    auto left = held.pop();
    ASSERT_TRUE(left);
    EXPECT_FALSE(left->is_abandoned());
    connection.reset();
    auto const deadline = std::chrono::steady_clock::now() + patience;
    while (!left->is_abandoned() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    EXPECT_TRUE(left->is_abandoned());
    EXPECT_EQ(left->request().path, "/held");
}

TEST_F(AServer, still_answers_a_client_that_finished_sending) {
    start();
    auto connection = wire();
    connection.send(request_for("/held"));
    connection.finish_sending();
    auto respond = held.pop();
    ASSERT_TRUE(respond);
    (*respond)(text("read me"));
    auto in = std::string{};
    EXPECT_EQ(read_response(connection, in)->body, "read me");
    EXPECT_FALSE(read_response(connection, in));
}

TEST_F(AServer, answers_from_another_thread) {
    start();
    auto worker = std::thread{[this] {
        for (auto i = 0; i < 50; ++i) {
            if (auto respond = held.pop()) (*respond)(text(std::to_string(i)));
        }
    }};
    auto asking = client();
    for (auto i = 0; i < 50; ++i) EXPECT_EQ(asking.get("/held").body, std::to_string(i));
    worker.join();
}

TEST_F(AServer, answers_500_when_a_responder_is_dropped_or_a_handler_throws) {
    router.add(Method::get, "/dropped", "dropped", [](Request const&, Responder) {});
    router.add(Method::get, "/thrown", "thrown",
               [](Request const&, Responder) { throw std::runtime_error{"it broke"}; });
    start();
    auto asking = client();
    EXPECT_EQ(asking.get("/dropped").status, 500);
    EXPECT_EQ(asking.get("/thrown").status, 500);
    EXPECT_EQ(log.pop()->route, "dropped");
    EXPECT_EQ(log.pop()->detail, "it broke");
    auto dropper = std::thread{[this] { held.pop(); }};
    EXPECT_EQ(asking.get("/held").status, 500);
    dropper.join();
}

TEST_F(AServer, takes_a_good_request_id_and_makes_one_for_a_bad) {
    router.add(Method::get, "/id", "id",
               [](Request const& request, Responder respond) { respond(text(request.request_id)); });
    start();
    auto asking = client();
    auto const given = asking.get("/id", {{"X-Request-Id", "abc-1._Z"}});
    EXPECT_EQ(given.body, "abc-1._Z");
    EXPECT_EQ(given.header("X-Request-Id"), "abc-1._Z");
    for (auto const& bad : {std::string{"a b"}, std::string(65, 'a'), std::string{"<script>"}}) {
        auto const made = asking.get("/id", {{"X-Request-Id", bad}});
        EXPECT_EQ(made.body.size(), 16U) << bad;
        EXPECT_EQ(made.body.find_first_not_of("0123456789abcdef"), std::string::npos) << made.body;
    }
}

TEST_F(AServer, lets_the_product_draw_its_errors_and_keeps_the_status) {
    hooks.make_error = [](ErrorKind, Request const* request) {
        return Response{
            .status = 200, .content_type = "application/problem+json", .body = request ? "{\"drawn\":true}" : "{}"};
    };
    start();
    auto const answer = client().get("/nothing");
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.content_type, "application/problem+json");
    EXPECT_EQ(answer.body, "{\"drawn\":true}");
}

TEST_F(AServer, refuses_to_send_a_header_with_a_line_end) {
    router.add(Method::get, "/split", "split", [](Request const& request, Responder respond) {
        auto response = text("x");
        response.headers.push_back({"Location", *request.query_value("to")});
        respond(std::move(response));
    });
    start();
    EXPECT_EQ(client().get("/split?to=/a").status, 200);
    auto const answer = client().get("/split?to=/a%0D%0ASet-Cookie:%20a=b");
    EXPECT_EQ(answer.status, 500);
    EXPECT_FALSE(answer.header("Set-Cookie"));
    EXPECT_ANY_THROW(text("x").with("Location", "a\r\nb"));
    EXPECT_ANY_THROW(text("x").with("Lo cation", "a"));
    EXPECT_ANY_THROW(text("x").with("Content-Length", "1"));
}

TEST_F(AServer, turns_away_one_connection_too_many) {
    options.connections_max = 2;
    start();
    auto first = wire();
    auto second = wire();
    auto in = std::string{};
    first.send(request_for("/hello"));
    ASSERT_TRUE(read_response(first, in));
    second.send(request_for("/hello"));
    ASSERT_TRUE(read_response(second, in));
    auto third = wire();
    auto const answer = read_response(third, in);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
    EXPECT_TRUE(answer->header("Retry-After"));
    EXPECT_FALSE(read_response(third, in));
}

TEST_F(AServer, stops_only_after_what_runs_was_answered) {
    options.linger_timeout = std::chrono::milliseconds{50};
    start();
    auto idle = client();
    EXPECT_EQ(idle.get("/hello").body, "hello");
    auto connection = wire();
    connection.send(request_for("/held"));
    auto respond = held.pop();
    ASSERT_TRUE(respond);
    auto stopper = std::thread{[this] { server->stop(); }};
    for (auto listening = true; listening;) {
        try {
            auto const probe = wire();
        } catch (ClientError const&) {
            listening = false;
        }
    }
    (*respond)(text("still answered"));
    auto in = std::string{};
    auto const answer = read_response(connection, in);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "still answered");
    EXPECT_EQ(answer->header("Connection"), "close");
    EXPECT_FALSE(read_response(connection, in));
    stopper.join();
    EXPECT_EQ(server->connections(), 0U);
}

TEST_F(AServer, cuts_what_does_not_end_when_it_stops) {
    options.stop_timeout = std::chrono::milliseconds{50};
    start();
    auto connection = wire();
    connection.send(request_for("/held"));
    auto respond = held.pop();
    ASSERT_TRUE(respond);
    server->stop();
    EXPECT_TRUE(respond->is_abandoned());
    auto in = std::string{};
    EXPECT_FALSE(read_response(connection, in));
    server.reset();
    (*respond)(text("into the void"));
}

TEST_F(AServer, serves_a_thousand_connections_at_once_on_several_threads) {
    options.threads = 2;
    start();
    auto wires = std::vector<Wire>{};
    for (auto i = 0; i < 1000; ++i) {
        wires.push_back(wire());
        wires.back().send("GET /held HTTP/1.1\r\nHost: h\r\nX-Request-Id: r" + std::to_string(i) + "\r\n\r\n");
    }
    auto waiting = std::vector<Responder>{};
    while (waiting.size() < wires.size()) {
        auto respond = held.pop();
        ASSERT_TRUE(respond);
        waiting.push_back(std::move(*respond));
    }
    EXPECT_EQ(server->connections(), 1000U);
    for (auto& respond : waiting) {
        auto id = respond.request().request_id;
        respond(text(std::move(id)));
    }
    for (auto i = std::size_t{0}; i < wires.size(); ++i) {
        auto in = std::string{};
        auto const answer = read_response(wires[i], in);
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->body, "r" + std::to_string(i));
    }
}

TEST_F(AServer, reports_where_it_cannot_listen) {
    start();
    auto const taken = ServerOptions{.port = server->port()};
    EXPECT_THROW((Server{taken, Router{}}), std::runtime_error);
    EXPECT_THROW((Server{ServerOptions{.listen = "nowhere", .port = 0}, Router{}}), std::runtime_error);
}

}  // namespace
}  // namespace choso::http
