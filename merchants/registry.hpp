#pragma once
#include <optional>
#include <string>
#include <utility>

#include "base/reference.hpp"
#include "gateway/payments/audit.hpp"
#include "merchants/changes.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::merchants {

/// The one way the directory is changed: each call is one transaction that is either whole or not there, and is seen by
/// every process within a second. Changes of all processes follow one another (each locks `directory_version`).
///
/// One thread. Every function may throw postgres::ConnectionLost (whether the change was made is then not known) or
/// StatementFailed (it was not made); a Refused changed nothing.
class Registry {
 public:
    /// `actor`: whom the audit trail names for every change.
    explicit Registry(postgres::Connection& connection, payments::Actor actor = {}) : connection_{connection}, actor_{actor} {}

    Result<MarketId, Refused> create_market(NewMarket const& market);
    /// In the bucket that the fewest collectors use; ids of all that is its carry that bucket.
    Result<CreatedCollector, Refused> create_collector(NewCollector const& collector);
    Result<MerchantId, Refused> create_merchant(NewMerchant const& merchant);
    Result<AccountId, Refused> create_account(NewAccount const& account);
    /// Ends an account: no new request is payable into it, its number is free again; its money and history stay.
    Result<Done, Refused> close_account(AccountId id);
    Result<Done, Refused> create_virtual_account(NewVirtualAccount const& account);
    /// The one before it, if there was one, ends.
    Result<PayoutAccountId, Refused> add_payout_account(NewPayoutAccount const& account);
    Result<CreatedStall, Refused> create_stall(NewStall const& stall);
    /// A new secret for the stall's page; the old link opens nothing any more.
    Result<crypto::Secret, Refused> rotate_stall_link(StallId id);

    /// At most two unrevoked keys have one name: the old one and the one that takes over.
    Result<CreatedKey, Refused> create_key(NewKey const& key);
    Result<Done, Refused> revoke_key(ApiKeyId id);
    Result<CreatedFeed, Refused> create_feed(NewFeed const& feed);
    Result<Done, Refused> revoke_feed(FeedId id);

    /// Nulls the subject's personal data and leaves a row in `erasure`.
    Result<Erased, Refused> erase(Erasure const& erasure);
    /// Test mode's clock; refused where a live merchant exists. Answers how far it stands ahead now.
    Result<std::chrono::microseconds, Refused> advance_clock(std::chrono::microseconds by);

    /// Several changes that stand or fall together: `changes()` answers a Result<T, Refused>; when it is refused or
    /// throws, none was made.
    template <class Changes>
    auto together(Changes&& changes) -> decltype(changes()) {
        if (inside_) return changes();
        Transaction transaction{*this};
        auto result = changes();
        if (result.ok()) transaction.commit();
        return result;
    }

    /// The directory's version after the last change made here; DirectoryWatch::wait_for knows when it is seen.
    [[nodiscard]] std::int64_t version() const { return version_; }

 private:
    class Transaction {
     public:
        explicit Transaction(Registry& registry);
        Transaction(Transaction const&) = delete;
        Transaction& operator=(Transaction const&) = delete;
        /// Rolls back what was not committed.
        ~Transaction();
        void commit();

     private:
        Registry& registry_;
        bool committed_ = false;
    };

    [[nodiscard]] bool has_live_merchant();
    [[nodiscard]] std::optional<Refused> number_is_taken(std::string_view bin, std::string_view number);
    [[nodiscard]] Reference draw_stall_reference(Bucket bucket, bool live);
    [[nodiscard]] ReferenceIssuer const& issuer();

    /// One row of the audit trail, written when the transaction is committed.
    void note(Bucket bucket, std::string action, Uuid subject, std::string body = "{}");

    postgres::Connection& connection_;
    payments::Actor actor_;
    std::vector<std::pair<Bucket, payments::AuditDraft>> notes_;
    std::optional<ReferenceIssuer> issuer_;
    std::int64_t version_ = 0;
    bool inside_ = false;
};

}  // namespace choso::merchants
