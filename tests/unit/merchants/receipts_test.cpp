#include <gtest/gtest.h>

#include <ostream>

#include "merchants/receipts/decide.hpp"

namespace choso::receipts {
namespace {

using payments::ActorKind;
using payments::LateDecision;
using payments::PaymentRequest;
using payments::RequestStatus;

Instant at(int minute) { return parse_rfc3339("2026-12-31T23:00:00+07:00").value() + std::chrono::minutes{minute}; }
Uuid named(int n) {
    auto out = Uuid{};
    out[15] = static_cast<std::uint8_t>(n);
    return out;
}
MerchantId const school{named(1)}, kitchen{named(2)};

PaymentRequest asks(std::int64_t dong) {
    auto out = PaymentRequest{};
    out.id = PaymentRequestId{named(9)};
    out.merchant = school;
    out.amount = Money{dong};
    out.description = "Tiền ăn tháng 12";
    return out;
}
PaymentRequest open_amount() {
    auto out = asks(1);
    out.amount.reset();
    return out;
}
PaymentRequest split() {
    auto out = asks(100);
    out.split = payments::Split{payments::FillRule::in_order, {{school, Money{60}, {}}, {kitchen, Money{40}, {}}}};
    return out;
}
Allocated came(int n, std::int64_t dong, std::vector<payments::Share> shares = {}) {
    auto payment = payments::Payment{};
    payment.id = PaymentId{named(100 + n)};
    payment.amount = Money{dong};
    payment.occurred_at = at(n);
    payment.recorded_at = at(n);
    return {payment, Money{dong}, std::move(shares)};
}
/// Gives out what is missing, as the rows do.
struct Book {
    View view;
    int given = 0;

