// DESIGN §7, every cell: what a command makes of a request in each state.
#include <gtest/gtest.h>

#include "gateway/payments/status.hpp"
#include "tests/unit/payments/builders.hpp"

namespace choso::payments {
namespace {

using testing_words::asked;
using S = RequestStatus;

struct Step {
    char kind;  // 'c' credit, 'l' late credit, 'x' expire, 'k' cancel, 'r' reverse the n-th credit
    std::int64_t amount;
};

struct Row {
    std::string name;
    std::vector<Step> before;
    Step command;
    std::optional<S> expected;   // none: refused
    std::int64_t paid;
    std::int64_t over = 0;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class EveryCell : public ::testing::TestWithParam<Row> {};

TEST_P(EveryCell, ends_in_its_state) {
    auto const& row = GetParam();
    auto book = testing_words::SmallBook{asked(50'000)};
    for (auto const& step : row.before) ASSERT_TRUE(book.step(step.kind, step.amount)) << "preparing " << row.name;
    auto const done = book.step(row.command.kind, row.command.amount);
    EXPECT_EQ(done, row.expected.has_value());
    if (row.expected) {
        EXPECT_EQ(word(book.request().status), word(*row.expected));
    }
    EXPECT_EQ(book.request().amount_paid.dong(), row.paid);
    EXPECT_EQ(book.request().overpaid_by().dong(), row.over);
    EXPECT_TRUE(book.balances()) << "the ledger does not sum to zero";
    EXPECT_EQ(book.allocated(), book.request().status == S::cancelled ? Money{} : book.request().amount_paid);
}

INSTANTIATE_TEST_SUITE_P(
    design_7, EveryCell,
    ::testing::Values(
        // open
        Row{"open_credit_whole", {}, {'c', 50'000}, S::paid, 50'000}, Row{"open_credit_short", {}, {'c', 200}, S::partially_paid, 200},
        Row{"open_credit_over", {}, {'c', 60'000}, S::paid, 60'000, 10'000}, Row{"open_credit_late", {}, {'l', 50'000}, S::paid_late, 50'000},
        Row{"open_credit_late_short", {}, {'l', 200}, S::expired, 200}, Row{"open_expire", {}, {'x', 0}, S::expired, 0},
        Row{"open_cancel", {}, {'k', 0}, S::cancelled, 0},
        // partially_paid
        Row{"partial_credit_rest", {{'c', 200}}, {'c', 49'800}, S::paid, 50'000},
        Row{"partial_credit_more", {{'c', 200}}, {'c', 300}, S::partially_paid, 500},
        Row{"partial_credit_late_rest", {{'c', 200}}, {'l', 49'800}, S::paid_late, 50'000},
        Row{"partial_expire_keeps_money", {{'c', 200}}, {'x', 0}, S::expired, 200},
        Row{"partial_cancel_releases_money", {{'c', 200}}, {'k', 0}, S::cancelled, 0},
        Row{"partial_reversed_to_open", {{'c', 200}}, {'r', 0}, S::open, 0},
        Row{"partial_reversed_to_partial", {{'c', 200}, {'c', 300}}, {'r', 0}, S::partially_paid, 300},
        // paid
        Row{"paid_credit_again", {{'c', 50'000}}, {'c', 50'000}, S::paid, 100'000, 50'000},
        Row{"paid_credit_late", {{'c', 50'000}}, {'l', 1'000}, S::paid, 51'000, 1'000},
        Row{"paid_expire_nothing", {{'c', 50'000}}, {'x', 0}, S::paid, 50'000},
        Row{"paid_cancel_refused", {{'c', 50'000}}, {'k', 0}, std::nullopt, 50'000},
        Row{"paid_reversed_to_open", {{'c', 50'000}}, {'r', 0}, S::open, 0},
        Row{"paid_reversed_to_partial", {{'c', 200}, {'c', 49'800}}, {'r', 0}, S::partially_paid, 49'800},
        // expired
        Row{"expired_credit_in_time_whole", {{'x', 0}}, {'c', 50'000}, S::paid, 50'000},
        Row{"expired_credit_in_time_short", {{'x', 0}}, {'c', 200}, S::partially_paid, 200},
        Row{"expired_credit_late", {{'x', 0}}, {'l', 50'000}, S::paid_late, 50'000},
        Row{"expired_expire_nothing", {{'x', 0}}, {'x', 0}, S::expired, 0},
        Row{"expired_cancel_refused", {{'x', 0}}, {'k', 0}, std::nullopt, 0},
        Row{"expired_reversed", {{'c', 200}, {'x', 0}}, {'r', 0}, S::expired, 0},
        // paid_late
        Row{"late_credit_again", {{'l', 50'000}}, {'l', 50'000}, S::paid_late, 100'000, 50'000},
        Row{"late_expire_nothing", {{'l', 50'000}}, {'x', 0}, S::paid_late, 50'000},
        Row{"late_cancel_refused", {{'l', 50'000}}, {'k', 0}, std::nullopt, 50'000},
        Row{"late_reversed", {{'l', 50'000}}, {'r', 0}, S::expired, 0},
        // cancelled
        Row{"cancelled_credit_not_allocated", {{'k', 0}}, {'c', 50'000}, S::cancelled, 0},
        Row{"cancelled_credit_late", {{'k', 0}}, {'l', 50'000}, S::cancelled, 0},
        Row{"cancelled_expire_nothing", {{'k', 0}}, {'x', 0}, S::cancelled, 0},
        Row{"cancelled_cancel_refused", {{'k', 0}}, {'k', 0}, std::nullopt, 0},
        Row{"cancelled_reversed", {{'k', 0}, {'c', 50'000}}, {'r', 0}, S::cancelled, 0}),
    [](auto const& row) { return row.param.name; });

}  // namespace
}  // namespace choso::payments
