// One key, one effect, one answer: again, at once, after a restart, through another gateway.
#include <future>
#include <set>

#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

constexpr auto target = "/api/v1/payment-requests";

class Idempotency : public SharedProvince {
 protected:
    static std::string body(std::int64_t amount = 50'000) {
        return R"({"merchant":")" + province().stall().merchant + R"(","amount":)" + std::to_string(amount) + "}";
    }
    static std::string fresh_key() { return "key-" + std::to_string(next_number()); }
    static std::int64_t requests() { return std::stoll(province().sql("select count(*) from payment_request")); }
};

void expect_same(Answer const& first, Answer const& again) {
    EXPECT_EQ(again.status(), first.status());
    EXPECT_EQ(again.response.body, first.response.body);
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
}

TEST_F(Idempotency, same_key_same_body_is_answered_as_the_first_was) {
    auto const key = fresh_key();
    auto const before = requests();
    auto const first = province().caller().post(target, body(), key);
    ASSERT_EQ(first.status(), 201) << first.response.body;
    EXPECT_EQ(first.header("Idempotency-Replayed"), "");
    expect_same(first, province().caller().post(target, body(), key));
    EXPECT_EQ(requests(), before + 1);
}

TEST_F(Idempotency, what_happened_since_does_not_change_the_answer) {
    auto const key = fresh_key();
    auto const first = province().caller().post(target, body(), key);
    auto const asked = Asked{first.text("id"), first.text("reference"), {}, {}, province().stall().account, {}, 50'000};
    province().bank().credits(asked, 50'000);
    EXPECT_EQ(province().stall().status(asked), "paid");
    expect_same(first, province().caller().post(target, body(), key));
}

TEST_F(Idempotency, same_key_other_body_is_refused) {
    auto const key = fresh_key();
    auto const first = province().caller().post(target, body(), key);
    ASSERT_EQ(first.status(), 201);
    auto const other = province().caller().post(target, body(50'001), key);
    EXPECT_EQ(other.status(), 422) << other.response.body;
    EXPECT_EQ(other.text("code"), "idempotency_key_reused");
    EXPECT_EQ(other.text("money_moved"), "no");
    expect_same(first, province().caller().post(target, body(), key));
}

TEST_F(Idempotency, same_key_of_another_merchant_is_another_key) {
    auto const key = fresh_key();
    auto const first = province().caller().post(target, body(), key);
    auto const theirs = R"({"merchant":")" + province().stall(1).merchant + R"(","amount":50000})";
    auto const other = province().caller().post(target, theirs, key);
    EXPECT_EQ(other.status(), 201) << other.response.body;
    EXPECT_NE(other.text("id"), first.text("id"));
}

TEST_F(Idempotency, a_body_that_does_not_parse_uses_up_no_key) {
    auto const key = fresh_key();
    EXPECT_EQ(province().caller().post(target, "{", key).status(), 400);
    EXPECT_EQ(province().caller().post(target, body(), key).status(), 201);
}

TEST_F(Idempotency, a_refusal_is_answered_again_too) {
    auto const stall = province().stall();
    auto const asked = stall.asks(10'000);
    province().bank().credits(asked, 10'000);
    auto const key = fresh_key();
    auto const cancel = std::string{target} + "/" + asked.id + "/cancel";
    auto const first = province().caller().post(cancel, "", key);
    EXPECT_EQ(first.status(), 409) << first.response.body;
    EXPECT_EQ(first.text("code"), "already_paid");
    auto const again = province().caller().post(cancel, "", key);
    EXPECT_EQ(again.status(), 409);
    EXPECT_EQ(again.text("code"), "already_paid");
}

TEST_F(Idempotency, many_at_once_make_one_request) {
    auto const key = fresh_key();
    auto const before = requests();
    auto const sent = body();
    auto running = std::vector<std::future<Answer>>{};
    for (auto i = 0; i < 16; ++i)
        running.push_back(std::async(std::launch::async, [&] { return province().caller().post(target, sent, key); }));
    auto bodies = std::set<std::string>{};
    for (auto& one : running) {
        auto const answer = one.get();
        EXPECT_EQ(answer.status(), 201) << answer.response.body;
        bodies.insert(answer.response.body);
    }
    EXPECT_EQ(bodies.size(), 1U);
    EXPECT_EQ(requests(), before + 1);
}

TEST_F(Idempotency, two_gateways_at_once_make_one_request) {
    auto const second = province().another_gateway();
    auto const before = requests();
    auto const sent = body();
    for (auto round = 0; round < 20; ++round) {
        auto const key = fresh_key();
        auto const post = [&](std::uint16_t port) { return Caller{port, province().caller().key()}.post(target, sent, key); };
        auto here = std::async(std::launch::async, post, province().port);
        auto there = std::async(std::launch::async, post, second->port());
        auto const one = here.get();
        auto const other = there.get();
        EXPECT_EQ(one.status(), 201) << one.response.body;
        EXPECT_EQ(other.status(), 201) << other.response.body;
        EXPECT_EQ(one.response.body, other.response.body) << "round " << round;
    }
    EXPECT_EQ(requests(), before + 20);
}

TEST_F(Idempotency, holds_after_a_restart) {
    auto const key = fresh_key();
    auto const first = province().caller().post(target, body(), key);
    ASSERT_EQ(first.status(), 201);
    province().stop();
    province().start();
    expect_same(first, province().caller().post(target, body(), key));
    EXPECT_TRUE(province().book().balances());
}

struct KeyForm {
    std::string name;
    std::optional<std::string> key;
    int status;
    std::string code;
};
void PrintTo(KeyForm const& row, std::ostream* out) { *out << row.name; }

class KeyForms : public SharedProvince, public testing::WithParamInterface<KeyForm> {};

TEST_P(KeyForms, are_taken_or_refused) {
    auto const& row = GetParam();
    auto headers = std::vector<http::Header>{{"Content-Type", "application/json"}};
    if (row.key) headers.push_back({"Idempotency-Key", *row.key});
    auto const body = R"({"merchant":")" + province().stall().merchant + R"(","amount":50000})";
    auto const answer = province().caller().send(http::Method::post, target, headers, body);
    EXPECT_EQ(answer.status(), row.status) << answer.response.body;
    EXPECT_EQ(answer.text("code"), row.code);
}

INSTANTIATE_TEST_SUITE_P(stories, KeyForms,
                         testing::Values(KeyForm{"missing", std::nullopt, 400, "idempotency_key_missing"},
                                         KeyForm{"empty", "", 400, "idempotency_key_invalid"},
                                         KeyForm{"one_character", "a", 201, ""},
                                         KeyForm{"all_of_printable_ascii", R"(!"#$%&'()*+,-./09:;<=>?@AZ[\]^_`az{|}~ x)", 201, ""},
                                         KeyForm{"at_its_longest", std::string(255, 'k'), 201, ""},
                                         KeyForm{"too_long", std::string(256, 'k'), 400, "idempotency_key_invalid"},
                                         KeyForm{"not_ascii", "khoá", 400, "idempotency_key_invalid"},
                                         KeyForm{"a_tab_inside", "a\tb", 400, "idempotency_key_invalid"}),
                         [](auto const& tested) { return tested.param.name; });

}  // namespace
}  // namespace choso::stories
