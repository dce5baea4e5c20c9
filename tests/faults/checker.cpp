#include "tests/faults/checker.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "base/id.hpp"
#include "platform/json/json.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::faults {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Statement;

std::int64_t number(postgres::Connection& database, std::string const& sql) {
    return std::stoll(std::string{database.execute(sql).text(0, 0)});
}

/// Each acknowledged life against what the book holds of it.
void expect_all_there(postgres::Connection& database, std::vector<Clients const*> const& histories, std::int64_t unpaid) {
    static auto const whole = Statement{
        "whole",
        "select u.id from unnest($1::uuid[], $2::int8[], $3::text[]) u(id, amount, reference) where not exists ("
        " select from payment_request r where r.id = u.id and r.amount = u.amount and r.amount_paid = u.amount"
        "  and r.status = 'paid' and r.reference = u.reference"
        "  and (select count(*) from allocation a where a.bucket = r.bucket and a.request = r.id and a.amount = r.amount) = 1"
        "  and (select count(*) from event e where e.bucket = r.bucket and e.subject = r.id and e.type = 'payment_request.created') = 1"
        "  and (select count(*) from event e where e.bucket = r.bucket and e.subject = r.id and e.type = 'payment_request.paid') = 1)"};
    database.execute("create index if not exists event_subject_of_the_checker on event (bucket, subject); analyze event, payment_request");
    auto total = std::int64_t{0};
    auto lost = std::vector<std::string>{};
    for (auto const* clients : histories) {
        auto const& lives = clients->lives();
        total += static_cast<std::int64_t>(lives.size());
        for (std::size_t from = 0; from < lives.size(); from += 5'000) {
            auto ids = Array{Array::Type::uuid};
            auto amounts = Array{Array::Type::int8};
            auto references = Array{Array::Type::text};
            for (auto i = from; i < std::min(lives.size(), from + 5'000); ++i) {
                auto const id = PaymentRequestId::parse(lives[i].request);
                if (!id || !lives[i].paid) {
                    ADD_FAILURE() << "never answered: key " << lives[i].key << ", request " << lives[i].request;
                    continue;
                }
                ids.add(*id);
                amounts.add(lives[i].amount);
                references.add(lives[i].reference);
            }
            auto const rows = database.query(whole, Params::of(ids, amounts, references));
            for (auto row = 0; row < rows.rows(); ++row) lost.push_back(rows.id<PaymentRequestId>(row, 0).text());
        }
    }
    EXPECT_EQ(lost, std::vector<std::string>{}) << "acknowledged, but not in the book as it was acknowledged";
    auto const rows_in = [&](std::string const& table) { return number(database, "select count(*) from " + table); };
    for (auto const* table : {"payment", "sighting", "allocation", "journal"})
        EXPECT_EQ(rows_in(table), total) << table << ": something is missing or doubled";
    // The demo's own bills ask for money too, and were there before anybody spoke.
    auto const of_bills = std::string{"(select request from bill where request is not null union all select id from bill)"};
    EXPECT_EQ(rows_in("payment_request where id not in " + of_bills), total + unpaid) << "payment_request: something is missing or doubled";
    EXPECT_EQ(rows_in("idempotency where subject not in " + of_bills), total + unpaid) << "idempotency: something is missing or doubled";
    EXPECT_EQ(rows_in("event where subject not in " + of_bills), total * 3 + unpaid) << "created, received, paid: once each";
    EXPECT_EQ(number(database, "select count(*) from quarantine"), 0) << "a good command was given up";
    std::cout << "  " << total << " life cycles checked\n";
}

/// Balances by `kind:subject`, as the entries carry them.
std::map<std::string, std::int64_t> balances_kept(postgres::Connection& database) {
    static auto const newest = Statement{
        "newest", "select a.kind::text, a.subject, e.balance from ledger_account a join lateral ("
                  "select balance from entry e where e.bucket = a.bucket and e.account = a.id order by e.seq desc limit 1) e on true"};
    auto out = std::map<std::string, std::int64_t>{};
    auto const rows = database.query(newest);
    for (auto row = 0; row < rows.rows(); ++row) {
        auto const kind = std::string{rows.text(row, 0)};
        auto const of_merchant = kind == "received" || kind.starts_with("due");
        auto const subject = of_merchant ? rows.id<MerchantId>(row, 1).text() : rows.id<AccountId>(row, 1).text();
        if (rows.integer(row, 2) != 0) out[kind + ":" + subject] = rows.integer(row, 2);
    }
    return out;
}

/// Balances by `kind:subject`, as hledger adds them up: lines `"collector:kind:subject","-1234 VND"`.
std::map<std::string, std::int64_t> balances_added_up(std::string const& csv) {
    auto out = std::map<std::string, std::int64_t>{};
    auto lines = std::istringstream{csv};
    for (std::string line; std::getline(lines, line);) {
        auto const first = line.find(':');
        auto const end = line.find("\",\"");
        if (first == std::string::npos || end == std::string::npos) continue;
        auto amount = std::string{};
        for (auto const c : line.substr(end + 3))
            if ((c >= '0' && c <= '9') || c == '-') amount += c;
        if (!amount.empty() && std::stoll(amount) != 0) out[line.substr(first + 1, end - first - 1)] = std::stoll(amount);
    }
    return out;
}

void expect_hledger_agrees(support::Database const& database, postgres::Connection& connection) {
    auto const exported = choso(database, {"ledger", "export", "--format", "hledger"});
    ASSERT_EQ(exported.status, 0) << exported.output.substr(0, 2000);
    auto const folder = support::TemporaryFolder{};
    auto const journal = (folder.path() / "book.journal").string();
    std::ofstream{journal, std::ios::binary} << exported.output;
    auto const hledger = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"hledger", "-f", journal});
        return support::run({.arguments = std::move(arguments), .environment = {{"LC_ALL", "C.UTF-8"}}, .output = {}, .input = {}},
                            std::chrono::minutes{5});
    };
    try {
        auto const check = hledger({"check"});
        EXPECT_EQ(check.status, 0) << check.output.substr(0, 2000);
        auto const balance = hledger({"balance", "--flat", "-N", "-O", "csv"});
        ASSERT_EQ(balance.status, 0) << balance.output.substr(0, 2000);
        EXPECT_EQ(balances_added_up(balance.output), balances_kept(connection)) << "hledger's balances and ours";
    } catch (std::system_error const& missing) {
        std::cout << "  hledger is not installed: its word on the ledger is skipped (" << missing.what() << ")\n";
    }
}

}  // namespace

void expect_sound_book(support::Database const& database, std::vector<Clients const*> const& histories, std::int64_t unpaid) {
    SCOPED_TRACE("CHOSO_TEST_SEED=" + std::to_string(seed()));
    for (auto const* clients : histories)
        for (auto const& complaint : clients->complaints()) ADD_FAILURE() << complaint;
    auto connection = postgres::Connection{
        database.super_url, {.application_name = "checker", .answer_timeout = std::chrono::minutes{5}}};
    expect_all_there(connection, histories, unpaid);
    auto const verified = choso(database, {"verify", "--json"});
    EXPECT_EQ(verified.status, 0) << verified.output;
    auto const said = json::parse(verified.output);
    EXPECT_TRUE(said && said->find("ok") != nullptr && said->find("ok")->as_bool().value_or(false)) << verified.output;
    expect_hledger_agrees(database, connection);
}

}  // namespace choso::faults
