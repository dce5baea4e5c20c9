#include <gtest/gtest.h>

#include <future>
#include <iostream>
#include <mutex>
#include <set>

#include "gateway/payments/commands_out.hpp"
#include "gateway/payments/core.hpp"
#include "platform/postgres/connection.hpp"
#include "tests/faults/gateway.hpp"
#include "tests/support/payout_bank.hpp"

namespace choso::faults {
namespace {

using namespace std::chrono_literals;
using Manner = support::PayoutBank::Manner;
using payments::Actor;
using payments::ActorKind;

/// A bank that mostly pays and says so, and else does all that banks do wrong.
Manner some_manner(int) {
    static auto mutex = std::mutex{};
    auto const lock = std::lock_guard{mutex};
    auto const n = pick(0, 19);
    if (n < 12) return Manner::pays;
    if (n < 14) return Manner::refuses;
    if (n < 16) return Manner::takes_time;
    return n < 18 ? Manner::pays_silently : Manner::loses_it;
}

/// Staff of the demo's collector for others: makes confirmed money, proposes and approves, through a core of its own.
class Staff {
 public:
    explicit Staff(support::Database const& database) : database_{database.super_url, {.application_name = "payouts_test"}} {
        static auto const named = postgres::Statement{
            "staff_account", "select b.id, c.bucket, m.id, (select reference_key from installation) from bank_account b"
                             " join collector c on c.id = b.collector and c.mode = 'pooled' join merchant m on m.collector = c.id order by m.id limit 1"};
        auto const rows = database_.query(named);
        facts_.id = rows.id<AccountId>(0, 0);
        bucket_ = rows.bucket(0, 1);
        facts_.owner = rows.id<MerchantId>(0, 2);
        facts_.mode = payments::CollectorMode::pooled;
        facts_.static_merchant = facts_.owner;
        facts_.static_stall = StallId{new_uuid(bucket_, SystemClock{}.now())};
        auto const key = std::string{rows.text(0, 3)};
        auto options = payments::CoreOptions{};
        options.database_url = database.server_url;
        options.lanes = 1;
        core_ = std::make_unique<payments::Core>(std::move(options), ReferenceKey::from_bytes({reinterpret_cast<std::uint8_t const*>(key.data()), key.size()}).value(),
                                                 std::vector<payments::Family>{}, payments::Lane::OnCommitted{});
    }

    /// Money of the payee that two feeds have told.
    void receives(std::int64_t dong) {
        auto const at = SystemClock{}.now();
        for (auto const source : {901, 902}) {
            auto told = std::make_unique<payments::RecordCredit>();
            told->account = facts_;
            told->in = bucket_;
            told->id = PaymentId::make(bucket_, at);
            told->source = source;
            told->source_id = "1";
            told->amount = Money{dong};
            told->occurred_at = at;
            told->bank_ref = "FT1";
            told->refund_id = RefundId::make(bucket_, at);
            ASSERT_TRUE(does(std::move(told)));
        }
    }
    /// One payout, approved by another than its maker; its id.
    std::string pays_out(std::int64_t dong) {
        auto const at = SystemClock{}.now();
        auto ask = std::make_unique<payments::ProposePayout>();
        auto const id = PayoutId::make(bucket_, at);
        ask->id = id;
        ask->merchant = facts_.owner;
        ask->account = facts_;
        ask->amount = Money{dong};
        ask->reason = "fault test";
        ask->destination = {PersonId::make(bucket_, at), "970436", "0011004455667", "NGUYEN VAN A", "maker"};
        ask->actor = {ActorKind::key, new_uuid(bucket_, at)};
        ask->idempotency = {id.uuid(), std::string(16, 'f')};
        EXPECT_TRUE(does(std::move(ask)));
        auto approve = std::make_unique<payments::ApprovePayout>();
        approve->id = id;
        approve->actor = {ActorKind::person, new_uuid(bucket_, at)};
        approve->second_factor_fresh = true;
        EXPECT_TRUE(does(std::move(approve)));
        return id.text();
    }
    [[nodiscard]] std::int64_t count(std::string const& where) { return std::stoll(std::string{database_.execute("select count(*) from payout where " + where).text(0, 0)}); }
    /// Of payouts that succeeded.
    [[nodiscard]] std::set<std::string> succeeded() {
        auto out = std::set<std::string>{};
        static auto const statement = postgres::Statement{"staff_succeeded", "select id from payout where status = 'succeeded'"};
        auto const rows = database_.query(statement);
        for (auto row = 0; row < rows.rows(); ++row) out.insert(rows.id<PayoutId>(row, 0).text());
        return out;
    }

