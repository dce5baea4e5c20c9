// Deposits, refunds and benefits under attack: many orders for the same money at once, from two processes' worth of lanes.
#include <gtest/gtest.h>

#include <condition_variable>
#include <iostream>
#include <mutex>

#include "gateway/payments/commands_out.hpp"
#include "gateway/payments/core.hpp"
#include "merchants/deposits/commands.hpp"
#include "tests/faults/gateway.hpp"

namespace choso::faults {
namespace {

using payments::Refusal;

class Attack : public testing::Test {
 protected:
    void SetUp() override {
        province_.emplace(Province::in(support::Cluster::shared()));
        auto database = postgres::Connection{province_->database.super_url, {.application_name = "deposits_test"}};
        auto const rows = database.query({"attack_hospital", "select m.id, b.id, c.bucket, (select reference_key from installation) from merchant m join collector c on c.id = m.collector"
                                                             " join bank_account b on b.collector = c.id where m.kind = 'public_office' and m.is_owner and c.mode = 'pooled' limit 1"});
        merchant_ = rows.id<MerchantId>(0, 0);
        account_ = rows.id<AccountId>(0, 1);
        bucket_ = rows.bucket(0, 2);
        auto const key = std::string{rows.text(0, 3)};
        for (auto n = 0; n < 2; ++n) {
            auto options = payments::CoreOptions{};
            options.database_url = province_->database.server_url;
            options.lanes = 1;
            cores_.push_back(std::make_unique<payments::Core>(std::move(options), ReferenceKey::from_bytes({reinterpret_cast<std::uint8_t const*>(key.data()), key.size()}).value(),
                                                              std::vector<payments::Family>{deposits::family()}, payments::Lane::OnCommitted{}));
        }
    }
    void TearDown() override {
        cores_.clear();
        auto const verified = choso(province_->database, {"verify"});
        EXPECT_EQ(verified.status, 0) << verified.output;
    }

    /// All at once over both cores; how each was answered.
    std::vector<payments::Answer> at_once(std::vector<std::unique_ptr<payments::Command const>> commands) {
        auto mutex = std::mutex{};
        auto done = std::condition_variable{};
        auto answers = std::vector<payments::Answer>{};
        auto const count = commands.size();
        auto n = std::size_t{0};
        for (auto& command : commands)
            cores_[n++ % cores_.size()]->submit(std::move(command), [&](payments::Answer answer) {
                auto const lock = std::lock_guard{mutex};
                answers.push_back(std::move(answer));
                done.notify_one();
            });
        auto lock = std::unique_lock{mutex};
        done.wait(lock, [&] { return answers.size() == count; });
        return answers;
    }
    template <class Command>
    payments::Answer alone(std::unique_ptr<Command> command) {
        auto commands = std::vector<std::unique_ptr<payments::Command const>>{};
        commands.push_back(std::move(command));
        return at_once(std::move(commands)).front();
    }
    static std::size_t passed(std::vector<payments::Answer> const& answers) {
        return static_cast<std::size_t>(std::count_if(answers.begin(), answers.end(), [](auto const& answer) { return answer.ok() && !answer->refusal; }));
    }
    static std::size_t refused(std::vector<payments::Answer> const& answers, Refusal why) {
        return static_cast<std::size_t>(std::count_if(answers.begin(), answers.end(), [&](auto const& answer) { return answer.ok() && answer->refusal == why; }));
    }
    payments::IdempotencyKey key() { return {new_uuid(bucket_, now()), std::string(16, 'd')}; }
    static Instant now() { return SystemClock{}.now(); }

