#include "gateway/payments/book.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace choso::payments {

// --- plan ------------------------------------------------------------------------------------------------------------

void Book::want_idempotency(Bucket bucket, IdempotencyKey const& key) { wanted_keys_.push_back({bucket, key}); }
void Book::want_request(PaymentRequestId id) { wanted_requests_.insert(id); }
void Book::want_request(Bucket bucket, Reference reference) { wanted_references_.push_back({bucket, reference}); }
void Book::want_order_code(Bucket bucket, MerchantId merchant, std::string const& code) { wanted_codes_.push_back({bucket, {merchant, code}}); }
void Book::want_request_with_payments(PaymentRequestId id) {
    wanted_with_payments_.insert(id);
    out_.want_of_request(id);
}
void Book::want_sighting(Bucket bucket, std::int32_t source, std::string const& source_id) { wanted_sightings_.push_back({bucket, {source, source_id}}); }
void Book::want_facts(RecordCredit const& told) { wanted_facts_.push_back(&told); }
void Book::want_payment(PaymentId id) {
    wanted_payments_.insert(id);
    out_.want_of_payment(id);
}
void Book::want_misdirected(Bucket bucket, PaymentId payment) { wanted_misdirected_.push_back({bucket, payment}); }

void Book::want_payee_accounts(CollectorMode mode) {
    if (mode == CollectorMode::direct) payee_kinds_.insert(AccountKind::received);
    else payee_kinds_.insert({AccountKind::due_seen, AccountKind::due_confirmed});
}

// --- what is there ---------------------------------------------------------------------------------------------------

std::optional<KnownIdempotency> Book::find_idempotency(Bucket bucket, IdempotencyKey const& key) const {
    auto const found = keys_.find({bucket.number(), key.scoped_hash});
    return found == keys_.end() ? std::nullopt : std::optional{found->second};
}

std::optional<PaymentRequest> Book::find_request(PaymentRequestId id) const {
    auto const found = requests_.find(id);
    return found == requests_.end() ? std::nullopt : std::optional{found->second.row};
}

std::optional<PaymentRequest> Book::find_request(Reference reference) const {
    auto const found = by_reference_.find(reference);
    return found == by_reference_.end() ? std::nullopt : find_request(found->second);
}

bool Book::has_order_code(MerchantId merchant, std::string const& code) const { return by_code_.contains({merchant, code}); }

std::optional<Payment> Book::find_payment(PaymentId id) const {
    auto const found = payments_.find(id);
    return found == payments_.end() ? std::nullopt : std::optional{found->second.row};
}

std::optional<Payment> Book::find_sighting(Bucket bucket, std::int32_t source, std::string const& source_id) const {
    auto const found = sightings_.find({bucket.number(), source, source_id});
    return found == sightings_.end() ? std::nullopt : find_payment(found->second);
}

std::vector<Payment> Book::facts_of(AccountId account, Money amount) const {
    std::vector<Payment> out;
    auto const found = by_fact_.find({account, amount});
    if (found == by_fact_.end()) return out;
    for (auto const& id : found->second) out.push_back(payments_.at(id).row);
    std::sort(out.begin(), out.end(), [](Payment const& a, Payment const& b) {
        return std::tie(a.occurred_at, a.recorded_at, a.id) < std::tie(b.occurred_at, b.recorded_at, b.id);
    });
    return out;
}

Money Book::allocated(PaymentId payment, PaymentRequestId request) const {
    auto const found = allocated_.find({request, payment});
    return found == allocated_.end() ? Money{} : found->second;
}

std::vector<std::pair<Payment, Money>> Book::payments_of(PaymentRequestId id) const {
    std::vector<std::pair<Payment, Money>> out;
    for (auto at = allocated_.lower_bound({id, PaymentId{}}); at != allocated_.end() && at->first.first == id; ++at)
        if (!at->second.is_zero()) out.emplace_back(payments_.at(at->first.second).row, at->second);
    return out;
}

