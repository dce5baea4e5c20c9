#include "gateway/feeds/feed_credit.hpp"

#include <array>

#include "merchants/credit_texts.hpp"

namespace choso::feeds {

std::unique_ptr<payments::RecordCredit> to_command(BankNotice const& notice, merchants::Feed const& feed,
                                                   merchants::BankAccount const& account, merchants::Directory const& directory,
                                                   ReferenceIssuer const& issuer, Instant now) {
    auto out = std::make_unique<payments::RecordCredit>();
    out->source = feed.source;
    out->source_id = notice.id;
    out->amount = notice.amount;
    out->occurred_at = notice.occurred_at;
    out->bank_ref = notice.reference_code;
    out->content = notice.content;
    out->content_hash = merchants::content_hash(notice.content);
    auto const texts = std::array<std::string_view, 3>{notice.content, notice.description, notice.code};
    merchants::complete(*out, texts, account, directory, issuer, now);
    // The virtual account is the bank's own word and goes before any text.
    if (notice.virtual_account.empty()) return out;
    auto const* virtual_account = directory.virtual_account(account.bin, notice.virtual_account);
    if (virtual_account == nullptr || virtual_account->account != account.id || !virtual_account->stall) return out;
    if (auto const* its = directory.stall(*virtual_account->stall)) {
        out->named_stall = its->id;
        out->named_merchant = its->merchant;
        out->by_virtual_account = true;
    }
    return out;
}

}  // namespace choso::feeds
