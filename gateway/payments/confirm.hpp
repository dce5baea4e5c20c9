#pragma once
#include <cstdint>

#include "gateway/payments/commands.hpp"
#include "gateway/payments/effects.hpp"

namespace choso::payments {

/// Sources from this number on are proved statements: the bank's last word, which confirms what it tells. No feed has such.
inline constexpr std::int32_t statement_sources = 2'000'000;
[[nodiscard]] constexpr bool is_statement(std::int32_t source) { return source >= statement_sources; }

/// A statement's line that the book has not heard of: a telling like any other, only not urgent.
struct RecordLine final : Command {
    RecordCredit credit;

    explicit RecordLine(RecordCredit const& its) : credit{its} {}
    [[nodiscard]] std::string_view name() const override { return "record_line"; }
    [[nodiscard]] Bucket bucket() const override { return credit.in; }
    [[nodiscard]] MerchantId payer_of_turn() const override { return credit.account.owner; }
    [[nodiscard]] Priority priority() const override { return Priority::bulk; }
    [[nodiscard]] std::size_t size_hint() const override { return credit.size_hint(); }
    void plan(Book& book) const override { credit.plan(book); }
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override { return credit.decide(book, now); }
    [[nodiscard]] std::string text() const override { return credit.text(); }
};

/// A proved statement's lines of one account that are payments the book knows already, by the bulk. Each is looked at
/// again under the lock; what is not plainly the same fact is left (`Left`, by index) for `RecordCredit`, which
/// knows every case. Run again, it answers the same.
struct ConfirmSightings final : Command {
    struct Item {
        PaymentId payment;
        Money amount;
        std::string source_id;
    };
    AccountFacts account;
    Bucket in = Bucket::of_bits(0);
    std::int32_t source = 0;
    std::vector<Item> items;

    [[nodiscard]] std::string_view name() const override { return "confirm_sightings"; }
    [[nodiscard]] Bucket bucket() const override { return in; }
    [[nodiscard]] MerchantId payer_of_turn() const override { return account.owner; }
    [[nodiscard]] Priority priority() const override { return Priority::bulk; }
    [[nodiscard]] std::size_t size_hint() const override { return 256 + items.size() * 128; }
    [[nodiscard]] std::size_t weight() const override { return items.size(); }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// What ConfirmSightings answers: the items that were not for it.
struct Left final : OwnOutcome {
    std::vector<std::uint32_t> items;
};

struct ConfirmView {
    std::optional<Payment> payment;
    std::optional<Payment> same_sighting;  ///< this source told this id before
};
/// None: it is not for this command.
[[nodiscard]] std::optional<Effects> decide(ConfirmSightings const& told, ConfirmSightings::Item const& item, ConfirmView const& view, Instant now);

}  // namespace choso::payments
