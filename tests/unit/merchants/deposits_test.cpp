#include <gtest/gtest.h>

#include <random>

#include "merchants/deposits/decide.hpp"
#include "merchants/deposits/payer_account.hpp"

namespace choso::deposits {
namespace {

using payments::ActorKind;
using payments::CollectorMode;
using payments::Refusal;
using payments::Template;

Uuid named(int n) {
    auto out = Uuid{};
    out[15] = static_cast<std::uint8_t>(n);
    return out;
}
Instant at(int minute) { return Instant{} + std::chrono::minutes{minute}; }
payments::Actor const clerk{ActorKind::person, named(7)};
MerchantId const hospital{named(1)};

Case some_case(CollectorMode mode = CollectorMode::direct) {
    auto out = Case{};
    out.deposit.id = DepositId{named(9)};
    out.deposit.merchant = hospital;
    out.account = AccountId{named(2)};
    out.mode = mode;
    return out;
}
Advance came(int n, std::int64_t dong, bool confirmed = true) {
    auto out = Advance{};
    out.payment.id = PaymentId{named(100 + n)};
    out.payment.merchant = hospital;
    out.payment.amount = Money{dong};
    out.payment.status = payments::PaymentStatus::allocated;
    out.payment.recorded_at = at(n);
    if (confirmed) out.payment.confirmed_at = at(n);
    out.amount = Money{dong};
    return out;
}
payments::Refund refund(std::int64_t dong) {
    auto out = payments::Refund{};
    out.amount = Money{dong};
    return out;
}

TEST(Deposits, hold_what_came_and_in_a_collectors_account_what_was_confirmed) {
    auto direct = some_case();
    direct.advances = {came(1, 100, false)};
    auto decided = sync(direct, {}, at(5));
    EXPECT_EQ(decided.deposit.held, Money{100});
    ASSERT_EQ(decided.effects.movements.size(), 1U);
    EXPECT_EQ(decided.effects.movements[0].journal.name, Template::deposit_taken_received);
    EXPECT_EQ(decided.effects.movements[0].journal.parties.subject, named(9));

    auto pooled = some_case(CollectorMode::pooled);
    pooled.advances = {came(1, 100, false), came(2, 30)};
    decided = sync(pooled, {}, at(5));
    EXPECT_EQ(decided.deposit.held, Money{30});
    EXPECT_EQ(decided.effects.movements[0].journal.name, Template::deposit_taken_due);
    pooled.deposit = decided.deposit;
    EXPECT_TRUE(sync(pooled, {}, at(6)).moves.empty()) << "again, there is nothing to do";
}

TEST(Deposits, let_go_what_was_taken_back_as_far_as_it_is_not_used) {
    auto it = some_case();
    it.deposit.held = Money{40};
    it.deposit.used = Money{60};
    it.advances = {};
    auto const decided = sync(it, {}, at(5));
    EXPECT_EQ(decided.deposit.held, Money{0});
    EXPECT_EQ(decided.deposit.used, Money{60});
    EXPECT_EQ(decided.effects.movements[0].journal.amount, Money{40});
}

TEST(Deposits, are_used_no_further_than_they_hold) {
    auto it = some_case();
    it.advances = {came(1, 100)};
    auto const first = use(it, {Money{60}, "xét nghiệm", clerk}, at(5));
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(first->deposit.held, Money{40});
    EXPECT_EQ(first->deposit.used, Money{60});
    EXPECT_EQ(first->effects.movements.size(), 2U) << "taken in, then used";
    it.deposit = first->deposit;
    EXPECT_EQ(use(it, {Money{41}, "", clerk}, at(6)).error(), Refusal::deposit_exceeded);
    EXPECT_TRUE(use(it, {Money{40}, "", clerk}, at(6)).ok());
    it.deposit.status = Status::settled;
    EXPECT_EQ(use(it, {Money{1}, "", clerk}, at(7)).error(), Refusal::deposit_closed);
}

TEST(Deposits, a_refund_that_is_asked_for_already_is_not_held) {
    auto it = some_case();
    it.advances = {came(1, 100)};
    it.advances[0].refunds = {refund(70)};
    EXPECT_EQ(available(it), Money{30});
    EXPECT_EQ(use(it, {Money{31}, "", clerk}, at(5)).error(), Refusal::deposit_exceeded);
}

TEST(Deposits, give_the_rest_back_by_the_newest_payments_first_to_where_it_came_from) {
    auto it = some_case();
    it.advances = {came(1, 100), came(2, 50)};
    it.deposit.held = Money{90};
    it.deposit.used = Money{60};
    auto asked = Settle{};
    asked.actor = clerk;
    asked.named[PaymentId{named(102)}] = {PersonId{}, "970436", "0011004455667", "NGUYEN VAN A", "statement"};
    asked.chosen = payments::Destination{PersonId{}, "970418", "999", "TRAN THI B", "payer"};
    auto const decided = settle(it, asked, at(9));
    ASSERT_TRUE(decided.ok());
    EXPECT_EQ(decided->deposit.returned, Money{90});
    EXPECT_EQ(decided->deposit.held, Money{0});
    EXPECT_EQ(decided->deposit.status, Status::settled);
    auto const& refunds = decided->effects.new_refunds;
    ASSERT_EQ(refunds.size(), 2U);
    EXPECT_EQ(refunds[0].payment, PaymentId{named(102)});
    EXPECT_EQ(refunds[0].amount, Money{50});
    EXPECT_EQ(refunds[1].amount, Money{40});
    auto const& to = decided->effects.new_destinations;
    ASSERT_EQ(to.size(), 2U);
    EXPECT_EQ(to[0].account, "0011004455667");
    EXPECT_EQ(to[1].account, "999");
    EXPECT_NE(to[0].id, to[1].id);
    EXPECT_EQ(settle({decided->deposit, it.account, it.mode, it.advances}, asked, at(10)).error(), Refusal::deposit_closed);
}

TEST(Deposits, whatever_is_done_each_dong_is_held_used_or_returned_once) {
    auto const seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    auto chance = std::mt19937{seed};
    auto const pick = [&](int least, int most) { return std::uniform_int_distribution<int>{least, most}(chance); };
    for (auto round = 0; round < 500; ++round) {
        auto it = some_case(pick(0, 1) == 0 ? CollectorMode::direct : CollectorMode::pooled);
        auto ledger = Money{};
        auto const take = [&](Decided const& decided) {
            for (auto const& movement : decided.effects.movements) {
                auto const in = movement.journal.name == Template::deposit_taken_due || movement.journal.name == Template::deposit_taken_received;
                ledger += in ? movement.journal.amount : -movement.journal.amount;
            }
            it.deposit = decided.deposit;
        };
        for (auto step = 0; step < 12; ++step) {
            auto const what = pick(0, 5);
            if (what <= 1) it.advances.push_back(came(step, pick(1, 100), pick(0, 2) > 0));
            if (what == 2 && !it.advances.empty()) it.advances.pop_back();
            if (what == 3) take(sync(it, {}, at(step)));
            if (what == 4)
                if (auto const used = use(it, {Money{pick(1, 120)}, "", clerk}, at(step)); used.ok()) take(*used);
            if (what == 5 && pick(0, 3) == 0)
                if (auto const settled = settle(it, {clerk, {}, {}}, at(step)); settled.ok()) take(*settled);
            ASSERT_EQ(ledger, it.deposit.held);
            ASSERT_FALSE(it.deposit.held.is_negative());
        }
    }
}

TEST(PayerAccount, is_what_the_bank_names_for_certain_and_nothing_else) {
    auto const of_vietcombank = payer_account("MBVCB.6994946307.KXB4FP12XL5MZJ.CT tu 0123456789 NGUYEN VAN A toi 9900072000022 BENH VIEN", "");
    ASSERT_TRUE(of_vietcombank.has_value());
    EXPECT_EQ(of_vietcombank->bin, "970436");
    EXPECT_EQ(of_vietcombank->account, "0123456789");
    EXPECT_EQ(of_vietcombank->holder, "NGUYEN VAN A");
    EXPECT_EQ(of_vietcombank->told_by, "statement");
    for (auto const* content : {"", "CT tu 0123456789 NGUYEN VAN A toi 99", "MBVCB.1.KX.CT tu 0123456789", "MBVCB.1.CT tu 12 A toi 99", "MBVCB.1.CT tu  NGUYEN toi 99", "NGUYEN VAN A chuyen tien"})
        EXPECT_FALSE(payer_account(content, "").has_value()) << content;
    auto const camt = std::string{"<Document><TxDtls><RltdPties><Dbtr><Pty><Nm>LO THI MAY</Nm></Pty></Dbtr><DbtrAcct><Id><Othr><Id>555666777</Id></Othr></Id></DbtrAcct></RltdPties>"
                                  "<RltdAgts><DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>970418</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt></RltdAgts></TxDtls></Document>"};
    auto const of_camt = payer_account("MBVCB.1.CT tu 0123456789 NGUYEN VAN A toi 9", camt);
    ASSERT_TRUE(of_camt.has_value());
    EXPECT_EQ(of_camt->bin, "970418");
    EXPECT_EQ(of_camt->account, "555666777");
    auto two = camt;
    two.insert(two.find("</Document>"), camt.substr(10, camt.find("</Document>") - 10));
    two.replace(two.rfind("555666777"), 9, "111222333");
    EXPECT_FALSE(payer_account("", two).has_value()) << "of several entries none is ours";
    EXPECT_FALSE(payer_account("", "<DbtrAcct>").has_value());
}

TEST(PayerAccount, of_a_branch_is_its_banks) {
    auto const told_by = [](std::string const& bic) {
        return payer_account("", "<Document><Dbtr><Nm>LO THI MAY</Nm></Dbtr><DbtrAcct><Id><Othr><Id>555666777</Id></Othr></Id></DbtrAcct>"
                                 "<DbtrAgt><FinInstnId><BICFI>" + bic + "</BICFI></FinInstnId></DbtrAgt></Document>");
    };
    for (auto const* bic : {"BFTVVNVX", "BFTVVNVXXXX", "BFTVVNVX007"}) {
        auto const found = told_by(bic);
        ASSERT_TRUE(found.has_value()) << bic;
        EXPECT_EQ(found->bin, "970436") << bic;
    }
    for (auto const* bic : {"BFTVVNVX0", "BFTVVN", "AAAAVNVXXXX"}) EXPECT_FALSE(told_by(bic).has_value()) << bic;
}

}  // namespace
}  // namespace choso::deposits
