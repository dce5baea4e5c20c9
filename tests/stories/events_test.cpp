// What happened, pulled and live: no gap, no double, wherever it was written and wherever one listens.
#include <atomic>
#include <future>
#include <set>
#include <thread>

#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

/// All pages from a cursor on, until there are no more; appends what it read and moves the cursor.
void pull(Caller const& caller, std::string& after, std::vector<json::Value>& out, int limit = 7) {
    for (auto more = true; more;) {
        auto const page = caller.get("/api/v1/events?limit=" + std::to_string(limit) + (after.empty() ? "" : "&after=" + after));
        if (page.status() != 200) throw std::runtime_error{"no page: " + page.response.body};
        for (auto const& event : at(page.body, "data")->items()) out.push_back(event);
        after = page.text("next");
        more = page.text("more") == "true";
    }
}

TEST(events, pages_have_neither_gap_nor_double_while_writers_run) {
    auto province = Province{};
    auto const second = province.another_gateway();
    std::string after;
    auto read = std::vector<json::Value>{};
    pull(province.caller(), after, read);  // what the demo brought
    read.clear();
    constexpr auto per_writer = 60;
    auto created = std::vector<std::future<std::vector<std::string>>>{};
    for (auto writer = 0; writer < 4; ++writer)
        created.push_back(std::async(std::launch::async, [&, writer] {
            auto out = std::vector<std::string>{};
            auto const caller = Caller{writer % 2 == 0 ? province.port : second->port(), province.caller().key()};
            for (auto i = 0; i < per_writer; ++i) {
                auto const merchant = province.stall(static_cast<std::size_t>(writer * 3 + i % 3)).merchant;
                auto const made = caller.post("/api/v1/payment-requests", R"({"merchant":")" + merchant + R"(","amount":1000})");
                out.push_back(made.text("id"));
            }
            return out;
        }));

    auto expected = std::multiset<std::string>{};
    for (auto& writer : created) {
        while (writer.wait_for(std::chrono::seconds{0}) != std::future_status::ready) pull(province.caller(), after, read);
        for (auto const& id : writer.get()) expected.insert(id);
    }
    pull(province.caller(), after, read);

    auto seen = std::multiset<std::string>{};
    auto ids = std::set<std::string>{};
    for (auto const& event : read) {
        EXPECT_EQ(text_at(event, "type"), "payment_request.created");
        seen.insert(text_at(event, "subject"));
        ids.insert(text_at(event, "id"));
    }
    EXPECT_EQ(seen, expected);
    EXPECT_EQ(ids.size(), read.size()) << "two events bear one id";
    EXPECT_EQ(expected.size(), 4U * per_writer);
}

TEST(events, a_stream_comes_back_where_it_broke_off) {
    auto province = Province{};
    auto const stall = province.stall();
    auto const before = stall.asks(1'000);
    std::string place;
    {
        auto live = province.listens();
        auto const heard = stall.asks(2'000);
        EXPECT_FALSE(live.hears("payment_request.created", heard.id).is_null());
        place = live.last_event_id();
    }
    ASSERT_FALSE(place.empty());
    auto missed = std::vector<std::string>{};
    for (auto i = 0; i < 20; ++i) missed.push_back(province.stall(static_cast<std::size_t>(i % 5)).asks(3'000).id);
    auto live = Stream{province.caller(), place};
    auto heard = std::multiset<std::string>{};
    auto const last = stall.asks(4'000);
    for (;;) {
        auto const event = live.next();
        ASSERT_TRUE(event.has_value());
        auto const subject = text_at(parsed(event->data), "subject");
        EXPECT_NE(subject, before.id);
        heard.insert(subject);
        if (heard.size() == missed.size() + 1) break;
    }
    auto expected = std::multiset<std::string>{missed.begin(), missed.end()};
    expected.insert(last.id);
    EXPECT_EQ(heard, expected);
}

TEST(events, a_stream_comes_back_after_a_restart_of_the_gateway) {
    auto province = Province{};
    auto const stall = province.stall();
    std::string place;
    {
        auto live = province.listens();
        auto const heard = stall.asks(2'000);
        EXPECT_FALSE(live.hears("payment_request.created", heard.id).is_null());
        place = live.last_event_id();
    }
    auto const asked = stall.asks(50'000);
    province.bank().credits(asked, 50'000);
    province.stop();
    province.start();
    auto live = Stream{province.caller(), place};
    EXPECT_FALSE(live.hears("payment_request.created", asked.id).is_null());
    EXPECT_FALSE(live.hears("payment.received", asked.id).is_null());
    EXPECT_FALSE(live.hears("payment_request.paid", asked.id).is_null());
}

TEST(events, a_graceful_stop_ends_streams_and_leaves_no_process) {
    auto province = Province{};
    auto live = province.listens();
    EXPECT_EQ(province.gateway->process().stop(), 0) << province.gateway->log();
    EXPECT_FALSE(live.next().has_value());
}

TEST(events, a_quiet_stream_beats) {
    auto province = Province{};
    auto live = province.listens();
    EXPECT_TRUE(live.hears_a_heartbeat());
    EXPECT_EQ(live.response().content_type.rfind("text/event-stream", 0), 0U) << live.response().content_type;
}

TEST(events, what_one_gateway_commits_the_others_stream_tells) {
    auto province = Province{};
    auto const second = province.another_gateway();
    auto there = Stream{Caller{second->port(), province.caller().key()}};
    auto const asked = province.stall().asks(50'000);
    EXPECT_FALSE(there.hears("payment_request.created", asked.id).is_null());
    province.bank().credits(asked, 50'000);
    auto const heard = there.hears("payment.received", asked.id);
    EXPECT_EQ(text_at(heard, "status"), "paid");
}

TEST(events, bodies_carry_ids_and_amounts_and_no_personal_data) {
    auto province = Province{};
    auto const asked = province.stall().asks(50'000, R"("description":"NGUYEN THI KIN","order_code":"DH-77")");
    province.bank().credits(asked, 50'000);
    auto const all = province.sql("select string_agg(body::text, ' ') from event");
    for (auto const* word : {"NGUYEN", "0123456789", "DH-77", "MBVCB"}) EXPECT_EQ(all.find(word), std::string::npos) << all;
    EXPECT_EQ(all.find(asked.account), std::string::npos) << all;
}

struct Cursor {
    std::string name, text;
};
void PrintTo(Cursor const& row, std::ostream* out) { *out << row.name; }

class BadCursor : public SharedProvince, public testing::WithParamInterface<Cursor> {};

TEST_P(BadCursor, is_refused_on_both_ways) {
    auto const& caller = province().caller();
    auto const pulled = caller.get("/api/v1/events?after=" + GetParam().text);
    EXPECT_EQ(pulled.status(), 400) << pulled.response.body;
    EXPECT_EQ(pulled.text("code"), "cursor_invalid");
    auto const live = caller.send(http::Method::get, "/api/v1/stream?after=" + GetParam().text);
    EXPECT_EQ(live.status(), 400);
    EXPECT_EQ(live.text("code"), "cursor_invalid");
}

INSTANTIATE_TEST_SUITE_P(stories, BadCursor,
                         testing::Values(Cursor{"a_number", "17x"}, Cursor{"a_bucket_too_many", "QAE"}, Cursor{"bucket_twice", "AQEBAQ"},
                                         Cursor{"cut_number", "AYA"}, Cursor{"long", std::string(2'000, 'A')}),
                         [](auto const& tested) { return tested.param.name; });

}  // namespace
}  // namespace choso::stories
