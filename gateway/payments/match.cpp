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
    auto exact = by_exact(told, requests);
    if (exact.request != nullptr || exact.wrong_account) return exact;
    auto corrected = by_corrected(told, requests);
    if (corrected.request != nullptr) return corrected;
    if (told.named_stall || told.account.static_stall) return {.reference = {}, .to_stall = true, .why_unreferenced = {}};
    if (!exact.why_unreferenced.empty()) return exact;
    if (!corrected.why_unreferenced.empty()) return corrected;
    return {.reference = exact_reference(told), .why_unreferenced = "no_reference"};
}

Payment const* same_fact(RecordCredit const& told, std::vector<Payment> const& candidates) {
    auto const reference = exact_reference(told);
    auto const eligible = [&](Payment const& payment) {
        auto const days = (vietnam_day(payment.occurred_at) - vietnam_day(told.occurred_at)).count();
        return payment.account == told.account.id && payment.amount == told.amount && std::abs(days) <= 1 &&
               !payment.seen_by(told.source) && !differ(payment.bank_ref, told.bank_ref) &&
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
