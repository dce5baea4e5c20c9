// Benefits: a list is approved, the gateway dies again and again while it pays, the file is sent again and again; each person is
// paid once.
#include <gtest/gtest.h>

#include <cstdlib>
#include <future>
#include <iostream>

#include "gateway/payments/core.hpp"
#include "merchants/benefits/commands.hpp"
#include "platform/crypto/crypto.hpp"
#include "tests/faults/gateway.hpp"
#include "tests/support/payout_bank.hpp"

namespace choso::faults {
namespace {

using namespace std::chrono_literals;
using payments::Actor;
using payments::ActorKind;

/// An office in the demo's collector for others, through a core of its own.
class Office {
 public:
    explicit Office(support::Database const& database) : database_{database.super_url, {.application_name = "benefits_test"}} {
        auto const rows = database_.query({"office_account", "select b.id, c.bucket, m.id, (select reference_key from installation) from bank_account b"
                                                             " join collector c on c.id = b.collector and c.mode = 'pooled' join merchant m on m.collector = c.id and m.is_owner"
                                                             " order by m.id limit 1"});
        account_ = rows.id<AccountId>(0, 0);
        bucket_ = rows.bucket(0, 1);
        merchant_ = rows.id<MerchantId>(0, 2);
        auto const key = std::string{rows.text(0, 3)};
        auto options = payments::CoreOptions{};
        options.database_url = database.server_url;
        options.lanes = 1;
        // It takes the office's orders alone: what falls due is the gateway's.
        options.due_poll = 24h;
        core_ = std::make_unique<payments::Core>(std::move(options), ReferenceKey::from_bytes({reinterpret_cast<std::uint8_t const*>(key.data()), key.size()}).value(),
                                                 std::vector<payments::Family>{benefits::family()}, payments::Lane::OnCommitted{});
    }
    void receives(std::int64_t dong) {
        auto const at = SystemClock{}.now();
        for (auto const source : {901, 902}) {
            auto told = std::make_unique<payments::RecordCredit>();
            told->account.id = account_;
            told->account.owner = merchant_;
            told->account.mode = payments::CollectorMode::pooled;
            told->account.static_merchant = merchant_;
            told->account.static_stall = StallId{new_uuid(bucket_, at)};
            told->in = bucket_;
            told->id = PaymentId::make(bucket_, at);
            told->source = source;
            told->source_id = "1";
            told->amount = Money{dong};
            told->occurred_at = at;
            told->bank_ref = "FT1";
            told->refund_id = RefundId::make(bucket_, at);
            ASSERT_TRUE(does(std::move(told)).has_value());
        }
    }
    /// Sends the list of so many people; the same file whenever it is called.
    std::optional<BenefitListId> sends(int people, std::int64_t* sum) {
        auto const at = SystemClock{}.now();
        auto order = std::make_unique<benefits::ImportBenefits>();
        order->id = BenefitListId::make(bucket_, at);
        order->programme = ProgrammeId::make(bucket_, at);
        order->programme_code = "NCC";
        order->programme_name = "Người có công";
        order->merchant = merchant_;
        order->account = account_;
        order->period = "2026-12";
        order->file_name = "t12.csv";
        order->file_hash = crypto::as_text(crypto::sha256("file of " + std::to_string(people)));
        if (sum != nullptr) *sum = 0;
        for (auto n = 1; n <= people; ++n) {
            auto row = benefits::ListRow{};
            row.position = n;
            row.code = "P" + std::to_string(n);
            row.name = "NGUOI HUONG " + std::to_string(n);
            row.amount = Money{500'000 + n};
            row.bin = "970436";
            row.account = std::to_string(1'000'000'000LL + n);
            if (sum != nullptr) *sum += row.amount.dong();
            order->rows.push_back(std::move(row));
            order->ids.push_back(BenefitItemId::make(bucket_, at));
        }
        order->actor = {ActorKind::person, clerk_};
        order->idempotency = {new_uuid(bucket_, at), std::string(16, 'b')};
        auto const outcome = does(std::move(order));
        if (!outcome || outcome->refusal) return std::nullopt;
        return outcome->own_as<benefits::ListOutcome>()->id;
    }
    bool approves(BenefitListId list) {
        auto const programme = database_.query({"office_programme", "select programme from benefit_list where bucket = $1 and id = $2"}, postgres::Params::of(list.bucket(), list));
        auto order = std::make_unique<benefits::DecideBenefits>();
        order->id = list;
        order->programme = programme.id<ProgrammeId>(0, 0);
        order->merchant = merchant_;
        order->approves = true;
        order->actor = {ActorKind::person, chief_};
        order->second_factor_fresh = true;
        auto const outcome = does(std::move(order));
        return outcome && !outcome->refusal;
    }
    [[nodiscard]] std::int64_t number(std::string const& sql) { return std::stoll(std::string{database_.execute(sql).text(0, 0)}); }

 private:
    std::optional<payments::Outcome> does(std::unique_ptr<payments::Command const> command) {
        auto answered = std::promise<payments::Answer>{};
        core_->submit(std::move(command), [&answered](payments::Answer answer) { answered.set_value(std::move(answer)); });
        auto const answer = answered.get_future().get();
        return answer ? std::optional{*answer} : std::nullopt;
    }

    postgres::Connection database_;
    AccountId account_;
    Bucket bucket_ = Bucket::of_bits(0);
    MerchantId merchant_;
    Uuid clerk_ = new_uuid(Bucket::of_bits(0), SystemClock{}.now());
    Uuid chief_ = new_uuid(Bucket::of_bits(0), SystemClock{}.now());
    std::unique_ptr<payments::Core> core_;
};

TEST(Benefits, are_paid_once_whoever_dies_and_whatever_is_sent_again) {
    auto const people = std::getenv("CHOSO_TEST_BENEFITS") != nullptr ? std::atoi(std::getenv("CHOSO_TEST_BENEFITS")) : rounds(600, 20'000);
    auto const province = Province::in(support::Cluster::shared());
    auto bank = support::PayoutBank{};
    auto gateway = Gateway{province.database.server_url, {{"CHOSO_PAYOUTS__URL", bank.url()}, {"CHOSO_PAYOUTS__TOKEN", "t"}, {"CHOSO_PAYOUTS__TIMEOUT_MS", "2000"},
                                                          {"CHOSO_READERS__POLL_MS", "20"}, {"CHOSO_CORE__DUE_POLL_MS", "50"}}};
    gateway.start();
    auto office = Office{province.database};
    auto sum = std::int64_t{0};
    auto const list = office.sends(people, &sum);
    ASSERT_TRUE(list.has_value());
    ASSERT_FALSE(office.approves(*list)) << "there is no money yet";
    office.receives(sum + 1);
    ASSERT_TRUE(office.approves(*list));
    EXPECT_EQ(office.sends(people, nullptr), list) << "the same file is the same list";

    constexpr auto kills = 10;
    for (auto round = 0; round < kills; ++round) {
        SCOPED_TRACE("round " + std::to_string(round) + ", CHOSO_TEST_SEED=" + std::to_string(seed()));
        // Spread over the whole of the paying.
        auto const enough = static_cast<std::size_t>(people * (round + 1) / (kills + 2));
        ASSERT_TRUE(support::eventually(300s, [&] { return bank.sent().size() >= enough; })) << bank.sent().size() << " of " << enough << "\n" << gateway.log();
        gateway.kill();
        if (round == 4) {
            EXPECT_EQ(office.sends(people, nullptr), list) << "the same file is the same list";
        }
        gateway.start();
    }
    auto const settled = "select count(*) from payout where purpose = 'benefit' and status in ('succeeded', 'failed')";
    auto const all_handed = [&] { return office.number("select count(*) from payout where purpose = 'benefit' and status not in ('proposed', 'approved')") == people; };
    ASSERT_TRUE(support::eventually(600s, all_handed)) << gateway.log();
    for (auto const* by : {"2m", "5m", "1h", "24h"}) {
        if (office.number(settled) == people) break;
        ASSERT_EQ(choso(province.database, {"clock", "advance", by}).status, 0);
        std::ignore = support::eventually(60s, [&] { return office.number(settled) == people; });
    }
    EXPECT_EQ(office.number(settled), people) << gateway.log();

    for (auto const& [id, times] : bank.sent()) EXPECT_EQ(times, 1) << id;
    auto paid = std::int64_t{0};
    for (auto const& [id, amount] : bank.paid()) paid += amount;
    EXPECT_EQ(office.number("select count(distinct i.code) from benefit_item i join payout o on o.bucket = i.bucket and o.id = i.payout where o.status = 'succeeded'"),
              static_cast<std::int64_t>(bank.paid().size()));
    EXPECT_EQ(office.number("select coalesce(sum(amount), 0) from payout where purpose = 'benefit' and status = 'succeeded'"), paid) << "our total and the bank's differ";
    // What a kill kept from the bank is given back to the programme, and the person is unpaid with the reason.
    auto const never = office.number("select count(*) from payout where purpose = 'benefit' and status = 'failed' and failure = 'never_arrived'");
    EXPECT_EQ(static_cast<std::int64_t>(bank.paid().size()) + never, people);
    std::cout << "  " << people << " people, " << kills << " kills, file sent three times: " << bank.paid().size() << " paid once, " << never << " never arrived\n";
    EXPECT_EQ(gateway.stop(), 0) << gateway.log();
    auto const verified = choso(province.database, {"verify"});
    EXPECT_EQ(verified.status, 0) << verified.output;
}

}  // namespace
}  // namespace choso::faults
