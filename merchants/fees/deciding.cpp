#include "merchants/fees/deciding.hpp"

#include <algorithm>

#include "platform/json/json.hpp"

namespace choso::fees {
namespace {

using payments::AccountKind;
using payments::CollectorMode;
using payments::Refusal;
using payments::RequestStatus;
using payments::Template;

/// What parents and clerks type to find it: the eight data symbols of its reference.
std::string number_of(Reference reference) { return "PT" + reference.text().substr(2, 8); }

std::string title_of(Bill const& bill) {
    if (!bill.title.empty()) return bill.title;
    auto out = std::string{};
    for (auto const& line : bill.lines) {
        if (line.kind != LineKind::fee) continue;
        if (out.size() + line.name.size() > 150) return out + " …";
        out += (out.empty() ? "" : ", ") + line.name;
    }
    return out;
}

/// What the payer's account holds of earlier excess pays the new bill first.
void use_credit(Book& book, Bill const& bill, AccountId account, CollectorMode mode, payments::Actor const& actor, Instant now) {
    auto const kept = -book.balance(bill.id.bucket(), {AccountKind::payer_credit, bill.payer.uuid()});
    auto const used = std::min(kept, bill.amount);
    if (!used.is_positive()) return;
    auto const name = mode == CollectorMode::direct ? Template::credit_used_received : Template::credit_used_due;
    move(book, bill, name, used, account, bill.payer.uuid(), now);
    auto cover = Cover{};
    cover.bill = bill.id;
    cover.id = new_uuid(bill.id.bucket(), now);
    cover.kind = "credit";
    cover.amount = used;
    cover.actor = actor;
    cover.at = now;
    rows_of(book).add(std::move(cover));
}

}  // namespace

std::optional<Outcome> replay(Book const& book, Bucket bucket, IdempotencyKey const& key) {
    auto const known = book.find_idempotency(bucket, key);
    if (!known) return std::nullopt;
    if (known->fingerprint != key.fingerprint) return Outcome::refused(Refusal::idempotency_key_reused);
    auto out = Outcome{};
    out.replayed = true;
    if (known->outcome != 0) out.refusal = static_cast<Refusal>(known->outcome);
    else out.own = std::make_shared<Made>(known->subject);
    return out;
}

Outcome refuse(Book& book, Bucket bucket, IdempotencyKey const& key, Uuid const& subject, Refusal why, Instant now) {
    book.remember(key, bucket, subject, why, now);
    return Outcome::refused(why);
}

Outcome done(Book& book, Bucket bucket, IdempotencyKey const& key, Uuid const& subject, Instant now) {
    book.remember(key, bucket, subject, {}, now);
    auto out = Outcome{};
    out.own = std::make_shared<Made>(subject);
    return out;
}

std::optional<payments::PaymentRequest> shown(Book const& book, Bill const& bill) {
    auto request = bill.request ? book.find_request(*bill.request) : std::nullopt;
    if (!request) return std::nullopt;
    return as_shown(bill, std::move(*request));
}

std::optional<Bill> find(Book& book, BillCommand const& asked) {
    auto bill = rows_of(book).find(asked.bill);
    if (!bill || bill->merchant != asked.merchant) return std::nullopt;
    // A draft that was issued since it was read: its request was not loaded.
    if (bill->request && !book.find_request(*bill->request)) return std::nullopt;
    return bill;
}

void tell(Book& book, std::string_view type, Bill const& bill, Instant now, std::optional<Money> more,
          std::optional<Uuid> cover) {
    auto const request = shown(book, bill);
    auto body = std::string{};
    auto json = json::Writer{body};
    json.object().member("status", status_of(bill, request)).member("amount", bill.amount);
    json.member("amount_paid", request ? request->amount_paid : Money{}).member("number", bill.number);
    if (bill.request) json.member("payment_request", bill.request->text());
    if (more) json.member("moved", *more);
    if (cover) json.member("cover", to_hyphenated(*cover));
    json.end();
    auto effects = payments::Effects{};
    effects.events.push_back({type, bill.id.uuid(), bill.merchant, std::move(body), {}});
    book.apply(bill.id.bucket(), std::move(effects), now);
}

void tell_status(Book& book, BillId id, Instant now) {
    auto bill = rows_of(book).find(id).value();
    auto const request = shown(book, bill);
    auto const status = status_of(bill, request);
    if (bill.told == status) return;
    bill.told = status;
    // The payee's books follow by themselves only what is wholly right.
    if (status == payments::word(RequestStatus::paid) && bill.confirmed.empty() && request && !request->overpaid_by().is_positive())
        bill.confirmed = "auto";
    else if (status != payments::word(RequestStatus::paid) && bill.confirmed == "auto") bill.confirmed.clear();
    rows_of(book).note(bill);
    if (status == payments::word(RequestStatus::paid) || status == payments::word(RequestStatus::paid_late)) tell(book, bill_event::paid, bill, now);
    else if (status == payments::word(RequestStatus::partially_paid)) tell(book, bill_event::partially_paid, bill, now);
    else if (status == payments::word(RequestStatus::open)) tell(book, bill_event::reopened, bill, now);
}

Bill issue(Book& book, Bill bill, payments::CreateRequest const& asked, CollectorMode mode, bool credit_known, payments::Actor const& actor,
           Instant now) {
    auto const in = bill.id.bucket();
    bill.stage = Stage::issued;
    bill.issued_at = now;
    auto& rows = rows_of(book);
    if (bill.amount.is_positive()) {
        auto make = asked;
        make.amount = bill.amount;
        make.description = title_of(bill);
        auto effects = payments::decide(make, {false, book.draw_reference(make.kind, make.live, in)}, now);
        bill.request = make.id;
        bill.number = number_of(effects->new_request->reference.value());
        book.apply(in, std::move(effects).value(), now);
    } else {
        bill.number = number_of(book.draw_reference(asked.kind, asked.live, in));
        bill.told = payments::word(RequestStatus::paid);
    }
    if (rows.find(bill.id)) rows.note(bill);
    else rows.add(bill);
    tell(book, bill_event::issued, bill, now);
    if (bill.request && credit_known) {
        use_credit(book, bill, asked.account, mode, actor, now);
        tell_status(book, bill.id, now);
    }
    return rows.find(bill.id).value();
}

void revise_request(Book& book, Bill const& bill, Instant now) {
    auto asked = payments::ReviseRequest{bill.request.value(), bill.amount, title_of(bill)};
    auto effects = payments::decide(asked, book.find_request(asked.id), now);
    CHOSO_ASSERT(effects.ok());  // whoever asks has looked at its state
    book.apply(bill.id.bucket(), std::move(effects).value(), now);
}

void want_money(Book& book, Bucket bucket, MerchantId merchant, std::optional<Uuid> desk, std::optional<PayerId> payer) {
    if (desk) book.want_account(bucket, {AccountKind::cash, *desk});
    if (payer) book.want_account(bucket, {AccountKind::payer_credit, payer->uuid()});
    book.want_account(bucket, {AccountKind::received, merchant.uuid()});
    book.want_account(bucket, {AccountKind::due_confirmed, merchant.uuid()});
}

void move(Book& book, Bill const& bill, Template name, Money amount, AccountId account, Uuid const& subject, Instant now) {
    auto effects = payments::Effects{};
    auto journal = payments::JournalDraft{name, bill.id.uuid(), now, amount, account, bill.merchant, {}};
    journal.parties.subject = subject;
    effects.movements.push_back({.journal = std::move(journal), .allocation = {}, .event = {}});
    book.apply(bill.id.bucket(), std::move(effects), now);
}

}  // namespace choso::fees
