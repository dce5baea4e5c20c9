// A day's statements of a province against the book: parsed, proved, matched, confirmed; and what nobody had told, posted.
#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <mutex>
#include <stdexcept>

#include "load-tests/reconcile/bank_day.hpp"
#include "load-tests/reconcile/beside_live.hpp"
#include "load-tests/support/measure.hpp"
#include "merchants/directory_watch.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"
#include "settlement/imports/flight.hpp"
#include "settlement/imports/importer.hpp"
#include "settlement/statements/file.hpp"
#include "tests/support/process.hpp"

namespace choso::load {
namespace {

constexpr auto bins = std::to_array<char const*>({"970436", "970415", "970422", "970407", "970418", "970405"});
constexpr auto collectors = 130;
/// Of a hundred lines, so many are for nobody.
constexpr auto orphans_per_hundred = std::size_t{5};
/// As many as the core has lanes: one account's money is one lane's.
constexpr auto importers = std::size_t{2};
/// More than is taken in while traffic is measured beside it.
constexpr auto most_beside_live = std::size_t{60'000};

struct Payee {
    MerchantId merchant;
    AccountId account;
    Bucket bucket;
    std::string bin, number;
};

Instant now() { return SystemClock{}.now(); }

/// Peak memory of this process since the last call of forget_peak.
std::int64_t peak_mb() {
    auto in = std::ifstream{"/proc/self/status"};
    for (auto line = std::string{}; std::getline(in, line);)
        if (line.starts_with("VmHWM:")) return std::atoll(line.c_str() + 6) / 1024;
    return -1;
}
void forget_peak() { std::ofstream{"/proc/self/clear_refs"} << "5"; }

std::vector<Payee> open_accounts(postgres::Connection& owner) {
    auto out = std::vector<Payee>{};
    for (auto n = 0; n < collectors; ++n) {
        auto const bucket = Bucket::of_bits(static_cast<std::uint64_t>(n));
        auto payee = Payee{MerchantId::make(bucket, now()), AccountId::make(bucket, now()), bucket, bins[static_cast<std::size_t>(n) % bins.size()],
                           std::to_string(9'900'000'000'000 + n)};
        auto const collector = CollectorId::make(bucket, now());
        owner.query({"load_collector", "insert into collector (id, name, bucket, mode) values ($1::uuid, $2, $3::int2, 'direct')"},
                    postgres::Params::of(collector, "Đơn vị " + std::to_string(n), bucket));
        owner.query({"load_merchant", "insert into merchant (id, name, kind, live, collector, is_owner) values ($1::uuid, $2, 'company', false, $3::uuid, true)"},
                    postgres::Params::of(payee.merchant, "Đơn vị " + std::to_string(n), collector));
        owner.query({"load_account", "insert into bank_account (id, collector, bin, number, holder, coverage) values ($1::uuid, $2::uuid, $3, $4, 'DON VI THU', 'complete')"},
                    postgres::Params::of(payee.account, collector, payee.bin, payee.number));
        out.push_back(std::move(payee));
    }
    owner.execute("create table load_truth (bank_ref text primary key, kind text not null, request uuid)");
    owner.execute("grant select on load_truth to choso");
    return out;
}

std::vector<AskedFor> ask(payments::Core& core, Payee const& payee, std::size_t count, bank::Dice& dice) {
    auto out = std::vector<AskedFor>{};
    auto mutex = std::mutex{};
    auto flight = imports::Flight{2'000};
    for (auto n = std::size_t{0}; n < count; ++n) {
        auto command = std::make_unique<payments::CreateRequest>();
        command->id = PaymentRequestId::make(payee.bucket, now());
        command->merchant = payee.merchant;
        command->account = payee.account;
        command->in = payee.bucket;
        command->token = new_uuid(payee.bucket, now());
        command->amount = Money{1'000 * (1 + static_cast<std::int64_t>(dice.below(900)))};
        command->description = "rau muong";
        command->idempotency = {new_uuid(payee.bucket, now()), std::string(16, 'f')};
        flight.begin();
        core.submit(std::move(command), [&](payments::Answer const& answer) {
            if (answer.ok() && answer->request) {
                auto const lock = std::lock_guard{mutex};
                out.push_back({*answer->request->reference, *answer->request->amount, answer->request->id});
            }
            flight.end();
        });
    }
    flight.wait();
    if (out.size() != count) throw std::runtime_error{"requests were not taken"};
    return out;
}

void keep_truth(postgres::Connection& owner, std::vector<Truth> const& truths) {
    using postgres::Array;
    Array refs{Array::Type::text}, kinds{Array::Type::text}, requests{Array::Type::uuid};
    for (auto const& each : truths) {
        refs.add(each.bank_reference);
        kinds.add(each.kind);
        requests.add(each.request);
    }
    owner.query({"load_truth", "insert into load_truth select * from unnest($1::text[], $2::text[], $3::uuid[])"}, postgres::Params::of(refs, kinds, requests));
}

void write(std::filesystem::path const& file, std::string const& text) {
    auto out = std::ofstream{file, std::ios::binary};
    out << text;
    if (!out.flush()) throw std::runtime_error{"cannot write " + file.string()};
}

std::int64_t number_of(postgres::Connection& database, std::string const& sql) { return database.execute(sql).rows() == 1 ? std::atoll(std::string{database.execute(sql).text(0, 0)}.c_str()) : -1; }

/// The day of each account: its requests asked for, its notice and its statement written as `PREFIX-notice-N`, `PREFIX-statement-N`.
void make_day(payments::Core& core, postgres::Connection& owner, std::vector<Payee> const& payees, std::size_t rows, std::filesystem::path const& folder,
              std::string const& prefix, bank::Dice& dice, std::int64_t& number) {
    auto const day = vietnam_day(now());
    for (auto n = std::size_t{0}; n < payees.size(); ++n) {
        auto const lines = rows * (n + 1) / payees.size() - rows * n / payees.size();
        auto const orphans = lines * orphans_per_hundred / 100;
        auto const asked = ask(core, payees[n], lines - orphans, dice);
        auto const played = play_day(payees[n].bin, payees[n].number, day, asked, orphans, dice, number);
        keep_truth(owner, played.truths);
        write(folder / (prefix + "notice-" + std::to_string(1'000 + n)), played.notice);
        write(folder / (prefix + "statement-" + std::to_string(1'000 + n)), played.statement);
    }
}

/// Every other file of the kind, one after another, until `stop` says so.
imports::Spent import_some(std::vector<std::filesystem::path> const& files, std::size_t first, imports::Importer& importer, std::function<bool()> const& stop) {
    auto const before = importer.spent();
    for (auto i = first; i < files.size() && !stop(); i += importers) {
        auto const file = statements::File::open(files[i].string());
        if (!file) throw std::runtime_error{file.error()};
        auto const imported = importer.take(files[i].filename().string(), file->bytes(), {"cli", {}});
        if (imported.refused) throw std::runtime_error{files[i].string() + ": " + imported.refused->message};
        for (auto const& each : imported.statements)
            if (each.state != "booked") throw std::runtime_error{files[i].string() + ": " + each.state + " " + each.why};
    }
    auto const after = importer.spent();
    return {after.parse_match - before.parse_match, after.confirm - before.confirm, after.post - before.post, after.keep - before.keep};
}

/// A folder of a morning, by as many importers as there are lanes; each phase took as long as the slowest of them.
imports::Spent import_all(std::filesystem::path const& folder, std::string const& kind, std::vector<std::unique_ptr<imports::Importer>> const& desks,
                          std::function<bool()> const& stop = [] { return false; }) {
    auto files = std::vector<std::filesystem::path>{};
    for (auto const& each : std::filesystem::directory_iterator{folder})
        if (each.path().filename().string().starts_with(kind)) files.push_back(each.path());
    std::sort(files.begin(), files.end());
    auto parts = std::vector<std::future<imports::Spent>>{};
    for (auto n = std::size_t{0}; n < desks.size(); ++n)
        parts.push_back(std::async(std::launch::async, [&, n] { return import_some(files, n, *desks[n], stop); }));
    auto out = imports::Spent{};
    for (auto& part : parts) {
        auto const its = part.get();
        out = {std::max(out.parse_match, its.parse_match), std::max(out.confirm, its.confirm), std::max(out.post, its.post), std::max(out.keep, its.keep)};
    }
    return out;
}

struct Found {
    std::int64_t lines, payments, wrong, expected, matched, errors, errors_matched, orphans, orphans_kept, confirmed, doubled;
};

Found held_against_truth(postgres::Connection& owner) {
    auto const count = [&](std::string const& what) { return number_of(owner, "select (" + what + ")::text"); };
    auto const both = std::string{"from load_truth t join payment p on p.bucket between 0 and 63 and p.bank_ref = t.bank_ref "};
    auto out = Found{};
    out.lines = count("select count(*) from load_truth");
    out.payments = count("select count(distinct t.bank_ref) " + both);
    out.doubled = count("select count(*) " + both) - out.payments;
    out.wrong = count("select count(*) " + both + "where p.request is not null and p.request is distinct from t.request");
    out.expected = count("select count(*) from load_truth where request is not null");
    out.matched = count("select count(*) " + both + "where p.request = t.request");
    out.errors = count("select count(*) from load_truth where kind not in ('exact', 'orphan')");
    out.errors_matched = count("select count(*) " + both + "where kind not in ('exact', 'orphan') and p.request = t.request");
    out.orphans = count("select count(*) from load_truth where kind = 'orphan'");
    out.orphans_kept = count("select count(*) " + both + "where kind = 'orphan' and p.status = 'unreferenced'");
    out.confirmed = count("select count(*) " + both + "where p.confirmed_at is not null");
    return out;
}

int run(std::size_t rows) {
    log::set_level(log::Level::warn);
    auto const cluster = required_variable("CHOSO_LOAD_CLUSTER_DIR");
    auto const port = support::free_port();
    auto const demo = seed_demo(cluster, port);
    auto const url = required_variable("CHOSO_DATABASE__URL");
    auto how = postgres::ConnectionOptions{};
    how.answer_timeout = std::chrono::minutes{10};
    auto owner = postgres::Connection{required_variable("CHOSO_DATABASE__OWNER_URL"), how};
    auto const payees = open_accounts(owner);
    auto clock = merchants::AdvancedClock{};
    auto const directory = merchants::DirectoryWatch{url, clock};
    auto const& key = directory.installation().reference_key;
    auto options = payments::CoreOptions{};
    options.database_url = url;
    auto core = payments::Core{std::move(options), ReferenceKey::from_bytes({reinterpret_cast<std::uint8_t const*>(key.data()), key.size()}).value(), {}, {}};

    auto const folder = std::filesystem::path{cluster} / "statements";
    std::filesystem::create_directories(folder);
    auto dice = bank::Dice{20'261'128};
    auto number = std::int64_t{1};
    auto const started = Steady::now();
    make_day(core, owner, payees, rows, folder, "", dice, number);
    std::cerr << rows << " lines made in " << seconds_since(started) << " s\n";
    owner.execute("analyze");

    auto desks = std::vector<std::unique_ptr<imports::Importer>>{};
    for (auto n = std::size_t{0}; n < importers; ++n) desks.push_back(std::make_unique<imports::Importer>(url, core, [&] { return directory.current(); }, clock));
    forget_peak();
    auto const told = import_all(folder, "notice-", desks);
    std::cerr << "notices: parse+match " << told.parse_match << " s, post " << told.post << " s, keep " << told.keep << " s\n";
    owner.execute("analyze");
    auto const proved = import_all(folder, "statement-", desks);
    std::cerr << "statements: parse+match " << proved.parse_match << " s, confirm " << proved.confirm << " s, post " << proved.post << " s, keep " << proved.keep << " s\n";
    auto const peak = peak_mb();
    auto const found = held_against_truth(owner);

    make_day(core, owner, payees, std::min(rows, most_beside_live), folder, "live-", dice, number);
    owner.execute("analyze");
    auto const live = beside_live(demo, cluster, port, [&](auto const& stop) { (void)import_all(folder, "live-notice-", desks, stop); });

    auto out = std::string{};
    auto json = json::Writer{out};
    auto const decimal = [&](std::string_view name, double value) { json.key(name).raw(std::to_string(value)); };
    json.object().member("scenario", "reconcile").member("rows", rows);
    decimal("parse_match_s", proved.parse_match);
    decimal("confirm_s", proved.confirm + proved.post);
    decimal("post_s", told.post);
    decimal("keep_s", proved.keep);
    json.member("wrong_matches", found.wrong);
    decimal("recall", found.expected == 0 ? 1.0 : static_cast<double>(found.matched) / static_cast<double>(found.expected));
    decimal("recall_one_error", found.errors == 0 ? 1.0 : static_cast<double>(found.errors_matched) / static_cast<double>(found.errors));
    json.member("orphans", found.orphans).member("orphans_in_suspense", found.orphans_kept).member("confirmed", found.confirmed);
    json.member("lost", found.lines - found.payments).member("doubled", found.doubled).member("peak_mb", peak);
    decimal("live_p99_before_ms", live.p99_before_ms);
    decimal("live_p99_during_ms", live.p99_during_ms);
    decimal("live_p99_ratio", live.p99_during_ms / live.p99_before_ms);
    decimal("live_per_s", live.per_s);
    json.member("live_refused", live.refused).end();
    std::cout << out << '\n';
    auto const right = found.wrong == 0 && found.lines == found.payments && found.doubled == 0 && found.orphans == found.orphans_kept && found.confirmed == found.lines && live.refused == 0;
    return right ? 0 : 1;
}

}  // namespace
}  // namespace choso::load

int main(int argc, char** argv) {
    auto rows = std::size_t{100'000};
    for (auto i = 1; i + 1 < argc; ++i)
        if (std::string_view{argv[i]} == "--rows") rows = static_cast<std::size_t>(std::atoll(argv[i + 1]));
    try {
        return choso::load::run(rows);
    } catch (std::exception const& failed) {
        std::cerr << "load_reconcile: " << failed.what() << '\n';
        return 1;
    }
}
