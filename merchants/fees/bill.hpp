#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fee_ids.hpp"
#include "gateway/payments/types.hpp"

/// Bills as values, and the rules about them that need nothing but what is given: what a bill comes to, which dated rule
/// takes something off, what it shows.
namespace choso::fees {

enum class Stage { draft, issued, cancelled, written_off };
enum class LineKind { fee, exemption, discount, adjustment };
[[nodiscard]] std::string_view word(Stage stage);
[[nodiscard]] std::string_view word(LineKind kind);
[[nodiscard]] std::optional<Stage> stage_of(std::string_view word);
[[nodiscard]] std::optional<LineKind> line_kind_of(std::string_view word);

/// One line of a bill. Fees are above zero; what takes something off is below, with its reason or its law.
struct Line {
    LineKind kind = LineKind::fee;
    std::string name;
    Money amount;
    std::int32_t quantity = 1;
    std::optional<FeeItemId> item;  ///< the version of the catalogue it was billed by
    std::string item_code;          ///< what rules are looked up by
    bool online_only = false;       ///< holds no more once the bill is paid over the counter
    std::string reason, legal_basis;
};

/// A discount or an exemption of a payee, with its law and its time.
struct Rule {
    FeeRuleId id;
    std::string name, legal_basis;
    std::int16_t percent = 0;
    bool online_only = false;
    std::optional<std::string> item;      ///< of this catalogue code alone
    std::optional<std::string> category;  ///< for payers of this category alone
    Instant from;
    std::optional<Instant> to;            ///< the first moment it holds no more
    [[nodiscard]] bool holds(Instant at) const { return from <= at && (!to || at < *to); }
};

/// `lines` with what the rules that hold at `now` take off each fee: of the rules for everywhere the one with the highest
/// percentage, then of those for online the same, of what is left. A part of a đồng is the payer's to pay.
[[nodiscard]] std::vector<Line> with_rules(std::vector<Line> lines, std::vector<Rule> const& rules, std::vector<std::string> const& categories, Instant now);
/// What they come to; at the counter without what holds online alone.
[[nodiscard]] Money sum_of(std::vector<Line> const& lines, bool at_counter);

struct Bill {
    BillId id;
    MerchantId merchant;
    PayerId payer;
    std::optional<FeeUnitId> unit;
    std::optional<PaymentRequestId> request;
    Money amount;
    std::optional<Money> amount_min;
    Instant created_at;
    std::optional<Instant> issued_at;
    std::string due;  ///< `YYYY-MM-DD`, or empty
    std::int32_t revision = 1;
    Stage stage = Stage::draft;
    bool partial = false;
    bool at_counter = false;
    std::string confirmed;  ///< auto, manual, or empty
    std::string number, title, code, visit;
    std::string told = "open";
    Money covered;               ///< cash and kept credit that stand for it
    Money grouped;               ///< its lines' shares of transfers for several bills
    std::int32_t changes = 0;    ///< rows of its history
    std::vector<std::string> categories;  ///< its payer's
    std::vector<Line> lines;     ///< of its newest revision
};

/// The bill's request as the bill shows it: with the money that stands for the bill in other ways, and the status that
/// follows from all of it by the core's own rule.
[[nodiscard]] payments::PaymentRequest as_shown(Bill const& bill, payments::PaymentRequest request);
/// draft, cancelled, written_off, or the status of its request as shown; a bill that asks for nothing is paid.
[[nodiscard]] std::string_view status_of(Bill const& bill, std::optional<payments::PaymentRequest> const& shown);
/// What is still to be paid of it; nothing while it cannot be paid.
[[nodiscard]] Money left_of(Bill const& bill, std::optional<payments::PaymentRequest> const& shown);
/// Whether a part of what is left may be paid alone.
[[nodiscard]] bool takes(Bill const& bill, Money left, Money part);

/// The four states that schools' software (MISA EMIS) shows: what the bank told against what the payee's books say.
enum class Reconciled { none, received, confirmed_without_money, confirmed_auto, confirmed_manual };
[[nodiscard]] std::string_view word(Reconciled state);
[[nodiscard]] Reconciled reconciled(Bill const& bill, Money paid);

/// `0912345678` of whatever way people write a phone number: blanks, dots, +84; nullopt if it is none.
[[nodiscard]] std::optional<std::string> phone_of(std::string_view text);

}  // namespace choso::fees
