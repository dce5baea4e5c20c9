// A new installation's first hours: a lane's plans are made for empty tables, and the tables grow under them.
#include <gtest/gtest.h>

#include "platform/postgres/connection.hpp"
#include "tests/faults/core_words.hpp"
#include "tests/faults/gateway.hpp"

namespace choso::faults {
namespace {

using namespace payments;

std::unique_ptr<RecordCredit> credit(OwnAccount const& account, PaymentRequest const& request) {
    auto out = std::make_unique<RecordCredit>();
    auto const now = SystemClock{}.now();
    out->account = account.facts;
    out->in = account.bucket;
    out->id = PaymentId::make(account.bucket, now);
    out->refund_id = RefundId::make(account.bucket, now);
    out->source = 1;
    out->source_id = request.id.text();
    out->amount = *request.amount;
    out->occurred_at = now;
    out->content = request.reference->text();
    out->content_hash = static_cast<std::int64_t>(std::hash<std::string>{}(out->content) & 0x7fffffff);
    out->found = {{*request.reference, How::exact, false}};
    out->payees = {account.merchant};
    out->raw = out->content;
    return out;
}

TEST(Plans, follow_the_tables_as_they_grow) {
    constexpr auto rounds = 30;
    constexpr auto each = 100;
    auto const place = support::Cluster::shared().fresh_database();
    {
        auto core = Core{core_options(place.server_url, 1), fixed_key(), {}, {}};
        auto const account = OwnAccount{7};
        for (auto round = 0; round < rounds; ++round) {
            auto made = std::vector<std::future<Answer>>{};
            for (auto n = 0; n < each; ++n) made.push_back(submit(core, create(account, 10'000 + n)));
            auto paid = std::vector<std::future<Answer>>{};
            for (auto& answer : made) paid.push_back(submit(core, credit(account, answer.get()->request.value())));
            for (auto& answer : paid) ASSERT_TRUE(answer.get()->payment.has_value());
        }
    }
    auto database = postgres::Connection{place.super_url, {.application_name = "plans_test"}};
    auto const counted = [&](char const* what) {
        return database.query({what, "select " + std::string{what} + " from pg_stat_user_tables where relname = 'payment_request'"}).integer(0, 0);
    };
    ASSERT_TRUE(support::eventually(std::chrono::seconds{20}, [&] { return counted("n_tup_ins") == rounds * each; })) << "the lane's connection has ended and told what it counted";
    // A look-up by its key reads what it finds, a few times over. Reading the account's rows for each would be 4,500,000.
    EXPECT_LT(counted("idx_tup_fetch"), 200'000);
}

}  // namespace
}  // namespace choso::faults
