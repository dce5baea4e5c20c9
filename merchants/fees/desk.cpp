// Money that no bank tells of: cash over a desk, and an excess that is kept.
#include <algorithm>
#include <tuple>

#include "gateway/payments/decide_out.hpp"
#include "gateway/payments/event_body.hpp"
#include "merchants/fees/deciding.hpp"
#include "merchants/receipts/rows.hpp"

namespace choso::fees {
namespace {

using payments::CollectorMode;
using payments::Refusal;
using payments::RefundStatus;
using payments::Template;

bool takes_money(Bill const& bill) { return bill.request && (bill.stage == Stage::issued || bill.stage == Stage::written_off); }

Cover cover_of(BillCommand const& asked, Uuid const& id, Money amount, Uuid const& desk, Instant now) {
    auto out = Cover{};
    out.bill = asked.bill;
    out.id = id;
    out.kind = "cash";
    out.amount = amount;
    out.desk = desk;
    out.actor = asked.actor;
    out.reason = asked.reason;
    out.at = now;
    return out;
}

/// What refunds of the request's payments ask back already, kept ones included.
Money asked_back(Book const& book, PaymentRequestId request) {
    auto sum = Money{};
    for (auto const& [payment, amount] : book.payments_of(request)) sum += payments::refunding(book.refunds_of(payment.id));
    return sum;
}

}  // namespace

void TakeCash::plan(Book& book) const {
    BillCommand::plan(book);
    want_money(book, bucket(), merchant, desk, {});
    if (request) book.rows<receipts::ReceiptRows>().want(*request);
}

Outcome TakeCash::decide(Book& book, Instant now) const {
    if (auto earlier = replay(book, bucket(), idempotency)) return *earlier;
    auto const known = find(book, *this);
    if (!known) return Outcome::refused(Refusal::not_found);
    auto const no = [&](Refusal why) { return refuse(book, bucket(), idempotency, bill.uuid(), why, now); };
    if (!takes_money(*known)) return no(Refusal::bill_not_changeable);
    auto counted = *known;
    if (!keeps_online_price && left_of(*known, shown(book, *known)).is_positive()) {
        counted.at_counter = true;
        counted.amount = sum_of(counted.lines, true);
    }
    auto asked = shown(book, *known);
    asked->amount = counted.amount;
    auto const left = left_of(counted, asked);
    if (!left.is_positive()) return no(Refusal::bill_not_payable);
    if (amount && !takes(counted, left, *amount)) return no(Refusal::bill_amount_refused);

    auto& rows = rows_of(book);
    if (counted.amount != known->amount) {
        rows.change(counted, {bill, counted.revision, counted.amount, actor, "at_counter", reason, now});
        revise_request(book, counted, now);
    }
    auto const taken = amount.value_or(left);
    move(book, counted, Template::cash_received, taken, {}, desk, now);
    auto cover = cover_of(*this, id, taken, desk, now);
    cover.outside_id = outside_id;
    rows.add(std::move(cover));
    // A collecting agent gives its own receipt.
    if (request && !keeps_online_price)
        std::ignore = book.rows<receipts::ReceiptRows>().issue(
            {.request = *request, .cause = id, .merchant = merchant, .amount = taken, .position = 0, .what = asked->description, .maker = actor, .occurred_at = now}, now);
    tell(book, bill_event::cash_received, rows.find(bill).value(), now, taken, id);
    tell_status(book, bill, now);
    return done(book, bucket(), idempotency, bill.uuid(), now);
}

void ReturnCash::plan(Book& book) const {
    BillCommand::plan(book);
    book.want_audit(bucket());
    rows_of(book).want_cover(bucket(), taking, bill);
    want_money(book, bucket(), merchant, desk, {});
    if (request) book.rows<receipts::ReceiptRows>().want(*request);
}

Outcome ReturnCash::decide(Book& book, Instant now) const {
    if (auto earlier = replay(book, bucket(), idempotency)) return *earlier;
    auto const known = find(book, *this);
    auto& rows = rows_of(book);
    auto const cover = rows.find_cover(taking);
    if (!known || !cover || cover->bill != bill || cover->kind != "cash" || !cover->amount.is_positive() || cover->desk != desk)
        return Outcome::refused(Refusal::not_found);
    if (rows.is_undone(taking)) return refuse(book, bucket(), idempotency, bill.uuid(), Refusal::bill_not_changeable, now);

    move(book, *known, Template::cash_returned, cover->amount, {}, desk, now);
    auto undo = cover_of(*this, id, -cover->amount, desk, now);
    undo.undoes = taking;
    rows.add(std::move(undo));
    if (request) std::ignore = book.rows<receipts::ReceiptRows>().take_back(*request, taking, "cash_returned", actor, now);
    tell(book, bill_event::cash_returned, rows.find(bill).value(), now, cover->amount, taking);
    tell_status(book, bill, now);
    return done(book, bucket(), idempotency, bill.uuid(), now);
}

void CarryOver::plan(Book& book) const {
    BillCommand::plan(book);
    book.want_payment(payment);
    if (request) book.want_request_with_payments(*request);
    want_money(book, bucket(), merchant, {}, payer);
}

Outcome CarryOver::decide(Book& book, Instant now) const {
    if (auto earlier = replay(book, bucket(), idempotency)) return *earlier;
    auto const known = find(book, *this);
    auto const money = book.find_payment(payment);
    if (!known || !known->request || !money || money->merchant != merchant || money->request != known->request || known->payer != payer)
        return Outcome::refused(Refusal::not_found);
    auto const no = [&](Refusal why) { return refuse(book, bucket(), idempotency, bill.uuid(), why, now); };
    if (money->status != payments::PaymentStatus::allocated) return no(Refusal::payment_not_refundable);
    auto const over = shown(book, *known)->overpaid_by() - asked_back(book, *known->request);
    auto const kept = std::min(over, money->amount - payments::refunding(book.refunds_of(payment)));
    if (!kept.is_positive()) return no(Refusal::nothing_over);
    auto const pooled = mode == CollectorMode::pooled;
    if (pooled && !money->confirmed_at) return no(Refusal::not_confirmed);
    if (pooled && -book.balance(bucket(), {payments::AccountKind::due_confirmed, merchant.uuid()}) < kept) return no(Refusal::not_enough_due);

    auto given_back = payments::Refund{};
    given_back.id = refund;
    given_back.payment = payment;
    given_back.request = known->request;
    given_back.amount = kept;
    given_back.status = RefundStatus::succeeded;
    given_back.reason = "carried_over";
    given_back.merchant = merchant;
    given_back.maker = actor;
    given_back.taken_from = payments::MoneyPlace::payee;
    given_back.created_at = now;
    given_back.decided_at = now;
    auto effects = payments::Effects{};
    effects.events.push_back({payments::event_type::refund_succeeded, refund.uuid(), merchant, payments::body_of_refund(given_back), {}});
    effects.new_refunds.push_back(std::move(given_back));
    book.apply(bucket(), std::move(effects), now);
    move(book, *known, pooled ? Template::credit_kept_due : Template::credit_kept_received, kept, account, payer.uuid(), now);
    rows_of(book).add(Kept{bill, refund, payer, kept, now});
    tell(book, bill_event::carried_over, *known, now, kept);
    return done(book, bucket(), idempotency, bill.uuid(), now);
}

}  // namespace choso::fees