std::vector<Share> Book::shares_of(PaymentRequestId request, PaymentId payment) const {
    std::vector<Share> out;
    for (auto at = shares_.lower_bound({request, payment, 0}); at != shares_.end(); ++at) {
        if (std::get<0>(at->first) != request || std::get<1>(at->first) != payment) break;
        if (!at->second.amount.is_zero()) out.push_back(at->second);
    }
    return out;
}

std::vector<AllocatedPayment> Book::standing_of(PaymentRequestId id) const {
    std::vector<AllocatedPayment> out;
    auto const request = find_request(id);
    if (!request || !request->split) return out;
    for (auto& [payment, amount] : payments_of(id)) {
        auto shares = shares_of(id, payment.id);
        out.push_back({std::move(payment), amount, {}, std::move(shares), {}});
    }
    return out;
}

std::vector<PaymentRequestId> Book::held_requests() const {
    auto out = std::vector<PaymentRequestId>{};
    for (auto const& [id, slot] : requests_)
        if (slot.row.split && slot.row.split->fill == FillRule::on_release) out.push_back(id);
    return out;
}

Money Book::balance(Bucket bucket, LedgerAccountKey key) const {
    // One that was never loaded would look empty.
    CHOSO_ASSERT(wanted_accounts_.contains({bucket.number(), key}));
    auto const found = accounts_.find({bucket.number(), key});
    return found == accounts_.end() ? Money{} : found->second.balance;
}

Money Book::credited_in_batch(Bucket bucket, LedgerAccountKey key) const {
    auto sum = Money{};
    auto const head = accounts_.find({bucket.number(), key});
    if (head == accounts_.end()) return sum;
    for (auto const& entry : entries_)
        if (entry.bucket == bucket && entry.account == head->second.id && entry.amount.is_negative()) sum -= entry.amount;
    return sum;
}

Reference Book::draw_reference(ReferenceKind kind, bool live, Bucket bucket) {
    // One code in forty may not be issued; the number is skipped.
    for (;;) {
        auto const number = static_cast<std::uint64_t>(numbers_.take(bucket.number()));
        if (auto const reference = issuer_.issue(kind, live, bucket, number)) return *reference;
    }
}

// --- what follows ----------------------------------------------------------------------------------------------------

void Book::put_request(PaymentRequest request, Kept kept) {
    if (request.reference) by_reference_[*request.reference] = request.id;
    if (request.order_code) by_code_[{request.merchant, *request.order_code}] = request.id;
    auto const [at, fresh] = requests_.try_emplace(request.id, Slot<PaymentRequest>{request, kept});
    if (fresh) return;
    // A row that is loaded twice keeps what the batch has made of it; one that is inserted stays an insert.
    if (kept == Kept::loaded) return;
    at->second.row = std::move(request);
    if (at->second.kept == Kept::loaded) at->second.kept = kept;
}

void Book::put_payment(Payment payment, Kept kept) {
    auto const id = payment.id;
    auto const [at, fresh] = payments_.try_emplace(id, Slot<Payment>{payment, kept});
    if (fresh) {
        by_fact_[{payment.account, payment.amount}].push_back(id);
        return;
    }
    if (kept == Kept::loaded) return;
    at->second.row = std::move(payment);
    if (at->second.kept == Kept::loaded) at->second.kept = kept;
}

Book::AccountHead& Book::account(Bucket bucket, LedgerAccountKey key) {
    auto const place = AccountPlace{bucket.number(), key};
    auto& head = accounts_[place];
    if (head.id == 0) {
        head.id = ++heads_[bucket.number()].account_id;
        new_accounts_.emplace_back(place, head.id);
    }
    return head;
}

