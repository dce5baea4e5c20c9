#include "gateway/payments/match.hpp"

#include <algorithm>
#include <cstdlib>

namespace choso::payments {
namespace {

PaymentRequest const* named_by(Reference reference, std::vector<PaymentRequest> const& requests) {
    for (auto const& request : requests)
        if (request.reference == reference) return &request;
    return nullptr;
}

/// Exact codes: one payable request is the answer, two are for a person.
Match by_exact(RecordCredit const& told, std::vector<PaymentRequest> const& requests) {
    auto out = Match{};
    for (auto const& found : told.found) {
        if (found.how != How::exact) continue;
        auto const* request = named_by(found.reference, requests);
        if (request != nullptr && request->account == told.account.id) {
            if (out.request != nullptr && out.request != request) return {.reference = {}, .why_unreferenced = "several_references"};
            out.request = request;
            out.reference = found.reference;
        } else if ((request != nullptr || found.elsewhere) && !out.wrong_account) {
            out.wrong_account = true;
            out.theirs = request;
            if (!out.reference) out.reference = found.reference;
        }
    }
    if (out.request != nullptr) {
        out.wrong_account = false;
        out.theirs = nullptr;
    }
    return out;
}

/// One symbol put right may only win where the amount says so too.
Match by_corrected(RecordCredit const& told, std::vector<PaymentRequest> const& requests) {
    auto out = Match{};
    for (auto const& found : told.found) {
        if (found.how == How::exact) continue;
        auto const* request = named_by(found.reference, requests);
        if (request == nullptr || request->account != told.account.id || request->status == RequestStatus::cancelled) continue;
        if (!request->still_open().is_positive() || request->still_open() != told.amount) continue;
        if (out.request != nullptr && out.request != request) return {.reference = {}, .why_unreferenced = "several_references"};
        out.request = request;
        out.reference = found.reference;
    }
    return out;
}

bool differ(std::string const& a, std::string const& b) { return !a.empty() && !b.empty() && a != b; }

std::optional<Reference> exact_reference(RecordCredit const& told) {
    for (auto const& found : told.found)
        if (found.how == How::exact) return found.reference;
    return std::nullopt;
}

}  // namespace

Match match(RecordCredit const& told, std::vector<PaymentRequest> const& requests) {
    auto const stalls = Match{.reference = {}, .to_stall = true, .why_unreferenced = {}};
    auto exact = by_exact(told, requests);
    // The virtual account is the bank's own word: a code may only say which of that payee's requests.
    if (told.by_virtual_account && (exact.request == nullptr || exact.request->merchant != told.named_merchant)) return stalls;
    if (exact.request != nullptr) return exact;
    if (told.named_stall) return stalls;
    if (exact.wrong_account || !exact.why_unreferenced.empty()) return exact;
    auto corrected = by_corrected(told, requests);
    if (corrected.request != nullptr) return corrected;
    if (told.account.static_stall) return stalls;
    if (!corrected.why_unreferenced.empty()) return corrected;
    return {.reference = exact_reference(told), .why_unreferenced = "no_reference"};
}

Payment const* same_fact(RecordCredit const& told, std::vector<Payment> const& candidates) {
    auto const reference = exact_reference(told);
    // A credit that was taken back may only be told again as the very same one; the payer's next try is another.
    auto const is_still_there = [&](Payment const& payment) {
        return payment.status != PaymentStatus::reversed || payment.occurred_at == told.occurred_at ||
               (!told.bank_ref.empty() && payment.bank_ref == told.bank_ref);
    };
    auto const eligible = [&](Payment const& payment) {
        auto const days = (vietnam_day(payment.occurred_at) - vietnam_day(told.occurred_at)).count();
        return payment.account == told.account.id && payment.amount == told.amount && std::abs(days) <= 1 &&
               !payment.seen_by(told.source) && is_still_there(payment) && !differ(payment.bank_ref, told.bank_ref) &&
               !(payment.reference && reference && *payment.reference != *reference);
    };
    auto const first = [&](auto const& equal) -> Payment const* {
        for (auto const& payment : candidates)
            if (eligible(payment) && equal(payment)) return &payment;
        return nullptr;
    };
    if (auto const* hit = first([&](Payment const& p) { return !told.bank_ref.empty() && p.bank_ref == told.bank_ref; })) return hit;
    if (auto const* hit = first([&](Payment const& p) { return reference && p.reference == reference; })) return hit;
    return first([&](Payment const& p) { return p.content_hash == told.content_hash; });
}

}  // namespace choso::payments
