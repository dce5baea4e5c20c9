// The desk's orders on a real book, without an edge: what opens an exception, what a yes does to the money in the same commit,
// what undoes it, and how a day closes over it.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <future>

#include "gateway/payments/core.hpp"
#include "gateway/payments/desk.hpp"
#include "gateway/payments/verify.hpp"
#include "merchants/directory_reader.hpp"
#include "merchants/registry.hpp"
#include "settlement/batches/payment_file.hpp"
#include "settlement/close/close.hpp"
#include "settlement/exceptions/candidates.hpp"
#include "settlement/exceptions/commands.hpp"
#include "settlement/exceptions/rows.hpp"
#include "settlement/exceptions/watch.hpp"
#include "settlement/reports/merchant_statement.hpp"
#include "settlement/reports/reports.hpp"
#include "settlement/rules/store.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/process.hpp"

namespace choso::settlement {
namespace {

using payments::Outcome;
using support::Cluster;

Uuid number(std::uint8_t n) {
    auto out = Uuid{};
    out[15] = n;
    return out;
}
payments::Actor const maker{payments::ActorKind::person, number(1)};
payments::Actor const other{payments::ActorKind::person, number(2)};

/// A collector for others with one account and one payee; two feeds tell of it.
class DeskStory : public testing::Test {
 protected:
    void SetUp() override {
        auto const created = registry.create_collector({.name = "Chợ Trung Tâm", .mode = payments::CollectorMode::pooled, .kind = "public_office", .live = false});
        ASSERT_TRUE(created.ok());
        auto const account = registry.create_account({.collector = created->id, .bin = "970436", .number = "0011001", .holder = "Ban Quan Ly"});
        auto const merchant = registry.create_merchant({.collector = created->id, .name = "Cô Hoa", .kind = "household"});
        ASSERT_TRUE(account.ok() && merchant.ok());
        directory = merchants::DirectoryReader::read(connection);
        facts = directory->facts_of(*directory->account(*account));
        payee = *merchant;
        bucket = created->bucket;
    }
    void TearDown() override {
        auto results = payments::verify(connection);
        for (auto& each : verify_closes(connection)) results.push_back(std::move(each));
        for (auto const& each : results) EXPECT_EQ(each.broken, 0) << each.name << ": " << (each.examples.empty() ? "" : each.examples[0]);
        core.stop();
        Cluster::shared().drop(database);
    }

