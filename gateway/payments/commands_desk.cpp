#include <set>

#include "gateway/payments/book.hpp"
#include "gateway/payments/desk.hpp"
#include "platform/json/json.hpp"

namespace choso::payments {
namespace {

void want_payees(Book& book, Bucket bucket, AccountFacts const& account, std::optional<MerchantId> merchant) {
    book.want_audit(bucket);
    book.want_payee_accounts(account.mode);
    book.want_account(bucket, {AccountKind::unreferenced, account.id.uuid()});
    if (!merchant) return;
    if (account.mode == CollectorMode::direct) {
        book.want_account(bucket, {AccountKind::received, merchant->uuid()});
    } else {
        book.want_account(bucket, {AccountKind::due_seen, merchant->uuid()});
        book.want_account(bucket, {AccountKind::due_confirmed, merchant->uuid()});
    }
}

Outcome concluded(Book& book, Bucket bucket, PaymentId payment, Result<Effects, Refusal> effects, Instant now) {
    if (!effects) return Outcome::refused(effects.error());
    book.apply(bucket, std::move(effects).value(), now);
    auto out = Outcome{};
    out.payment = payment;
    return out;
}

}  // namespace

void AssignPayment::plan(Book& book) const {
    book.want_payment(payment);
    if (request) book.want_request(*request);
    want_payees(book, bucket(), account, merchant);
}

Outcome AssignPayment::decide(Book& book, Instant now) const {
    auto view = AssignView{book.find_payment(payment), {}, {}, book.refunds_of(payment)};
    if (request) {
        view.request = book.find_request(*request);
        view.standing = book.standing_of(*request);
    }
    return concluded(book, bucket(), payment, payments::decide(*this, view, now), now);
}

std::string AssignPayment::text() const {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("payment", payment.text());
    if (request) json.member("payment_request", request->text());
    if (merchant) json.member("merchant", merchant->text());
    json.end();
    return out;
}

void ReleasePayment::plan(Book& book) const {
    book.want_payment(payment);
    want_payees(book, bucket(), account, {});
}

Outcome ReleasePayment::decide(Book& book, Instant now) const {
    auto view = ReleaseView{book.find_payment(payment), {}, {}, {}, book.refunds_of(payment), {}};
    if (view.payment && view.payment->request) {
        view.request = book.find_request(*view.payment->request);
        view.allocated = book.allocated(payment, *view.payment->request);
        view.standing = book.standing_of(*view.payment->request);
    }
    if (view.payment && account.mode == CollectorMode::pooled) {
        auto payees = std::set<MerchantId>{view.payment->merchant};
        for (auto const& each : view.standing)
            for (auto const& share : each.shares) payees.insert(share.merchant);
        for (auto const& payee : payees) view.due_confirmed[payee] = -book.balance(bucket(), {AccountKind::due_confirmed, payee.uuid()});
    }
    return concluded(book, bucket(), payment, payments::decide(*this, view, now), now);
}

std::string ReleasePayment::text() const {
    std::string out;
    json::Writer{out}.object().member("payment", payment.text()).end();
    return out;
}

}  // namespace choso::payments
