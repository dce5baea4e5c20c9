#include "merchants/credit_texts.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/vietnamese.hpp"

namespace choso::merchants {
namespace {

/// Nobody puts more codes into a transfer; a content full of them is noise, and each costs a look-up.
constexpr std::size_t references_max = 32;
constexpr std::size_t payees_guessed = 4;

/// Codes of all texts, each once; where any text holds an exact one, nothing is guessed in the others.
std::vector<Candidate> candidates_in(std::span<std::string_view const> texts) {
    auto out = std::vector<Candidate>{};
    for (auto const text : texts)
        for (auto const& candidate : candidates(text))
            if (std::none_of(out.begin(), out.end(), [&](auto const& known) { return known == candidate; })) out.push_back(candidate);
    auto const is_exact = [](Candidate const& candidate) { return candidate.how == How::exact; };
    if (std::any_of(out.begin(), out.end(), is_exact)) std::erase_if(out, [&](auto const& candidate) { return !is_exact(candidate); });
    return out;
}

}  // namespace

FoundInTexts find_references(std::span<std::string_view const> texts, BankAccount const& account, Bucket bucket, bool live,
                             Directory const& directory, ReferenceIssuer const& issuer) {
    auto out = FoundInTexts{};
    for (auto const& [reference, how] : candidates_in(texts)) {
        auto const parts = issuer.open(reference);
        if (!parts || parts->live != live) continue;
        // A transfer of ours concerns only the books it left; elsewhere its code is like any other text.
        if (parts->kind == ReferenceKind::payout) {
            if (parts->bucket == bucket) out.references.push_back({reference, how, false, true});
            continue;
        }
        auto const exact = how == How::exact;
        if (!exact && (parts->bucket != bucket || parts->kind == ReferenceKind::stall)) continue;
        if (parts->kind == ReferenceKind::stall) {
            auto const* stall = directory.stall_by_reference(reference);
            if (stall == nullptr) continue;
            if (stall->account == account.id) out.named_stall = stall;
            else out.references.push_back({reference, how, true});
        } else {
            out.references.push_back({reference, how, parts->bucket != bucket});
        }
        if (out.references.size() == references_max) break;
    }
    // A stall's own code among others' is the payee's word; theirs may be the payer's other errand.
    if (out.named_stall != nullptr)
        std::erase_if(out.references, [&](auto const& found) { return !found.of_payout && directory.stall_by_reference(found.reference) != nullptr; });
    return out;
}

std::int64_t content_hash(std::string_view content) {
    auto const folded = fold_for_match(content);
    auto const* bytes = reinterpret_cast<std::uint8_t const*>(folded.data());
    return static_cast<std::int64_t>(siphash(0, 0, {bytes, folded.size()}));
}

void complete(payments::RecordCredit& credit, std::span<std::string_view const> texts, BankAccount const& account, Directory const& directory,
              ReferenceIssuer const& issuer, Instant now) {
    auto const* collector = directory.collector(account.collector);
    CHOSO_ASSERT(collector != nullptr);
    credit.account = directory.facts_of(account);
    credit.in = collector->bucket;
    credit.id = PaymentId::make(collector->bucket, now);
    credit.refund_id = RefundId::make(collector->bucket, now);
    credit.payees = directory.payees_of(account, payees_guessed);
    auto const* owner = directory.merchant(credit.account.owner);
    auto found = find_references(texts, account, collector->bucket, owner != nullptr && owner->live, directory, issuer);
    credit.found = std::move(found.references);
    if (found.named_stall == nullptr) return;
    credit.named_stall = found.named_stall->id;
    credit.named_merchant = found.named_stall->merchant;
}

}  // namespace choso::merchants
