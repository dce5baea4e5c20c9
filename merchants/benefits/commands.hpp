#pragma once
#include "gateway/payments/commands.hpp"
#include "gateway/payments/lane.hpp"
#include "merchants/benefits/benefit.hpp"

namespace choso::benefits {

/// POST /benefit-lists: a month's list, checked, waiting for another person's yes.
struct ImportBenefits final : payments::Command {
    BenefitListId id;
    ProgrammeId programme;        ///< should it be new
    std::string programme_code, programme_name;
    MerchantId merchant;
    AccountId account;
    bool live = false;
    std::string period, file_name, file_hash;
    std::vector<ListRow> rows;
    std::vector<BenefitItemId> ids;  ///< one a row
    payments::Actor actor;
    payments::IdempotencyKey idempotency;

    [[nodiscard]] std::string_view name() const override { return "import_benefits"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    [[nodiscard]] payments::Priority priority() const override { return payments::Priority::bulk; }
    [[nodiscard]] std::size_t size_hint() const override { return 1024 + rows.size() * 300; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// A person's word on a list: `approve` takes the money, `reject` ends it.
struct DecideBenefits final : payments::Command {
    BenefitListId id;
    ProgrammeId programme;  ///< the list's, and the office's: as their reader has seen them
    MerchantId merchant;
    bool approves = false;
    payments::Actor actor;
    bool second_factor_fresh = false;

    [[nodiscard]] std::string_view name() const override { return approves ? "approve_benefits" : "reject_benefits"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// A `due` row of kind `benefit_batch`: the next lines of an approved list become payouts.
struct PayBenefits final : payments::Command {
    static constexpr int most = 400;  ///< as many references as two blocks of numbers are sure to hold

    BenefitListId id;
    Instant due_at;

    [[nodiscard]] std::string_view name() const override { return "pay_benefits"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    [[nodiscard]] payments::Priority priority() const override { return payments::Priority::bulk; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// POST /benefit-lists/{id}/cash: what became of a line that is paid in notes. Told once; the same again answers the same.
struct CashResult final : payments::Command {
    BenefitListId list;
    int position = 0;
    bool paid = false;
    MerchantId merchant;
    payments::Actor actor;

    [[nodiscard]] std::string_view name() const override { return "cash_result"; }
    [[nodiscard]] Bucket bucket() const override { return list.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// The list that was made, decided or found.
struct ListOutcome final : payments::OwnOutcome {
    BenefitListId id;
};

/// For the composition root.
[[nodiscard]] payments::Family family();

}  // namespace choso::benefits
