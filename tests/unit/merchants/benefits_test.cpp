#include <gtest/gtest.h>

#include <ostream>

#include "merchants/benefits/decide.hpp"
#include "merchants/benefits/list_file.hpp"
#include "platform/sheet/sheet.hpp"

namespace choso::benefits {
namespace {

using payments::ActorKind;
using payments::Refusal;

Uuid named(int n) {
    auto out = Uuid{};
    out[15] = static_cast<std::uint8_t>(n);
    return out;
}
Instant at(int minute) { return Instant{} + std::chrono::minutes{minute}; }

constexpr std::string_view head = "Mã người hưởng,Họ tên,Số tiền,Hình thức,Ngân hàng,Số tài khoản\n";

struct Row {
    std::string_view name, line, problem;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class Rules : public testing::TestWithParam<Row> {};

TEST_P(Rules, of_one_row) {
    auto const rows = read_list(std::string{head} + std::string{GetParam().line} + "\n");
    ASSERT_TRUE(rows.ok()) << rows.error().code;
    ASSERT_EQ(rows->size(), 1U);
    EXPECT_EQ(rows->front().problem, GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(Table, Rules,
                         testing::Values(Row{"good", "P1,Nguyễn Văn A,500000,CK,Vietcombank,0011004455667", ""}, Row{"dots", "P1,A,1.500.000,CK,970436,0011004455667", ""},
                                         Row{"commas", "P1,A,\"1,500,000\",CK,970436,0011004455667", ""}, Row{"blanks_in_the_account", "P1,A,5000,CK,VCB,0011 0044 55667", ""},
                                         Row{"cash", "P1,A,500000,TM,,", ""}, Row{"no_way_and_no_account_is_cash", "P1,A,500000,,,", ""},
                                         Row{"no_code", ",A,500000,CK,VCB,0011004455667", "code_missing"}, Row{"no_name", "P1,,500000,CK,VCB,0011004455667", "name_missing"},
                                         Row{"no_amount", "P1,A,,CK,VCB,0011004455667", "amount_invalid"}, Row{"nought", "P1,A,0,CK,VCB,0011004455667", "amount_invalid"},
                                         Row{"negative", "P1,A,-5000,CK,VCB,0011004455667", "amount_invalid"}, Row{"half_a_dong", "P1,A,5000.5,CK,VCB,0011004455667", "amount_invalid"},
                                         Row{"misplaced_dots", "P1,A,15.00.000,CK,VCB,0011004455667", "amount_invalid"},
                                         Row{"over_one_transfer", "P1,A,500000000,CK,VCB,0011004455667", "amount_invalid"},
                                         Row{"no_such_way", "P1,A,5000,SEC,VCB,0011004455667", "way_unknown"}, Row{"no_such_bank", "P1,A,5000,CK,Ngân hàng Mây,0011004455667", "bank_unknown"},
                                         Row{"no_account", "P1,A,5000,CK,VCB,", "account_missing"}, Row{"short_account", "P1,A,5000,CK,VCB,123", "account_format"},
                                         Row{"long_account", "P1,A,5000,CK,VCB,12345678901234567890", "account_format"}, Row{"odd_account", "P1,A,5000,CK,VCB,12345/678", "account_format"}),
                         [](auto const& row) { return std::string{row.param.name}; });

TEST(BenefitFile, finds_doubles_and_shared_accounts) {
    auto const rows = read_list(std::string{head} + "P1,A,5000,CK,VCB,0011004455667\nP2,B,6000,CK,970436,0011004455667\nP1,A,5000,CK,VCB,0011004455668\n");
    ASSERT_TRUE(rows.ok());
    EXPECT_EQ((*rows)[0].warning, "account_shared");
    EXPECT_EQ((*rows)[1].warning, "account_shared");
    EXPECT_EQ((*rows)[1].problem, "");
    EXPECT_EQ((*rows)[2].problem, "duplicate_in_file");
}

TEST(BenefitFile, is_refused_whole_where_it_is_no_list) {
    EXPECT_EQ(read_list("").ok(), false);
    EXPECT_EQ(read_list("Họ tên,Số tiền\nA,1\n").error().code, "column_missing");
    EXPECT_EQ(read_list(head).error().code, "no_rows");
    EXPECT_FALSE(read_list("%PDF-1.4 \x01\x02").ok());
}

TEST(BenefitFile, is_read_from_xlsx_in_any_order_of_columns) {
    auto book = sheet::Workbook{};
    auto const page = book.add_sheet("Tháng 12");
    auto column = 0;
    for (auto const* name : {"Số tiền", "Họ và tên", "Mã", "STK", "Ngân hàng"}) book.header(page, 0, column++, name);
    book.number(page, 1, 0, 750'000);
    book.text(page, 1, 1, "Lò Thị Mây");
    book.text(page, 1, 2, "NCC-01");
    book.text(page, 1, 3, "0011004455667");
    book.text(page, 1, 4, "BIDV");
    auto const rows = read_list(book.finish());
    ASSERT_TRUE(rows.ok()) << rows.error().detail;
    ASSERT_EQ(rows->size(), 1U);
    EXPECT_EQ(rows->front().problem, "");
    EXPECT_EQ(rows->front().amount, Money{750'000});
    EXPECT_EQ(rows->front().bin, "970418");
    EXPECT_EQ(rows->front().account, "0011004455667");
}

List some_list() {
    auto out = List{};
    out.id = BenefitListId{named(1)};
    out.programme = ProgrammeId{named(2)};
    out.merchant = MerchantId{named(3)};
    out.account = AccountId{named(4)};
    out.period = "2026-12";
    out.maker = {ActorKind::person, named(5)};
    out.amount = Money{1'000};
    out.rows_good = 2;
    out.rows_all = 2;
    return out;
}
Approval const chief{{ActorKind::person, named(6)}, true};

TEST(Benefits, who_is_listed_already_is_refused_unless_the_earlier_line_is_dead) {
    auto rows = std::vector<ListRow>(3);
    for (auto n = 0; n < 3; ++n) rows[static_cast<std::size_t>(n)].code = "P" + std::to_string(n);
    auto const items = to_items(rows, {{"P1", {0, false}}, {"P2", {1, true}}}, some_list(), {BenefitItemId{named(1)}, BenefitItemId{named(2)}, BenefitItemId{named(3)}});
    EXPECT_EQ(items[0].problem, "");
    EXPECT_EQ(items[0].round, 0);
    EXPECT_EQ(items[1].problem, "already_listed");
    EXPECT_EQ(items[2].problem, "");
    EXPECT_EQ(items[2].round, 2);
}

TEST(Benefits, are_approved_by_another_person_with_a_fresh_factor_and_money) {
    struct Case {
        char const* name;
        Approval by;
        Money due;
        std::optional<Refusal> why;
    };
    for (auto const& [name, by, due, why] : {Case{"good", chief, Money{1'000}, {}}, Case{"a_key", {{ActorKind::key, named(6)}, true}, Money{1'000}, Refusal::approver_must_be_person},
                                             Case{"stale", {chief.actor, false}, Money{1'000}, Refusal::second_factor_needed},
                                             Case{"the_maker", {{ActorKind::person, named(5)}, true}, Money{1'000}, Refusal::approver_is_maker},
                                             Case{"too_little", chief, Money{999}, Refusal::not_enough_due}}) {
        auto list = some_list();
        auto const effects = approve(list, by, due, at(1));
        EXPECT_EQ(effects.ok(), !why) << name;
        if (why) {
            EXPECT_EQ(effects.error(), *why) << name;
            EXPECT_EQ(list.status, ListStatus::checked) << name;
        } else {
            ASSERT_EQ(effects->movements.size(), 1U);
            EXPECT_EQ(effects->movements[0].journal.name, payments::Template::benefit_funded);
            EXPECT_EQ(effects->new_dues.size(), 1U);
            EXPECT_EQ(list.status, ListStatus::approved);
        }
    }
}

TEST(Benefits, a_decision_is_given_once) {
    auto list = some_list();
    ASSERT_TRUE(approve(list, chief, Money{1'000}, at(1)).ok());
    EXPECT_TRUE(approve(list, chief, Money{}, at(2)).value().movements.empty()) << "the same person again: nothing more";
    EXPECT_EQ(approve(list, {{ActorKind::person, named(7)}, true}, Money{1'000}, at(2)).error(), Refusal::list_not_open);
    EXPECT_EQ(reject(list, chief.actor, at(3)).error(), Refusal::list_not_open);
    auto other = some_list();
    ASSERT_TRUE(reject(other, chief.actor, at(1)).ok());
    EXPECT_EQ(approve(other, chief, Money{1'000}, at(2)).error(), Refusal::list_not_open);
    auto empty = some_list();
    empty.rows_good = 0;
    EXPECT_EQ(approve(empty, chief, Money{1'000}, at(1)).error(), Refusal::list_is_empty);
}

TEST(Benefits, are_handed_over_in_batches_until_none_is_left) {
    auto list = some_list();
    ASSERT_TRUE(approve(list, chief, Money{1'000}, at(1)).ok());
    auto items = std::vector<Item>(2);
    for (auto n = 0; n < 2; ++n) {
        items[static_cast<std::size_t>(n)].position = n + 1;
        items[static_cast<std::size_t>(n)].amount = Money{500};
    }
    auto const reference = Reference::from_data(7).value();
    auto const first = hand_over(list, {{&items[0], PayoutId{named(8)}, reference}}, true, at(1), at(2));
    EXPECT_EQ(first.new_payouts.size(), 1U);
    EXPECT_EQ(first.new_payouts[0].status, payments::PayoutStatus::approved);
    EXPECT_EQ(first.new_payouts[0].programme, list.programme.uuid());
    EXPECT_EQ(first.new_payouts[0].approver, chief.actor);
    EXPECT_EQ(first.movements[0].journal.name, payments::Template::benefit_reserved);
    EXPECT_EQ(first.new_dues.size(), 1U);
    EXPECT_EQ(list.next, 2);
    EXPECT_EQ(list.status, ListStatus::approved);
    auto const last = hand_over(list, {{&items[1], PayoutId{named(9)}, reference}}, false, at(2), at(3));
    EXPECT_TRUE(last.new_dues.empty());
    EXPECT_EQ(list.status, ListStatus::handed_over);
    auto const after = hand_over(list, {}, false, at(3), at(4));
    EXPECT_TRUE(after.new_payouts.empty() && after.events.empty());
    EXPECT_TRUE(after.done_due.has_value());
}

}  // namespace
}  // namespace choso::benefits