    explicit Book(PaymentRequest request) {
        view.request = std::move(request);
        view.issuers = {{school, "BL"}, {kitchen, "BA"}};
    }
    std::vector<Receipt> follows(std::vector<Allocated> money) {
        view.standing = standing_of(*view.request, std::move(money));
        auto out = missing(view, at(200));
        for (auto& receipt : out) {
            receipt.id = ReceiptId{named(50 + ++given)};
            receipt.number = given;
            view.receipts.push_back(receipt);
        }
        return out;
    }
    void cancelled_by_a_person(Receipt const& receipt) {
        auto counter = counter_of(receipt, "sai tên", {ActorKind::person, named(7)}, at(210));
        counter.id = ReceiptId{named(50 + ++given)};
        view.receipts.push_back(counter);
    }
};
std::vector<std::int64_t> amounts(std::vector<Receipt> const& receipts) {
    auto out = std::vector<std::int64_t>{};
    for (auto const& receipt : receipts) out.push_back(receipt.amount.dong());
    return out;
}
using Amounts = std::vector<std::int64_t>;

TEST(Receipts, each_payment_has_its_own_up_to_what_was_asked) {
    auto book = Book{asks(100)};
    EXPECT_EQ(amounts(book.follows({came(1, 30)})), Amounts{30});
    EXPECT_EQ(amounts(book.follows({came(1, 30)})), Amounts{}) << "given twice, the second finds nothing to do";
    EXPECT_EQ(amounts(book.follows({came(1, 30), came(2, 90)})), Amounts{70}) << "what came over it is not receipted";
    EXPECT_EQ(amounts(book.follows({came(1, 30), came(2, 90), came(3, 100)})), Amounts{}) << "a double has none";
}

TEST(Receipts, an_open_amount_is_receipted_as_it_comes) {
    auto book = Book{open_amount()};
    EXPECT_EQ(amounts(book.follows({came(1, 30), came(2, 500)})), (Amounts{30, 500}));
}

TEST(Receipts, money_that_goes_takes_its_receipt_along_and_the_double_steps_in) {
    auto book = Book{asks(100)};
    book.follows({came(1, 100), came(2, 100)});
    auto const after = book.follows({came(2, 100)});
    EXPECT_EQ(amounts(after), (Amounts{-100, 100}));
    EXPECT_TRUE(after[0].cancels.has_value());
    EXPECT_EQ(after[0].reason, "payment_changed");
    EXPECT_EQ(after[1].cause, came(2, 1).payment.id.uuid());
    EXPECT_EQ(amounts(book.follows({came(2, 100)})), Amounts{});
}

TEST(Receipts, what_a_person_cancelled_is_not_issued_again) {
    auto book = Book{asks(100)};
    auto const first = book.follows({came(1, 100)});
    book.cancelled_by_a_person(first.front());
    EXPECT_EQ(amounts(book.follows({came(1, 100)})), Amounts{});
    EXPECT_EQ(amounts(book.follows({came(1, 100), came(2, 50)})), Amounts{}) << "the payment still stands for all that was asked";
}

TEST(Receipts, what_the_gateway_cancelled_is_issued_again_when_the_money_is_back) {
    auto book = Book{asks(100)};
    book.follows({came(1, 100)});
    EXPECT_EQ(amounts(book.follows({})), Amounts{-100});
    auto const again = book.follows({came(1, 100)});
    EXPECT_EQ(amounts(again), Amounts{100});
    EXPECT_EQ(again.front().turn, 1);
}

TEST(Receipts, each_line_of_a_split_has_its_payees_own) {
    auto book = Book{split()};
    auto const given = book.follows({came(1, 110, {{1, school, Money{60}}, {2, kitchen, Money{40}}, {0, school, Money{10}}})});
    ASSERT_EQ(amounts(given), (Amounts{60, 40}));
    EXPECT_EQ(given[0].merchant, school);
    EXPECT_EQ(given[0].symbol, "BL");
    EXPECT_EQ(given[1].merchant, kitchen);
    EXPECT_EQ(given[1].position, 2);
    EXPECT_EQ(given[1].symbol, "BA");
}

TEST(Receipts, late_money_waits_for_the_decision) {
    auto request = asks(100);
    request.status = RequestStatus::paid_late;
    auto book = Book{request};
    EXPECT_EQ(amounts(book.follows({came(1, 100)})), Amounts{});
    book.view.request->late_decision = LateDecision::accepted;
    EXPECT_EQ(amounts(book.follows({came(1, 100)})), Amounts{100});
}

TEST(Receipts, a_payee_that_issues_none_gives_none) {
    auto book = Book{asks(100)};
    book.view.issuers.clear();
    EXPECT_EQ(amounts(book.follows({came(1, 100)})), Amounts{});
}

TEST(Receipts, cash_that_was_receipted_leaves_less_to_receipt) {
    auto book = Book{asks(100)};
    auto cash = Receipt{};
    cash.id = ReceiptId{named(40)};
    cash.merchant = school;
    cash.request = book.view.request->id;
    cash.cause = named(33);
    cash.amount = Money{60};
    cash.way = Way::cash;
    book.view.receipts.push_back(cash);
    EXPECT_EQ(amounts(book.follows({came(1, 100)})), Amounts{40});
}

TEST(Receipts, the_year_is_vietnams) {
    EXPECT_EQ(year_of(at(59)), 2026);
    EXPECT_EQ(year_of(at(60)), 2027);
    auto receipt = Receipt{};
    receipt.symbol = "BL";
    receipt.year = 2027;
    receipt.number = 12;
    EXPECT_EQ(number_text(receipt), "BL-2027-0000012");
}

TEST(Receipts, a_number_is_read_back_and_nothing_else_is) {
    auto const read = parse_number("BL/A-2026-0000123");
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->symbol, "BL/A");
    EXPECT_EQ(read->year, 2026);
    EXPECT_EQ(read->number, 123);
    for (auto const* bad : {"", "-", "--", "BL-2026-", "BL-26-1", "BL2026-1", "-2026-1", "BL-2026-0", "BL-2026-x1", "BL-2026-99999999999999999999", "BL-2026--1"})
        EXPECT_FALSE(parse_number(bad).has_value()) << bad;
}

}  // namespace
}  // namespace choso::receipts
