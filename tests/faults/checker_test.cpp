#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include "tests/faults/checker.hpp"

namespace choso::faults {
namespace {

/// A wrong that is done to a sound book behind the gateway's back, and that the checker must see.
struct Row {
    char const* name;
    char const* sql;
};

constexpr Row wrongs[] = {
    {"a_request_is_lost", "delete from payment_request where id = (select id from payment_request where amount_paid > 0 limit 1)"},
    {"a_payment_is_lost", "delete from payment where id = (select id from payment limit 1)"},
    {"an_amount_is_wrong", "update payment_request set amount_paid = amount_paid - 1 where id = (select id from payment_request where amount_paid > 0 limit 1)"},
    {"a_payment_is_doubled",
     "insert into payment select gen_random_uuid(), account, amount, occurred_at, recorded_at, content_hash, merchant, bucket, status,"
     " wrong_account, bank_ref, reference, request, stall, confirmed_at, source, later_sources from payment limit 1"},
    {"an_event_is_doubled",
     "insert into event select (select max(seq) + 1 from event m where m.bucket = e.bucket), subject, merchant, at, bucket, type, body"
     " from event e where type = 'payment.received' limit 1"},
    {"a_balance_is_wrong", "update entry set balance = balance + 1 where (bucket, account, seq) in (select bucket, account, max(seq) from"
                           " entry group by bucket, account limit 1)"},
};

int failures_of(support::Database const& database, Clients const& clients) {
    auto results = testing::TestPartResultArray{};
    {
        auto const listener = testing::ScopedFakeTestPartResultReporter{
            testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &results};
        expect_sound_book(database, {&clients});
    }
    auto failed = 0;
    for (auto n = 0; n < results.size(); ++n) failed += results.GetTestPartResult(n).failed() ? 1 : 0;
    return failed;
}

/// A checker that finds nothing proves nothing.
TEST(Checker, sees_what_is_lost_doubled_or_wrong) {
    auto& cluster = support::Cluster::shared();
    auto const province = Province::in(cluster);
    auto gateway = Gateway{province.database.server_url};
    gateway.start();
    auto clients = Clients{province, {gateway.port()}, 4};
    ASSERT_TRUE(clients.advance(60)) << gateway.log();
    ASSERT_TRUE(clients.finish()) << gateway.log();
    ASSERT_EQ(gateway.stop(), 0) << gateway.log();
    ASSERT_EQ(failures_of(province.database, clients), 0);
    for (auto const& wrong : wrongs) {
        auto const copy = province.database.name + "_" + wrong.name;
        cluster.sql("create database " + copy + " template " + province.database.name + "; grant connect on database " + copy + " to choso");
        auto const at = [&](std::string const& url) { return url.substr(0, url.rfind('/') + 1) + copy; };
        cluster.sql(wrong.sql, copy);
        auto const doctored = support::Database{.name = copy,
                                                .owner_url = at(province.database.owner_url),
                                                .server_url = at(province.database.server_url),
                                                .super_url = at(province.database.super_url)};
        EXPECT_GT(failures_of(doctored, clients), 0) << wrong.name << " was not seen";
        cluster.drop(doctored);
    }
}

}  // namespace
}  // namespace choso::faults
