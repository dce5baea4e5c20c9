// Receipts: issued by four processes that are killed again and again, all into the same few series.
#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <iostream>
#include <mutex>
#include <set>
#include <thread>

#include "gateway/payments/core.hpp"
#include "merchants/receipts/commands.hpp"
#include "merchants/receipts/rows.hpp"
#include "tests/faults/gateway.hpp"

namespace choso::faults {
namespace {

using namespace std::chrono_literals;

/// A core of this process on the test's database.
class LocalCore {
 public:
    LocalCore(std::string const& super_url, std::string const& server_url) {
        auto database = postgres::Connection{super_url, {.application_name = "receipts_test"}};
        auto const key = std::string{database.query({"receipts_test_key", "select reference_key from installation"}).text(0, 0)};
        auto options = payments::CoreOptions{};
        options.database_url = server_url;
        options.lanes = 2;
        core_ = std::make_unique<payments::Core>(std::move(options), ReferenceKey::from_bytes({reinterpret_cast<std::uint8_t const*>(key.data()), key.size()}).value(),
                                                 std::vector<payments::Family>{receipts::family()}, payments::Lane::OnCommitted{});
    }
    /// Submits them with so many under way at a time; how many were done.
    int does(std::vector<std::unique_ptr<payments::Command const>> commands, std::size_t at_once = 300) {
        auto mutex = std::mutex{};
        auto free = std::condition_variable{};
        auto under_way = std::size_t{0};
        auto good = 0;
        for (auto& command : commands) {
            auto lock = std::unique_lock{mutex};
            free.wait(lock, [&] { return under_way < at_once; });
            ++under_way;
            lock.unlock();
            core_->submit(std::move(command), [&](payments::Answer const& answer) {
                auto const guard = std::lock_guard{mutex};
                --under_way;
                good += answer.ok() && !answer->refusal ? 1 : 0;
                free.notify_one();
            });
        }
        auto lock = std::unique_lock{mutex};
        free.wait(lock, [&] { return under_way == 0; });
        return good;
    }

