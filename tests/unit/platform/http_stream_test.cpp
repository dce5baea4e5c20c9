#include <atomic>
#include <future>
#include <thread>

#include "http_fixture.hpp"

namespace choso::http {
namespace {

using Live = std::shared_ptr<Stream>;

class AStream : public HttpServer {
 protected:
    AStream() {
        options.linger_timeout = std::chrono::milliseconds{50};
        router.add(Method::get, "/stream", "stream", [this](Request const&, Responder respond) {
            respond(StreamStart{.headers = {{"X-Kind", "test"}},
                                .attach = [this](Live live) { streams.push(std::move(live)); }});
        });
        router.add(Method::get, "/hello", "hello", [](Request const&, Responder respond) { respond(text("hello")); });
    }
    EventReader reader() { return EventReader{"127.0.0.1", server->port(), "/stream", {}, patience}; }
    Queue<Live> streams{};
};

TEST_F(AStream, carries_events_in_order_from_another_thread) {
    start();
    auto reading = reader();
    EXPECT_EQ(reading.response().status, 200);
    EXPECT_EQ(reading.response().content_type, "text/event-stream");
    EXPECT_EQ(reading.response().header("Cache-Control"), "no-store");
    EXPECT_EQ(reading.response().header("X-Kind"), "test");
    auto const live = streams.pop().value();
    auto sender = std::thread{[&] {
        for (auto i = 0; i < 1000; ++i)
            EXPECT_TRUE(live->send(sse_event("payment", "{\"n\":" + std::to_string(i) + "}", std::to_string(i))));
        live->close();
    }};
    for (auto i = 0; i < 1000; ++i) {
        auto const event = reading.event(patience);
        ASSERT_TRUE(event) << i;
        EXPECT_EQ(event->id, std::to_string(i));
        EXPECT_EQ(event->event, "payment");
        EXPECT_EQ(event->data, "{\"n\":" + std::to_string(i) + "}");
    }
    EXPECT_FALSE(reading.event(patience));
    sender.join();
    EXPECT_FALSE(live->open());
    EXPECT_FALSE(live->send("late"));
    auto const logged = log.pop();
    EXPECT_TRUE(logged->streaming);
    EXPECT_EQ(logged->status, 200);
}

TEST_F(AStream, sends_what_was_queued_while_it_was_attached) {
    router.add(Method::get, "/greeting", "greeting", [](Request const&, Responder respond) {
        respond(StreamStart{.attach = [](Live live) {
            live->send(sse_event("", "one\ntwo"));
            live->close();
        }});
    });
    start();
    auto reading = EventReader{"127.0.0.1", server->port(), "/greeting"};
    EXPECT_EQ(reading.event(patience)->data, "one\ntwo");
    EXPECT_FALSE(reading.event(patience));
}

TEST_F(AStream, beats_when_it_is_quiet) {
    options.stream_heartbeat = std::chrono::milliseconds{40};
    start();
    auto reading = reader();
    for (auto beats = 0; beats < 3;) {
        auto const line = reading.line(patience);
        ASSERT_TRUE(line);
        if (line->starts_with(':')) ++beats;
    }
}

TEST_F(AStream, drops_a_reader_that_is_too_slow) {
    options.stream_buffer_bytes_max = 64 * 1024;
    start();
    auto reading = reader();
    auto const live = streams.pop().value();
    auto ended = std::promise<void>{};
    live->on_close([&] { ended.set_value(); });
    auto const chunk = std::string(16 * 1024, 'x');
    auto sent = 0;
    while (live->send(chunk) && sent < 10'000) ++sent;
    EXPECT_LT(sent, 10'000);
    EXPECT_EQ(ended.get_future().wait_for(patience), std::future_status::ready);
    EXPECT_FALSE(live->open());
    EXPECT_FALSE(live->send("x"));
    EXPECT_EQ(client().get("/hello").body, "hello");
}

TEST_F(AStream, refuses_one_chunk_above_its_bound) {
    options.stream_buffer_bytes_max = 1000;
    start();
    auto reading = reader();
    auto const live = streams.pop().value();
    EXPECT_FALSE(live->send(std::string(1001, 'x')));
    EXPECT_FALSE(reading.line(patience));
}

TEST_F(AStream, notices_that_its_reader_went_away) {
    start();
    auto ended = std::promise<void>{};
    {
        auto reading = reader();
        streams.pop().value()->on_close([&] { ended.set_value(); });
    }
    EXPECT_EQ(ended.get_future().wait_for(patience), std::future_status::ready);
    EXPECT_EQ(server->streams(), 0U);
}

TEST_F(AStream, tells_at_once_that_it_ended_before_anyone_asked) {
    start();
    auto reading = reader();
    auto const live = streams.pop().value();
    live->close();
    EXPECT_FALSE(reading.line(patience));
    auto ended = std::promise<void>{};
    live->on_close([&] { ended.set_value(); });
    EXPECT_EQ(ended.get_future().wait_for(patience), std::future_status::ready);
}

TEST_F(AStream, ends_when_the_server_stops_and_loses_nothing_queued) {
    start();
    auto reading = reader();
    auto const live = streams.pop().value();
    live->send(sse_event("last", "words"));
    server->stop();
    EXPECT_EQ(reading.event(patience)->data, "words");
    EXPECT_FALSE(reading.event(patience));
    EXPECT_FALSE(live->send("x"));
    server.reset();
    EXPECT_FALSE(live->send("x"));
}

TEST_F(AStream, can_be_answered_from_another_thread) {
    auto held = Queue<Responder>{};
    router.add(Method::get, "/later", "later",
               [&](Request const&, Responder respond) { held.push(std::move(respond)); });
    start();
    auto answering = std::thread{[&] {
        auto respond = held.pop();
        (*respond)(StreamStart{.attach = [](Live live) { live->send("data: x\n\n"); }});
    }};
    auto reading = EventReader{"127.0.0.1", server->port(), "/later"};
    EXPECT_EQ(reading.event(patience)->data, "x");
    answering.join();
    server->stop();
}

TEST_F(AStream, is_one_of_many) {
    options.threads = 2;
    start();
    auto readers = std::vector<EventReader>{};
    auto lives = std::vector<Live>{};
    for (auto i = 0; i < 500; ++i) {
        readers.push_back(reader());
        lives.push_back(streams.pop().value());
    }
    EXPECT_EQ(server->streams(), 500U);
    auto sender = std::thread{[&] {
        for (auto round = 0; round < 3; ++round) {
            for (auto const& live : lives) live->send(sse_event("", std::to_string(round)));
        }
    }};
    for (auto& reading : readers) {
        for (auto round = 0; round < 3; ++round) EXPECT_EQ(reading.event(patience)->data, std::to_string(round));
    }
    sender.join();
}

TEST_F(AStream, has_its_events_on_one_line_each) {
    EXPECT_EQ(sse_event("a", "b", "1"), "id: 1\nevent: a\ndata: b\n\n");
    EXPECT_EQ(sse_event("", "b\r\nc\rd\n"), "data: b\ndata: c\ndata: d\ndata: \n\n");
    EXPECT_ANY_THROW((void)sse_event("a\nb", ""));
    EXPECT_ANY_THROW((void)sse_event("", "", "1\n"));
}

}  // namespace
}  // namespace choso::http
