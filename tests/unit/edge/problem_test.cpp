#include <gtest/gtest.h>

#include <set>

#include "gateway/api/problem.hpp"
#include "platform/json/json.hpp"

namespace choso::api {
namespace {

TEST(problems, each_has_a_stable_word_of_its_own_and_both_texts) {
    auto words = std::set<std::string_view>{};
    for (auto n = 0; n <= static_cast<int>(Code::version_not_supported); ++n) {
        auto const& kind = kind_of(static_cast<Code>(n));
        EXPECT_TRUE(words.insert(kind.word).second) << kind.word;
        EXPECT_FALSE(kind.vi.empty() || kind.en.empty()) << kind.word;
        EXPECT_NE(kind.vi, kind.en);
        EXPECT_TRUE(kind.status >= 400 && kind.status < 600) << kind.word;
        EXPECT_TRUE(kind.money_moved == "no" || kind.money_moved == "unknown") << kind.word;
    }
}

struct Row {
    Code code;
    char const* word;
    int status;
    char const* money_moved;
    bool retryable;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.word; }
class Known : public testing::TestWithParam<Row> {};

TEST_P(Known, is_told_as_the_contract_says) {
    auto const& row = GetParam();
    auto const response = to_response(Problem{row.code, "amount"}, {"abc", true});
    EXPECT_EQ(response.status, row.status);
    EXPECT_EQ(response.content_type, "application/problem+json");
    auto const body = json::parse(response.body);
    ASSERT_TRUE(body);
    EXPECT_EQ(body->find("code")->as_string(), row.word);
    EXPECT_EQ(body->find("status")->as_int(), row.status);
    EXPECT_EQ(body->find("param")->as_string(), "amount");
    EXPECT_EQ(body->find("request_id")->as_string(), "abc");
    EXPECT_EQ(body->find("money_moved")->as_string(), row.money_moved);
    EXPECT_EQ(body->find("retryable")->as_bool(), row.retryable);
    EXPECT_EQ(response.header("Retry-After").has_value(), row.status == 503);
}

INSTANTIATE_TEST_SUITE_P(problems, Known,
                         testing::Values(Row{Code::idempotency_key_reused, "idempotency_key_reused", 422, "no", false},
                                         Row{Code::not_found, "not_found", 404, "no", false},
                                         Row{Code::order_code_taken, "order_code_taken", 409, "no", false},
                                         Row{Code::overloaded, "overloaded", 503, "no", true},
                                         Row{Code::unavailable, "unavailable", 503, "unknown", true},
                                         Row{Code::failed, "failed", 500, "no", false},
                                         Row{Code::unknown_field, "unknown_field", 400, "no", false},
                                         Row{Code::amount_invalid, "amount_invalid", 422, "no", false}),
                         [](auto const& each) { return each.param.word; });

struct Language {
    char const* name;
    char const* header;
    bool english;
};
void PrintTo(Language const& row, std::ostream* out) { *out << row.name; }
class Languages : public testing::TestWithParam<Language> {};

TEST_P(Languages, vietnamese_unless_english_is_preferred) {
    auto request = http::Request{};
    if (*GetParam().header != '\0') request.headers.push_back({"Accept-Language", GetParam().header});
    EXPECT_EQ(audience_of(request).english, GetParam().english);
}

INSTANTIATE_TEST_SUITE_P(problems, Languages,
                         testing::Values(Language{"none", "", false}, Language{"vi", "vi", false}, Language{"en", "en", true},
                                         Language{"en_US", "en-US,en;q=0.9", true}, Language{"vi_then_en", "vi-VN,vi;q=0.9,en;q=0.8", false},
                                         Language{"en_then_vi", "en,vi;q=0.5", true}, Language{"any", "*", false},
                                         Language{"en_forbidden", "en;q=0", false}, Language{"another", "fr", false},
                                         Language{"weights_turn_it_round", "vi;q=0.25,en;q=0.75", true}, Language{"eng_is_not_en", "eng", false}),
                         [](auto const& each) { return each.param.name; });

}  // namespace
}  // namespace choso::api
