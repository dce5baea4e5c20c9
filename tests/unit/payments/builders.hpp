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

    /// c: credit in time, l: late, x: its expiry, k: cancel, r: the bank takes the n-th credit back. False: refused.
    bool step(char kind, std::int64_t n) {
        switch (kind) {
            case 'c': return take(decide(credit(n, at(10), exact(), mode_), {{}, {}, {request_}}, at(30)));
            case 'l': return take(decide(credit(n, at(20), exact(), mode_), {{}, {}, {request_}}, at(30)));
            case 'x': return take(decide(expiry(), request_, at(20)));
            case 'k': return take(decide(cancel(), cancel_view(), at(12)));
            case 'r': return take(decide(reversal(n), reversal_view(n), at(40)));
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
            for (auto const& posting : postings(j.name, j.amount, j.account, j.merchant)) ledger_[posting.account] += posting.amount;
            if (movement.allocation) allocated_[movement.allocation->payment] += movement.allocation->amount;
            if (movement.event) events_.emplace_back(movement.event->type);
        }
        for (auto const& event : effects.events) events_.emplace_back(event.type);
        for (auto const& refund : effects.new_refunds) refunds_.push_back(refund);
        for (auto const& changed : effects.changed_refunds)
            for (auto& refund : refunds_)
                if (refund.id == changed.id) refund = changed;
        return true;
    }

 private:
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
                view.payments.push_back({payment, found->second, refunding});
                view.refund_ids.push_back(RefundId{new_uuid(bucket, at(0))});
            }
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
        return view;
    }

    PaymentRequest request_;
    CollectorMode mode_;
    std::vector<Payment> payments_;
    std::vector<Refund> refunds_;
    std::map<PaymentId, Money> allocated_;
    std::map<LedgerAccountKey, Money> ledger_;
    std::vector<std::string> events_;
};

}  // namespace choso::payments::testing_words