 private:
    std::unique_ptr<payments::Core> core_;
};

/// Payees that issue receipts, each with an account: two, in different buckets.
struct Issuer {
    MerchantId merchant;
    AccountId account;
    Bucket bucket;
    payments::CollectorMode mode;
};
std::vector<Issuer> issuers_of(support::Database const& database) {
    auto connection = postgres::Connection{database.super_url, {.application_name = "receipts_test"}};
    auto const rows = connection.query({"receipts_test_issuers",
                                        "select m.id, b.id, c.bucket, c.mode::text from merchant m join collector c on c.id = m.collector "
                                        "join bank_account b on b.collector = c.id where m.kind in ('school', 'hospital') and m.is_owner order by m.id limit 2"});
    auto out = std::vector<Issuer>{};
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back({rows.id<MerchantId>(row, 0), rows.id<AccountId>(row, 1), rows.bucket(row, 2),
                       rows.text(row, 3) == "pooled" ? payments::CollectorMode::pooled : payments::CollectorMode::direct});
    return out;
}

/// One request of each, paid in full: made and credited.
std::vector<PaymentRequestId> pays(LocalCore& core, std::vector<Issuer> const& issuers, int count) {
    auto ids = std::vector<PaymentRequestId>{};
    auto asks = std::vector<std::unique_ptr<payments::Command const>>{};
    auto const now = SystemClock{}.now();
    for (auto n = 0; n < count; ++n) {
        auto const& issuer = issuers[static_cast<std::size_t>(n) % issuers.size()];
        auto ask = std::make_unique<payments::CreateRequest>();
        ask->id = PaymentRequestId::make(issuer.bucket, now);
        ask->merchant = issuer.merchant;
        ask->account = issuer.account;
        ask->in = issuer.bucket;
        ask->token = new_uuid(issuer.bucket, now);
        ask->amount = Money{1'000 + n};
        ask->description = "phí " + std::to_string(n);
        ask->idempotency = {ask->id.uuid(), std::string(16, 'r')};
        ids.push_back(ask->id);
        asks.push_back(std::move(ask));
    }
    EXPECT_EQ(core.does(std::move(asks)), count);
    return ids;
}

TEST(ReceiptWorker, DISABLED_issues) {
    // Not a test by itself: what each of the four processes runs.
    auto const* super_url = std::getenv("CHOSO_RECEIPTS_SUPER_URL");
    auto const* server_url = std::getenv("CHOSO_RECEIPTS_SERVER_URL");
    auto const* share = std::getenv("CHOSO_RECEIPTS_SHARE");
    ASSERT_TRUE(super_url != nullptr && server_url != nullptr && share != nullptr);
    auto database = postgres::Connection{super_url, {.application_name = "receipt worker"}};
    auto core = LocalCore{super_url, server_url};
    for (;;) {
        // Overlapping shares: each request is some two workers' work, and the second must find nothing to do.
        auto const rows = database.query({"receipt_worker_open",
                                          "select q.id from payment_request q where q.status = 'paid' and abs(hashtext(q.id::text)) % 4 in ($1::int4, ($1::int4 + 1) % 4) "
                                          "and not exists (select from receipt r where r.bucket = q.bucket and r.request = q.id) limit 2000"},
                                         postgres::Params::of(static_cast<std::int32_t>(std::atoi(share))));
        if (rows.rows() == 0) return;
        auto orders = std::vector<std::unique_ptr<payments::Command const>>{};
        for (auto row = 0; row < rows.rows(); ++row) {
            auto order = std::make_unique<receipts::UpdateReceipts>();
            order->request = rows.id<PaymentRequestId>(row, 0);
            orders.push_back(std::move(order));
        }
        core.does(std::move(orders));
    }
}

/// Credits every request by a notice, as a lane of a gateway would.
void credit_all(support::Database const& database, LocalCore& core, std::vector<Issuer> const& issuers, std::vector<PaymentRequestId> const& ids) {
    auto connection = postgres::Connection{database.super_url, {.application_name = "receipts_test"}};
    auto credits = std::vector<std::unique_ptr<payments::Command const>>{};
    auto const rows = connection.query({"receipts_test_requests", "select id, account, amount, reference, merchant from payment_request where status = 'open' and description like 'phí %'"});
    auto const now = SystemClock{}.now();
    for (auto row = 0; row < rows.rows(); ++row) {
        auto const id = rows.id<PaymentRequestId>(row, 0);
        auto const issuer = std::find_if(issuers.begin(), issuers.end(), [&](Issuer const& each) { return each.account == rows.id<AccountId>(row, 1); });
        auto told = std::make_unique<payments::RecordCredit>();
        told->account.id = issuer->account;
        told->account.owner = issuer->merchant;
        told->account.mode = issuer->mode;
        told->in = issuer->bucket;
        told->id = PaymentId::make(issuer->bucket, now);
        told->source = 901;
        told->source_id = id.text();
        told->amount = rows.money(row, 2);
        told->occurred_at = now;
        told->found = {{Reference::parse_exact(rows.text(row, 3)).value(), How::exact}};
        told->payees = {issuer->merchant};
        told->refund_id = RefundId::make(issuer->bucket, now);
        credits.push_back(std::move(told));
    }
    EXPECT_EQ(core.does(std::move(credits)), static_cast<int>(ids.size()));
}

TEST(Receipts, have_no_gap_and_no_double_whoever_dies) {
    auto const province = Province::in(support::Cluster::shared());
    auto const count = std::getenv("CHOSO_TEST_RECEIPTS") != nullptr ? std::atoi(std::getenv("CHOSO_TEST_RECEIPTS")) : rounds(4'000, 50'000);
    auto const issuers = issuers_of(province.database);
    ASSERT_EQ(issuers.size(), 2U);
    {
        auto core = LocalCore{province.database.super_url, province.database.server_url};
        auto const ids = pays(core, issuers, count);
        credit_all(province.database, core, issuers, ids);
    }
    if (HasFailure()) return;
    auto connection = postgres::Connection{province.database.super_url, {.application_name = "receipts_test"}};
    auto const issued = [&] { return std::stoll(std::string{connection.execute("select count(*) from receipt").text(0, 0)}); };
    auto const folder = support::TemporaryFolder{};
    auto const begins = [&](int share) {
        return std::make_unique<support::Process>(support::Launch{
            .arguments = {std::filesystem::read_symlink("/proc/self/exe").string(), "--gtest_also_run_disabled_tests", "--gtest_filter=ReceiptWorker.DISABLED_issues"},
            .environment = {{"GTEST_TOTAL_SHARDS", "1"},
                            {"GTEST_SHARD_INDEX", "0"},
                            {"CHOSO_RECEIPTS_SUPER_URL", province.database.super_url},
                            {"CHOSO_RECEIPTS_SERVER_URL", province.database.server_url},
                            {"CHOSO_RECEIPTS_SHARE", std::to_string(share)}},
            .output = folder.path() / ("worker" + std::to_string(share)),
            .input = {}});
    };
    auto workers = std::vector<std::unique_ptr<support::Process>>{};
    for (auto share = 0; share < 4; ++share) workers.push_back(begins(share));
    auto kills = 0;
    auto const wanted = std::max(8, std::min(40, count / 500));
    while (issued() < count) {
        auto const next = issued() + std::max(1, count / wanted / 2) + pick(0, count / wanted);
        ASSERT_TRUE(support::eventually(240s, [&] {
            for (auto share = 0; share < 4; ++share)
                if (!workers[static_cast<std::size_t>(share)]->running() && issued() < count) workers[static_cast<std::size_t>(share)] = begins(share);
            return issued() >= std::min<std::int64_t>(next, count);
        })) << issued() << " of " << count << ", CHOSO_TEST_SEED=" << seed() << "\n" << workers[0]->output();
        if (issued() >= count) break;
        workers[static_cast<std::size_t>(pick(0, 3))]->signal(SIGKILL);
        ++kills;
    }
    workers.clear();
    auto const numbers = connection.execute(
        "select count(*), count(distinct (merchant, number)), count(distinct cause), bool_and(ok), sum(amount), (select sum(amount) from payment) from "
        "(select merchant, number, cause, amount, number = row_number() over (partition by bucket, merchant, year order by number) as ok from receipt) r");
    EXPECT_EQ(numbers.text(0, 0), std::to_string(count));
    EXPECT_EQ(numbers.text(0, 1), std::to_string(count)) << "a number was given twice";
    EXPECT_EQ(numbers.text(0, 2), std::to_string(count)) << "a payment has two receipts";
    EXPECT_EQ(numbers.text(0, 3), "t") << "a series has a gap";
    EXPECT_EQ(numbers.text(0, 4), numbers.text(0, 5)) << "the receipts do not say what came";
    EXPECT_GE(kills, 5);
    std::cout << "  " << count << " receipts of 2 series by 4 processes, " << kills << " kills\n";
    auto const verified = choso(province.database, {"verify"});
    EXPECT_EQ(verified.status, 0) << verified.output;
}

}  // namespace
}  // namespace choso::faults
