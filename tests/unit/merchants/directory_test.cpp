#include "merchants/directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/merchants/support.hpp"

namespace choso::merchants {
namespace {

using testing::SmallProvince;

class DirectoryOfAProvince : public ::testing::Test {
 protected:
    SmallProvince province_;
    std::shared_ptr<Directory const> directory_ = province_.directory();

    [[nodiscard]] BankAccount const& account(AccountId id) const { return *directory_->account(id); }
};

TEST_F(DirectoryOfAProvince, finds_by_id_link_and_reference) {
    EXPECT_EQ(directory_->version(), 7);
    EXPECT_EQ(directory_->merchant(province_.hoa)->name, "Hoa");
    EXPECT_EQ(directory_->collector(province_.pool)->bucket, Bucket::of_bits(9));
    EXPECT_EQ(directory_->stall_by_link(std::string(32, 's'))->id, province_.stall);
    EXPECT_EQ(directory_->stall_by_link(std::string(32, 't')), nullptr);
    EXPECT_EQ(directory_->stall_by_reference(testing::reference(1))->id, province_.stall);
    EXPECT_EQ(directory_->stall_by_reference(testing::reference(2)), nullptr);
}

TEST_F(DirectoryOfAProvince, a_key_knows_its_merchants_and_no_other) {
    auto const* const key = directory_->key_by_hash(std::string(32, 'k'));
    ASSERT_NE(key, nullptr);
    EXPECT_EQ(key->merchants, (std::set{province_.hoa, province_.water}));
    EXPECT_EQ(directory_->key_by_hash(std::string(32, 'x')), nullptr);
}

TEST_F(DirectoryOfAProvince, a_number_means_the_valid_account_only) {
    EXPECT_EQ(directory_->account_by_number("970436", "100")->id, province_.pooled);
    EXPECT_EQ(directory_->account_by_number("970415", "102")->id, province_.young);
    EXPECT_EQ(directory_->account_by_number("970415", "101"), nullptr);
    EXPECT_NE(directory_->account(province_.ended), nullptr) << "old requests still name it";
}

TEST_F(DirectoryOfAProvince, a_merchant_is_paid_at_its_stall_s_account_else_the_oldest_valid_one) {
    auto const& hoa = *directory_->merchant(province_.hoa);
    EXPECT_EQ(directory_->account_for(hoa, nullptr)->id, province_.old);
    EXPECT_EQ(directory_->account_for(hoa, directory_->stall(province_.stall))->id, province_.young);
    EXPECT_EQ(directory_->account_for(*directory_->merchant(province_.water), nullptr)->id, province_.pooled);
}

TEST_F(DirectoryOfAProvince, a_collectors_valid_accounts_stand_by_age) {
    auto ids = std::vector<AccountId>{};
    for (auto const* account : directory_->accounts_of(directory_->merchant(province_.hoa)->collector)) ids.push_back(account->id);
    EXPECT_EQ(ids, (std::vector{province_.old, province_.young}));
    EXPECT_TRUE(directory_->accounts_of(CollectorId{}).empty());
}

TEST_F(DirectoryOfAProvince, a_payees_due_is_paid_to_its_registered_account) {
    auto rows = province_.rows();
    rows.payout_accounts.push_back({{}, province_.water, "970436", "777", "NUOC SACH"});
    auto const directory = DirectoryReader::index(std::move(rows));
    ASSERT_NE(directory->payout_account(province_.water), nullptr);
    EXPECT_EQ(directory->payout_account(province_.water)->number, "777");
    EXPECT_EQ(directory->payout_account(province_.hoa), nullptr);
}

TEST_F(DirectoryOfAProvince, the_oldest_account_is_the_oldest_in_whatever_order_rows_come) {
    auto rows = province_.rows();
    std::ranges::reverse(rows.accounts);
    auto const directory = DirectoryReader::index(std::move(rows));
    EXPECT_EQ(directory->account_for(*directory->merchant(province_.hoa), nullptr)->id, province_.old);
}

TEST_F(DirectoryOfAProvince, an_ended_stall_account_gives_way_to_the_usual_one) {
    auto rows = province_.rows();
    rows.accounts[2].valid = false;
    auto const directory = DirectoryReader::index(std::move(rows));
    EXPECT_EQ(directory->account_for(*directory->merchant(province_.hoa), directory->stall(province_.stall))->id, province_.old);
}

TEST_F(DirectoryOfAProvince, payees_begin_with_the_owner_and_stop_at_the_limit) {
    auto const all = directory_->payees_of(account(province_.pooled), 9);
    EXPECT_EQ(all, (std::vector{province_.centre, province_.water, province_.waste}));
    EXPECT_EQ(directory_->payees_of(account(province_.pooled), 1), (std::vector{province_.centre}));
}

TEST_F(DirectoryOfAProvince, facts_of_an_account_are_what_the_core_needs) {
    auto const direct = directory_->facts_of(account(province_.old));
    EXPECT_EQ(direct.owner, province_.hoa);
    EXPECT_EQ(direct.mode, payments::CollectorMode::direct);
    EXPECT_FALSE(direct.keeps_debits);
    EXPECT_EQ(direct.static_stall, province_.stall);
    EXPECT_EQ(direct.static_merchant, province_.hoa);
    auto const pooled = directory_->facts_of(account(province_.pooled));
    EXPECT_EQ(pooled.owner, province_.centre);
    EXPECT_EQ(pooled.mode, payments::CollectorMode::pooled);
    EXPECT_TRUE(pooled.keeps_debits);
    EXPECT_EQ(pooled.static_stall, std::nullopt);
}

TEST_F(DirectoryOfAProvince, a_feed_speaks_for_its_own_accounts_only) {
    auto const& feed = *directory_->feed(province_.apikey);
    EXPECT_EQ(directory_->account_of_feed(feed, "101")->id, province_.old);
    EXPECT_EQ(directory_->account_of_feed(feed, "102")->id, province_.young);
    EXPECT_EQ(directory_->account_of_feed(feed, "100"), nullptr);
}

TEST_F(DirectoryOfAProvince, an_ended_account_is_told_of_unless_a_valid_one_has_its_number) {
    EXPECT_EQ(directory_->account_of_feed(*directory_->feed(province_.hmac), "100")->id, province_.pooled);
    EXPECT_EQ(directory_->account_of_feed(*directory_->feed(province_.oauth2), "100")->id, province_.ended);
}

TEST_F(DirectoryOfAProvince, two_accounts_of_one_number_in_a_feed_are_nobody_s) {
    auto rows = province_.rows();
    rows.accounts[2].account.number = "101";
    auto const directory = DirectoryReader::index(std::move(rows));
    EXPECT_EQ(directory->account_of_feed(*directory->feed(province_.apikey), "101"), nullptr);
}

TEST_F(DirectoryOfAProvince, feeds_are_found_by_their_own_kind_of_secret) {
    EXPECT_EQ(directory_->feed_by_secret_hash(FeedAuth::apikey, std::string(32, 'a'))->id, province_.apikey);
    EXPECT_EQ(directory_->feed_by_secret_hash(FeedAuth::oauth2, std::string(32, 'a')), nullptr);
    EXPECT_EQ(directory_->feed_by_secret_hash(FeedAuth::oauth2, std::string(32, 'o'))->id, province_.oauth2);
    EXPECT_EQ(directory_->feed_by_secret_hash(FeedAuth::hmac, ""), nullptr);
    EXPECT_EQ(directory_->feed_by_client_id("client")->id, province_.oauth2);
    EXPECT_EQ(directory_->feed_by_client_id(""), nullptr);
    ASSERT_EQ(directory_->hmac_feeds().size(), 1U);
    EXPECT_EQ(directory_->hmac_feeds().front()->id, province_.hmac);
}

TEST_F(DirectoryOfAProvince, a_virtual_account_names_account_and_stall) {
    auto const* const found = directory_->virtual_account("970436", "VA1");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->account, province_.old);
    EXPECT_EQ(found->stall, province_.stall);
    EXPECT_EQ(directory_->virtual_account("970415", "VA1"), nullptr);
}

TEST(EmptyDirectory, finds_nothing) {
    Directory const directory;
    EXPECT_EQ(directory.merchant({}), nullptr);
    EXPECT_EQ(directory.key_by_hash(""), nullptr);
    EXPECT_TRUE(directory.stalls().empty());
}

}  // namespace
}  // namespace choso::merchants
