#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <ostream>
#include <random>

#include "base/vietnamese.hpp"
#include "platform/postgres/connection.hpp"
#include "tests/faults/core_words.hpp"
#include "tests/faults/gateway.hpp"

namespace choso::faults {
namespace {

using namespace payments;

/// A bank fact before anybody tells it.
struct Fact {
    std::string name;
    std::int64_t amount;
    Instant at;
    std::optional<Reference> reference;
};

/// Two requests and a cancelled one on an account of their own, and five credits that came in.
struct Feed {
    OwnAccount account;
    PaymentRequest twice, late, cancelled;
    std::vector<Fact> facts;
};

PaymentRequest answered(std::future<Answer> future) {
    auto const answer = future.get();
    if (!answer || answer->refusal || !answer->request) throw std::runtime_error{"the core refused to set the scene"};
    return *answer->request;
}

Feed begin(Core& core, int n) {
    auto account = OwnAccount{n};
    auto twice = answered(submit(core, create(account, 50'000)));
    auto late = answered(submit(core, create(account, 40'000)));
    auto cancelled = answered(submit(core, create(account, 30'000)));
    auto cancel = std::make_unique<CancelRequest>();
    cancel->id = cancelled.id;
    cancel->merchant = account.merchant;
    cancel->idempotency = {new_uuid(account.bucket, SystemClock{}.now()), std::string(32, 'c')};
    cancelled = answered(submit(core, std::move(cancel)));
    auto const in_time = late.created_at + std::chrono::minutes{1};
    auto const after = *late.expires_at + std::chrono::minutes{10};
    return {account, twice, late, cancelled,
            {{"half", 25'000, in_time, twice.reference},
             {"other_half", 25'000, in_time, twice.reference},
             {"late", 40'000, after, late.reference},
             {"cancelled", 30'000, in_time, cancelled.reference},
             {"unreferenced", 12'345, in_time, {}}}};
}

/// One feed's telling of a fact. `second_has_refs`: the second feed knows the bank's references too.
std::unique_ptr<RecordCredit> told(Feed const& feed, std::size_t fact, std::int32_t source, bool second_has_refs) {
    auto const& it = feed.facts[fact];
    auto out = std::make_unique<RecordCredit>();
    out->account = feed.account.facts;
    out->in = feed.account.bucket;
    out->id = PaymentId::make(feed.account.bucket, SystemClock{}.now());
    out->refund_id = RefundId::make(feed.account.bucket, SystemClock{}.now());
    out->source = source;
    out->source_id = feed.account.facts.id.text() + "-" + it.name;
    out->amount = Money{it.amount};
    out->occurred_at = it.at;
    if (source == 1 || second_has_refs) out->bank_ref = "FT-" + it.name;
    out->content = it.reference ? "MBVCB." + it.reference->text() + ".CT tu 0123" : std::string{"chuyen tien"};
    out->content_hash = static_cast<std::int64_t>(std::hash<std::string>{}(out->content) & 0x7fffffff);
    if (it.reference) out->found = {{*it.reference, How::exact, false}};
    out->payees = {feed.account.merchant};
    out->raw = out->content;
    return out;
}

struct Telling {
    std::size_t fact;
    std::int32_t source;
};

/// Each fact twice from each of two feeds, shuffled, with the first tellings in the order of `permutation`.
std::vector<Telling> tellings(std::vector<std::size_t> const& permutation) {
    auto out = std::vector<Telling>{};
    for (auto fact = std::size_t{0}; fact < permutation.size(); ++fact)
        for (auto const source : {1, 1, 2, 2}) out.push_back({fact, source});
    std::shuffle(out.begin(), out.end(), chance());
    auto renamed = std::map<std::size_t, std::size_t>{};
    for (auto& telling : out) {
        auto const [known, fresh] = renamed.try_emplace(telling.fact, 0);
        if (fresh) known->second = permutation[renamed.size() - 1];
        telling.fact = known->second;
    }
    return out;
}

/// Everything a reader of the book could tell two orders apart by, ids and times left out.
std::string picture(postgres::Connection& database, Feed const& feed) {
    static auto const requests = postgres::Statement{
        "picture_requests", "select string_agg(concat_ws(' ', r.status, r.amount_paid, r.late_paid, r.late_decision), '; ' order by r.amount)"
                            " from payment_request r where r.bucket = $1 and r.account = $2"};
    static auto const payments = postgres::Statement{
        "picture_payments",
        "select string_agg(concat_ws(' ', p.amount, p.status, r.amount, p.confirmed_at is not null, array_prepend(p.source, p.later_sources) @> '{1,2}', p.wrong_account,"
        " (select count(*) from sighting s where s.bucket = p.bucket and s.payment = p.id)), '; ' order by p.amount, p.bank_ref)"
        " from payment p left join payment_request r on r.bucket = p.bucket and r.id = p.request where p.bucket = $1 and p.account = $2"};
    static auto const ledger = postgres::Statement{
        "picture_ledger",
        "select string_agg(concat_ws(' ', a.kind, e.balance), '; ' order by a.kind::text) from ledger_account a join lateral"
        " (select balance from entry e where e.bucket = a.bucket and e.account = a.id order by e.seq desc limit 1) e on true"
        " where a.bucket = $1 and a.subject in ($2, $3)"};
    static auto const refunds = postgres::Statement{
        "picture_refunds", "select string_agg(concat_ws(' ', f.amount, f.status, f.reason), '; ' order by f.amount) from refund f"
                           " join payment p on p.bucket = f.bucket and p.id = f.payment where p.bucket = $1 and p.account = $2"};
    auto const& of = feed.account;
    auto const one = [&](postgres::Statement const& statement, postgres::Params const& params) {
        return database.query(statement, params).maybe_text(0, 0).value_or("nothing");
    };
    auto const by_account = postgres::Params::of(of.bucket, of.facts.id);
    return "requests: " + one(requests, by_account) + "\npayments: " + one(payments, by_account) +
           "\nledger: " + one(ledger, postgres::Params::of(of.bucket, of.facts.id, of.merchant)) + "\nrefunds: " + one(refunds, by_account);
}

struct Row {
    char const* name;
    bool second_has_refs;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class Order : public testing::TestWithParam<Row> {};

TEST_P(Order, of_arrival_and_repetition_do_not_change_the_book) {
    auto const place = support::Cluster::shared().fresh_database();
    auto database = postgres::Connection{place.super_url, {.application_name = "order_test"}};
    auto core = Core{core_options(place.server_url, 2), fixed_key(), {}, {}};
    auto permutation = std::vector<std::size_t>{0, 1, 2, 3, 4};
    auto first = std::string{};
    auto seen = 0;
    do {
        auto const feed = begin(core, seen);
        auto answers = std::vector<std::future<Answer>>{};
        auto order = std::string{};
        for (auto const& [fact, source] : tellings(permutation)) {
            order += feed.facts[fact].name + "/" + std::to_string(source) + " ";
            answers.push_back(submit(core, told(feed, fact, source, GetParam().second_has_refs)));
            // Sometimes in one batch with what follows, sometimes in a batch of its own.
            if (pick(0, 3) == 0) answers.back().wait();
        }
        SCOPED_TRACE(order + "CHOSO_TEST_SEED=" + std::to_string(seed()));
        for (auto& answer : answers) {
            auto const got = answer.get();
            ASSERT_TRUE(got.ok());
            ASSERT_FALSE(got->refusal.has_value());
            ASSERT_TRUE(got->payment.has_value());
        }
        auto const now = picture(database, feed);
        if (first.empty()) first = now;
        ASSERT_EQ(now, first);
        ++seen;
    } while (std::next_permutation(permutation.begin(), permutation.end()));
    EXPECT_EQ(seen, 120);
    std::cout << "  " << seen << " orders, each:\n" << first << '\n';
    // What the rules say of these five facts, told out once.
    EXPECT_NE(first.find("requests: cancelled 0 0 none; paid_late 40000 40000 none; paid 50000 0 none"), std::string::npos) << first;
    auto const verified = choso(place, {"verify"});
    EXPECT_EQ(verified.status, 0) << verified.output;
}

INSTANTIATE_TEST_SUITE_P(feeds, Order, testing::Values(Row{"both_know_the_banks_reference", true}, Row{"one_knows_none", false}),
                         [](auto const& tested) { return std::string{tested.param.name}; });

}  // namespace
}  // namespace choso::faults
