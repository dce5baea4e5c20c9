#pragma once
#include <span>
#include <string_view>

#include "base/reference.hpp"
#include "gateway/payments/commands.hpp"
#include "merchants/directory.hpp"

namespace choso::merchants {

/// The references in a bank's texts, opened with the installation's key, as far as they can matter to `account`: of its own
/// mode; guesses (corrected codes) only of its own bucket; stalls' static codes left to `named_stall`.
struct FoundInTexts {
    std::vector<payments::FoundReference> references;
    Stall const* named_stall = nullptr;  ///< whose printed code it is, if its account is the credited one
};
[[nodiscard]] FoundInTexts find_references(std::span<std::string_view const> texts, BankAccount const& account, Bucket bucket, bool live,
                                           Directory const& directory, ReferenceIssuer const& issuer);

/// Equal for every source's copy of one content, however it was folded on the way.
[[nodiscard]] std::int64_t content_hash(std::string_view content);

/// Fills what a telling about `account` has whoever tells it: ids, the account's facts, found references, whom it may
/// concern. Its amount, time, texts and source are there already.
void complete(payments::RecordCredit& credit, std::span<std::string_view const> texts, BankAccount const& account, Directory const& directory,
              ReferenceIssuer const& issuer, Instant now);

}  // namespace choso::merchants
