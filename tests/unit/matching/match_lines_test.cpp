#include "settlement/matching/match_lines.hpp"

#include <gtest/gtest.h>

#include <set>

#include "merchants/credit_texts.hpp"

namespace choso::matching {
namespace {

auto const day = std::chrono::sys_days{std::chrono::year{2026} / 11 / 28};
auto const code = Reference::from_data(1'234'567'890).value();
auto const other_code = Reference::from_data(9'876'543'210).value();

LineFact line(std::int64_t amount, std::string bank_ref, std::string content, std::optional<Reference> exact = {}) {
    auto out = LineFact{};
    out.amount = Money{amount};
    out.day = day;
    out.bank_ref = std::move(bank_ref);
    out.content_hash = merchants::content_hash(content);
    out.content = std::move(content);
    out.exact = exact;
    return out;
}

KnownPayment known(std::int64_t amount, std::string bank_ref, std::string const& content, std::optional<Reference> reference = {}, int days_before = 0) {
    auto out = KnownPayment{};
    out.id = PaymentId::make(Bucket::of_bits(0), Instant{day});
    out.amount = Money{amount};
    out.occurred_at = Instant{day} - vietnam_offset + std::chrono::hours{10} - std::chrono::days{days_before};
    out.bank_ref = std::move(bank_ref);
    out.reference = reference;
    out.content_hash = merchants::content_hash(content);
    return out;
}

struct Row {
    std::string name;
    std::vector<LineFact> lines;
    std::vector<KnownPayment> known;
    std::vector<Reason> expected;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

KnownPayment seen(KnownPayment payment) {
    payment.seen_by_source = true;
    return payment;
}

class Matching : public testing::TestWithParam<Row> {};

TEST_P(Matching, joins_lines_and_payments) {
    auto const& row = GetParam();
    auto const pairs = match_lines(row.lines, row.known, {});
    auto reasons = std::vector<Reason>{};
    auto taken = std::set<std::size_t>{};
    for (auto const& pair : pairs) {
        reasons.push_back(pair.reason);
        if (pair.reason == Reason::none) continue;
        EXPECT_TRUE(taken.insert(pair.payment).second) << "a payment is one line";
    }
    EXPECT_EQ(reasons, row.expected);
}

INSTANTIATE_TEST_SUITE_P(
    matching, Matching,
    testing::Values(Row{"by_bank_reference", {line(100, "FT1", "a")}, {known(100, "FT1", "b")}, {Reason::bank_reference}},
                    Row{"another_number_is_another_fact", {line(100, "FT1", "a")}, {known(100, "FT2", "a")}, {Reason::none}},
                    Row{"by_reference", {line(100, "", "x", code)}, {known(100, "FT1", "y", code)}, {Reason::reference}},
                    Row{"another_reference_is_another_fact", {line(100, "FT1", "x", code)}, {known(100, "FT1", "x", other_code)}, {Reason::none}},
                    Row{"by_folded_content", {line(100, "", "Tiền RAU, tháng 11")}, {known(100, "", "tien rau thang 11")}, {Reason::content}},
                    Row{"amount_and_day_alone_never", {line(100, "", "x")}, {known(100, "", "y")}, {Reason::none}},
                    Row{"another_amount_never", {line(100, "FT1", "x")}, {known(101, "FT1", "x")}, {Reason::none}},
                    Row{"the_day_before_is_the_same_fact", {line(100, "FT1", "x")}, {known(100, "FT1", "x", {}, 1)}, {Reason::bank_reference}},
                    Row{"two_days_before_is_not", {line(100, "FT1", "x")}, {known(100, "FT1", "x", {}, 2)}, {Reason::none}},
                    Row{"each_payment_is_taken_once", {line(100, "", "x"), line(100, "", "x"), line(100, "", "x")}, {known(100, "", "x"), known(100, "", "x")},
                        {Reason::content, Reason::content, Reason::none}},
                    Row{"what_this_source_told_is_another_line", {line(100, "FT1", "x")}, {seen(known(100, "FT1", "x"))}, {Reason::none}}),
    [](auto const& row) { return row.param.name; });

TEST(matching, a_line_told_before_is_that_payment_and_no_other) {
    auto const lines = std::vector<LineFact>{line(100, "", "x"), line(100, "", "x")};
    auto const payments = std::vector<KnownPayment>{known(100, "", "x"), seen(known(100, "", "x"))};
    auto const pairs = match_lines(lines, payments, std::vector<std::optional<std::size_t>>{std::nullopt, 1});
    EXPECT_EQ(pairs[1].reason, Reason::same_line);
    EXPECT_EQ(pairs[1].payment, 1U);
    EXPECT_EQ(pairs[0].reason, Reason::content);
}

TEST(line_fact, equal_lines_of_a_file_have_keys_of_their_own_and_keep_them) {
    auto const of = [] {
        auto out = statements::Line{};
        out.booked = day;
        out.amount = statements::Decimal{50'000, 0};
        out.content = "gui xe";
        return out;
    };
    auto first = LineFacts{}, again = LineFacts{};
    auto const a = first.fact_of(of()), b = first.fact_of(of());
    ASSERT_TRUE(a && b);
    EXPECT_NE(a->key, b->key);
    EXPECT_EQ(a->key, again.fact_of(of())->key);
    EXPECT_EQ(b->key, again.fact_of(of())->key);
    auto half = of();
    half.amount = statements::Decimal{50'5, 1};
    EXPECT_FALSE(first.fact_of(std::move(half))) << "half a đồng is none";
}

}  // namespace
}  // namespace choso::matching
