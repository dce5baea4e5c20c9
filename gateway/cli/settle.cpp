#include "gateway/cli/settle.hpp"

#include <algorithm>
#include <ostream>

#include "gateway/cli/options.hpp"
#include "gateway/cli/own_core.hpp"
#include "gateway/cli/table.hpp"
#include "merchants/settle.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view usage =
    "usage: choso settle [--collector col_…] [--day YYYY-MM-DD] [--json] [--config FILE]\n"
    "Proposes one payout for each payee with confirmed money that is in no payout yet, to its payout account; a person\n"
    "approves them. Without --collector for every one that collects for others; with --day only what was confirmed by the\n"
    "end of that day in Vietnam. One line a batch; nothing to settle is no failure.\n";

/// Every run is an order of its own: nothing was asked before under this key.
payments::IdempotencyKey fresh_key() {
    auto const bytes = crypto::random_bytes(32);
    auto out = payments::IdempotencyKey{};
    std::copy_n(bytes.begin(), out.scoped_hash.size(), out.scoped_hash.begin());
    out.fingerprint = std::string{bytes.begin() + 16, bytes.end()};
    return out;
}

std::vector<merchants::Collector const*> collectors(merchants::Directory const& directory, std::optional<CollectorId> only) {
    auto out = std::vector<merchants::Collector const*>{};
    for (auto const* merchant : directory.merchants()) {
        if (!merchant->is_owner || (only && merchant->collector != *only)) continue;
        auto const* collector = directory.collector(merchant->collector);
        if (only || collector->mode == payments::CollectorMode::pooled) out.push_back(collector);
    }
    return out;
}

/// What became of one collector's run: false if the book could not take it.
bool settle_one(Context const& context, merchants::DirectoryWatch const& directory, merchants::Collector const& collector,
                std::optional<std::chrono::sys_days> day, Instant now, bool as_json) {
    auto const accounts = directory.current()->accounts_of(collector.id);
    if (accounts.empty()) return true;
    auto command = merchants::settlement_of(*directory.current(), collector, *accounts.front(), now);
    if (day) command->until = merchants::end_of(*day);
    command->actor = {payments::ActorKind::system, {}};
    command->idempotency = fresh_key();
    auto const answer = order(context, directory, std::move(command));
    auto fields = std::vector<Field>{{"collector", collector.id.text()}};
    if (!answer) {
        context.refused(collector.id.text() + ": the book could not take it, or it is not known: run it again");
        return false;
    }
    if (answer->refusal && *answer->refusal != payments::Refusal::nothing_to_settle) {
        context.refused(collector.id.text() + ": " + std::string{payments::word(*answer->refusal)});
        return false;
    }
    if (answer->settlement) {
        fields.push_back({"settlement_batch", answer->settlement->id.text()});
        fields.push_back({"payouts", std::to_string(answer->settlement->lines.size())});
        fields.push_back({"amount", std::to_string(answer->settlement->amount.dong())});
    } else {
        fields.push_back({"settlement_batch", "nothing to settle"});
    }
    print_fields(context.out, fields, as_json);
    return true;
}

}  // namespace

int settle(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    return run_with_context("choso settle", usage, std::move(args), out, err, [](Context const& context, auto const& given) {
        auto const options = Options::parse(given, {"--collector=", "--day=", "--json"});
        if (!options) return context.misused(options.error().text);
        if (!options->words().empty()) return context.misused("takes no such argument: " + std::string{options->words().front()});
        auto only = std::optional<CollectorId>{};
        if (auto const value = options->value("--collector")) {
            only = CollectorId::parse(*value);
            if (!only) return context.misused("--collector takes an id col_…, not " + std::string{*value});
        }
        auto day = std::optional<std::chrono::sys_days>{};
        if (auto const value = options->value("--day")) {
            day = parse_day(*value);
            if (!day) return context.misused("--day takes a day YYYY-MM-DD, not " + std::string{*value});
        }
        auto clock = merchants::AdvancedClock{};
        auto const directory = merchants::DirectoryWatch{context.settings.database_url, clock};
        auto const all = collectors(*directory.current(), only);
        if (only && all.empty()) return context.refused("there is no such collector: " + only->text());
        auto done = true;
        for (auto const* collector : all) done = settle_one(context, directory, *collector, day, clock.now(), options->has("--json")) && done;
        return done ? exit_done : exit_refused;
    });
}

}  // namespace choso::cli