    /// A case with so much that two sources have told.
    std::pair<DepositId, PaymentId> advance(std::int64_t dong) {
        auto open = std::make_unique<deposits::OpenDeposit>();
        auto& asked = open->asked;
        asked.id = PaymentRequestId::make(bucket_, now());
        asked.merchant = merchant_;
        asked.account = account_;
        asked.in = bucket_;
        asked.token = new_uuid(bucket_, now());
        asked.order_code = "BN" + std::to_string(++cases_);
        asked.description = "tạm ứng";
        asked.idempotency = key();
        auto const opened = alone(std::move(open));
        EXPECT_TRUE(opened.ok() && !opened->refusal);
        auto const request = *opened->request;
        auto payment = PaymentId{};
        for (auto const source : {901, 902}) {
            auto told = std::make_unique<payments::RecordCredit>();
            told->account.id = account_;
            told->account.owner = merchant_;
            told->account.mode = payments::CollectorMode::pooled;
            told->in = bucket_;
            told->id = PaymentId::make(bucket_, now());
            told->source = source;
            told->source_id = request.id.text();
            told->bank_ref = request.id.text();
            told->amount = Money{dong};
            told->occurred_at = now();
            told->found = {{*request.reference, How::exact}};
            told->payees = {merchant_};
            told->refund_id = RefundId::make(bucket_, now());
            auto const answer = alone(std::move(told));
            EXPECT_TRUE(answer.ok() && !answer->refusal);
            payment = *answer->payment;
        }
        return {DepositId{request.id.uuid()}, payment};
    }
    template <class Order>
    std::unique_ptr<Order> about(DepositId id) {
        auto out = std::make_unique<Order>();
        out->id = id;
        out->merchant = merchant_;
        out->account = account_;
        out->mode = payments::CollectorMode::pooled;
        return out;
    }
    std::unique_ptr<deposits::UseDeposit> use(DepositId id, std::int64_t dong) {
        auto out = about<deposits::UseDeposit>(id);
        out->asked = {Money{dong}, "xét nghiệm", {payments::ActorKind::key, new_uuid(bucket_, now())}};
        out->idempotency = key();
        return out;
    }
    std::unique_ptr<payments::ProposeRefund> refund(PaymentId payment, std::int64_t dong) {
        auto out = std::make_unique<payments::ProposeRefund>();
        out->id = RefundId::make(bucket_, now());
        out->payment = payment;
        out->merchant = merchant_;
        out->amount = Money{dong};
        out->reason = "attack";
        out->actor = {payments::ActorKind::key, new_uuid(bucket_, now())};
        out->idempotency = key();
        return out;
    }

    std::optional<Province> province_;
    MerchantId merchant_;
    AccountId account_;
    Bucket bucket_ = Bucket::of_bits(0);
    int cases_ = 0;
    std::vector<std::unique_ptr<payments::Core>> cores_;
};

TEST_F(Attack, of_200_refunds_of_60_on_100_one_passes) {
    auto const payment = advance(100).second;
    auto orders = std::vector<std::unique_ptr<payments::Command const>>{};
    for (auto n = 0; n < 200; ++n) orders.push_back(refund(payment, 60));
    auto const answers = at_once(std::move(orders));
    EXPECT_EQ(passed(answers), 1U);
    EXPECT_EQ(refused(answers, Refusal::refund_exceeds_payment), 199U);
}

TEST_F(Attack, of_200_uses_of_60_on_100_one_passes) {
    auto const id = advance(100).first;
    auto orders = std::vector<std::unique_ptr<payments::Command const>>{};
    for (auto n = 0; n < 200; ++n) orders.push_back(use(id, 60));
    auto const answers = at_once(std::move(orders));
    EXPECT_EQ(passed(answers), 1U);
    EXPECT_EQ(refused(answers, Refusal::deposit_exceeded), 199U);
}

TEST_F(Attack, of_uses_settlements_and_refunds_together_no_dong_goes_twice) {
    for (auto round = 0; round < 10; ++round) {
        auto const [id, payment] = advance(100);
        auto orders = std::vector<std::unique_ptr<payments::Command const>>{};
        for (auto n = 0; n < 60; ++n) {
            orders.push_back(use(id, pick(1, 60)));
            if (n % 3 == 0) orders.push_back(refund(payment, pick(1, 60)));
            if (n == pick(0, 59)) {
                auto settle = about<deposits::SettleDeposit>(id);
                settle->asked.actor = {payments::ActorKind::key, new_uuid(bucket_, now())};
                settle->idempotency = key();
                orders.push_back(std::move(settle));
            }
        }
        std::ignore = at_once(std::move(orders));
        auto database = postgres::Connection{province_->database.super_url, {.application_name = "deposits_test"}};
        auto const rows = database.query({"attack_sums", "select d.held + d.used + d.returned, d.used + d.held, coalesce((select sum(f.amount) from refund f where f.bucket = d.bucket and"
                                                         " f.payment = $3 and f.status <> 'failed'), 0)::int8 from deposit d where d.bucket = $1 and d.id = $2"},
                                         postgres::Params::of(bucket_, id, payment));
        EXPECT_LE(rows.integer(0, 0), 100);
        // What is used or held and what refunds ask back: a refund that came when all was used is refused at its approval, for
        // there is no due to pay it from.
        EXPECT_LE(rows.integer(0, 2), 100);
    }
}

TEST_F(Attack, an_order_given_again_answers_the_same_and_takes_nothing_more) {
    auto const id = advance(100).first;
    auto const same = key();
    auto orders = std::vector<std::unique_ptr<payments::Command const>>{};
    for (auto n = 0; n < 50; ++n) {
        auto order = use(id, 60);
        order->idempotency = same;
        orders.push_back(std::move(order));
    }
    auto const answers = at_once(std::move(orders));
    EXPECT_EQ(passed(answers), 50U);
    EXPECT_EQ(static_cast<int>(std::count_if(answers.begin(), answers.end(), [](auto const& answer) { return !answer->replayed; })), 1);
}

}  // namespace
}  // namespace choso::faults
