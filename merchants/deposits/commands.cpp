#include "merchants/deposits/commands.hpp"

#include "merchants/deposits/rows.hpp"
#include "platform/json/json.hpp"

namespace choso::deposits {
namespace {

using payments::AccountKind;
using payments::Book;
using payments::Outcome;
using payments::Refusal;

Outcome answered(Deposit deposit, bool replayed) {
    auto own = std::make_shared<DepositOutcome>();
    own->deposit = std::move(deposit);
    auto out = Outcome{};
    out.replayed = replayed;
    out.own = std::move(own);
    return out;
}

Outcome conclude(Book& book, Decided decided, Instant now) {
    book.apply(decided.deposit.id.bucket(), std::move(decided.effects), now);
    book.rows<DepositRows>().change(decided.deposit, std::move(decided.moves));
    return answered(std::move(decided.deposit), false);
}

/// The answer of an earlier run under the same key, if there was one.
std::optional<Outcome> replay(Book const& book, DepositId id, payments::IdempotencyKey const& key) {
    auto const known = book.find_idempotency(id.bucket(), key);
    if (!known) return std::nullopt;
    if (known->fingerprint != key.fingerprint) return Outcome::refused(Refusal::idempotency_key_reused);
    if (known->outcome != 0) return Outcome::refused(static_cast<Refusal>(known->outcome));
    return answered(book.rows<DepositRows>().find(id).value(), true);
}

/// Applies what was decided under a key, or remembers the refusal.
Outcome conclude(Book& book, DepositId id, payments::IdempotencyKey const& key, Result<Decided, Refusal> decided, Instant now) {
    if (!decided) {
        book.remember(key, id.bucket(), id.uuid(), decided.error(), now);
        return Outcome::refused(decided.error());
    }
    auto out = conclude(book, std::move(decided).value(), now);
    book.remember(key, id.bucket(), id.uuid(), {}, now);
    return out;
}

}  // namespace

void OpenDeposit::plan(Book& book) const {
    asked.plan(book);
    book.rows<DepositRows>().want(DepositId{asked.id.uuid()});
}

Outcome OpenDeposit::decide(Book& book, Instant now) const {
    auto out = asked.decide(book, now);
    if (out.refusal || out.replayed) return out;
    auto deposit = Deposit{};
    deposit.id = DepositId{asked.id.uuid()};
    deposit.merchant = asked.merchant;
    deposit.code = asked.order_code.value();
    deposit.created_at = now;
    auto effects = payments::Effects{};
    effects.events.push_back({event_type::opened, deposit.id.uuid(), deposit.merchant, body_of(deposit), {}});
    book.apply(bucket(), std::move(effects), now);
    book.rows<DepositRows>().add(std::move(deposit));
    return out;
}

void DepositCommand::plan(Book& book) const {
    book.want_audit(bucket());
    book.rows<DepositRows>().want(id);
    book.want_request_with_payments(PaymentRequestId{id.uuid()});
    book.want_payee_accounts(mode);
    book.want_account(bucket(), {AccountKind::deposit, id.uuid()});
    book.want_account(bucket(), {mode == payments::CollectorMode::pooled ? AccountKind::due_confirmed : AccountKind::received, merchant.uuid()});
}

std::string DepositCommand::text() const {
    std::string out;
    json::Writer{out}.object().member("id", id.text()).member("merchant", merchant.text()).end();
    return out;
}

std::optional<Case> DepositCommand::find(Book const& book) const {
    auto const deposit = book.rows<DepositRows>().find(id);
    if (!deposit || deposit->merchant != merchant) return std::nullopt;
    auto out = Case{*deposit, account, mode, {}};
    for (auto& [payment, amount] : book.payments_of(deposit->request())) {
        auto refunds = book.refunds_of(payment.id);
        out.advances.push_back({std::move(payment), amount, std::move(refunds)});
    }
    return out;
}

Outcome FollowDeposit::decide(Book& book, Instant now) const {
    auto const known = find(book);
    if (!known) return Outcome::refused(Refusal::not_found);
    auto decided = sync(*known, {}, now);
    if (decided.moves.empty()) return answered(known->deposit, true);
    return conclude(book, std::move(decided), now);
}

void UseDeposit::plan(Book& book) const {
    DepositCommand::plan(book);
    book.want_idempotency(bucket(), idempotency);
}

Outcome UseDeposit::decide(Book& book, Instant now) const {
    auto const known = find(book);
    if (!known) return Outcome::refused(Refusal::not_found);
    if (auto earlier = replay(book, id, idempotency)) return *earlier;
    return conclude(book, id, idempotency, use(*known, asked, now), now);
}

void SettleDeposit::plan(Book& book) const {
    DepositCommand::plan(book);
    book.want_idempotency(bucket(), idempotency);
}

Outcome SettleDeposit::decide(Book& book, Instant now) const {
    auto const known = find(book);
    if (!known) return Outcome::refused(Refusal::not_found);
    if (auto earlier = replay(book, id, idempotency)) return *earlier;
    return conclude(book, id, idempotency, settle(*known, asked, now), now);
}

payments::Family family() {
    return {"deposits",
            [](Book& book) {
                auto rows = std::make_unique<DepositRows>();
                book.attach(*rows);
                return rows;
            },
            {}};
}

}  // namespace choso::deposits
