#include "gateway/cli/demo_bills.hpp"

#include <array>
#include <ostream>

#include "gateway/api/body.hpp"
#include "gateway/cli/own_core.hpp"
#include "merchants/fees/catalogue.hpp"
#include "merchants/fees/commands.hpp"
#include "merchants/fees/read.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view class_code = "1A";

/// Invented; the first two are of one family.
struct Pupil {
    std::string_view code, name, phone;
    std::int64_t meals;
};
constexpr std::array pupils{Pupil{"HB0001", "Nguyễn Gia An", "0900000101", 550'000}, Pupil{"HB0002", "Nguyễn Gia Bình", "0900000101", 525'000},
                            Pupil{"HB0003", "Lò Thị Mây", "0900000103", 500'000}, Pupil{"HB0004", "Vàng A Páo", "0900000104", 550'000}};

fees::Place place_of(MerchantId school) { return {school.bucket(), school}; }

std::unique_ptr<fees::IssueBill> bill_of(merchants::Directory const& directory, merchants::Merchant const& school, Pupil const& pupil, PayerId payer,
                                         FeeUnitId unit, Instant now) {
    auto const* account = directory.account_for(school, nullptr);
    if (account == nullptr) return nullptr;
    auto asked = api::new_request(directory, school, *account, nullptr, now);
    asked->late_policy = payments::LatePolicy::accept;
    auto out = std::make_unique<fees::IssueBill>(*asked);
    out->id = BillId::make(school.id.bucket(), now);
    out->payer = {payer, std::string{pupil.code}, std::string{pupil.name}, std::string{pupil.phone}, unit, true};
    auto meals = fees::Line{};
    meals.name = "Tiền ăn bán trú tháng 11";
    meals.amount = Money{pupil.meals};
    auto insurance = fees::Line{};
    insurance.name = "Bảo hiểm y tế";
    insurance.amount = Money{631'800};
    out->lines = {meals, insurance};
    out->title = "Tiền ăn và bảo hiểm tháng 11";
    out->unit = unit;
    out->due = "2026-12-31";
    out->partial = true;
    out->code = "DEMO-" + std::string{pupil.code};
    auto const* collector = directory.collector(school.collector);
    if (collector != nullptr) out->mode = collector->mode;
    out->idempotency = api::SentKey{out->code, "SEED", "/demo", out->code}.of(school.id);
    return out;
}

}  // namespace

std::string demo_class(postgres::Connection& connection, MerchantId school) {
    return fees::put_unit(connection, place_of(school), class_code, "Lớp 1A", {}, SystemClock{}.now()).text();
}

int bill_demo_class(Context const& context, postgres::Connection& connection, MerchantId school) {
    auto clock = merchants::AdvancedClock{};
    auto const watch = merchants::DirectoryWatch{context.settings.database_url, clock};
    auto const directory = watch.current();
    auto const* merchant = directory->merchant(school);
    if (merchant == nullptr) return context.refused("the demo school is not in the directory");
    auto rows = std::vector<fees::PayerRow>{};
    for (auto const& pupil : pupils) {
        auto row = fees::PayerRow{};
        row.code = pupil.code;
        row.name = pupil.name;
        row.phone = pupil.phone;
        row.unit_code = class_code;
        rows.push_back(std::move(row));
    }
    fees::put_payers(connection, place_of(school), rows, clock.now());
    auto const units = fees::units_of(connection, place_of(school));
    for (auto const& pupil : pupils) {
        auto const payer = fees::payer_of(connection, school.bucket(), school, pupil.code);
        if (!payer || units.empty()) return context.refused("the demo school's class was not made");
        auto command = bill_of(*directory, *merchant, pupil, *payer, units.front().id, clock.now());
        if (!command) return context.refused("the demo school has no account");
        auto const answer = order(context, watch, std::move(command));
        if (!answer || answer->refusal) return context.refused("a demo bill was not taken");
    }
    context.out << pupils.size() << " bills of the demo school's class\n";
    return exit_done;
}

}  // namespace choso::cli
