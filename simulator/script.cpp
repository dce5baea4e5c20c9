#include "simulator/script.hpp"

#include <algorithm>
#include <array>

#include "simulator/book_line.hpp"
#include "simulator/messenger.hpp"

namespace choso::bank {
namespace {

using json::Value;
using json::Writer;
/// What went wrong; empty: nothing.
using Failure = std::string;

std::optional<Money> amount_in(Value const& step) {
    auto const* found = step.find("amount");
    auto const dong = found != nullptr ? found->as_int() : std::nullopt;
    return dong ? std::optional{Money{*dong}} : std::nullopt;
}

AccountKey account_in(Value const& step) { return {text_in(step, "bin"), text_in(step, "account")}; }

Failure do_open(Bank& bank, Value const& step, Writer& out) {
    auto const key = account_in(step);
    if (key.bin.empty() || key.number.empty()) return "open needs bin and account";
    bank.open(key, text_in(step, "holder"), Money{number_in(step, "opening")});
    out.object().member("account", key.number).end();
    return {};
}

Failure do_clock(Bank& bank, Value const& step, Writer& out) {
    if (flag_in(step, "live")) {
        bank.go_live();
    } else if (step.find("advance") != nullptr) {
        bank.stand_at(bank.now() + Seconds{number_in(step, "advance")});
    } else {
        auto const at = parse_rfc3339(text_in(step, "at"));
        if (!at) return "clock needs at (RFC 3339), advance (seconds) or live";
        bank.stand_at(*at);
    }
    bank.catch_up();
    out.object().member("now", to_rfc3339(bank.now())).end();
    return {};
}

Failure do_seed(Bank& bank, Value const& step, Writer& out) {
    bank.reseed(static_cast<std::uint64_t>(number_in(step, "seed")));
    out.object().end();
    return {};
}

Failure do_pay(Bank& bank, Value const& step, Writer& out) {
    auto order = PayOrder{};
    order.qr = text_in(step, "qr");
    auto const named = step.find("way") == nullptr ? std::string{"exact"} : text_in(step, "way");
    auto const way = named == "any" ? std::optional{bank.any_way()} : way_of(named);
    if (!way) return "pay knows no way '" + named + "'";
    order.way = *way;
    order.bank = text_in(step, "bank");
    order.amount = amount_in(step);
    if (step.find("note") != nullptr) order.note = text_in(step, "note");
    auto const paid = bank.pay(order);
    if (!paid) return paid.error();
    write_paid(out, *paid);
    return {};
}

Failure do_spend(Bank& bank, Value const& step, Writer& out) {
    auto const amount = amount_in(step);
    if (!amount) return "spend needs an amount";
    auto const spent = bank.spend(account_in(step), *amount, text_in(step, "content"));
    if (!spent) return spent.error();
    out.object();
    write_members(out, *spent);
    out.end();
    return {};
}

Failure do_take_back(Bank& bank, Value const& step, Writer& out) {
    auto const back = bank.take_back(number_in(step, "movement"));
    if (!back) return "there is no such movement to take back";
    out.object();
    write_members(out, *back);
    out.end();
    return {};
}

Failure do_payouts(Bank& bank, Value const& step, Writer& out) {
    constexpr std::array<std::string_view, 7> known{"succeed", "fail", "pending", "pending_fail", "return", "silent", "silent_lost"};
    auto faults = std::vector<std::string>{};
    auto const* next = step.find("next");
    if (next == nullptr || !next->is_array()) return "payouts needs next, an array";
    for (auto const& fault : next->items()) {
        auto const text = std::string{fault.as_string().value_or("")};
        if (std::find(known.begin(), known.end(), text) == known.end()) return "payouts knows no '" + text + "'";
        faults.push_back(text);
    }
    bank.plan_payouts(std::move(faults));
    out.object().end();
    return {};
}

Failure do_files(Bank& bank, Value const&, Writer& out) {
    out.object().member("files", bank.cut_files()).end();
    return {};
}

Failure do_deliver(Bank& bank, Value const&, Writer& out) {
    bank.catch_up();
    out.object().member("sent", deliver(bank)).end();
    return {};
}

struct Step {
    std::string_view word;
    Failure (*run)(Bank& bank, Value const& step, Writer& out);
};
constexpr std::array steps{
    Step{"open", do_open},           Step{"clock", do_clock}, Step{"seed", do_seed},       Step{"pay", do_pay},         Step{"spend", do_spend},
    Step{"take_back", do_take_back}, Step{"files", do_files}, Step{"deliver", do_deliver}, Step{"payouts", do_payouts},
};

}  // namespace

void write_paid(json::Writer& out, Paid const& paid) {
    out.object().member("way", word(paid.way)).key("movements").array();
    for (auto const& movement : paid.movements) {
        out.object();
        write_members(out, movement);
        out.end();
    }
    out.end().end();
}

Result<Played, std::string> play(Bank& bank, json::Value const& script) {
    if (!script.is_array()) return Failure{"a script is an array of steps"};
    auto played = Played{};
    auto out = Writer{played.json};
    out.array();
    auto n = 0;
    for (auto const& step : script.items()) {
        ++n;
        auto const word = text_in(step, "do");
        auto const known = std::find_if(steps.begin(), steps.end(), [&](auto const& it) { return it.word == word; });
        if (known == steps.end()) return "step " + std::to_string(n) + ": nobody knows how to do '" + word + "'";
        if (auto why = known->run(bank, step, out); !why.empty()) return "step " + std::to_string(n) + ": " + why;
    }
    out.end();
    return played;
}

}  // namespace choso::bank
