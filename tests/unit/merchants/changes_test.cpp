#include "merchants/changes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "merchants/scopes.hpp"

namespace choso::merchants {
namespace {

struct AccountRow {
    char const* name;
    std::string bin, number, holder;
    char const* field;  ///< at fault; empty if none
};
void PrintTo(AccountRow const& row, std::ostream* out) { *out << row.name; }

class AccountRules : public ::testing::TestWithParam<AccountRow> {};

TEST_P(AccountRules, name_the_field_at_fault) {
    auto const& row = GetParam();
    auto const refused = check(NewAccount{.collector = {}, .bin = row.bin, .number = row.number, .holder = row.holder});
    EXPECT_EQ(refused ? refused->field : "", row.field) << (refused ? refused->rule : "");
}

INSTANTIATE_TEST_SUITE_P(
    Registry, AccountRules,
    ::testing::Values(AccountRow{"plain", "970436", "0123456789", "Nguyễn Thị Hoa", ""},
                      AccountRow{"letters", "970436", "CHOHOA88", "Hoa", ""},
                      AccountRow{"longest", "970436", "1234567890123456789", "Hoa", ""},
                      AccountRow{"too_long", "970436", "12345678901234567890", "Hoa", "number"},
                      AccountRow{"no_number", "970436", "", "Hoa", "number"},
                      AccountRow{"blank_inside", "970436", "12 34", "Hoa", "number"},
                      AccountRow{"not_ascii", "970436", "１２３", "Hoa", "number"},
                      AccountRow{"unknown_bank", "999999", "1", "Hoa", "bin"},
                      AccountRow{"bank_by_name", "VCB", "1", "Hoa", "bin"},
                      AccountRow{"no_holder", "970436", "1", "  ", "holder"},
                      AccountRow{"control_in_holder", "970436", "1", "Ho\na", "holder"}),
    [](auto const& row) { return std::string{row.param.name}; });

struct TextRow {
    char const* name;
    std::string text;
    bool fits;
};
void PrintTo(TextRow const& row, std::ostream* out) { *out << row.name; }

class TextRules : public ::testing::TestWithParam<TextRow> {};

TEST_P(TextRules, hold) { EXPECT_EQ(!check_text("name", GetParam().text, 5), GetParam().fits); }

INSTANTIATE_TEST_SUITE_P(Registry, TextRules,
                         ::testing::Values(TextRow{"plain", "abc", true}, TextRow{"counted_in_characters", "Đồngg", true},
                                           TextRow{"one_too_many", "Đồnggg", false}, TextRow{"none", "", false},
                                           TextRow{"not_utf8", "a\xff", false}, TextRow{"control", "a\tb", false},
                                           TextRow{"delete", "a\x7f", false}, TextRow{"c1", "a\xc2\x85", false},
                                           TextRow{"not_c1", "a\xc2\xa9", true}, TextRow{"blank_first", " a", false},
                                           TextRow{"blank_last", "a ", false}),
                         [](auto const& row) { return std::string{row.param.name}; });

TEST(Holder, is_folded_as_banks_print_it) {
    EXPECT_EQ(holder_as_printed("  Nguyễn  Thị Hoa "), "NGUYEN THI HOA");
    EXPECT_EQ(holder_as_printed("Cty TNHH Đại Từ"), "CTY TNHH DAI TU");
}

TEST(KeyRules, ask_for_known_scopes_and_some_merchant) {
    NewKey key{.name = "k", .live = false, .scopes = {"requests:write"}, .merchants = {MerchantId{}}};
    EXPECT_EQ(check(key), std::nullopt);
    key.scopes.insert("everything");
    EXPECT_EQ(check(key)->field, "scopes");
    key.scopes.clear();
    EXPECT_EQ(check(key)->field, "scopes");
    key.scopes = {"events:read"};
    key.merchants.clear();
    EXPECT_EQ(check(key)->field, "merchants");
}

TEST(FeedRules, ask_for_a_known_kind_and_some_account) {
    NewFeed feed{.kind = "sepay", .name = "f", .auth = FeedAuth::hmac, .accounts = {AccountId{}}};
    EXPECT_EQ(check(feed), std::nullopt);
    feed.kind = "telepathy";
    EXPECT_EQ(check(feed)->field, "kind");
    feed.kind = "sepay";
    feed.accounts.clear();
    EXPECT_EQ(check(feed)->field, "accounts");
}

TEST(CollectorRules, ask_for_a_known_kind) {
    EXPECT_EQ(check(NewCollector{.name = "Hoa", .kind = "household"}), std::nullopt);
    EXPECT_EQ(check(NewCollector{.name = "Hoa", .kind = "circus"})->field, "kind");
    EXPECT_EQ(check(NewCollector{.name = "", .kind = "household"})->field, "name");
}

TEST(ClockRules, let_it_only_go_forward) {
    EXPECT_EQ(check_advance(std::chrono::seconds{1}), std::nullopt);
    EXPECT_NE(check_advance(std::chrono::seconds{0}), std::nullopt);
    EXPECT_NE(check_advance(-std::chrono::seconds{1}), std::nullopt);
    EXPECT_NE(check_advance(std::chrono::hours{24 * 4000}), std::nullopt);
}

TEST(Words, lead_back_to_what_they_name) {
    for (auto const auth : {FeedAuth::apikey, FeedAuth::hmac, FeedAuth::oauth2}) EXPECT_EQ(feed_auth_of(word(auth)), auth);
    EXPECT_EQ(feed_auth_of("basic"), std::nullopt);
    for (auto const& it : scope::all()) {
        EXPECT_TRUE(scope::is_known(it.name));
        EXPECT_FALSE(it.meaning_en.empty() || it.meaning_vi.empty()) << it.name;
    }
}

TEST(Buckets, are_filled_evenly_from_whatever_there_is) {
    auto const seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    std::array<std::int64_t, Bucket::count> collectors{};
    for (auto& count : collectors) count = std::uniform_int_distribution{0, 9}(random);
    auto const most = *std::ranges::max_element(collectors);
    auto missing = std::int64_t{0};
    for (auto const count : collectors) missing += most - count;
    for (auto i = std::int64_t{0}; i < missing + 64; ++i) ++collectors.at(static_cast<std::size_t>(least_used(collectors).number()));
    for (auto const count : collectors) EXPECT_EQ(count, most + 1);
}

TEST(Buckets, the_first_64_collectors_take_one_each_in_order) {
    std::array<std::int64_t, Bucket::count> collectors{};
    for (std::int16_t n = 0; n < Bucket::count; ++n) {
        auto const bucket = least_used(collectors);
        EXPECT_EQ(bucket.number(), n);
        ++collectors.at(static_cast<std::size_t>(n));
    }
}

}  // namespace
}  // namespace choso::merchants
