#include <gtest/gtest.h>

#include "gateway/api/body.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/tickets.hpp"
#include "gateway/pages/html.hpp"
#include "gateway/pages/pages.hpp"

namespace choso {
namespace {

TEST(parse_object, names_the_unknown_field) {
    auto const body = api::parse_object(R"({"amount":1,"colour":"red"})", {"amount"});
    ASSERT_FALSE(body);
    EXPECT_EQ(body.error().code, api::Code::unknown_field);
    EXPECT_EQ(body.error().param, "colour");
    EXPECT_EQ(api::parse_object("[1]", {}).error().code, api::Code::body_invalid);
    EXPECT_EQ(api::parse_object("{", {}).error().code, api::Code::body_invalid);
    EXPECT_EQ(api::parse_object(R"({"a":1,"a":2})", {"a"}).error().code, api::Code::body_invalid);
}

struct KeyRow {
    char const* name;
    std::optional<std::string> key;
    std::optional<api::Code> code;
};
void PrintTo(KeyRow const& row, std::ostream* out) { *out << row.name; }
class Keys : public testing::TestWithParam<KeyRow> {};

TEST_P(Keys, are_judged) {
    auto request = http::Request{};
    request.method = http::Method::post;
    if (GetParam().key) request.headers.push_back({"Idempotency-Key", *GetParam().key});
    auto const key = api::sent_key(request);
    EXPECT_EQ(key.ok(), !GetParam().code.has_value());
    if (!key) {
        EXPECT_EQ(key.error().code, *GetParam().code);
    }
}

INSTANTIATE_TEST_SUITE_P(idempotency, Keys,
                         testing::Values(KeyRow{"missing", {}, api::Code::idempotency_key_missing},
                                         KeyRow{"empty", "", api::Code::idempotency_key_invalid}, KeyRow{"one", "a", {}},
                                         KeyRow{"longest", std::string(255, 'k'), {}},
                                         KeyRow{"too_long", std::string(256, 'k'), api::Code::idempotency_key_invalid},
                                         KeyRow{"not_ascii", "khoá", api::Code::idempotency_key_invalid},
                                         KeyRow{"a_tab", "a\tb", api::Code::idempotency_key_invalid}),
                         [](auto const& each) { return each.param.name; });

TEST(idempotency, fingerprint_tells_method_path_and_body_apart) {
    auto const key = [](char const* text, char const* path = "/a", char const* body = "{}") { return api::SentKey{text, "POST", path, body}.of({}); };
    EXPECT_EQ(key("k").fingerprint.size(), 16U);
    EXPECT_EQ(key("k").fingerprint, key("other").fingerprint);
    EXPECT_NE(key("k").fingerprint, key("k", "/b").fingerprint);
    EXPECT_NE(key("k").fingerprint, key("k", "/a", "{ }").fingerprint);
}

TEST(idempotency, scope_is_key_and_merchant) {
    auto const one = MerchantId::make(Bucket::of_bits(1), SystemClock{}.now());
    auto const two = MerchantId::make(Bucket::of_bits(1), SystemClock{}.now());
    auto const hash = [](char const* text, MerchantId merchant) { return api::SentKey{text, "POST", "/a", "{}"}.of(merchant).scoped_hash; };
    EXPECT_EQ(hash("k", one), hash("k", one));
    EXPECT_NE(hash("k", one), hash("k", two));
    EXPECT_NE(hash("k", one), hash("other", one));
}

TEST(tickets, open_one_stream_each_within_a_minute) {
    auto tickets = api::Tickets{};
    auto const now = std::chrono::steady_clock::time_point{std::chrono::hours{1}};
    auto const first = tickets.issue("key", now);
    auto const late = tickets.issue("key", now);
    ASSERT_TRUE(first && late);
    EXPECT_EQ(tickets.redeem(*first, now), "key");
    EXPECT_EQ(tickets.redeem(*first, now), std::nullopt);
    EXPECT_EQ(tickets.redeem(*late, now + api::Tickets::life), std::nullopt);
    EXPECT_EQ(tickets.redeem("guessed", now), std::nullopt);
    for (auto n = std::size_t{0}; n < api::Tickets::per_key_max; ++n) ASSERT_TRUE(tickets.issue("busy", now));
    EXPECT_FALSE(tickets.issue("busy", now));
    EXPECT_TRUE(tickets.issue("busy", now + api::Tickets::life));
}

TEST(place, reads_back_and_refuses_the_rest) {
    auto const uuid = new_uuid(Bucket::of_bits(9), SystemClock{}.now());
    EXPECT_EQ(api::place_of(api::place_text(uuid)), uuid);
    for (auto const* text : {"", "abc", "????", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) EXPECT_FALSE(api::place_of(text)) << text;
}

TEST(html, escapes_whatever_it_is_given) {
    auto html = pages::Html{};
    html.open("p", {{"title", "\"><script>"}}).text("<b>&'").close();
    EXPECT_EQ(html.take(), "<p title=\"&quot;&gt;&lt;script&gt;\">&lt;b&gt;&amp;&#39;</p>\n");
}

struct Typed {
    char const* name;
    char const* text;
    std::optional<std::int64_t> dong;
};
void PrintTo(Typed const& row, std::ostream* out) { *out << row.name; }
class TypedAmounts : public testing::TestWithParam<Typed> {};

TEST_P(TypedAmounts, are_read_as_people_mean_them) {
    auto const amount = pages::typed_amount(GetParam().text);
    EXPECT_EQ(amount.has_value(), GetParam().dong.has_value());
    if (amount && GetParam().dong) {
        EXPECT_EQ(amount->dong(), *GetParam().dong);
    }
}

INSTANTIATE_TEST_SUITE_P(pages, TypedAmounts,
                         testing::Values(Typed{"plain", "50000", 50'000}, Typed{"dots", "50.000", 50'000}, Typed{"blanks", " 1 151 800 ", 1'151'800},
                                         Typed{"unit", "50.000 ₫", 50'000}, Typed{"copied", "50.000\u00A0₫", 50'000}, Typed{"unit_d", "50000đ", 50'000},
                                         Typed{"fraction", "1.5", {}}, Typed{"cents", "50.00", {}}, Typed{"zero", "0", {}},
                                         Typed{"negative", "-5", {}}, Typed{"letters", "abc", {}}, Typed{"empty", "", {}},
                                         Typed{"most", "99.999.999.999", 99'999'999'999}, Typed{"too_much", "100.000.000.000", {}}),
                         [](auto const& each) { return each.param.name; });

}  // namespace
}  // namespace choso
