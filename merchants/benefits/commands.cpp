#include "merchants/benefits/commands.hpp"

#include <set>

#include "merchants/benefits/rows.hpp"
#include "platform/json/json.hpp"

namespace choso::benefits {
namespace {

using payments::AccountKind;
using payments::Book;
using payments::Effects;
using payments::Outcome;
using payments::Refusal;

Outcome answered(BenefitListId id, bool replayed) {
    auto own = std::make_shared<ListOutcome>();
    own->id = id;
    auto out = Outcome{};
    out.replayed = replayed;
    out.own = std::move(own);
    return out;
}

std::string described(BenefitListId id) {
    std::string out;
    json::Writer{out}.object().member("id", id.text()).end();
    return out;
}

}  // namespace

void ImportBenefits::plan(Book& book) const {
    book.want_audit(bucket());
    book.want_idempotency(bucket(), idempotency);
    book.rows<BenefitRows>().want_period(bucket(), merchant, programme_code, period, file_hash);
}

Outcome ImportBenefits::decide(Book& book, Instant now) const {
    if (auto const known = book.find_idempotency(bucket(), idempotency)) {
        if (known->fingerprint != idempotency.fingerprint) return Outcome::refused(Refusal::idempotency_key_reused);
        if (known->outcome != 0) return Outcome::refused(static_cast<Refusal>(known->outcome));
        return answered(BenefitListId{known->subject}, true);
    }
    auto& own = book.rows<BenefitRows>();
    // The same file again, under whatever key: the list it made stands for it.
    if (auto const earlier = own.same_file(merchant, programme_code, period, file_hash)) {
        book.remember(idempotency, bucket(), earlier->uuid(), {}, now);
        return answered(*earlier, true);
    }
    auto list = List{};
    list.id = id;
    list.merchant = merchant;
    list.account = account;
    list.live = live;
    list.period = period;
    list.file_name = file_name;
    list.file_hash = file_hash;
    list.maker = actor;
    list.created_at = now;
    if (auto const known = own.programme(merchant, programme_code)) {
        list.programme = *known;
    } else {
        list.programme = programme;
        own.add_programme(programme, merchant, programme_code, programme_name, now);
    }
    auto items = to_items(rows, own.listed(merchant, programme_code, period), list, ids);
    add_up(list, items);
    auto effects = Effects{};
    effects.events.push_back({event_type::imported, id.uuid(), merchant, body_of(list), {}});
    effects.audits.push_back(audit_of(actor, event_type::imported, list));
    book.apply(bucket(), std::move(effects), now);
    own.add_list(std::move(list), std::move(items), rows, programme_code, now);
    book.remember(idempotency, bucket(), id.uuid(), {}, now);
    return answered(id, false);
}

std::string ImportBenefits::text() const {
    std::string out;
    json::Writer{out}.object().member("id", id.text()).member("programme", programme_code).member("period", period).member("rows", rows.size()).end();
    return out;
}

void DecideBenefits::plan(Book& book) const {
    book.want_audit(bucket());
    book.rows<BenefitRows>().want_list(id);
    book.want_account(bucket(), {AccountKind::due_confirmed, merchant.uuid()});
    book.want_account(bucket(), {AccountKind::benefit, programme.uuid()});
}

Outcome DecideBenefits::decide(Book& book, Instant now) const {
    auto& own = book.rows<BenefitRows>();
    auto* list = own.find(id);
    if (list == nullptr || list->merchant != merchant || list->programme != programme) return Outcome::refused(Refusal::not_found);
    auto const before = list->status;
    auto effects = approves ? approve(*list, {actor, second_factor_fresh}, -book.balance(bucket(), {AccountKind::due_confirmed, merchant.uuid()}), now)
                            : reject(*list, actor, now);
    if (!effects) return Outcome::refused(effects.error());
    if (list->status != before) own.changed(*list);
    book.apply(bucket(), std::move(effects).value(), now);
    return answered(id, list->status == before);
}

std::string DecideBenefits::text() const { return described(id); }

void PayBenefits::plan(Book& book) const {
    auto& own = book.rows<BenefitRows>();
    own.want_list(id);
    own.want_next(id);
    for (auto n = 0; n < most; ++n) book.want_reference_number(bucket());
}

Outcome PayBenefits::decide(Book& book, Instant now) const {
    auto& own = book.rows<BenefitRows>();
    auto* list = own.find(id);
    CHOSO_ASSERT(list != nullptr);
    auto lines = std::vector<HandOver>{};
    auto const waiting = own.next_of(id);
    if (list->status == ListStatus::approved)
        for (auto* item : waiting) {
            if (static_cast<int>(lines.size()) == most) break;
            lines.push_back({item, PayoutId::make(bucket(), now), book.draw_reference(ReferenceKind::payout, list->live, bucket())});
        }
    auto const was_open = list->status == ListStatus::approved;
    auto effects = hand_over(*list, lines, waiting.size() > lines.size(), due_at, now);
    for (auto const& line : lines) own.changed(*line.item);
    if (was_open) own.changed(*list);
    book.apply(bucket(), std::move(effects), now);
    return answered(id, false);
}

std::string PayBenefits::text() const { return described(id); }

void CashResult::plan(Book& book) const {
    auto& own = book.rows<BenefitRows>();
    book.want_audit(bucket());
    own.want_list(list);
    own.want_item(list, position);
}

Outcome CashResult::decide(Book& book, Instant now) const {
    auto& own = book.rows<BenefitRows>();
    auto const* known = own.find(list);
    auto* item = own.item(list, position);
    if (known == nullptr || item == nullptr || known->merchant != merchant || item->way != Way::cash || !item->problem.empty())
        return Outcome::refused(Refusal::not_found);
    if (known->status != ListStatus::approved && known->status != ListStatus::handed_over) return Outcome::refused(Refusal::list_not_open);
    if (item->cash_paid) return *item->cash_paid == paid ? answered(list, true) : Outcome::refused(Refusal::already_decided);
    item->cash_paid = paid;
    own.changed(*item);
    auto effects = Effects{};
    auto audit = payments::AuditDraft{actor, paid ? "benefit.cash_paid" : "benefit.cash_not_collected", item->id.uuid(), {}};
    json::Writer{audit.body}.object().member("list", list.text()).member("position", position).member("amount", item->amount).end();
    effects.audits.push_back(std::move(audit));
    book.apply(bucket(), std::move(effects), now);
    return answered(list, false);
}

std::string CashResult::text() const { return described(list); }

payments::Family family() {
    return {"benefits",
            [](Book& book) {
                auto rows = std::make_unique<BenefitRows>(book);
                book.attach(*rows);
                return rows;
            },
            [](std::string_view kind, Uuid const& subject, Instant at) -> std::unique_ptr<payments::Command const> {
                if (kind != batch_due) return nullptr;
                auto command = std::make_unique<PayBenefits>();
                command->id = BenefitListId{subject};
                command->due_at = at;
                return command;
            }};
}

}  // namespace choso::benefits