 private:
    bool does(std::unique_ptr<payments::Command const> command) {
        auto answered = std::promise<payments::Answer>{};
        core_->submit(std::move(command), [&answered](payments::Answer answer) { answered.set_value(std::move(answer)); });
        auto const answer = answered.get_future().get();
        return answer.ok() && !answer->refusal;
    }

    postgres::Connection database_;
    payments::AccountFacts facts_;
    Bucket bucket_ = Bucket::of_bits(0);
    std::unique_ptr<payments::Core> core_;
};

TEST(Payouts, are_never_sent_twice_nor_lost_through_kills) {
    auto const province = Province::in(support::Cluster::shared());
    auto bank = support::PayoutBank{some_manner};
    auto gateway = Gateway{province.database.server_url, {{"CHOSO_PAYOUTS__URL", bank.url()}, {"CHOSO_PAYOUTS__TOKEN", "t"},
                                                          {"CHOSO_PAYOUTS__TIMEOUT_MS", "300"}, {"CHOSO_READERS__POLL_MS", "20"},
                                                          {"CHOSO_CORE__DUE_POLL_MS", "50"}}};
    gateway.start();
    auto staff = Staff{province.database};
    staff.receives(1'000'000'000);
    if (HasFatalFailure()) return;
    auto ids = std::vector<std::string>{};
    auto const count = rounds(8, 50);
    for (auto round = 0; round < count; ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", CHOSO_TEST_SEED=" + std::to_string(seed()));
        auto const before = bank.sent().size();
        for (auto n = 0; n < 12; ++n) ids.push_back(staff.pays_out(1'000 + pick(0, 1'000)));
        // Right away, or when the first, or some, have reached the bank. A killed lease must run out first.
        auto const some = static_cast<std::size_t>(pick(0, 6));
        ASSERT_TRUE(support::eventually(60s, [&] { return bank.sent().size() >= before + some; })) << gateway.log();
        ASSERT_TRUE(gateway.running()) << "it died by itself: " << gateway.log();
        gateway.kill();
        gateway.start();
    }
    // All are handed over; then what is not known is asked for at its times, until all is known.
    ASSERT_TRUE(support::eventually(90s, [&] { return staff.count("status in ('proposed', 'approved')") == 0; })) << gateway.log();
    for (auto const* by : {"2m", "5m", "1h", "24h"}) {
        if (staff.count("status in ('submitted', 'unknown')") == 0) break;
        ASSERT_TRUE(support::eventually(30s, [&] { return gateway.is_ready(); }));
        ASSERT_EQ(choso(province.database, {"clock", "advance", by}).status, 0);
        std::ignore = support::eventually(15s, [&] { return staff.count("status in ('submitted', 'unknown')") == 0; });
    }
    EXPECT_EQ(staff.count("status in ('submitted', 'unknown')"), 0) << gateway.log();

    auto const sent = bank.sent();
    for (auto const& [id, times] : sent) EXPECT_EQ(times, 1) << id << " was sent " << times << " times";
    auto paid = std::set<std::string>{};
    for (auto const& [id, amount] : bank.paid()) paid.insert(id);
    EXPECT_EQ(staff.succeeded(), paid) << "our book and the bank's differ";
    EXPECT_EQ(static_cast<std::int64_t>(ids.size()), staff.count("status in ('succeeded', 'failed')"));
    std::cout << "  " << count << " kills, " << ids.size() << " payouts, " << sent.size() << " sent, " << paid.size() << " paid, "
              << staff.count("failure = 'never_arrived'") << " never arrived, " << bank.asked() << " asks\n";
    EXPECT_EQ(gateway.stop(), 0) << gateway.log();
    auto const verified = choso(province.database, {"verify"});
    EXPECT_EQ(verified.status, 0) << verified.output;
}

}  // namespace
}  // namespace choso::faults
