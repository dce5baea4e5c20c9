#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bucket.hpp"
#include "base/clock.hpp"

namespace choso {

/// 16 bytes, most significant first: PostgreSQL's uuid on the wire.
using Uuid = std::array<std::uint8_t, 16>;

/// UUIDv7 (RFC 9562) whose six high bits of rand_a are the bucket. Unique by 68 random bits from the kernel.
[[nodiscard]] Uuid new_uuid(Bucket bucket, Instant at);
[[nodiscard]] Bucket bucket_of(Uuid const& uuid);
/// 26 lower-case Crockford base32 symbols, and back; nullopt for anything else.
[[nodiscard]] std::string to_crockford(Uuid const& uuid);
[[nodiscard]] std::optional<Uuid> from_crockford(std::string_view symbols);
/// The usual 8-4-4-4-12 form, as psql shows it.
[[nodiscard]] std::string to_hyphenated(Uuid const& uuid);
[[nodiscard]] std::optional<Uuid> from_hyphenated(std::string_view text);

/// A typed id. `Tag::prefix` is what stands before the `_` when it is shown: `pr_01k…`.
template <class Tag>
class Id {
 public:
    constexpr Id() = default;
    constexpr explicit Id(Uuid uuid) : uuid_{uuid} {}

    [[nodiscard]] static Id make(Bucket bucket, Instant at) { return Id{new_uuid(bucket, at)}; }
    [[nodiscard]] static std::optional<Id> parse(std::string_view text) {
        if (!text.starts_with(Tag::prefix) || text.size() <= Tag::prefix.size() || text[Tag::prefix.size()] != '_')
            return std::nullopt;
        auto const uuid = from_crockford(text.substr(Tag::prefix.size() + 1));
        if (!uuid) return std::nullopt;
        return Id{*uuid};
    }

    [[nodiscard]] Uuid const& uuid() const { return uuid_; }
    [[nodiscard]] Bucket bucket() const { return bucket_of(uuid_); }
    [[nodiscard]] std::string text() const { return std::string{Tag::prefix} + '_' + to_crockford(uuid_); }
    friend constexpr auto operator<=>(Id const&, Id const&) = default;

 private:
    Uuid uuid_{};
};

struct PaymentRequestTag { static constexpr std::string_view prefix = "pr"; };
struct PaymentTag { static constexpr std::string_view prefix = "pay"; };
struct RefundTag { static constexpr std::string_view prefix = "rf"; };
struct PayoutTag { static constexpr std::string_view prefix = "po"; };
struct EventTag { static constexpr std::string_view prefix = "evt"; };
struct CollectorTag { static constexpr std::string_view prefix = "col"; };
struct MerchantTag { static constexpr std::string_view prefix = "mer"; };
struct MarketTag { static constexpr std::string_view prefix = "mkt"; };
struct StallTag { static constexpr std::string_view prefix = "stall"; };
struct AccountTag { static constexpr std::string_view prefix = "ba"; };
struct PayoutAccountTag { static constexpr std::string_view prefix = "pa"; };
struct SettlementTag { static constexpr std::string_view prefix = "sb"; };
struct ApiKeyTag { static constexpr std::string_view prefix = "key"; };
struct FeedTag { static constexpr std::string_view prefix = "feed"; };
struct PersonTag { static constexpr std::string_view prefix = "per"; };

using PaymentRequestId = Id<PaymentRequestTag>;
using PaymentId = Id<PaymentTag>;
using RefundId = Id<RefundTag>;
using PayoutId = Id<PayoutTag>;
using CollectorId = Id<CollectorTag>;
using MerchantId = Id<MerchantTag>;
using MarketId = Id<MarketTag>;
using StallId = Id<StallTag>;
/// A bank account that payers send to.
using AccountId = Id<AccountTag>;
/// Where a payee's due is paid to.
using PayoutAccountId = Id<PayoutAccountTag>;
using SettlementId = Id<SettlementTag>;
using ApiKeyId = Id<ApiKeyTag>;
using FeedId = Id<FeedTag>;
using PersonId = Id<PersonTag>;

struct UuidHash {
    [[nodiscard]] std::size_t operator()(Uuid const& uuid) const noexcept;
};

}  // namespace choso

template <class Tag>
struct std::hash<choso::Id<Tag>> {
    std::size_t operator()(choso::Id<Tag> const& id) const noexcept { return choso::UuidHash{}(id.uuid()); }
};
