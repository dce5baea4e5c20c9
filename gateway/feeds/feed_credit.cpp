#include "gateway/feeds/feed_credit.hpp"

#include <algorithm>

#include "base/vietnamese.hpp"

namespace choso::feeds {
namespace {

/// Nobody puts more codes into a transfer; a content full of them is noise, and each costs a look-up.
constexpr std::size_t references_max = 32;
constexpr std::size_t payees_guessed = 4;

/// Codes of all three texts, each once; where any text holds an exact one, nothing is guessed in the others.
std::vector<Candidate> candidates_in(BankNotice const& notice) {
    auto out = std::vector<Candidate>{};
    for (auto const* text : {&notice.content, &notice.description, &notice.code})
        for (auto const& candidate : candidates(*text))
            if (std::none_of(out.begin(), out.end(), [&](auto const& known) { return known == candidate; })) out.push_back(candidate);
    auto const is_exact = [](Candidate const& candidate) { return candidate.how == How::exact; };
    if (std::any_of(out.begin(), out.end(), is_exact)) std::erase_if(out, [&](auto const& candidate) { return !is_exact(candidate); });
    return out;
}

}  // namespace

FoundInTexts find_references(BankNotice const& notice, merchants::BankAccount const& account, Bucket bucket, bool live,
                             merchants::Directory const& directory, ReferenceIssuer const& issuer) {
    auto out = FoundInTexts{};
    for (auto const& [reference, how] : candidates_in(notice)) {
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

std::unique_ptr<payments::RecordCredit> to_command(BankNotice const& notice, merchants::Feed const& feed,
                                                   merchants::BankAccount const& account, merchants::Directory const& directory,
                                                   ReferenceIssuer const& issuer, Instant now) {
    auto const* collector = directory.collector(account.collector);
    CHOSO_ASSERT(collector != nullptr);
    auto out = std::make_unique<payments::RecordCredit>();
    out->account = directory.facts_of(account);
    out->in = collector->bucket;
    out->id = PaymentId::make(collector->bucket, now);
    out->refund_id = RefundId::make(collector->bucket, now);
    out->source = feed.source;
    out->source_id = notice.id;
    out->amount = notice.amount;
    out->occurred_at = notice.occurred_at;
    out->bank_ref = notice.reference_code;
    out->content = notice.content;
    out->content_hash = content_hash(notice.content);
    out->payees = directory.payees_of(account, payees_guessed);

    auto const* owner = directory.merchant(out->account.owner);
    auto found = find_references(notice, account, collector->bucket, owner != nullptr && owner->live, directory, issuer);
    out->found = std::move(found.references);
    auto const* stall = found.named_stall;
    // The virtual account is the bank's own word and goes before any text.
    if (!notice.virtual_account.empty()) {
        auto const* virtual_account = directory.virtual_account(account.bin, notice.virtual_account);
        if (virtual_account != nullptr && virtual_account->account == account.id && virtual_account->stall)
            if (auto const* its = directory.stall(*virtual_account->stall)) {
                stall = its;
                out->by_virtual_account = true;
            }
    }
    if (stall != nullptr) {
        out->named_stall = stall->id;
        out->named_merchant = stall->merchant;
    }
    return out;
}

}  // namespace choso::feeds
