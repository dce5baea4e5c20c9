#include "merchants/receipts/commands.hpp"

#include "merchants/receipts/rows.hpp"
#include "platform/json/json.hpp"

namespace choso::receipts {
namespace {

using payments::Book;
using payments::Outcome;
using payments::Refusal;

Outcome made(std::vector<Receipt> receipts, bool replayed) {
    auto own = std::make_shared<Receipts>();
    own->all = std::move(receipts);
    auto out = Outcome{};
    out.replayed = replayed;
    out.own = std::move(own);
    return out;
}

}  // namespace

void UpdateReceipts::plan(Book& book) const {
    book.want_request_with_payments(request);
    book.rows<ReceiptRows>().want(request);
}

Outcome UpdateReceipts::decide(Book& book, Instant now) const {
    auto& rows = book.rows<ReceiptRows>();
    auto view = View{book.find_request(request), {}, rows.of(request), rows.issuers()};
    if (!view.request) return Outcome::refused(Refusal::not_found);
    auto money = std::vector<Allocated>{};
    for (auto const& [payment, amount] : book.payments_of(request)) money.push_back({payment, amount, book.shares_of(request, payment.id)});
    view.standing = standing_of(*view.request, std::move(money));
    auto out = std::vector<Receipt>{};
    for (auto& receipt : missing(view, now)) out.push_back(rows.add(std::move(receipt)));
    return made(std::move(out), false);
}

std::string UpdateReceipts::text() const {
    std::string out;
    json::Writer{out}.object().member("request", request.text()).end();
    return out;
}

void CancelReceipt::plan(Book& book) const {
    book.want_audit(bucket());
    book.rows<ReceiptRows>().want(id);
}

Outcome CancelReceipt::decide(Book& book, Instant now) const {
    auto& rows = book.rows<ReceiptRows>();
    auto const old = rows.find(id);
    if (!old || old->merchant != merchant) return Outcome::refused(Refusal::not_found);
    // A counter-receipt is not cancelled itself: the receipt is issued anew by what its money says.
    if (old->cancels) return Outcome::refused(Refusal::receipt_not_cancellable);
    auto const beside = rows.of(old->request);
    if (auto const* counter = counter_in(beside, id)) {
        if (counter->maker == actor && counter->reason == reason) return made({*counter}, true);
        return Outcome::refused(Refusal::already_cancelled);
    }
    return made({rows.add(counter_of(*old, reason, actor, now))}, false);
}

std::string CancelReceipt::text() const {
    std::string out;
    json::Writer{out}.object().member("id", id.text()).member("merchant", merchant.text()).member("reason", reason).end();
    return out;
}

payments::Family family() {
    return {"receipts",
            [](Book& book) {
                auto rows = std::make_unique<ReceiptRows>(book);
                book.attach(*rows);
                return rows;
            },
            {}};
}

}  // namespace choso::receipts
