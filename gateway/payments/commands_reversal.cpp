#include "gateway/payments/book.hpp"
#include "gateway/payments/reversal_line.hpp"

namespace choso::payments {

void RecordReversal::plan(Book& book) const {
    book.want_sighting(line.in, line.source, line.source_id);
    book.want_facts(line);
    book.want_payment(original);
    book.want_payee_accounts(line.account.mode);
    for (auto const kind : {AccountKind::bank, AccountKind::unreferenced, AccountKind::outside})
        book.want_account(line.in, {kind, line.account.id.uuid()});
}

Outcome RecordReversal::decide(Book& book, Instant now) const {
    auto const view = ReversalLineView{book.find_sighting(line.in, line.source, line.source_id), book.facts_of(line.account.id, line.amount),
                                       reversal_view(book, original)};
    auto effects = payments::decide(*this, view, now);
    if (!effects) return Outcome::refused(effects.error());
    auto out = Outcome{};
    out.replayed = view.same_sighting.has_value();
    out.payment = effects.value().answer;
    book.apply(line.in, std::move(effects).value(), now);
    if (!out.replayed) book.keep_text(line, *out.payment, now);
    return out;
}

std::string RecordReversal::text() const { return line.text(); }

}  // namespace choso::payments
