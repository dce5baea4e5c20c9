// Money of a split request: whose it is after every command of DESIGN §7, and what the ledger and the payees hear of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/payments/split.hpp"
#include "tests/unit/payments/builders.hpp"

namespace choso::payments {
namespace {

using namespace testing_words;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

MerchantId school() { static auto const it = id<MerchantId>(21); return it; }
MerchantId kitchen() { static auto const it = id<MerchantId>(22); return it; }
MerchantId clinic() { static auto const it = id<MerchantId>(23); return it; }

/// 50 to the school, 30 to its kitchen, 20 to the clinic; asked for by the collector's own merchant.
PaymentRequest bills(FillRule fill) {
    auto out = asked(100);
    out.split = Split{fill, {{school(), Money{50}, {}}, {kitchen(), Money{30}, {}}, {clinic(), Money{20}, {}}}};
    return out;
}

struct Step {
    char kind;
    std::int64_t n;
};
/// Lines: what fills each, then what is over. Due: school, kitchen, clinic, asker; seen, then confirmed.
struct Row {
    char const* name;
    FillRule fill;
    std::vector<Step> steps;
    RequestStatus status;
    std::array<std::int64_t, 4> lines;
    std::array<std::int64_t, 4> seen;
    std::array<std::int64_t, 4> confirmed = {0, 0, 0, 0};
    std::int64_t held = 0;
    std::int64_t unreferenced = 0;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

constexpr auto in_order = FillRule::in_order;
constexpr auto together = FillRule::together;
using enum RequestStatus;

auto const table = std::vector<Row>{
    // name                   rule      steps                                   status          lines             seen            confirmed      held unreferenced
    {"exact", in_order, {{'c', 100}}, paid, {50, 30, 20, 0}, {50, 30, 20, 0}},
    {"short_pays_the_first_bills_first", in_order, {{'c', 60}}, partially_paid, {50, 10, 0, 0}, {50, 10, 0, 0}},
    {"short_then_the_rest", in_order, {{'c', 60}, {'c', 40}}, paid, {50, 30, 20, 0}, {50, 30, 20, 0}},
    {"over", in_order, {{'c', 130}}, paid, {50, 30, 20, 30}, {50, 30, 20, 30}},
    {"short_then_over", in_order, {{'c', 60}, {'c', 70}}, paid, {50, 30, 20, 30}, {50, 30, 20, 30}},
    {"twice", in_order, {{'c', 100}, {'c', 100}}, paid, {50, 30, 20, 100}, {50, 30, 20, 100}},
    {"late", in_order, {{'l', 100}}, paid_late, {50, 30, 20, 0}, {50, 30, 20, 0}},
    {"late_and_short", in_order, {{'x', 0}, {'l', 60}}, expired, {50, 10, 0, 0}, {50, 10, 0, 0}},
    {"expired_keeps_its_money", in_order, {{'c', 60}, {'x', 0}}, expired, {50, 10, 0, 0}, {50, 10, 0, 0}},
    {"expired_then_told_late", in_order, {{'x', 0}, {'c', 100}}, paid, {50, 30, 20, 0}, {50, 30, 20, 0}},
    {"confirmed", in_order, {{'c', 100}, {'s', 0}}, paid, {50, 30, 20, 0}, {0, 0, 0, 0}, {50, 30, 20, 0}},
    {"one_of_two_confirmed", in_order, {{'c', 60}, {'c', 40}, {'s', 0}}, paid, {50, 30, 20, 0}, {0, 20, 20, 0}, {50, 10, 0, 0}},
    {"the_excess_confirmed", in_order, {{'c', 130}, {'s', 0}}, paid, {50, 30, 20, 30}, {0, 0, 0, 0}, {50, 30, 20, 30}},
    {"cancelled", in_order, {{'c', 60}, {'k', 0}}, cancelled, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, 0, 60},
    {"cancelled_when_confirmed", in_order, {{'c', 60}, {'s', 0}, {'c', 20}, {'k', 0}}, cancelled, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, 0, 80},
    {"money_after_cancel", in_order, {{'k', 0}, {'c', 100}}, cancelled, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, 0, 100},
    {"taken_back", in_order, {{'c', 100}, {'r', 0}}, open, {0, 0, 0, 0}, {0, 0, 0, 0}},
    {"the_second_taken_back", in_order, {{'c', 60}, {'c', 40}, {'r', 1}}, partially_paid, {50, 10, 0, 0}, {50, 10, 0, 0}},
    {"the_first_taken_back_empties_the_last_lines", in_order, {{'c', 60}, {'c', 40}, {'r', 0}}, partially_paid, {40, 0, 0, 0}, {40, 0, 0, 0}},
    {"taken_back_when_confirmed", in_order, {{'c', 60}, {'c', 40}, {'s', 0}, {'r', 0}}, partially_paid, {40, 0, 0, 0}, {40, 0, 0, 0}},
    {"what_stays_is_confirmed", in_order, {{'c', 60}, {'c', 40}, {'s', 1}, {'r', 0}}, partially_paid, {40, 0, 0, 0}, {0, 0, 0, 0}, {40, 0, 0, 0}},
    {"twice_then_the_first_taken_back", in_order, {{'c', 100}, {'c', 100}, {'r', 0}}, paid, {50, 30, 20, 0}, {50, 30, 20, 0}},
    {"paid_again_after_taken_back", in_order, {{'c', 60}, {'c', 40}, {'r', 0}, {'c', 60}}, paid, {50, 30, 20, 0}, {50, 30, 20, 0}},

    {"exact_together", together, {{'c', 100}}, paid, {50, 30, 20, 0}, {50, 30, 20, 0}},
    {"short_is_held", together, {{'c', 60}}, partially_paid, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, 60},
    {"short_then_the_rest_together", together, {{'c', 60}, {'c', 40}}, paid, {50, 30, 20, 0}, {50, 30, 20, 0}},
    {"held_and_confirmed", together, {{'c', 60}, {'s', 0}}, partially_paid, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, 60},
    {"confirmed_while_held_then_the_rest", together, {{'c', 60}, {'s', 0}, {'c', 40}}, paid, {50, 30, 20, 0}, {0, 20, 20, 0}, {50, 10, 0, 0}},
    {"the_rest_then_confirmed", together, {{'c', 60}, {'c', 40}, {'s', 0}}, paid, {50, 30, 20, 0}, {0, 20, 20, 0}, {50, 10, 0, 0}},
    {"over_together", together, {{'c', 60}, {'c', 70}}, paid, {50, 30, 20, 30}, {50, 30, 20, 30}},
    {"expired_stays_held", together, {{'c', 60}, {'x', 0}}, expired, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, 60},
    {"late_completes_it", together, {{'c', 60}, {'x', 0}, {'l', 40}}, paid_late, {50, 30, 20, 0}, {50, 30, 20, 0}},
    {"cancelled_while_held", together, {{'c', 60}, {'k', 0}}, cancelled, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, 0, 60},
    {"held_and_taken_back", together, {{'c', 60}, {'r', 0}}, open, {0, 0, 0, 0}, {0, 0, 0, 0}},
    {"taken_back_is_held_again", together, {{'c', 60}, {'c', 40}, {'r', 0}}, partially_paid, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, 40},
    {"confirmed_is_held_again", together, {{'c', 60}, {'c', 40}, {'s', 1}, {'r', 0}}, partially_paid, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, 40},
    {"held_again_then_paid", together, {{'c', 60}, {'c', 40}, {'s', 1}, {'r', 0}, {'c', 60}}, paid, {50, 30, 20, 0}, {10, 30, 20, 0}, {40, 0, 0, 0}},
};

class SplitStates : public testing::TestWithParam<Row> {};

TEST_P(SplitStates, fill_the_lines_and_owe_each_payee_its_part) {
    auto const& row = GetParam();
    auto book = SmallBook{bills(row.fill), CollectorMode::pooled};
    for (auto const& step : row.steps) ASSERT_TRUE(book.step(step.kind, step.n)) << step.kind << step.n;
    EXPECT_EQ(book.request().status, row.status) << word(book.request().status);
    for (std::int16_t position = 1; position <= 3; ++position)
        EXPECT_EQ(book.filled(position).dong(), row.lines[static_cast<std::size_t>(position - 1)]) << "line " << position;
    EXPECT_EQ(book.filled(0).dong(), row.lines[3]) << "what came over";
    auto const payees = std::array{school(), kitchen(), clinic(), account().owner};
    for (std::size_t i = 0; i < payees.size(); ++i) {
        EXPECT_EQ(-book.balance(AccountKind::due_seen, payees[i]).dong(), row.seen[i]) << "seen, payee " << i;
        EXPECT_EQ(-book.balance(AccountKind::due_confirmed, payees[i]).dong(), row.confirmed[i]) << "confirmed, payee " << i;
    }
    EXPECT_EQ(-book.balance(AccountKind::held).dong(), row.held);
    EXPECT_EQ(-book.balance(AccountKind::unreferenced).dong(), row.unreferenced);
    EXPECT_TRUE(book.balances());
    EXPECT_TRUE(book.numbers_run());
}
INSTANTIATE_TEST_SUITE_P(payments, SplitStates, testing::ValuesIn(table), [](auto const& tested) { return tested.param.name; });

TEST(Split, one_transfer_is_one_journal) {
    auto const effects = decide(credit(100, at(1), {{*bills(in_order).reference, How::exact, false}}, CollectorMode::pooled),
                                {{}, {}, {bills(in_order)}, {}}, at(2));
    ASSERT_TRUE(effects.ok());
    ASSERT_EQ(effects->movements.size(), 1U);
    auto const& journal = effects->movements[0].journal;
    EXPECT_EQ(postings(journal.name, journal.amount, journal.account, journal.merchant, journal.parties).size(), 4U);
}

TEST(Split, a_payee_hears_its_part_and_nothing_of_the_others) {
    auto book = SmallBook{bills(in_order), CollectorMode::pooled};
    ASSERT_TRUE(book.step('c', 60));
    auto const of = R"("payment_request":")" + book.request().id.text() + "\"}";
    EXPECT_THAT(book.heard(school()), ElementsAre(R"(payment.received {"amount":50,)" + of));
    EXPECT_THAT(book.heard(kitchen()), ElementsAre(R"(payment.received {"amount":10,)" + of));
    EXPECT_THAT(book.heard(clinic()), IsEmpty());
    EXPECT_EQ(book.heard(account().owner).size(), 2U) << "the whole payment, and that the request is partially paid";
}

TEST(Split, the_last_filled_line_loses_first_and_its_payee_is_told) {
    auto book = SmallBook{bills(in_order), CollectorMode::pooled};
    ASSERT_TRUE(book.step('c', 60));
    ASSERT_TRUE(book.step('c', 40));
    ASSERT_TRUE(book.step('r', 0));
    auto const of = R"("payment_request":")" + book.request().id.text() + "\"}";
    EXPECT_EQ(book.heard(clinic()).back(), R"(payment.moved {"amount":-20,)" + of);
    EXPECT_EQ(book.heard(school()).back(), R"(payment.moved {"amount":40,)" + of);
}

TEST(Split, cancelling_asks_every_payment_back_once) {
    auto book = SmallBook{bills(together), CollectorMode::pooled};
    ASSERT_TRUE(book.step('c', 30));
    ASSERT_TRUE(book.step('c', 20));
    ASSERT_TRUE(book.step('k', 0));
    ASSERT_EQ(book.refunds().size(), 2U);
    EXPECT_EQ(book.refunds()[0].amount + book.refunds()[1].amount, Money{50});
}

TEST(Split, two_lines_of_one_payee_are_one_entry_and_one_number) {
    auto request = bills(in_order);
    request.split->lines[1].merchant = school();
    auto book = SmallBook{request, CollectorMode::pooled};
    ASSERT_TRUE(book.step('c', 60));
    ASSERT_TRUE(book.step('c', 20));
    EXPECT_EQ(book.balance(AccountKind::due_seen, school()), Money{-80});
    EXPECT_EQ(book.filled(2), Money{30});
    ASSERT_TRUE(book.step('r', 0));
    EXPECT_EQ(book.filled(1), Money{20});
    EXPECT_EQ(book.filled(2), Money{});
    EXPECT_EQ(book.balance(AccountKind::due_seen, school()), Money{-20});
    EXPECT_TRUE(book.numbers_run());
}

TEST(Split, a_direct_account_fills_its_owners_lines) {
    for (auto const fill : {in_order, together}) {
        auto request = bills(fill);
        for (auto& line : request.split->lines) line.merchant = account().owner;
        auto book = SmallBook{request};
        ASSERT_TRUE(book.step('c', 60));
        ASSERT_TRUE(book.step('c', 50));
        EXPECT_EQ(book.balance(AccountKind::received), Money{-110});
        ASSERT_TRUE(book.step('r', 0));
        EXPECT_EQ(book.balance(AccountKind::received) + book.balance(AccountKind::held), Money{-50});
        EXPECT_TRUE(book.balances());
    }
}

TEST(Split, the_second_copy_may_bring_the_reference_the_first_had_lost) {
    auto book = SmallBook{bills(in_order), CollectorMode::pooled};
    auto const mangled = credit(100, at(1), {}, CollectorMode::pooled);
    auto whole = mangled;
    whole.id = PaymentId{new_uuid(bucket, at(0))};
    whole.source = 2;
    whole.found = book.exact();
    ASSERT_TRUE(book.take(decide(mangled, {{}, {}, {}, {}}, at(2))));
    ASSERT_TRUE(book.take(decide(whole, {{}, book.payments(), {book.request()}, {}}, at(3))));
    EXPECT_EQ(book.balance(AccountKind::unreferenced), Money{});
    EXPECT_EQ(book.balance(AccountKind::due_confirmed, kitchen()), Money{-30});
    EXPECT_TRUE(book.numbers_run());
}

/// Whatever happens in whatever order: lines follow from the money alone, and the ledger from the lines.
TEST(Split, every_history_keeps_lines_ledger_and_numbers_together) {
    auto const seed = std::random_device{}();
    auto random = std::mt19937{seed};
    auto const up_to = [&](std::int64_t n) { return static_cast<std::int64_t>(random() % static_cast<std::uint32_t>(n)) + 1; };
    auto const payees = std::array{school(), kitchen(), clinic(), account().owner};
    for (auto round = 0; round < 2'000; ++round) {
        auto request = asked(0);
        request.split = Split{up_to(2) == 1 ? in_order : together, {}};
        auto whole = std::int64_t{0};
        for (auto n = up_to(6); n > 0; --n) {
            request.split->lines.push_back({payees[static_cast<std::size_t>(up_to(4) - 1)], Money{up_to(50)}, {}});
            whole += request.split->lines.back().amount.dong();
        }
        request.amount = Money{whole};
        auto book = SmallBook{request, CollectorMode::pooled};
        for (auto step = 0; step < 12; ++step) {
            auto const kinds = std::string{"ccccclxsssrrk"};
            auto const kind = kinds[static_cast<std::size_t>(up_to(static_cast<std::int64_t>(kinds.size())) - 1)];
            auto const of_payment = kind == 'r' || kind == 's';
            if (of_payment && book.payments().empty()) continue;
            auto const n = of_payment ? up_to(static_cast<std::int64_t>(book.payments().size())) - 1 : up_to(whole);
            if (kind == 's' && book.payments()[static_cast<std::size_t>(n)].sources.size() > 1) continue;
            (void)book.step(kind, n);

            auto left = book.request().amount_paid;
            auto const held = request.split->fill == together && left < request.amount.value();
            ASSERT_EQ(-book.balance(AccountKind::held), held ? left : Money{}) << "seed " << seed;
            if (held) left = Money{};
            for (std::size_t i = 0; i < request.split->lines.size(); ++i) {
                auto const part = std::min(left, request.split->lines[i].amount);
                ASSERT_EQ(book.filled(static_cast<std::int16_t>(i + 1)), part) << "seed " << seed << " line " << i;
                left -= part;
            }
            ASSERT_EQ(book.filled(0), left) << "seed " << seed;
            auto due = std::map<std::pair<MerchantId, bool>, Money>{};
            for (auto const& payment : book.payments())
                for (auto const& share : book.shares_of(payment.id)) due[{share.merchant, payment.confirmed_at.has_value()}] += share.amount;
            for (auto const& payee : payees) {
                ASSERT_EQ(-book.balance(AccountKind::due_seen, payee), (due[{payee, false}])) << "seed " << seed;
                ASSERT_EQ(-book.balance(AccountKind::due_confirmed, payee), (due[{payee, true}])) << "seed " << seed;
            }
            ASSERT_TRUE(book.balances()) << "seed " << seed;
            ASSERT_TRUE(book.numbers_run()) << "seed " << seed;
        }
    }
}

TEST(Templates, parts_that_are_not_the_whole_are_our_own_bug) {
    auto const parts = std::vector<Part>{{school(), Money{50}}, {kitchen(), Money{30}}};
    EXPECT_EQ(postings(Template::credit_due, Money{80}, account().id, account().owner, {{}, parts, {}}).size(), 3U);
    EXPECT_ANY_THROW((void)postings(Template::credit_due, Money{81}, account().id, account().owner, {{}, parts, {}}));
}

TEST(Templates, several_parts_sum_to_zero_for_every_amount) {
    auto random = std::mt19937_64{20261122};
    for (auto const& row : templates())
        for (auto n = 0; n < 100; ++n) {
            auto parts = std::vector<Part>{};
            auto amount = Money{};
            for (auto i = random() % 50 + 1; i > 0; --i) {
                parts.push_back({id<MerchantId>(static_cast<std::uint8_t>(i)), Money{static_cast<std::int64_t>(random() % 999'999'999) + 1}});
                amount += parts.back().amount;
            }
            auto sum = Money{};
            for (auto const& posting : postings(row.name, amount, account().id, account().owner, {parts, parts, {}})) sum += posting.amount;
            EXPECT_TRUE(sum.is_zero()) << row.word;
        }
}

}  // namespace
}  // namespace choso::payments
