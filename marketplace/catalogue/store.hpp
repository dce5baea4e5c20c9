#pragma once
#include <cstdint>
#include <vector>

#include "marketplace/catalogue/product.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::marketplace {

struct PutOptions {
    MerchantId seller;
    Bucket bucket = Bucket::of_bits(0);
    bool publish = false;                  ///< by somebody who may: passes moderation
    std::optional<PersonId> actor{};
    Instant at{};
};

/// What became of one product of a batch.
struct PutOutcome {
    ProductId id;
    bool is_new = false;
    std::optional<Refused> refused{};      ///< a rule that only the database could hold: its GTIN is another product's
};

/// Writes checked products, one transaction a call: all of them with their variants, stock, versions, and the next catalogue
/// version. A product whose words change waits for moderation again unless `publish`; price and stock do not. Variants that a
/// product no longer names stay for the orders that do, and are no longer sold.
[[nodiscard]] std::vector<PutOutcome> put_products(postgres::Connection& connection, std::vector<NewProduct> const& products, PutOptions const& options);

/// Is it a product of that seller's.
[[nodiscard]] bool is_of(postgres::Connection& connection, ProductId product, MerchantId seller);

/// A moderator's word: published, refused or withdrawn; the last two with a reason.
Result<Done, Refused> moderate(postgres::Connection& connection, ProductId id, ProductState becomes, std::optional<PersonId> reviewer,
                               std::string_view reason, Instant now);

/// What waits for a moderator, oldest first.
struct Waiting {
    ProductId id;
    MerchantId seller;
    std::string name, seller_name, category;
    int version = 1;
};
[[nodiscard]] std::vector<Waiting> waiting_products(postgres::Connection& connection, std::optional<ProductId> after, std::int64_t limit);

/// OCOP stars or a geographical indication, with what proves it and until when.
struct NewProof {
    ProductId product;
    std::string kind;                      ///< ocop, geographical_indication
    std::optional<int> stars{};            ///< of ocop: 3–5
    std::string name{}, number, issuer;
    std::chrono::sys_days decided_on{};
    std::optional<std::chrono::sys_days> valid_until{};   ///< of ocop 36 months if not given
};
Result<ProofId, Refused> add_proof(postgres::Connection& connection, NewProof const& proof, std::optional<PersonId> reviewer, Instant now);

}  // namespace choso::marketplace
