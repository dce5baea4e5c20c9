#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/payments/commands.hpp"
#include "gateway/payments/lane.hpp"
#include "merchants/fees/bill.hpp"

/// The orders about bills. Each lies in the bucket of the account that collects for the payee, so that bill and payment
/// request are one commit; money moves by the core's templates alone. What each may refuse: payments::Refusal 50–59.
namespace choso::fees {

using payments::Book;
using payments::IdempotencyKey;
using payments::Outcome;
using payments::Priority;

/// What an order about bills answers: the bill it made or changed, or the payment request of a group.
struct Made final : payments::OwnOutcome {
    explicit Made(Uuid const& what) : subject{what} {}
    Uuid subject;
};

/// For the composition root: the rows of these commands.
[[nodiscard]] payments::Family family();

/// What all orders about one bill have in common.
struct BillCommand : payments::Command {
    BillId bill;
    MerchantId merchant;
    std::optional<PaymentRequestId> request;  ///< the bill's, as its reader has seen it
    payments::Actor actor;
    IdempotencyKey idempotency;
    std::string reason;

    [[nodiscard]] Bucket bucket() const override { return bill.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return merchant; }
    void plan(Book& book) const override;
    [[nodiscard]] std::string text() const override;
};

/// Who is billed. Known payers are found by their code; a name or phone that is told replaces the one there was.
struct BilledTo {
    PayerId id;  ///< of the payer, should the code be new
    std::string code, name, phone;
    std::optional<FeeUnitId> unit;
    bool known = false;  ///< `id` is the one that has the code: what the reader saw
};

/// POST /bills, and each row of an import. At once issued, unless it is to be a draft.
struct IssueBill final : payments::Command {
    explicit IssueBill(payments::CreateRequest const& request) : asked{request} {}

    BillId id;
    payments::CreateRequest asked;  ///< its request: merchant, account, token, mode; amount and texts follow from the bill
    BilledTo payer;
    std::vector<Line> lines;        ///< fees and adjustments, before the rules
    std::vector<Rule> rules;        ///< the payee's, whatever their time: which of them hold is decided with the commit's time
    std::optional<FeeUnitId> unit;
    std::string due, title, code, visit;
    std::optional<Money> amount_min;
    bool partial = false;
    bool draft = false;
    bool bulk = false;              ///< one of many: gives way to people who wait
    payments::CollectorMode mode = payments::CollectorMode::direct;
    payments::Actor actor;
    IdempotencyKey idempotency;

    [[nodiscard]] std::string_view name() const override { return "issue_bill"; }
    [[nodiscard]] Bucket bucket() const override { return id.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return asked.merchant; }
    [[nodiscard]] Priority priority() const override { return bulk ? Priority::bulk : Priority::live; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// A draft is issued: from now on it asks for money.
struct IssueDraft final : BillCommand {
    explicit IssueDraft(payments::CreateRequest const& with) : asked{with} {}

    payments::CreateRequest asked;
    payments::CollectorMode mode = payments::CollectorMode::direct;
    PayerId payer;
    [[nodiscard]] std::string_view name() const override { return "issue_draft"; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
};

/// Other lines, another day: the reference stays, so does the money that came.
struct ReviseBill final : BillCommand {
    std::vector<Line> lines;                 ///< all of them; empty: as they are
    std::vector<Line> adjustments;           ///< added to them
    std::vector<Rule> rules;
    std::optional<std::string> due;
    [[nodiscard]] std::string_view name() const override { return "revise_bill"; }
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
};

/// Nobody is to pay it any more. A part that came by its own request goes back as the core's cancellation says; where cash or
/// a group's money stands for it, it is refused.
struct CancelBill final : BillCommand {
    payments::CollectorMode mode = payments::CollectorMode::direct;
    [[nodiscard]] std::string_view name() const override { return "cancel_bill"; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
};

/// Nobody asks for it any more; money that comes all the same is taken.
struct WriteOffBill final : BillCommand {
    [[nodiscard]] std::string_view name() const override { return "write_off_bill"; }
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
};

/// The payee's own books say that it is paid, or say so no more.
struct ConfirmBill final : BillCommand {
    bool confirmed = true;
    [[nodiscard]] std::string_view name() const override { return "confirm_bill"; }
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
};

/// Notes taken over a desk, or money that a collecting agent took for the payee. At the counter what holds online alone falls
/// away, so the whole is what the bill comes to without it.
struct TakeCash final : BillCommand {
    Uuid id{};                       ///< of the cover row
    Uuid desk{};                     ///< the unit, else the payee
    std::optional<Money> amount;     ///< none: all that is left
    bool keeps_online_price = false; ///< an agent's channel is no counter
    std::string outside_id;
    [[nodiscard]] std::string_view name() const override { return "take_cash"; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
};

/// Given back: the counter-journal of one taking.
struct ReturnCash final : BillCommand {
    Uuid id{};
    Uuid taking{};
    Uuid desk{};
    [[nodiscard]] std::string_view name() const override { return "return_cash"; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
};

/// The excess of a paid bill is kept for the payer's next bill of the same payee. It counts as a refund of the payment, so
/// that nothing is given back twice whichever way comes first.
struct CarryOver final : BillCommand {
    RefundId refund;
    PaymentId payment;
    PayerId payer;
    AccountId account;
    payments::CollectorMode mode = payments::CollectorMode::direct;
    [[nodiscard]] std::string_view name() const override { return "carry_over"; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
};

/// Several bills of one receiving account in one transfer; their open amounts become the lines of one request.
struct GroupBills final : payments::Command {
    explicit GroupBills(payments::CreateRequest const& with) : asked{with} {}

    payments::CreateRequest asked;
    struct Member {
        BillId bill;
        std::optional<PaymentRequestId> request;
        std::optional<Money> part;  ///< none: what is left
    };
    std::vector<Member> members;    ///< in the payer's order
    IdempotencyKey idempotency;

    [[nodiscard]] std::string_view name() const override { return "group_bills"; }
    [[nodiscard]] Bucket bucket() const override { return asked.in; }
    [[nodiscard]] MerchantId payer_of_turn() const override { return asked.merchant; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

/// Money has moved: what the bill shows now is told, once for each change.
struct NoteBill final : payments::Command {
    BillId bill;
    std::optional<PaymentRequestId> request;
    [[nodiscard]] std::string_view name() const override { return "note_bill"; }
    [[nodiscard]] Bucket bucket() const override { return bill.bucket(); }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    [[nodiscard]] Priority priority() const override { return Priority::bulk; }
    void plan(Book& book) const override;
    [[nodiscard]] Outcome decide(Book& book, Instant now) const override;
    [[nodiscard]] std::string text() const override;
};

}  // namespace choso::fees
