// What a bill comes to and what it shows: pure rules in tables.
#include "merchants/fees/bill.hpp"

#include <gtest/gtest.h>

namespace choso::fees {
namespace {

using payments::PaymentRequest;
using payments::RequestStatus;

Instant at(std::string_view text) { return parse_rfc3339(text).value(); }

Line fee(std::int64_t amount, std::string item = "") {
    auto out = Line{};
    out.name = "Phí";
    out.amount = Money{amount};
    out.item_code = std::move(item);
    return out;
}

Rule rule(std::int16_t percent, bool online_only, std::string_view from, std::optional<std::string_view> to = {}) {
    auto out = Rule{};
    out.name = "Giảm";
    out.legal_basis = "Quy định";
    out.percent = percent;
    out.online_only = online_only;
    out.from = at(from);
    if (to) out.to = at(*to);
    return out;
}

TEST(rules, hold_from_their_first_moment_to_the_one_before_their_last) {
    auto const until_midnight = rule(50, true, "2026-01-01T00:00:00+07:00", "2027-01-01T00:00:00+07:00");
    auto const from_midnight = rule(30, true, "2027-01-01T00:00:00+07:00");
    auto const rules = std::vector{until_midnight, from_midnight};
    EXPECT_EQ(sum_of(with_rules({fee(100'000)}, rules, {}, at("2026-12-31T23:59:59.999999+07:00")), false), Money{50'000});
    EXPECT_EQ(sum_of(with_rules({fee(100'000)}, rules, {}, at("2027-01-01T00:00:00+07:00")), false), Money{70'000});
    EXPECT_EQ(sum_of(with_rules({fee(100'000)}, rules, {}, at("2025-12-31T23:59:59+07:00")), false), Money{100'000});
}

TEST(rules, online_ones_fall_away_at_the_counter) {
    auto const lines = with_rules({fee(100'000)}, {rule(50, true, "2026-01-01T00:00:00+07:00"), rule(10, false, "2026-01-01T00:00:00+07:00")}, {},
                                  at("2026-06-01T00:00:00+07:00"));
    EXPECT_EQ(sum_of(lines, false), Money{45'000}) << "a tenth off, then half of what is left";
    EXPECT_EQ(sum_of(lines, true), Money{90'000});
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[1].legal_basis, "Quy định");
}

TEST(rules, the_best_of_a_sort_is_taken_and_a_part_of_a_dong_is_the_payers) {
    auto const rules = std::vector{rule(30, true, "2026-01-01T00:00:00+07:00"), rule(50, true, "2026-01-01T00:00:00+07:00")};
    EXPECT_EQ(sum_of(with_rules({fee(15'001)}, rules, {}, at("2026-06-01T00:00:00+07:00")), false), Money{7'501});
}

TEST(rules, of_an_item_or_a_category_leave_others_alone) {
    auto of_item = rule(100, false, "2026-01-01T00:00:00+07:00");
    of_item.item = "BAO_HIEM";
    auto of_poor = rule(100, false, "2026-01-01T00:00:00+07:00");
    of_poor.category = "ho_ngheo";
    auto const now = at("2026-06-01T00:00:00+07:00");
    EXPECT_EQ(sum_of(with_rules({fee(10'000, "BAO_HIEM"), fee(20'000, "AN")}, {of_item}, {}, now), false), Money{20'000});
    EXPECT_EQ(sum_of(with_rules({fee(10'000)}, {of_poor}, {}, now), false), Money{10'000});
    EXPECT_EQ(sum_of(with_rules({fee(10'000)}, {of_poor}, {"ho_ngheo"}, now), false), Money{0});
}

struct Shows {
    char const* name;
    Stage stage;
    std::int64_t asked, own, covered, grouped;
    RequestStatus stored;
    std::string_view status;
    std::int64_t left;
};
void PrintTo(Shows const& row, std::ostream* out) { *out << row.name; }

class BillShows : public testing::TestWithParam<Shows> {};

TEST_P(BillShows, what_all_its_money_says) {
    auto const& row = GetParam();
    auto bill = Bill{};
    bill.stage = row.stage;
    bill.amount = Money{row.asked};
    bill.covered = Money{row.covered};
    bill.grouped = Money{row.grouped};
    auto request = PaymentRequest{};
    request.amount = Money{row.asked};
    request.amount_paid = Money{row.own};
    request.status = row.stored;
    auto const shown = as_shown(bill, request);
    EXPECT_EQ(status_of(bill, shown), row.status);
    EXPECT_EQ(left_of(bill, shown), Money{row.left});
}

INSTANTIATE_TEST_SUITE_P(table, BillShows,
                         testing::Values(Shows{"nothing", Stage::issued, 100, 0, 0, 0, RequestStatus::open, "open", 100},
                                         Shows{"cash_part", Stage::issued, 100, 0, 40, 0, RequestStatus::open, "partially_paid", 60},
                                         Shows{"group_whole", Stage::issued, 100, 0, 0, 100, RequestStatus::open, "paid", 0},
                                         Shows{"all_ways", Stage::issued, 100, 30, 30, 40, RequestStatus::partially_paid, "paid", 0},
                                         Shows{"twice", Stage::issued, 100, 100, 0, 100, RequestStatus::paid, "paid", 0},
                                         Shows{"written_off", Stage::written_off, 100, 0, 0, 0, RequestStatus::open, "written_off", 100},
                                         Shows{"written_off_then_paid", Stage::written_off, 100, 100, 0, 0, RequestStatus::paid, "paid", 0},
                                         Shows{"cancelled", Stage::cancelled, 100, 0, 0, 0, RequestStatus::cancelled, "cancelled", 0},
                                         Shows{"draft", Stage::draft, 100, 0, 0, 0, RequestStatus::open, "draft", 0}),
                         [](auto const& info) { return std::string{info.param.name}; });

TEST(bill, takes_parts_by_its_policy) {
    auto bill = Bill{};
    EXPECT_TRUE(takes(bill, Money{100}, Money{100}));
    EXPECT_FALSE(takes(bill, Money{100}, Money{99}));
    EXPECT_FALSE(takes(bill, Money{100}, Money{101}));
    bill.partial = true;
    bill.amount_min = Money{50};
    EXPECT_TRUE(takes(bill, Money{100}, Money{50}));
    EXPECT_FALSE(takes(bill, Money{100}, Money{49}));
    EXPECT_TRUE(takes(bill, Money{30}, Money{30})) << "the rest may be less than the least part";
    EXPECT_FALSE(takes(bill, Money{100}, Money{0}));
}

TEST(bill, has_the_four_states_of_a_schools_software) {
    auto bill = Bill{};
    bill.amount = Money{100};
    EXPECT_EQ(reconciled(bill, Money{0}), Reconciled::none);
    EXPECT_EQ(reconciled(bill, Money{100}), Reconciled::received);
    bill.confirmed = "auto";
    EXPECT_EQ(reconciled(bill, Money{100}), Reconciled::confirmed_auto);
    bill.confirmed = "manual";
    EXPECT_EQ(reconciled(bill, Money{100}), Reconciled::confirmed_manual);
    EXPECT_EQ(reconciled(bill, Money{0}), Reconciled::confirmed_without_money);
}

TEST(phone, is_known_however_it_is_written) {
    EXPECT_EQ(phone_of("0912 345 678"), "0912345678");
    EXPECT_EQ(phone_of("+84 912.345.678"), "0912345678");
    EXPECT_EQ(phone_of("0084912345678"), "0912345678");
    EXPECT_EQ(phone_of("912345678"), std::nullopt);
    EXPECT_EQ(phone_of("0912x45678"), std::nullopt);
    EXPECT_EQ(phone_of(""), std::nullopt);
}

}  // namespace
}  // namespace choso::fees
