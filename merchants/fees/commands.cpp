// Bills: issued, revised, cancelled, written off, confirmed.
#include "merchants/fees/commands.hpp"

#include "gateway/payments/decide.hpp"
#include "merchants/fees/deciding.hpp"
#include "platform/json/json.hpp"

namespace choso::fees {
namespace {

using payments::CollectorMode;
using payments::Refusal;

/// A bill comes to something that can be asked for, or to nothing.
bool can_be_asked(Money amount) { return !amount.is_negative() && amount <= most_asked; }

Change change_of(BillCommand const& asked, Bill const& bill, std::string_view what, Instant now) {
    return {bill.id, bill.revision, bill.amount, asked.actor, std::string{what}, asked.reason, now};
}

}  // namespace

payments::Family family() {
    return {.name = "fees", .start = [](Book& book) -> std::unique_ptr<payments::Rows> {
                auto rows = std::make_unique<FeeRows>();
                book.attach(*rows);
                return rows;
            }};
}

void BillCommand::plan(Book& book) const {
    book.want_idempotency(bucket(), idempotency);
    rows_of(book).want_bill(bill);
    if (request) book.want_request(*request);
}

std::string BillCommand::text() const {
    std::string out;
    json::Writer{out}.object().member("order", name()).member("merchant", merchant.text()).member("bill", bill.text()).end();
    return out;
}

void IssueBill::plan(Book& book) const {
    auto const in = bucket();
    book.want_idempotency(in, idempotency);
    rows_of(book).want_payer(in, asked.merchant, payer.code);
    if (!code.empty()) rows_of(book).want_code(in, asked.merchant, code);
    if (draft) return;
    book.want_reference_number(in);
    if (payer.known) want_money(book, in, asked.merchant, {}, payer.id);
}

Outcome IssueBill::decide(Book& book, Instant now) const {
    auto const in = bucket();
    auto& rows = rows_of(book);
    if (auto earlier = replay(book, in, idempotency)) return *earlier;
    if (!code.empty() && rows.has_code(asked.merchant, code)) return refuse(book, in, idempotency, id.uuid(), Refusal::bill_code_taken, now);
    auto const known = rows.find_payer(asked.merchant, payer.code);
    auto bill = Bill{};
    bill.lines = with_rules(lines, rules, known ? known->categories : std::vector<std::string>{}, now);
    bill.amount = sum_of(bill.lines, false);
    if (!can_be_asked(bill.amount)) return refuse(book, in, idempotency, id.uuid(), Refusal::bill_amount_refused, now);

    bill.id = id;
    bill.merchant = asked.merchant;
    bill.payer = known ? known->id : payer.id;
    bill.unit = unit ? unit : payer.unit ? payer.unit : known ? known->unit : std::nullopt;
    bill.created_at = now;
    if (draft) bill.told = word(Stage::draft);
    bill.due = due;
    bill.title = title;
    bill.code = code;
    bill.visit = visit;
    bill.partial = partial;
    bill.amount_min = amount_min;
    rows.put_payer({bill.payer, asked.merchant, payer.unit, payer.code, known ? known->categories : std::vector<std::string>{}}, payer.name,
                   payer.phone, now);
    if (draft) rows.add(bill);
    // The account of a payer whom the reader did not know yet was not loaded; nobody has kept anything for them either.
    else (void)issue(book, std::move(bill), asked, mode, payer.known && known && known->id == payer.id, actor, now);
    return done(book, in, idempotency, id.uuid(), now);
}

std::string IssueBill::text() const {
    std::string out;
    json::Writer{out}.object().member("order", name()).member("merchant", asked.merchant.text()).member("bill", id.text()).member("code", code)
        .member("payer", payer.code).member("amount", sum_of(lines, false)).end();
    return out;
}

void IssueDraft::plan(Book& book) const {
    BillCommand::plan(book);
    book.want_reference_number(bucket());
    want_money(book, bucket(), merchant, {}, payer);
}

Outcome IssueDraft::decide(Book& book, Instant now) const {
    if (auto earlier = replay(book, bucket(), idempotency)) return *earlier;
    auto const known = find(book, *this);
    if (!known) return Outcome::refused(Refusal::not_found);
    if (known->stage != Stage::draft) return refuse(book, bucket(), idempotency, bill.uuid(), Refusal::bill_not_changeable, now);
    (void)issue(book, *known, asked, mode, known->payer == payer, actor, now);
    return done(book, bucket(), idempotency, bill.uuid(), now);
}

Outcome ReviseBill::decide(Book& book, Instant now) const {
    if (auto earlier = replay(book, bucket(), idempotency)) return *earlier;
    auto const known = find(book, *this);
    if (!known) return Outcome::refused(Refusal::not_found);
    auto const no = [&](Refusal why) { return refuse(book, bucket(), idempotency, bill.uuid(), why, now); };
    if (known->stage != Stage::draft && known->stage != Stage::issued) return no(Refusal::bill_not_changeable);
    auto revised = *known;
    // Rules of the day it was issued: a change of a line is no change of the law that held.
    if (!lines.empty()) revised.lines = with_rules(lines, rules, known->categories, known->issued_at.value_or(now));
    revised.lines.insert(revised.lines.end(), adjustments.begin(), adjustments.end());
    revised.amount = sum_of(revised.lines, revised.at_counter);
    // What asks for nothing any more is cancelled, not revised; what asked for nothing has no reference to keep.
    if (!can_be_asked(revised.amount)) return no(Refusal::bill_amount_refused);
    if (known->stage == Stage::issued && (!known->request || revised.amount.is_zero())) return no(Refusal::bill_amount_refused);

    if (due) revised.due = *due;
    if (!lines.empty() || !adjustments.empty()) {
        ++revised.revision;
        rows_of(book).add_lines(revised);
    }
    rows_of(book).change(revised, change_of(*this, revised, "revised", now));
    if (revised.stage == Stage::issued) {
        revise_request(book, revised, now);
        tell(book, bill_event::revised, revised, now);
        tell_status(book, bill, now);
    }
    return done(book, bucket(), idempotency, bill.uuid(), now);
}

void CancelBill::plan(Book& book) const {
    BillCommand::plan(book);
    if (!request) return;
    book.want_audit(bucket());
    book.want_request_with_payments(*request);
    book.want_payee_accounts(mode);
}

Outcome CancelBill::decide(Book& book, Instant now) const {
    if (auto earlier = replay(book, bucket(), idempotency)) return *earlier;
    auto const known = find(book, *this);
    if (!known) return Outcome::refused(Refusal::not_found);
    if (known->stage == Stage::cancelled) return refuse(book, bucket(), idempotency, bill.uuid(), Refusal::already_cancelled, now);
    auto const others = known->covered + known->grouped;
    if (others.is_positive()) return refuse(book, bucket(), idempotency, bill.uuid(), Refusal::bill_has_money, now);
    if (known->request) {
        // The core's own order, in this commit; it remembers under a key that is nobody else's.
        auto core = payments::CancelRequest{};
        core.id = *known->request;
        core.merchant = merchant;
        core.mode = mode;
        core.actor = actor;
        core.idempotency = idempotency;
        core.idempotency.scoped_hash[15] ^= 0x5A;
        auto const outcome = core.decide(book, now);
        if (outcome.refusal) return refuse(book, bucket(), idempotency, bill.uuid(), *outcome.refusal, now);
    }
    auto cancelled = *known;
    cancelled.stage = Stage::cancelled;
    cancelled.told = word(Stage::cancelled);
    rows_of(book).change(cancelled, change_of(*this, cancelled, "cancelled", now));
    tell(book, bill_event::cancelled, cancelled, now);
    return done(book, bucket(), idempotency, bill.uuid(), now);
}

Outcome WriteOffBill::decide(Book& book, Instant now) const {
    if (auto earlier = replay(book, bucket(), idempotency)) return *earlier;
    auto const known = find(book, *this);
    if (!known) return Outcome::refused(Refusal::not_found);
    auto const no = [&](Refusal why) { return refuse(book, bucket(), idempotency, bill.uuid(), why, now); };
    if (known->stage != Stage::issued) return no(Refusal::bill_not_changeable);
    if (!left_of(*known, shown(book, *known)).is_positive()) return no(Refusal::bill_not_payable);
    auto written_off = *known;
    written_off.stage = Stage::written_off;
    written_off.told = word(Stage::written_off);
    rows_of(book).change(written_off, change_of(*this, written_off, "written_off", now));
    tell(book, bill_event::written_off, written_off, now);
    return done(book, bucket(), idempotency, bill.uuid(), now);
}

Outcome ConfirmBill::decide(Book& book, Instant now) const {
    if (auto earlier = replay(book, bucket(), idempotency)) return *earlier;
    auto const known = find(book, *this);
    if (!known) return Outcome::refused(Refusal::not_found);
    if (known->stage == Stage::draft || known->stage == Stage::cancelled)
        return refuse(book, bucket(), idempotency, bill.uuid(), Refusal::bill_not_changeable, now);
    auto changed = *known;
    changed.confirmed = confirmed ? "manual" : "";
    rows_of(book).change(changed, change_of(*this, changed, confirmed ? "confirmed" : "unconfirmed", now));
    tell(book, confirmed ? bill_event::confirmed : bill_event::unconfirmed, changed, now);
    return done(book, bucket(), idempotency, bill.uuid(), now);
}

void NoteBill::plan(Book& book) const {
    rows_of(book).want_bill(bill);
    if (request) book.want_request(*request);
}

Outcome NoteBill::decide(Book& book, Instant now) const {
    auto const known = rows_of(book).find(bill);
    if (known && (known->stage == Stage::issued || known->stage == Stage::written_off) && (!known->request || book.find_request(*known->request)))
        tell_status(book, bill, now);
    return {};
}

std::string NoteBill::text() const {
    std::string out;
    json::Writer{out}.object().member("order", name()).member("bill", bill.text()).end();
    return out;
}

}  // namespace choso::fees
