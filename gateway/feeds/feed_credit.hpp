#pragma once
#include <memory>
#include <string>

#include "base/reference.hpp"
#include "gateway/feeds/notice.hpp"
#include "gateway/payments/commands.hpp"
#include "merchants/directory.hpp"

namespace choso::feeds {

/// The references in a notice's texts, opened with the installation's key, as far as they can matter to `account`:
/// of its own mode; guesses (corrected codes) only of its own bucket; stalls' static codes left to `named_stall`.
struct FoundInTexts {
    std::vector<payments::FoundReference> references;
    merchants::Stall const* named_stall = nullptr;  ///< whose printed code it is, if its account is the credited one
};
[[nodiscard]] FoundInTexts find_references(BankNotice const& notice, merchants::BankAccount const& account, Bucket bucket, bool live,
                                           merchants::Directory const& directory, ReferenceIssuer const& issuer);

/// Equal for every source's copy of one content, however it was folded on the way.
[[nodiscard]] std::int64_t content_hash(std::string_view content);

/// The command a notice of `feed` about `account` is. `headers` and `raw` are kept beside the payment.
[[nodiscard]] std::unique_ptr<payments::RecordCredit> to_command(BankNotice const& notice, merchants::Feed const& feed,
                                                                 merchants::BankAccount const& account, merchants::Directory const& directory,
                                                                 ReferenceIssuer const& issuer, Instant now);

}  // namespace choso::feeds
