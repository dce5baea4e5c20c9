#include "settlement/imports/importer.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <stdexcept>

#include "gateway/payments/confirm.hpp"
#include "gateway/payments/reversal_line.hpp"
#include "merchants/credit_texts.hpp"
#include "settlement/imports/flight.hpp"

namespace choso::imports {
namespace {

using merchants::BankAccount;
using Timer = std::chrono::steady_clock;

/// Few enough that a batch of them is no burden to live traffic; so many under way that a batch without it is full.
constexpr std::size_t confirmed_at_once = 32;
constexpr std::size_t confirming_at_once = 32;
constexpr std::size_t commands_under_way = 3'000;
/// After so many lines who looks on is told how far it is.
constexpr std::size_t lines_between_tellings = 5'000;

/// Whatever happens, nothing that callbacks use goes before the last of them has come.
class AtEnd {
 public:
    explicit AtEnd(Flight& flight) : flight_{flight} {}
    AtEnd(AtEnd const&) = delete;
    AtEnd& operator=(AtEnd const&) = delete;
    ~AtEnd() { flight_.wait(); }

 private:
    Flight& flight_;
};

/// While it lives, what is read is read again.
struct Again {
    explicit Again(bool& flag) : flag_{flag} { flag_ = true; }
    Again(Again const&) = delete;
    Again& operator=(Again const&) = delete;
    ~Again() { flag_ = false; }
    bool& flag_;
};

double since(Timer::time_point start) { return std::chrono::duration<double>(Timer::now() - start).count(); }

std::string hex(Uuid const& id) {
    static constexpr std::string_view digits = "0123456789abcdef";
    auto out = std::string{};
    for (auto const byte : id) (out += digits[static_cast<std::size_t>(byte) >> 4U]) += digits[static_cast<std::size_t>(byte) & 15U];
    return out;
}

/// `970436/9900000102947` → the two parts; blanks and dots within a number go.
std::pair<std::string, std::string> bin_and_number(std::string_view told) {
    auto bin = std::string{};
    if (auto const slash = told.find('/'); slash != std::string_view::npos) {
        bin = told.substr(0, slash);
        told.remove_prefix(slash + 1);
    }
    auto number = std::string{};
    for (auto const c : told)
        if (c != ' ' && c != '.' && c != '-') number += c;
    if (bin.size() != 6) bin.clear();
    return {bin, number};
}

BankAccount const* account_of(merchants::Directory const& directory, statements::Summary const& summary) {
    auto [bin, number] = bin_and_number(summary.account);
    if (bin.empty() && summary.bank.size() == 6) bin = summary.bank;
    if (number.size() > 3 && number.ends_with("VND")) number.resize(number.size() - 3);
    auto const* found = static_cast<BankAccount const*>(nullptr);
    if (!bin.empty()) found = directory.account_by_number(bin, number);
    if (found != nullptr) return found;
    // The number alone counts where only one bank has it.
    for (auto const* merchant : directory.merchants()) {
        if (!merchant->is_owner) continue;
        for (auto const* each : directory.accounts_of(merchant->collector)) {
            if (each->number != number || (!bin.empty() && each->bin != bin)) continue;
            if (found != nullptr && found != each) return nullptr;
            found = each;
        }
    }
    return found;
}

bool is_booked_format(std::string_view format) { return format == "camt.053" || format == "mt940" || format == "csv" || format == "xlsx"; }

}  // namespace

std::int32_t source_of(std::string_view format, bool proved) {
    auto const base = proved ? payments::statement_sources : payments::statement_sources / 2;
    if (format == "camt.053") return base + 53;
    if (format == "camt.052") return base + 52;
    if (format == "camt.054") return base + 54;
    if (format == "mt940") return base + 940;
    if (format == "mt942") return base + 942;
    return base + 1;  // tables
}

Importer::Importer(std::string const& database_url, payments::Core& core, std::function<std::shared_ptr<merchants::Directory const>()> directory, Clock const& clock)
    : store_{database_url}, core_{core}, directory_of_{std::move(directory)}, clock_{clock} {}

Imported Importer::take(std::string_view name, std::string_view bytes, Origin const& origin, May const& may) {
    auto const file = store_.keep_file(name, bytes, origin, clock_.now());
    auto out = Imported{};
    if (file.state == "refused") {
        out.refused = statements::Refused{file.code, file.message, 0};
    } else {
        out = read(file.id, bytes, may);
    }
    out.file = file.id;
    out.known = file.state != "received";
    return out;
}

void Importer::go_on() const {
    if (stopping_ && stopping_()) throw std::runtime_error{"the import was stopped; it is gone on with later"};
}

void Importer::resume() {
    for (auto const& [file, told_by] : store_.unfinished()) {
        auto const bytes = store_.raw(file);
        // Whom an upload may speak for is not known any more: only what was taken then goes on.
        auto only = std::optional<std::set<std::size_t>>{};
        if (told_by == "api") only = store_.places_of(file);
        (void)read(file, bytes, {}, only);
    }
}

Imported Importer::read(Uuid file, std::string_view bytes, May const& may, std::optional<std::set<std::size_t>> const& only) {
    auto const started = Timer::now();
    directory_ = directory_of_();
    auto out = Imported{};
    auto told = parsed(bytes, may);
    if (told.refused) {
        store_.end_file(file, "refused", told.refused->code, told.refused->message);
        out.refused = told.refused;
        return out;
    }
    spent_.parse_match += since(started);
    auto accounts = std::vector<std::pair<Bucket, AccountId>>{};
    auto place = std::size_t{0};
    for (auto& statement : told.statements) {
        auto const& summary = statement.summary;
        auto its = ImportedStatement{};
        its.account = summary.account;
        its.format = summary.format;
        its.proof = statements::word(summary.proof);
        its.lines = statement.lines.size();
        ++place;
        go_on();
        if (only && !only->contains(place)) continue;
        auto const* account = account_of(*directory_, summary);
        if (account == nullptr || (may && !may(*account))) {
            its.state = "refused";
            its.why = account == nullptr ? "account_unknown" : "account_forbidden";
            out.statements.push_back(std::move(its));
            continue;
        }
        auto prepared = prepare(statement, *account, file);
        judge(prepared, summary, file);
        if (!store_.keep_statement(prepared, file, place, summary)) {
            its.state = "booked";
            its.repeated = its.lines;
        } else {
            book(prepared);
            its.id = StatementId{prepared.id}.text();
            its.state = prepared.failed > 0 ? "booking" : prepared.state == "held" ? "held" : "booked";
            its.why = prepared.held_why;
            its.confirmed = prepared.confirmed;
            its.posted = prepared.posted;
            its.repeated = prepared.repeated;
            its.kept_out = prepared.kept_out;
            accounts.emplace_back(prepared.bucket, prepared.account);
        }
        out.statements.push_back(std::move(its));
        statement.lines = {};
    }
    store_.end_file(file, "read", "", "");
    if (!judging_again_)
        for (auto const& [bucket, account] : accounts) judge_again(bucket, account, file);
    return out;
}

/// What waited for a neighbour may go on now, and then what waited for that one: as long as each round leaves fewer.
void Importer::judge_again(Bucket bucket, AccountId account, Uuid just_read) {
    auto before = std::numeric_limits<std::size_t>::max();
    for (auto held = store_.held_files(bucket, account); held.size() < before; held = store_.held_files(bucket, account)) {
        before = held.size();
        for (auto const& each : held) {
            if (each == just_read) continue;
            auto const bytes = store_.raw(each);
            auto const again = Again{judging_again_};
            (void)read(each, bytes, {}, store_.places_of(each));
        }
    }
}

/// A table that proves itself is remembered for its account; one that cannot, a single line without a balance, is read as
/// that account's tables were before.
statements::Parsed Importer::parsed(std::string_view bytes, May const& may) {
    auto learned = statements::TableLearned{};
    auto out = statements::parse_whole(bytes, {.schemas = schemas_}, &learned);
    auto const* account = static_cast<BankAccount const*>(nullptr);
    auto proved = true;
    for (auto const& [summary, lines] : out.statements) {
        auto const* its = summary.format == "csv" || summary.format == "xlsx" ? account_of(*directory_, summary) : nullptr;
        if (its == nullptr || (account != nullptr && its != account) || (may && !may(*its))) return out;
        account = its;
        proved = proved && summary.proof == statements::Proof::ok;
    }
    if (account == nullptr) return out;
    if (proved && learned.memory) {
        store_.learn(account->id, *learned.memory);
    } else if (auto memory = store_.layout(account->id); memory && !proved) {
        auto again = statements::parse_whole(bytes, {.memory = std::move(memory)});
        if (!again.refused) return again;
    }
    return out;
}

Prepared Importer::prepare(statements::Statement& statement, BankAccount const& account, Uuid) {
    auto const started = Timer::now();
    auto out = Prepared{};
    auto const* collector = directory_->collector(account.collector);
    out.bucket = collector->bucket;
    out.account = account.id;
    out.id = new_uuid(out.bucket, clock_.now());
    out.is_statement = statement.summary.proof == statements::Proof::ok && is_booked_format(statement.summary.format);
    out.source = source_of(statement.summary.format, out.is_statement);
    auto facts = matching::LineFacts{};
    out.lines.reserve(statement.lines.size());
    auto whole = true;
    for (auto& line : statement.lines) {
        if (auto fact = facts.fact_of(std::move(line))) out.lines.push_back(std::move(*fact));
        else whole = false;
    }
    out.fates.resize(out.lines.size());
    if (!whole || (!statement.summary.currency.empty() && statement.summary.currency != "VND")) out.state = "held", out.held_why = "not_whole_dong";
    spent_.parse_match += since(started);
    return out;
}

void Importer::judge(Prepared& prepared, statements::Summary const& summary, Uuid file) {
    using statements::Proof;
    auto const hold = [&](char const* why) {
        if (prepared.state == "held") return;
        prepared.state = "held";
        prepared.held_why = why;
    };
    if (summary.proof == Proof::broken) hold("proof_broken");
    if (summary.totals_differ) hold("totals_differ");
    if (prepared.state == "held" || !prepared.is_statement || prepared.lines.empty()) return;
    auto const first = std::min_element(prepared.lines.begin(), prepared.lines.end(), [](auto const& a, auto const& b) { return a.day < b.day; })->day;
    auto const opening = summary.opening->amount.dong();
    if (!opening) return hold("not_whole_dong");
    auto const before = store_.neighbour_before(prepared, first, file, *opening);
    // Days that are missing between are told elsewhere; only what should go on and does not is held.
    if (before && before->last_day + std::chrono::days{1} == first && !before->goes_on) hold("chain_broken");
}

void Importer::match(Prepared& prepared) {
    auto const started = Timer::now();
    auto const sighted = store_.load_known(prepared);
    prepared.pairs = matching::match_lines(prepared.lines, prepared.known, sighted);
    spent_.parse_match += since(started);
}

void Importer::book(Prepared& prepared) {
    if (prepared.state == "held") {
        for (auto& fate : prepared.fates) fate.how = "held";
        store_.keep_lines(prepared);
        return;
    }
    match(prepared);
    confirm(prepared);
    post(prepared);
    auto const started = Timer::now();
    store_.keep_lines(prepared);
    if (prepared.failed == 0) store_.finish(prepared);
    spent_.keep += since(started);
}

void Importer::confirm(Prepared& prepared) {
    auto const started = Timer::now();
    auto const* account = directory_->account(prepared.account);
    auto mutex = std::mutex{};
    auto flight = Flight{confirming_at_once};
    auto const at_end = AtEnd{flight};
    auto batch = std::vector<std::size_t>{};
    auto const send = [&] {
        if (batch.empty()) return;
        auto command = std::make_unique<payments::ConfirmSightings>();
        command->account = directory_->facts_of(*account);
        command->in = prepared.bucket;
        command->source = prepared.source;
        for (auto const i : batch) {
            auto const& known = prepared.known[prepared.pairs[i].payment];
            command->items.push_back({known.id, known.amount, hex(prepared.lines[i].key)});
        }
        flight.begin();
        core_.submit(std::move(command), [&, items = std::move(batch)](payments::Answer const& answer) {
            {
                auto const lock = std::lock_guard{mutex};
                auto const* left = answer.ok() ? answer->own_as<payments::Left>() : nullptr;
                auto next = std::size_t{0};
                for (auto n = std::size_t{0}; n < items.size(); ++n) {
                    // What was not answered, or not for this command, goes the long way.
                    auto const is_left = left == nullptr || (next < left->items.size() && left->items[next] == n);
                    if (left != nullptr && is_left) ++next;
                    if (is_left) continue;
                    prepared.fates[items[n]] = {prepared.known[prepared.pairs[items[n]].payment].id, "confirmed"};
                    ++prepared.confirmed;
                }
            }
            flight.end();
        });
        batch.clear();
    };
    for (auto i = std::size_t{0}; i < prepared.lines.size(); ++i) {
        auto const& pair = prepared.pairs[i];
        if (pair.reason == matching::Reason::same_line) {
            prepared.fates[i] = {prepared.known[pair.payment].id, "repeated"};
            ++prepared.repeated;
        } else if (pair.reason != matching::Reason::none && prepared.is_statement && !prepared.lines[i].reversal &&
                   (prepared.known[pair.payment].status == payments::PaymentStatus::allocated || prepared.known[pair.payment].confirmed)) {
            batch.push_back(i);
            if (batch.size() == confirmed_at_once) send();
        }
    }
    send();
    flight.wait();
    spent_.confirm += since(started);
}

std::unique_ptr<payments::RecordCredit> Importer::credit_of(Prepared const& prepared, matching::LineFact const& line) const {
    auto out = std::make_unique<payments::RecordCredit>();
    out->source = prepared.source;
    out->source_id = hex(line.key);
    out->amount = line.amount;
    out->occurred_at = line.at;
    out->bank_ref = line.bank_ref;
    out->content = line.content;
    out->content_hash = line.content_hash;
    auto const texts = std::array<std::string_view, 4>{line.content, line.spaced, line.other_texts, line.reference};
    merchants::complete(*out, texts, *directory_->account(prepared.account), *directory_, core_.issuer(), clock_.now());
    return out;
}

void Importer::post(Prepared& prepared) {
    auto const started = Timer::now();
    auto mutex = std::mutex{};
    auto flight = Flight{commands_under_way};
    auto const at_end = AtEnd{flight};
    auto const tell = [&](std::size_t i, std::unique_ptr<payments::Command const> command, char const* how) {
        flight.begin();
        core_.submit(std::move(command), [&, i, how](payments::Answer const& answer) {
            {
                auto const lock = std::lock_guard{mutex};
                if (!answer.ok() || answer->refusal) {
                    ++prepared.failed;
                } else if (!answer->payment) {
                    prepared.fates[i].how = "kept_out";
                    ++prepared.kept_out;
                } else {
                    auto const known = prepared.pairs[i].reason != matching::Reason::none;
                    prepared.fates[i] = {*answer->payment, answer->replayed ? "repeated" : known ? "confirmed" : how};
                    ++(answer->replayed ? prepared.repeated : known ? prepared.confirmed : prepared.posted);
                }
            }
            flight.end();
        });
    };
    auto reversals = std::vector<std::size_t>{};
    for (auto i = std::size_t{0}; i < prepared.lines.size(); ++i) {
        auto const& line = prepared.lines[i];
        if (prepared.fates[i].payment) continue;
        go_on();
        if (i % lines_between_tellings == lines_between_tellings - 1) {
            auto const lock = std::lock_guard{mutex};
            store_.tell_progress(prepared);
        }
        if (line.pending || line.amount.is_zero()) {
            prepared.fates[i].how = "kept_out";
            ++prepared.kept_out;
        } else if (line.reversal && line.amount.is_negative()) {
            reversals.push_back(i);
        } else {
            tell(i, std::make_unique<payments::RecordLine>(*credit_of(prepared, line)), "posted");
        }
    }
    // What takes a credit back comes after the credits, among which that one may be.
    flight.wait();
    for (auto const i : reversals) {
        auto credit = credit_of(prepared, prepared.lines[i]);
        auto const original = store_.find_original(prepared, prepared.lines[i]);
        if (original) tell(i, std::make_unique<payments::RecordReversal>(*credit, *original), "reversed");
        else tell(i, std::make_unique<payments::RecordLine>(*credit), "posted");
    }
    flight.wait();
    spent_.post += since(started);
}

}  // namespace choso::imports
