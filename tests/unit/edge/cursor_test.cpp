#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "gateway/events/cursor.hpp"
#include "gateway/events/event_json.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

namespace choso::events {
namespace {

TEST(cursor, empty_is_a_text_too) {
    EXPECT_EQ(Cursor{}.text(), "0");
    EXPECT_EQ(Cursor::parse("0"), Cursor{});
}

TEST(cursor, a_place_no_bucket_will_reach_is_refused) {
    auto forged = Cursor{};
    forged.set(Bucket::of_bits(3), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(Cursor::parse(forged.text()), std::nullopt);
}

TEST(cursor, any_cursor_reads_back_as_it_was) {
    auto const seed = std::random_device{}();
    auto random = std::mt19937_64{seed};
    for (auto round = 0; round < 2'000; ++round) {
        auto cursor = Cursor{};
        for (auto n = 0U; n < Bucket::count; ++n)
            if (random() % 3 == 0) cursor.set(Bucket::of_bits(n), static_cast<std::int64_t>(random() >> (11 + random() % 53)));
        auto const text = cursor.text();
        ASSERT_EQ(Cursor::parse(text), cursor) << "seed " << seed << " round " << round << ": " << text;
        ASSERT_LT(text.size(), 1024U);
    }
}

struct Row {
    char const* name;
    std::string text;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }
class Broken : public testing::TestWithParam<Row> {};
TEST_P(Broken, is_refused) { EXPECT_FALSE(Cursor::parse(GetParam().text)); }

std::string bytes(std::initializer_list<int> values) {
    std::string out;
    for (auto const value : values) out += static_cast<char>(value);
    return crypto::to_base64url(out);
}

INSTANTIATE_TEST_SUITE_P(cursor, Broken,
                         testing::Values(Row{"empty", ""}, Row{"not_base64", "a b"}, Row{"bucket_64", bytes({64, 1})},
                                         Row{"without_a_seq", bytes({3})}, Row{"seq_cut_off", bytes({3, 128})},
                                         Row{"needless_zero_byte", bytes({3, 129, 0})}, Row{"bucket_twice", bytes({3, 1, 3, 2})},
                                         Row{"buckets_out_of_order", bytes({4, 1, 3, 2})},
                                         Row{"seq_of_64_bits", bytes({3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1})},
                                         Row{"too_long", std::string(2000, 'A')}, Row{"negative", "-1"}),
                         [](auto const& each) { return each.param.name; });

payments::StoredEvent event_of(std::int64_t seq, std::string body) {
    return {Bucket::of_bits(5), seq, "payment.received", Uuid{1, 2, 3}, MerchantId{}, std::move(body), Instant{std::chrono::seconds{1'795'000'000}}};
}

TEST(event_id, differs_by_seq_and_carries_the_bucket) {
    auto const first = Id<EventTag>::parse(event_id(event_of(1, "{}")));
    auto const second = Id<EventTag>::parse(event_id(event_of(2, "{}")));
    ASSERT_TRUE(first && second);
    EXPECT_LT(*first, *second);
    EXPECT_EQ(first->bucket(), Bucket::of_bits(5));
}

TEST(event_json, joins_envelope_and_body) {
    auto const parsed = json::parse(event_json(event_of(7, R"({"amount":50000,"stall":"stall_00000000000000000000000000"})")));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->find("type")->as_string(), "payment.received");
    EXPECT_EQ(parsed->find("amount")->as_int(), 50'000);
    EXPECT_TRUE(parsed->find("subject")->as_string()->starts_with("pay_"));
    EXPECT_TRUE(json::parse(event_json(event_of(7, "{}"))));
}

TEST(stall_of, finds_the_stall_a_body_names) {
    auto const stall = StallId::make(Bucket::of_bits(5), Instant{});
    EXPECT_EQ(stall_of(event_of(1, R"({"amount":1,"stall":")" + stall.text() + R"("})")), stall);
    EXPECT_EQ(stall_of(event_of(1, R"({"amount":1})")), std::nullopt);
}

}  // namespace
}  // namespace choso::events
