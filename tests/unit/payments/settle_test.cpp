// Which of a collector's dues a settlement run proposes to pay.
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/payments/settle.hpp"
#include "tests/unit/payments/builders.hpp"

namespace choso::payments {
namespace {

using namespace testing_words;

ProposeSettlement run_for(std::size_t payees, CollectorMode mode = CollectorMode::pooled) {
    auto out = ProposeSettlement{};
    out.id = SettlementId{new_uuid(bucket, at(0))};
    out.account = account(mode);
    out.owner = out.account.owner;
    for (std::size_t i = 0; i < payees; ++i) {
        auto const n = static_cast<std::uint8_t>(40 + i);
        out.payees.push_back({id<MerchantId>(n), PayoutId{new_uuid(bucket, at(0))}, {PersonId{new_uuid(bucket, at(0))}, "970436", "1", "A", "directory"}});
    }
    out.actor = {ActorKind::key, id<ApiKeyId>(60).uuid()};
    return out;
}

struct Row {
    char const* name;
    PayeeDue due;
    std::int64_t paid;  ///< 0: no payout
};

TEST(Settle, proposes_what_is_confirmed_and_in_no_payout) {
    for (auto const& row : {Row{"all", {Money{100}, {}, {}}, 100}, Row{"none", {{}, {}, {}}, 0}, Row{"owes", {Money{-30}, {}, {}}, 0},
                            Row{"proposed", {Money{100}, Money{100}, {}}, 0}, Row{"more_since", {Money{100}, Money{60}, {}}, 40},
                            Row{"too_young", {Money{100}, {}, Money{70}}, 30}, Row{"both", {Money{100}, Money{60}, Money{70}}, 0},
                            Row{"beyond_one_transfer", {Money{250'000'000'000}, {}, {}}, 499'999'999},
                            Row{"the_rest_of_it", {Money{600'000'000}, Money{499'999'999}, {}}, 100'000'001}}) {
        auto const asked = run_for(1);
        auto const effects = decide(asked, {row.due}, at(1));
        if (row.paid == 0) {
            ASSERT_FALSE(effects.ok()) << row.name;
            EXPECT_EQ(effects.error(), Refusal::nothing_to_settle) << row.name;
            continue;
        }
        ASSERT_TRUE(effects.ok()) << row.name;
        ASSERT_EQ(effects->new_payouts.size(), 1U) << row.name;
        EXPECT_EQ(effects->new_payouts[0].amount, Money{row.paid}) << row.name;
        EXPECT_TRUE(effects->movements.empty()) << "a proposal moves no money";
    }
}

TEST(Settle, a_batch_is_its_payouts) {
    auto const asked = run_for(3);
    auto const effects = decide(asked, {{Money{50}, {}, {}}, {Money{-5}, {}, {}}, {Money{20}, {}, {}}}, at(1));
    ASSERT_TRUE(effects.ok());
    auto const& batch = *effects->new_settlement;
    EXPECT_EQ(batch.amount, Money{70});
    ASSERT_EQ(batch.lines.size(), 2U);
    ASSERT_EQ(effects->new_payouts.size(), 2U);
    for (auto const& payout : effects->new_payouts) {
        auto const line = std::find_if(batch.lines.begin(), batch.lines.end(), [&](auto const& each) { return each.payout == payout.id; });
        ASSERT_NE(line, batch.lines.end());
        EXPECT_EQ(line->merchant, payout.merchant);
        EXPECT_EQ(line->amount, payout.amount);
        EXPECT_EQ(payout.purpose, PayoutPurpose::settlement);
        EXPECT_EQ(payout.status, PayoutStatus::proposed);
        EXPECT_EQ(payout.maker, asked.actor);
    }
    EXPECT_EQ(effects->new_payouts[1].merchant, asked.payees[2].merchant);
    EXPECT_EQ(effects->new_destinations.size(), 2U) << "nobody's account is kept who is not paid";
}

TEST(Settle, a_batch_lists_its_payouts_as_it_is_read_again) {
    auto const asked = run_for(30);
    auto const effects = decide(asked, std::vector<PayeeDue>(30, {Money{1}, {}, {}}), at(1));
    ASSERT_TRUE(effects.ok());
    auto const& lines = effects->new_settlement->lines;
    ASSERT_EQ(lines.size(), 30U);
    EXPECT_TRUE(std::is_sorted(lines.begin(), lines.end(), [](auto const& a, auto const& b) { return a.payout < b.payout; }))
        << "in the order of the payouts' ids, in which the database gives them back";
}

TEST(Settle, a_merchants_own_account_is_settled_by_nobody) {
    auto const effects = decide(run_for(1, CollectorMode::direct), {{Money{100}, {}, {}}}, at(1));
    ASSERT_FALSE(effects.ok());
    EXPECT_EQ(effects.error(), Refusal::collector_is_direct);
}

}  // namespace
}  // namespace choso::payments
