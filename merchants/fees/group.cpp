// Several bills in one transfer.
#include "gateway/payments/decide.hpp"
#include "merchants/fees/deciding.hpp"
#include "platform/json/json.hpp"

namespace choso::fees {

using payments::Refusal;

void GroupBills::plan(Book& book) const {
    book.want_idempotency(bucket(), idempotency);
    book.want_reference_number(bucket());
    for (auto const& member : members) {
        rows_of(book).want_bill(member.bill);
        if (member.request) book.want_request(*member.request);
    }
}

Outcome GroupBills::decide(Book& book, Instant now) const {
    if (auto earlier = replay(book, bucket(), idempotency)) return *earlier;
    auto make = asked;
    auto split = payments::Split{payments::FillRule::in_order, {}};
    auto lines = std::vector<std::pair<BillId, Money>>{};
    auto sum = Money{};
    for (auto const& member : members) {
        auto const bill = rows_of(book).find(member.bill);
        auto const request = bill ? shown(book, *bill) : std::nullopt;
        // Where it is payable into decides who shares a transfer; nobody can tell whether another's bill exists.
        if (!request || request->account != asked.account) return Outcome::refused(Refusal::not_found);
        auto const left = left_of(*bill, request);
        if (!left.is_positive()) return refuse(book, bucket(), idempotency, make.id.uuid(), Refusal::bill_not_payable, now);
        auto const part = member.part.value_or(left);
        if (!takes(*bill, left, part)) return refuse(book, bucket(), idempotency, make.id.uuid(), Refusal::bill_amount_refused, now);
        split.lines.push_back({bill->merchant, part, {}});
        lines.emplace_back(bill->id, part);
        sum += part;
    }
    if (lines.empty() || sum > most_asked) return refuse(book, bucket(), idempotency, make.id.uuid(), Refusal::bill_amount_refused, now);
    make.amount = sum;
    make.split = std::move(split);
    auto effects = payments::decide(make, {false, book.draw_reference(make.kind, make.live, bucket())}, now);
    book.apply(bucket(), std::move(effects).value(), now);
    rows_of(book).add_group(make.id, lines);
    return done(book, bucket(), idempotency, make.id.uuid(), now);
}

std::string GroupBills::text() const {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("order", name()).member("request", asked.id.text()).key("bills").array();
    for (auto const& member : members) json.value(member.bill.text());
    json.end().end();
    return out;
}

}  // namespace choso::fees
