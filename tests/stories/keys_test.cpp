// A key sees its own merchants and no others; a revoked one sees nothing.
#include "platform/postgres/connection.hpp"
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

std::vector<std::string> ids_in(Answer const& list, std::string const& member) {
    auto out = std::vector<std::string>{};
    auto const* data = at(list.body, "data");
    if (data == nullptr) throw std::runtime_error{"no list: " + list.response.body};
    for (auto const& row : data->items()) out.push_back(text_at(row, member));
    return out;
}

class Keys : public SharedProvince {
 protected:
    static std::string new_key(std::vector<std::string> const& scopes, std::string const& merchant, std::string* id = nullptr) {
        auto arguments = std::vector<std::string>{"admin", "key", "create", "--name", "story " + std::to_string(next_number()),
                                                  "--merchant", merchant};
        for (auto const& scope : scopes) arguments.insert(arguments.end(), {"--scope", scope});
        auto const made = province().choso_json(arguments).at(0);
        if (id != nullptr) *id = text_at(made, "key");
        return text_at(made, "secret");
    }
};

TEST_F(Keys, one_merchants_key_sees_nothing_of_anothers) {
    auto const mine = province().stall(0);
    auto const asked = mine.asks(50'000);
    province().bank().credits(asked, 50'000);
    auto const payment = ids_in(province().caller().get("/api/v1/payments?merchant=" + mine.merchant), "id").at(0);

    auto const other = province().other_caller();
    EXPECT_EQ(other.get("/api/v1/payment-requests/" + asked.id).status(), 404);
    EXPECT_EQ(other.get("/api/v1/payments/" + payment).status(), 404);
    EXPECT_EQ(other.post("/api/v1/payment-requests/" + asked.id + "/cancel", "").status(), 404);
    for (auto const* list : {"payment-requests", "payments", "events", "stalls", "bank-accounts"}) {
        SCOPED_TRACE(list);
        auto const named = other.get(std::string{"/api/v1/"} + list + "?merchant=" + mine.merchant);
        EXPECT_EQ(named.status(), 404) << named.response.body;
        auto const all = other.get(std::string{"/api/v1/"} + list);
        EXPECT_EQ(all.status(), 200) << all.response.body;
        EXPECT_EQ(all.response.body.find(mine.merchant), std::string::npos) << all.response.body;
        EXPECT_EQ(all.response.body.find(asked.id), std::string::npos);
        EXPECT_EQ(all.response.body.find(mine.account), std::string::npos);
    }
    EXPECT_EQ(ids_in(other.get("/api/v1/merchants"), "id"), std::vector<std::string>{province().stall(1).merchant});
    // The very same lists do show it to who may see it.
    EXPECT_EQ(province().caller().get("/api/v1/payment-requests/" + asked.id).status(), 200);
    EXPECT_NE(province().caller().get("/api/v1/events?merchant=" + mine.merchant).response.body.find(asked.id), std::string::npos);
}

TEST_F(Keys, one_merchants_stream_tells_nothing_of_anothers) {
    auto theirs = Stream{province().other_caller()};
    auto const mine = province().stall(0).asks(50'000);
    auto const other = province().stall(1).asks(60'000);
    auto const first = theirs.next();
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(text_at(parsed(first->data), "subject"), other.id) << "and not " << mine.id;
}

TEST_F(Keys, a_revoked_key_is_refused_and_its_stream_ends) {
    std::string id;
    auto const caller = Caller{province().port, new_key({"requests:read", "events:read"}, province().stall(0).merchant, &id)};
    auto const works = [&] { return caller.get("/api/v1/payment-requests").status() == 200; };
    ASSERT_TRUE(support::eventually(patience, works)) << caller.get("/api/v1/payment-requests").response.body;
    auto stream = Stream{caller};
    EXPECT_EQ(province().choso({"admin", "key", "revoke", id}).status, 0);
    EXPECT_TRUE(support::eventually(patience, [&] { return caller.get("/api/v1/payment-requests").status() == 401; }));
    EXPECT_FALSE(stream.next().has_value()) << "the stream outlived its key";
    EXPECT_EQ(province().choso({"admin", "key", "revoke", id}).status, 1);
}

TEST_F(Keys, each_scope_opens_its_own) {
    auto const of = [](std::string const& scope) {
        auto const caller = Caller{province().port, new_key({scope}, province().stall(0).merchant)};
        EXPECT_TRUE(support::eventually(patience, [&] { return caller.get("/api/v1/payments").status() != 401; }));
        return caller;
    };
    auto const reader = of("requests:read");
    auto const listener = of("events:read");
    EXPECT_EQ(reader.get("/api/v1/payment-requests").status(), 200);
    EXPECT_EQ(reader.get("/api/v1/events").status(), 403);
    auto const refused = reader.post("/api/v1/payment-requests", "{}");
    EXPECT_EQ(refused.status(), 403);
    EXPECT_EQ(refused.text("code"), "scope_missing");
    EXPECT_EQ(listener.get("/api/v1/events").status(), 200);
    EXPECT_EQ(listener.get("/api/v1/payment-requests").status(), 403);
}

TEST_F(Keys, secrets_are_kept_nowhere) {
    auto const secret = new_key({"events:read"}, province().stall(0).merchant);
    EXPECT_EQ(province().sql("select count(*) from api_key k where k::text like '%" + secret + "%'"), "0");
    EXPECT_EQ(province().choso({"admin", "key", "list"}).output.find(secret), std::string::npos);
}

TEST_F(Keys, a_ticket_opens_one_stream_once) {
    auto const ticket = province().caller().post("/api/v1/stream-tickets", "");
    ASSERT_EQ(ticket.status(), 201) << ticket.response.body;
    auto const target = "/api/v1/stream?ticket=" + ticket.text("ticket");
    auto reader = http::EventReader{"127.0.0.1", province().port, target, {}, patience};
    EXPECT_EQ(reader.response().status, 200);
    auto again = http::EventReader{"127.0.0.1", province().port, target, {}, patience};
    EXPECT_EQ(again.response().status, 401);
}

/// The server's role may add facts and change states; it cannot rewrite what happened.
class Facts : public SharedProvince, public testing::WithParamInterface<std::string> {};

TEST_P(Facts, cannot_be_rewritten_by_the_server) {
    auto connection = postgres::Connection{province().database.server_url};
    auto const state_of = [&](std::string const& statement) -> std::string {
        try {
            connection.execute(statement);
            return "done";
        } catch (postgres::StatementFailed const& failed) {
            return failed.state();
        }
    };
    auto const& table = GetParam();
    EXPECT_EQ(state_of("update " + table + " set bucket = bucket"), "42501");
    EXPECT_EQ(state_of("delete from " + table), "42501");
    EXPECT_EQ(state_of("truncate " + table), "42501");
    EXPECT_EQ(state_of("drop table " + table), "42501");
    EXPECT_EQ(state_of("alter table " + table + " disable trigger all"), "42501");
    EXPECT_EQ(state_of("select 1 from " + table + " limit 1"), "done");
}

INSTANTIATE_TEST_SUITE_P(stories, Facts,
                         testing::Values("journal", "entry", "event", "sighting", "allocation", "idempotency", "ledger_account", "erasure",
                                         "quarantine", "audit"),
                         [](auto const& tested) { return tested.param; });

}  // namespace
}  // namespace choso::stories
