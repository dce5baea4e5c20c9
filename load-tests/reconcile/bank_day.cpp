#include "load-tests/reconcile/bank_day.hpp"

#include <algorithm>

#include "simulator/camt054.hpp"
#include "simulator/mangle.hpp"
#include "simulator/statement.hpp"

namespace choso::load {
namespace {

/// One symbol of the twelve is put wrong in one of four ways.
std::string harmed(std::string code, std::string const& kind, bank::Dice& dice) {
    constexpr auto prefix = std::size_t{2};
    auto const at = prefix + static_cast<std::size_t>(dice.below(Reference::symbol_count - 1));
    if (kind == "wrong") return bank::with_one_symbol_wrong(code, dice);
    if (kind == "swapped") std::swap(code[at], code[at + 1]);
    if (kind == "missing") code.erase(at, 1);
    if (kind == "doubled") code.insert(at, 1, code[at]);
    return code;
}

std::string kind_of(bank::Dice& dice) {
    auto const roll = dice.below(100);
    if (roll < 80) return "exact";
    if (roll < 88) return "wrong";
    if (roll < 92) return "swapped";
    return roll < 96 ? "missing" : "doubled";
}

bank::StatementFormat format_of(std::string const& bin) {
    if (bin == "970418") return bank::StatementFormat::mt940;
    if (bin == "970405") return bank::StatementFormat::camt053;
    return bank::StatementFormat::csv;
}

}  // namespace

BankDay play_day(std::string const& bin, std::string const& account, std::chrono::sys_days day, std::vector<AskedFor> const& asked, std::size_t orphans,
                 bank::Dice& dice, std::int64_t& number) {
    auto book = bank::Book{std::nullopt, number};
    auto const key = bank::AccountKey{bin, account};
    book.open(key, "DON VI THU", Money{1'000'000});
    auto out = BankDay{};
    auto told = std::vector<std::int64_t>{};
    auto const total = asked.size() + orphans;
    auto const payers = bank::payer_banks();
    for (auto i = std::size_t{0}; i < total; ++i) {
        auto const is_orphan = i >= asked.size();
        auto const kind = is_orphan ? std::string{"orphan"} : kind_of(dice);
        auto const& payer = payers[static_cast<std::size_t>(dice.below(payers.size()))];
        auto leg = bank::Leg{};
        leg.content = is_orphan ? "ung ho dong bao bi bao lu " + std::to_string(number) : harmed(asked[i].reference.text(), kind, dice);
        leg.from = {std::string{payer.bin}, "01234" + std::to_string(number % 100'000), "NGUYEN VAN AN"};
        leg.to = {bin, account, "DON VI THU"};
        leg.at = Instant{day} - vietnam_offset + std::chrono::hours{6} + std::chrono::seconds{static_cast<std::int64_t>(i * 60'000 / std::max<std::size_t>(total, 1))};
        leg.reference = "FT" + std::to_string(10'000'000'000 + number);
        auto movement = bank::Movement{};
        movement.account = key;
        movement.at = leg.at;
        movement.amount = is_orphan ? Money{1'000 * (1 + static_cast<std::int64_t>(dice.below(900)))} : asked[i].amount;
        movement.reference = leg.reference;
        movement.content = payer.write(leg, dice);
        movement.other = leg.from;
        out.truths.push_back({leg.reference, kind, is_orphan ? std::nullopt : std::optional{asked[i].request}});
        told.push_back(book.add(std::move(movement)).number);
        ++number;
    }
    out.notice = bank::camt054(book, book.tell("desk", told, Instant{day}));
    out.statement = bank::written(book, bank::statement_of(book, *book.account(key), day), format_of(bin));
    return out;
}

}  // namespace choso::load
