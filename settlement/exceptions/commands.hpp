#pragma once
#include <memory>
#include <string>

#include "gateway/payments/commands.hpp"
#include "settlement/exceptions/decide.hpp"

/// Orders about exceptions; each one commit with what it does to the money, its event and its line in the audit trail.
namespace choso::settlement {

struct ExceptionOutcome final : payments::OwnOutcome {
    Exception row;
};

class ExceptionCommand : public payments::Command {
 public:
    ExceptionId id;
    payments::Actor actor;

    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] std::string text() const override;
};

/// A fact that is an exception; told twice it opens one.
struct OpenException final : ExceptionCommand {
    Exception fresh;

    [[nodiscard]] std::string_view name() const override { return "open_exception"; }
    [[nodiscard]] Bucket bucket() const override { return fresh.id.bucket(); }
    [[nodiscard]] payments::Priority priority() const override { return payments::Priority::bulk; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
};

struct ClaimException final : ExceptionCommand {
    bool away = false;

    [[nodiscard]] std::string_view name() const override { return "claim_exception"; }
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
};

struct NoteException final : ExceptionCommand {
    Uuid note{};
    std::string words;

    [[nodiscard]] std::string_view name() const override { return "note_exception"; }
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
};

/// `inner`: what is to be done in the same commit at this step already (a refund is proposed); none for the others.
struct ProposeResolution final : ExceptionCommand {
    Resolution resolution;
    std::unique_ptr<payments::Command const> inner;

    [[nodiscard]] std::string_view name() const override { return "propose_resolution"; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
};

/// A second person's yes: carries out what was proposed, in the same commit. A refusal of `inner` is this order's.
struct ApproveResolution final : ExceptionCommand {
    Resolution shown;
    bool second_factor_fresh = false;
    std::unique_ptr<payments::Command const> inner;

    [[nodiscard]] std::string_view name() const override { return "approve_resolution"; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
};

struct RejectResolution final : ExceptionCommand {
    std::unique_ptr<payments::Command const> inner;

    [[nodiscard]] std::string_view name() const override { return "reject_resolution"; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
};

/// Undoes what was done by its counter-journal (`inner`), and opens the exception again.
struct UndoResolution final : ExceptionCommand {
    std::unique_ptr<payments::Command const> inner;

    [[nodiscard]] std::string_view name() const override { return "undo_resolution"; }
    void plan(payments::Book& book) const override;
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
};

/// The cause is gone.
struct EndException final : ExceptionCommand {
    std::string why;

    [[nodiscard]] std::string_view name() const override { return "end_exception"; }
    [[nodiscard]] payments::Priority priority() const override { return payments::Priority::bulk; }
    [[nodiscard]] payments::Outcome decide(payments::Book& book, Instant now) const override;
};

}  // namespace choso::settlement
