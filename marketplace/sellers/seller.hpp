#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "merchants/changes.hpp"
#include "platform/postgres/connection.hpp"

/// Who sells: how a seller comes to trade, and what the law wants known of it before.
namespace choso::marketplace {

using merchants::Done;
using merchants::Refused;

enum class SellerKind { household, individual, cooperative, company };
enum class SellerState { draft, identified, approved, suspended };
[[nodiscard]] std::string_view word(SellerKind kind);
[[nodiscard]] std::string_view word(SellerState state);
[[nodiscard]] std::optional<SellerKind> seller_kind_of(std::string_view word);
[[nodiscard]] std::optional<SellerState> seller_state_of(std::string_view word);
/// May a seller go from one state to the other: draft → identified → approved ⇄ suspended. Pure.
[[nodiscard]] bool may_become(SellerState was, SellerState becomes);

struct Seller {
    MerchantId merchant;
    Bucket bucket = Bucket::of_bits(0);
    SellerKind kind = SellerKind::household;
    SellerState state = SellerState::draft;
    std::string slug, name, phone, address, commune, province, tax_code;
    bool resident = true;
    std::string introduction;
    std::optional<StallId> stall;
};

/// What is told of a seller that opens; its merchant exists already.
struct NewSeller {
    MerchantId merchant;
    Bucket bucket = Bucket::of_bits(0);   ///< of the marketplace's collector
    SellerKind kind = SellerKind::household;
    std::string name, phone, address, commune, province, tax_code, introduction;
    bool resident = true;
    std::optional<StallId> stall;
    std::optional<PersonId> opened_by;    ///< who opened it for the household
};

/// An identity provider's word about who somebody is. The subject is the provider's own lasting name for the person.
struct Identity {
    std::string provider, subject, name;
    Instant verified_at{};
};

/// An electronic identification as OpenID Connect shapes it (VNeID): the person is led to `authorisation_url`, comes back
/// with a code, and the code is exchanged for an identity.
class IdentityProvider {
 public:
    IdentityProvider() = default;
    IdentityProvider(IdentityProvider const&) = delete;
    IdentityProvider& operator=(IdentityProvider const&) = delete;
    virtual ~IdentityProvider() = default;
    [[nodiscard]] virtual std::string name() const = 0;
    /// `state` comes back unchanged; `nonce` must stand in what the code is exchanged for.
    [[nodiscard]] virtual std::string authorisation_url(std::string_view state, std::string_view nonce, std::string_view return_to) const = 0;
    /// Once a code; a code of another nonce, a used or an old one is refused.
    [[nodiscard]] virtual Result<Identity, Refused> exchange(std::string_view code, std::string_view nonce, Instant now) = 0;
};
/// For test mode: whoever comes is the citizen whose number they type, without any proof. Codes are signed with `key`, hold
/// for five minutes and are good once in this process.
[[nodiscard]] std::unique_ptr<IdentityProvider> test_identity_provider(std::string key);
/// The code that the test provider's page sends somebody back with.
[[nodiscard]] std::string test_identity_code(std::string_view key, std::string_view citizen, std::string_view nonce, Instant now);

/// Lower case ASCII with hyphens, for addresses: `Chè Tân Cương 500g` → `che-tan-cuong-500g`; never empty.
[[nodiscard]] std::string slug_of(std::string_view name, std::size_t most = 60);

/// Reads and changes sellers. Each change is a transaction of its own unless one is open; each step is kept with who took it.
class Sellers {
 public:
    explicit Sellers(postgres::Connection& connection) : connection_{connection} {}

    [[nodiscard]] std::optional<Seller> find(MerchantId merchant);
    [[nodiscard]] std::optional<Seller> find_by_slug(std::string_view slug);
    [[nodiscard]] std::vector<Seller> list(std::optional<SellerState> state, std::optional<MerchantId> after, std::int64_t limit);

    /// All of them or none; drafts.
    Result<Done, Refused> open(std::vector<NewSeller> const& sellers, Instant now);
    Result<Done, Refused> identify(MerchantId merchant, Identity const& identity, Instant now);
    /// Approves, suspends or reinstates; every step that is not an approval needs a reason.
    Result<Done, Refused> decide(MerchantId merchant, SellerState becomes, std::optional<PersonId> actor, std::string_view reason, Instant now);
    Result<Done, Refused> add_document(MerchantId merchant, std::string_view kind, std::string_view name, std::string_view content, Instant now);

 private:
    Result<Done, Refused> step(Seller const& seller, SellerState becomes, std::optional<PersonId> actor, std::string_view reason, Instant now);
    postgres::Connection& connection_;
};

}  // namespace choso::marketplace
