#pragma once
#include <map>
#include <random>
#include <vector>

#include "gateway/payments/decide.hpp"
#include "gateway/payments/status.hpp"

/// Words for the tests of the rules: a request, credits for it, and a book small enough to hold in the head.
namespace choso::payments::testing_words {

inline constexpr auto bucket = Bucket::of_bits(5);

inline Instant at(int minute) { return Instant{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}} + std::chrono::minutes{minute}; }

template <class IdType>
IdType id(std::uint8_t n) {
    auto uuid = new_uuid(bucket, at(0));
    uuid[15] = n;
    return IdType{uuid};
}

inline AccountFacts account(CollectorMode mode = CollectorMode::direct) {
    auto out = AccountFacts{};
    static auto const ours = id<AccountId>(1);
    static auto const owner = id<MerchantId>(2);
    out.id = ours;
    out.owner = owner;
    out.mode = mode;
    out.keeps_debits = true;
    return out;
}

/// Asked at minute 0, for an amount, until minute 15.
inline PaymentRequest asked(std::int64_t dong) {
    auto out = PaymentRequest{};
    out.id = id<PaymentRequestId>(3);
    out.merchant = account().owner;
    out.account = account().id;
    out.reference = Reference::from_data(123'456'789'012);
    out.amount = Money{dong};
    out.expires_at = at(15);
    out.created_at = at(0);
    return out;
}

inline RecordCredit credit(std::int64_t dong, Instant occurred, std::vector<FoundReference> found, CollectorMode mode = CollectorMode::direct) {
    static auto count = 0;
    auto out = RecordCredit{};
    out.account = account(mode);
    out.in = bucket;
    out.id = PaymentId{new_uuid(bucket, at(0))};
    out.source = 1;
    out.source_id = std::to_string(++count);
    out.amount = Money{dong};
    out.occurred_at = occurred;
    out.bank_ref = "FT" + out.source_id;
    out.content_hash = count;
    out.found = std::move(found);
    out.refund_id = RefundId{new_uuid(bucket, at(0))};
    return out;
}

/// One request and what became of it: applies what `decide` returns to plain maps, nothing else.
class SmallBook {
 public:
    explicit SmallBook(PaymentRequest request, CollectorMode mode = CollectorMode::direct) : request_{std::move(request)}, mode_{mode} {}

    /// c: credit in time, l: late, x: its expiry, k: cancel, r: the bank takes the n-th credit back, s: a second feed tells
    /// the n-th. False: refused.
    bool step(char kind, std::int64_t n) {
        switch (kind) {
            case 'c': return take(decide(credit(n, at(10), exact(), mode_), {{}, {}, {request_}, standing()}, at(30)));
            case 'l': return take(decide(credit(n, at(20), exact(), mode_), {{}, {}, {request_}, standing()}, at(30)));
            case 'x': return take(decide(expiry(), request_, at(20)));
            case 'k': return take(decide(cancel(), cancel_view(), at(12)));
            case 'r': return take(decide(reversal(n), reversal_view(n), at(40)));
            case 's': return take(decide(second_telling(n), {{}, payments_, {}, standing()}, at(35)));
            default: return false;
        }
    }

    [[nodiscard]] std::vector<FoundReference> exact() const { return {{*request_.reference, How::exact, false}}; }
    [[nodiscard]] PaymentRequest const& request() const { return request_; }
    [[nodiscard]] std::vector<Payment> const& payments() const { return payments_; }
    [[nodiscard]] std::vector<Refund> const& refunds() const { return refunds_; }
    [[nodiscard]] std::vector<std::string> const& events() const { return events_; }
    [[nodiscard]] std::map<LedgerAccountKey, Money> const& ledger() const { return ledger_; }

    [[nodiscard]] bool balances() const {
        auto sum = Money{};
        for (auto const& [key, balance] : ledger_) sum += balance;
        return sum.is_zero();
    }
    [[nodiscard]] Money balance(AccountKind kind) const {
        auto sum = Money{};
        for (auto const& [key, balance] : ledger_)
            if (key.kind == kind) sum += balance;
        return sum;
    }
    [[nodiscard]] Money balance(AccountKind kind, MerchantId merchant) const {
        auto const found = ledger_.find({kind, merchant.uuid()});
        return found == ledger_.end() ? Money{} : found->second;
    }
    /// What stands for the request, with the shares of a split one.
    [[nodiscard]] std::vector<AllocatedPayment> standing() const {
        auto out = std::vector<AllocatedPayment>{};
        for (auto const& payment : payments_)
            if (auto const found = allocated_.find(payment.id); request_.split && found != allocated_.end() && !found->second.is_zero())
                out.push_back({payment, found->second, {}, shares_of(payment.id)});
        return out;
    }
    [[nodiscard]] std::vector<Share> shares_of(PaymentId payment) const {
        auto out = std::vector<Share>{};
        for (auto const& [key, share] : shares_)
            if (key.first == payment && !share.amount.is_zero()) out.push_back(share);
        return out;
    }
    /// What fills the line, or (0) what came over all of them.
    [[nodiscard]] Money filled(std::int16_t position) const {
        auto sum = Money{};
        for (auto const& [key, share] : shares_)
            if (key.second == position) sum += share.amount;
        return sum;
    }
    /// Each entry of a payee's `due_seen` has one event with its number, told to that payee.
    [[nodiscard]] bool numbers_run() const {
        for (auto const& [key, entries] : entries_)
            if (key.kind == AccountKind::due_seen && (!numbers_.contains(key) || numbers_.at(key) != entries)) return false;
        return true;
    }
    /// What one merchant was told: type and body.
    [[nodiscard]] std::vector<std::string> heard(MerchantId merchant) const {
        auto const found = heard_.find(merchant);
        return found == heard_.end() ? std::vector<std::string>{} : found->second;
    }
    [[nodiscard]] Money allocated() const {
        auto sum = Money{};
        for (auto const& [payment, amount] : allocated_) sum += amount;
        return sum;
    }

    bool take(Result<Effects, Refusal> const& decision) {
        if (!decision) return false;
        take(decision.value());
        return true;
    }
    bool take(Effects const& effects) {
        for (auto const& request : effects.changed_requests) request_ = request;
        if (effects.new_payment) payments_.push_back(*effects.new_payment);
        for (auto const& changed : effects.changed_payments)
            for (auto& payment : payments_)
                if (payment.id == changed.id) payment = changed;
        for (auto const& movement : effects.movements) {
            auto const& j = movement.journal;
            for (auto const& posting : postings(j.name, j.amount, j.account, j.merchant, j.parties)) {
                ledger_[posting.account] += posting.amount;
                ++entries_[posting.account];
            }
            if (movement.allocation) allocated_[movement.allocation->payment] += movement.allocation->amount;
            for (auto const& row : movement.shares)
                shares_.try_emplace({row.payment, row.change.position}, Share{row.change.position, row.change.merchant, {}}).first->second.amount +=
                    row.change.amount;
            if (movement.event) hear(*movement.event);
            for (auto const& event : movement.payee_events) hear(event);
        }
        for (auto const& event : effects.events) hear(event);
        for (auto const& refund : effects.new_refunds) refunds_.push_back(refund);
        for (auto const& changed : effects.changed_refunds)
            for (auto& refund : refunds_)
                if (refund.id == changed.id) refund = changed;
        return true;
    }

 private:
    void hear(EventDraft const& event) {
        events_.emplace_back(event.type);
        heard_[event.merchant].push_back(std::string{event.type} + " " + event.body);
        if (!event.numbered_by) return;
        // The number is the account's newest entry's: one that is behind would be told twice.
        auto& told = numbers_[*event.numbered_by];
        told = entries_.at(*event.numbered_by) == told + 1 ? told + 1 : -1'000'000;
    }
    /// By its bank reference alone: the copy has lost the code.
    [[nodiscard]] RecordCredit second_telling(std::int64_t n) const {
        auto const& payment = payments_.at(static_cast<std::size_t>(n));
        auto out = credit(payment.amount.dong(), payment.occurred_at, {}, mode_);
        out.source = 2;
        out.bank_ref = payment.bank_ref;
        return out;
    }
    [[nodiscard]] ExpireRequest expiry() const {
        auto out = ExpireRequest{};
        out.id = request_.id;
        out.due_at = at(20);
        return out;
    }
    [[nodiscard]] CancelRequest cancel() const {
        auto out = CancelRequest{};
        out.id = request_.id;
        out.merchant = request_.merchant;
        out.mode = mode_;
        return out;
    }
    [[nodiscard]] CancelView cancel_view() const {
        auto view = CancelView{request_, {}, mode_, {}};
        for (auto const& payment : payments_)
            if (auto const found = allocated_.find(payment.id); found != allocated_.end() && !found->second.is_zero()) {
                auto refunding = Money{};
                for (auto const& refund : refunds_)
                    if (refund.payment == payment.id && refund.status != RefundStatus::failed) refunding += refund.amount;
                view.payments.push_back({payment, found->second, refunding, shares_of(payment.id)});
                view.refund_ids.push_back(RefundId{new_uuid(bucket, at(0))});
            }
        for (auto const& [key, balance] : ledger_)
            if (key.kind == AccountKind::due_confirmed) view.due_confirmed[MerchantId{key.subject}] = -balance;
        return view;
    }
    [[nodiscard]] ReverseCredit reversal(std::int64_t n) const {
        auto out = ReverseCredit{};
        out.payment = payments_.at(static_cast<std::size_t>(n)).id;
        out.account = account(mode_);
        out.occurred_at = at(40);
        return out;
    }
    [[nodiscard]] ReversalView reversal_view(std::int64_t n) const {
        auto const& payment = payments_.at(static_cast<std::size_t>(n));
        auto view = ReversalView{payment, {}, {}, refunds_};
        if (payment.request) view.request = request_;
        if (auto const found = allocated_.find(payment.id); found != allocated_.end()) view.allocated = found->second;
        view.standing = standing();
        return view;
    }

    PaymentRequest request_;
    CollectorMode mode_;
    std::vector<Payment> payments_;
    std::vector<Refund> refunds_;
    std::map<PaymentId, Money> allocated_;
    std::map<LedgerAccountKey, Money> ledger_;
    std::map<LedgerAccountKey, std::int64_t> entries_, numbers_;
    std::map<std::pair<PaymentId, std::int16_t>, Share> shares_;
    std::map<MerchantId, std::vector<std::string>> heard_;
    std::vector<std::string> events_;
};

}  // namespace choso::payments::testing_words