    Outcome submit(std::unique_ptr<payments::Command const> command) {
        auto answered = std::promise<payments::Answer>{};
        core.submit(std::move(command), [&answered](payments::Answer answer) { answered.set_value(std::move(answer)); });
        auto answer = answered.get_future().get();
        EXPECT_TRUE(answer.ok()) << "the order failed";
        return answer.ok() ? std::move(answer).value() : Outcome{};
    }
    payments::PaymentRequest asks(std::int64_t amount, std::string description = "rau") {
        auto command = std::make_unique<payments::CreateRequest>();
        command->id = PaymentRequestId::make(bucket, clock.now());
        command->merchant = payee;
        command->account = facts.id;
        command->in = bucket;
        command->token = new_uuid(bucket, clock.now());
        command->amount = Money{amount};
        command->description = std::move(description);
        command->idempotency = {new_uuid(bucket, clock.now()), std::string(16, 'f')};
        return *submit(std::move(command)).request;
    }
    /// A credit told by one source, or by two.
    PaymentId comes(std::int64_t amount, std::string const& content, bool confirmed) {
        auto id = PaymentId{};
        for (auto const source : {1, 2}) {
            if (source == 2 && !confirmed) continue;
            auto told = std::make_unique<payments::RecordCredit>();
            told->account = facts;
            told->in = bucket;
            told->id = PaymentId::make(bucket, clock.now());
            told->source = source;
            told->source_id = std::to_string(++count);
            told->amount = Money{amount};
            told->occurred_at = std::chrono::floor<std::chrono::seconds>(clock.now());
            told->bank_ref = "FT" + std::to_string(amount);
            told->content = content;
            told->content_hash = amount;
            told->refund_id = RefundId::make(bucket, clock.now());
            id = submit(std::move(told)).payment.value();
        }
        return id;
    }
    ExceptionId opened_for(PaymentId payment) {
        auto opening = opening_of(connection, "payment.unreferenced", bucket, payment.uuid(), "{}", clock.now());
        EXPECT_NE(opening, nullptr);
        auto const id = opening->fresh.id;
        EXPECT_FALSE(submit(std::move(opening)).refusal.has_value());
        auto again = opening_of(connection, "payment.unreferenced", bucket, payment.uuid(), "{}", clock.now());
        EXPECT_TRUE(submit(std::move(again)).replayed) << "told twice it opens one";
        return id;
    }
    Outcome propose_on(ExceptionId id, Resolution resolution, std::unique_ptr<payments::Command const> inner = nullptr) {
        auto command = std::make_unique<ProposeResolution>();
        command->id = id;
        command->actor = maker;
        command->resolution = std::move(resolution);
        command->inner = std::move(inner);
        return submit(std::move(command));
    }
    Outcome yes(ExceptionId id, payments::Actor const& by, std::unique_ptr<payments::Command const> inner) {
        auto command = std::make_unique<ApproveResolution>();
        command->id = id;
        command->actor = by;
        command->shown = find_exception(connection, id)->row.resolution.value();
        command->second_factor_fresh = true;
        command->inner = std::move(inner);
        return submit(std::move(command));
    }
    std::unique_ptr<payments::AssignPayment> assign(PaymentId payment, std::optional<PaymentRequestId> request) {
        auto out = std::make_unique<payments::AssignPayment>();
        out->payment = payment;
        out->account = facts;
        out->request = request;
        if (!request) out->merchant = payee;
        out->refund_id = RefundId::make(bucket, clock.now());
        out->actor = other;
        return out;
    }
    [[nodiscard]] std::string sql(std::string const& text) const { return Cluster::shared().sql(text, database.name); }
    [[nodiscard]] postgres::Array here() const {
        auto out = postgres::Array{postgres::Array::Type::int2};
        out.add(bucket);
        return out;
    }
    [[nodiscard]] postgres::Array owner() const {
        auto out = postgres::Array{postgres::Array::Type::uuid};
        out.add(facts.owner);
        return out;
    }