void Book::move(Bucket bucket, Movement const& movement, Instant now) {
    auto const& draft = movement.journal;
    auto const id = ++heads_.at(bucket.number()).journal_id;
    journals_.push_back({bucket, id, draft});
    auto sum = Money{};
    for (auto const& posting : postings(draft.name, draft.amount, draft.account, draft.merchant, draft.parties)) {
        // A head that was never loaded would restart the account at 1: only wanted accounts may be posted to.
        CHOSO_ASSERT(wanted_accounts_.contains({bucket.number(), posting.account}));
        auto& head = account(bucket, posting.account);
        head.balance += posting.amount;
        entries_.push_back({bucket, id, head.id, ++head.seq, posting.amount, head.balance});
        sum += posting.amount;
    }
    CHOSO_ASSERT(sum.is_zero());
    if (movement.allocation) {
        auto allocation = *movement.allocation;
        allocation.journal = id;
        allocated_[{allocation.request, allocation.payment}] += allocation.amount;
        allocations_.push_back({bucket, allocation});
    }
    for (auto const& row : movement.shares) {
        auto& share = shares_.try_emplace({row.request, row.payment, row.change.position}, Share{row.change.position, row.change.merchant, {}}).first->second;
        share.amount += row.change.amount;
        CHOSO_ASSERT(!share.amount.is_negative());
        new_shares_.emplace_back(id, row);
    }
    for (auto const& release : movement.releases) new_releases_.emplace_back(id, release);
    if (movement.event) emit(bucket, *movement.event, now);
    for (auto const& event : movement.payee_events) emit(bucket, event, now);
}

void Book::emit(Bucket bucket, EventDraft const& draft, Instant now) {
    auto event = StoredEvent{bucket, ++heads_.at(bucket.number()).event_seq, std::string{draft.type}, draft.subject, draft.merchant, draft.body, now};
    if (draft.numbered_by) {
        CHOSO_ASSERT(event.body.ends_with('}'));
        event.body.pop_back();
        event.body += ",\"n\":" + std::to_string(accounts_.at({bucket.number(), *draft.numbered_by}).seq) + "}";
    }
    events_.push_back(std::move(event));
}

void Book::apply(Bucket bucket, Effects effects, Instant now) {
    if (effects.new_request) put_request(std::move(*effects.new_request), Kept::inserted);
    for (auto& request : effects.changed_requests) put_request(std::move(request), Kept::changed);
    if (effects.new_payment) put_payment(std::move(*effects.new_payment), Kept::inserted);
    for (auto& payment : effects.changed_payments) put_payment(std::move(payment), Kept::changed);
    if (effects.sighting) {
        sightings_[{bucket.number(), effects.sighting->source, effects.sighting->source_id}] = effects.sighting->payment;
        new_sightings_.push_back({bucket, *effects.sighting});
    }
    for (auto const& movement : effects.movements) move(bucket, movement, now);
    for (auto const& event : effects.events) emit(bucket, event, now);
    for (auto& draft : effects.audits) audit_.add(bucket, std::move(draft), now);
    out_.apply(effects);
    settlements_.apply(effects);
    for (auto const& due : effects.new_dues) new_dues_.push_back({bucket, due});
    if (effects.done_due) done_dues_.push_back({bucket, *effects.done_due});
    if (effects.misdirected) {
        misdirected_.insert(effects.misdirected->first.uuid());
        new_misdirected_.push_back({bucket, {effects.misdirected->first, effects.misdirected->second, effects.misdirected_amount}});
    }
}

void Book::remember(IdempotencyKey const& key, Bucket bucket, Uuid subject, std::optional<Refusal> refusal, Instant) {
    auto known = KnownIdempotency{key.fingerprint, subject, static_cast<std::int16_t>(refusal ? static_cast<int>(*refusal) : 0)};
    keys_[{bucket.number(), key.scoped_hash}] = known;
    new_keys_.push_back({bucket, key, std::move(known)});
}

void Book::keep_payer(Bucket bucket, PaymentRequestId request, std::string name) { payers_.push_back({bucket, request, std::move(name)}); }

void Book::keep_text(RecordCredit const& told, PaymentId payment, Instant) {
    texts_.push_back({told.in, payment, told.source, told.source_id, told.content, told.headers, told.raw});
}

}  // namespace choso::payments