    static payments::CoreOptions options(std::string url) {
        auto out = payments::CoreOptions{};
        out.database_url = std::move(url);
        out.lanes = 1;
        return out;
    }
    support::Database database = Cluster::shared().fresh_database();
    postgres::Connection connection{database.server_url};
    merchants::Registry registry{connection};
    SystemClock clock;
    payments::Core core{options(database.server_url), ReferenceKey{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}}, {exceptions_family()}, {}};
    std::shared_ptr<merchants::Directory const> directory;
    payments::AccountFacts facts;
    MerchantId payee;
    Bucket bucket = Bucket::of_bits(0);
    int count = 0;
};

TEST_F(DeskStory, a_forced_match_moves_money_with_a_second_persons_yes_and_back_with_an_undo) {
    auto const asked = asks(50'000);
    auto const payment = comes(50'000, "tien hang", true);
    auto const id = opened_for(payment);
    auto claim = std::make_unique<ClaimException>();
    claim->id = id;
    claim->actor = maker;
    EXPECT_FALSE(submit(std::move(claim)).refusal.has_value());
    auto const proposed = propose_on(id, {ExceptionAction::match, asked.id.uuid(), {}, "payer_told"});
    EXPECT_EQ(proposed.own_as<ExceptionOutcome>()->row.state, ExceptionState::proposed);
    EXPECT_EQ(sql("select status from payment"), "unreferenced") << "nothing has moved";
    EXPECT_EQ(yes(id, maker, assign(payment, asked.id)).refusal, payments::Refusal::approver_is_maker);
    EXPECT_EQ(sql("select status from payment"), "unreferenced");
    auto const done = yes(id, other, assign(payment, asked.id));
    ASSERT_FALSE(done.refusal.has_value()) << payments::word(*done.refusal);
    EXPECT_EQ(sql("select status from payment_request"), "paid");
    EXPECT_EQ(sql("select string_agg(template::text, ',' order by id) from journal"), "credit_unreferenced,unreferenced_to_due,due_confirmed");
    for (auto const& each : payments::verify(connection)) EXPECT_EQ(each.broken, 0) << each.name;

    auto undo = std::make_unique<UndoResolution>();
    undo->id = id;
    undo->actor = maker;
    auto release = std::make_unique<payments::ReleasePayment>();
    release->payment = payment;
    release->account = facts;
    release->actor = maker;
    undo->inner = std::move(release);
    EXPECT_FALSE(submit(std::move(undo)).refusal.has_value());
    EXPECT_EQ(sql("select status from payment_request"), "open");
    EXPECT_EQ(sql("select status from payment"), "unreferenced");
    EXPECT_EQ(find_exception(connection, id)->row.state, ExceptionState::claimed);
    EXPECT_EQ(sql("select string_agg(action, ',' order by seq) from audit where action like 'exception.%' or action like 'payment.%'"),
              "exception.opened,exception.claimed,exception.proposed,payment.assigned,exception.approved,payment.released,exception.undone");
}

TEST_F(DeskStory, what_is_read_says_why_not_and_what_is_left) {
    auto const asked = asks(70'000);
    auto damaged = asked.reference->text();
    for (auto const place : {5U, 10U}) damaged[place] = damaged[place] == '7' ? '8' : '7';
    auto const id = opened_for(comes(70'000, "CT " + damaged + " rau", false));
    auto const list = list_exceptions(connection, here(), owner(), {});
    ASSERT_EQ(list.size(), 1U);
    EXPECT_NE(list[0].content.find(damaged), std::string::npos);
    auto const found = candidates_of(connection, list).at(id);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].request, asked.id);
    EXPECT_TRUE(found[0].certain);
    auto const work = work_left(connection, here(), owner(), clock.now());
    ASSERT_EQ(work.size(), 1U);
    EXPECT_EQ(work[0].amount, Money{70'000});

    // Found by other means, it ends by itself.
    EXPECT_FALSE(submit(assign(PaymentId{list[0].row.subject}, std::nullopt)).refusal.has_value());
    for (auto& ending : endings(connection)) EXPECT_FALSE(submit(std::move(ending)).refusal.has_value());
    EXPECT_EQ(find_exception(connection, id)->row.ended, "found");
    EXPECT_TRUE(list_exceptions(connection, here(), owner(), {}).empty());
}

TEST_F(DeskStory, how_another_ones_numbers_look_is_learned_of_matches_and_suggests) {
    auto const found_for = [&](std::int64_t amount, std::string const& content) {
        auto const id = opened_for(comes(amount, content, true));
        return candidates_of(connection, {find_exception(connection, id).value()})[id];
    };
    auto const named = [](std::vector<Candidate> const& all, PaymentRequestId id) {
        auto const each = std::ranges::find(all, id, &Candidate::request);
        return each != all.end() && std::ranges::find(each->reasons, Reason::learned_reference) != each->reasons.end();
    };
    auto const wanted = asks(90'000, "tien nuoc HD000103"), other_one = asks(90'000, "tien nuoc HD000104");
    EXPECT_FALSE(named(found_for(41'000, "nop hd 000103"), wanted.id)) << "nobody has matched such a number yet";
    for (auto const n : {1, 2}) {
        auto const code = "HD00010" + std::to_string(n);
        auto const asked = asks(50'000 + n, "tien nuoc " + code);
        auto const payment = comes(50'000 + n, "thanh toan " + code, true);
        auto const id = opened_for(payment);
        EXPECT_FALSE(propose_on(id, {ExceptionAction::match, asked.id.uuid(), {}, "payer_told"}).refusal.has_value());
        EXPECT_FALSE(yes(id, other, assign(payment, asked.id)).refusal.has_value());
    }
    // Another amount, blanks and case: the number alone.
    auto const found = found_for(42'000, "nop hd 000103 thang 11");
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].request, wanted.id);
    EXPECT_TRUE(named(found, wanted.id));
    EXPECT_FALSE(named(found, other_one.id));
    EXPECT_FALSE(found[0].certain) << "what is learned only suggests";
}

TEST_F(DeskStory, a_rule_is_tried_over_past_lines_switched_on_by_another_and_only_proposes) {
    auto const payment = comes(30'000, "tien dien ky 10", true);
    auto const id = opened_for(payment);
    (void)opened_for(comes(31'000, "tien nuoc ky 10", true));
    auto rule = MatchRule{};
    rule.bucket = bucket;
    rule.id = new_uuid(bucket, clock.now());
    rule.desk = facts.owner;
    rule.account = facts.id;
    rule.merchant = payee;
    rule.name = "Tiền điện";
    rule.words = "tien dien";
    EXPECT_EQ(keep_rule(connection, rule, maker, clock.now()), 1);
    auto const tried = preview(rule, {}, past_credits(connection, rule, 100));
    EXPECT_EQ(tried.gained.size(), 1U);
    EXPECT_EQ(tried.open, 1);
    auto const later = clock.now() + std::chrono::seconds{10};
    EXPECT_TRUE(rule_rounds(connection, later).empty()) << "a draft does nothing";
    EXPECT_EQ(switch_on(connection, bucket, rule.id, 1, maker, clock.now()), Switched::own_rule);
    EXPECT_EQ(switch_on(connection, bucket, rule.id, 1, other, clock.now()), Switched::done);

    auto rounds = rule_rounds(connection, later);
    ASSERT_EQ(rounds.size(), 1U);
    for (auto& order : rounds[0].orders) EXPECT_FALSE(submit(std::move(order)).refusal.has_value());
    keep_looked_at(connection, rounds[0]);
    EXPECT_EQ(find_exception(connection, id)->row.state, ExceptionState::proposed);
    EXPECT_EQ(notes_of(connection, id).at(0).note.text, "Theo quy tắc “Tiền điện”, bản 1");
    EXPECT_EQ(sql("select count(*) from payment where status = 'unreferenced'"), "2") << "nothing has moved";
    auto back = std::make_unique<RejectResolution>();
    back->id = id;
    back->actor = maker;
    EXPECT_FALSE(submit(std::move(back)).refusal.has_value());
    EXPECT_TRUE(rule_rounds(connection, later).empty()) << "what a person gave back is not proposed again";

    rule.words = "tien nuoc";
    EXPECT_EQ(keep_rule(connection, rule, maker, clock.now()), 2);
    auto const on = rules_of(connection, here(), owner()).at(1);
    EXPECT_EQ(on.state, RuleState::on);
    auto const second = preview(rule, on, past_credits(connection, rule, 100));
    EXPECT_EQ(second.gained.size() + second.lost.size(), 2U);
    EXPECT_EQ(switch_on(connection, bucket, rule.id, 2, other, clock.now()), Switched::done);
    EXPECT_EQ(sql("select string_agg(state::text, ',' order by version) from match_rule"), "off,on");
    EXPECT_EQ(rule_rounds(connection, later).at(0).orders.size(), 2U);
    EXPECT_EQ(switch_off(connection, bucket, rule.id, maker, clock.now()), Switched::done);
    EXPECT_TRUE(rule_rounds(connection, later).empty());
    EXPECT_EQ(sql("select string_agg(action, ',' order by seq) from audit where action like 'rule.%'"),
              "rule.drafted,rule.switched_on,rule.drafted,rule.switched_on,rule.switched_off");
}

TEST_F(DeskStory, a_day_closes_once_and_its_rest_is_explained) {
    (void)opened_for(comes(30'000, "khong ro", false));
    auto const asked = asks(20'000);
    auto const payment = comes(20'000, "ro", true);
    EXPECT_FALSE(submit(assign(payment, asked.id)).refusal.has_value());
    auto const today = vietnam_day(clock.now());
    auto const later = clock.now() + std::chrono::days{2};
    auto const closed = close_day(connection, bucket, today, {}, later);
    ASSERT_TRUE(closed.has_value());
    EXPECT_EQ(closed->accounts, 4) << "bank, unreferenced, due seen, due confirmed";
    EXPECT_EQ(closed->clearing, 1);
    EXPECT_EQ(closed->unexplained, 0);
    EXPECT_TRUE(close_day(connection, bucket, today, {}, later)->before);
    EXPECT_EQ(reopen_day(connection, bucket, today, maker, "xem lại", later)->revision, 2);
    auto const shown = find_closed_day(connection, {bucket}, today, std::nullopt, 100);
    EXPECT_EQ(shown.balances.size(), 4U);
    EXPECT_EQ(shown.revision, 2);
    EXPECT_EQ(closed_days(connection, {bucket}, 10).size(), 1U);
    EXPECT_FALSE(reopen_day(connection, bucket, today - std::chrono::days{9}, maker, "x", later).has_value());
    EXPECT_EQ(sql("select string_agg(action, ',' order by seq) from audit where action like 'day.%'"), "day.closed,day.reopened");
}

TEST_F(DeskStory, reports_and_signed_statements_are_made_of_the_book) {
    auto const asked = asks(20'000);
    EXPECT_FALSE(submit(assign(comes(20'000, "ro", true), asked.id)).refusal.has_value());
    auto payees = postgres::Array{postgres::Array::Type::uuid};
    payees.add(payee);
    auto const now = clock.now();
    auto const places = make_report(connection, ReportKind::places, here(), payees, now - std::chrono::hours{1}, now + std::chrono::hours{1}, now);
    ASSERT_EQ(places.rows.size(), 1U);
    EXPECT_EQ(places.rows[0][3], "20000");
    EXPECT_NE(as_csv(places).find("20000"), std::string::npos);
    EXPECT_TRUE(as_xlsx(places).starts_with("PK"));
    for (auto const kind : {ReportKind::settlement, ReportKind::payouts, ReportKind::ageing})
        EXPECT_TRUE(make_report(connection, kind, here(), owner(), now - std::chrono::hours{1}, now, now).rows.empty());

    auto const made = merchant_statements(connection, bucket, payee, "Cô Hoa", vietnam_day(now), vietnam_day(now));
    ASSERT_EQ(made.size(), 1U);
    EXPECT_EQ(made[0].closing, Money{20'000});
    EXPECT_EQ(made[0].lines.size(), 1U);
    EXPECT_TRUE(as_pdf(made).starts_with("%PDF"));
    auto const key = signing_key(connection, std::string(32, 's'), now);
    EXPECT_EQ(signing_key(connection, std::string(32, 's'), now).certificate, key.certificate) << "one is made";
    auto const folder = support::TemporaryFolder{};
    std::ofstream{folder.path() / "a.p7m", std::ios::binary} << crypto::signed_file(key, "bang ke");
    std::ofstream{folder.path() / "a.pem"} << key.certificate;
    auto const proved = support::run({.arguments = {"/usr/bin/openssl", "cms", "-verify", "-inform", "DER", "-binary", "-in", (folder.path() / "a.p7m").string(), "-CAfile",
                                                    (folder.path() / "a.pem").string()},
                                      .environment = {}, .output = {}, .input = {}});
    EXPECT_EQ(proved.status, 0) << proved.output;
    EXPECT_NE(proved.output.find("bang ke"), std::string::npos);
}

}  // namespace
}  // namespace choso::settlement
