#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "merchants/fees/bill.hpp"
#include "merchants/fees/rows.hpp"
#include "platform/postgres/connection.hpp"

/// Questions about bills and who pays them, for the edge. Each may throw postgres::ConnectionLost or StatementFailed.
namespace choso::fees {

/// The columns of sql/load_bills.sql, from column `first` on; without lines.
[[nodiscard]] Bill read_bill(postgres::Result const& rows, int row, int first);

/// A bill with all that its page and its answer say.
struct BillView {
    Bill bill;
    std::optional<payments::PaymentRequest> own;    ///< its request as the core has it
    std::optional<payments::PaymentRequest> shown;  ///< with all the money that stands for the bill
    std::string payer_code, payer_name, payer_phone, unit_name;

    [[nodiscard]] std::string_view status() const { return status_of(bill, shown); }
    [[nodiscard]] Money paid() const { return shown ? shown->amount_paid : Money{}; }
    [[nodiscard]] Money over() const { return shown ? shown->overpaid_by() : Money{}; }
    /// What is asked for; nothing of what was written off, though money that comes all the same is taken.
    [[nodiscard]] Money left() const { return bill.stage == Stage::written_off ? Money{} : left_of(bill, shown); }
};

[[nodiscard]] std::optional<BillView> find_bill(postgres::Connection& connection, BillId id);
[[nodiscard]] std::optional<BillView> find_bill(postgres::Connection& connection, PaymentRequestId request);
[[nodiscard]] std::optional<BillView> find_bill(postgres::Connection& connection, Bucket bucket, MerchantId merchant, std::string_view code);
/// As it was when it was new: what a repeated order is answered with.
[[nodiscard]] std::optional<BillView> first_revision(postgres::Connection& connection, BillId id);
/// By what a payer types: the number, or the reference of its transfers. In whichever bucket.
[[nodiscard]] std::optional<BillView> find_bill_by_number(postgres::Connection& connection, std::string_view typed);

struct ListedBills {
    std::vector<std::pair<Bucket, MerchantId>> places;
    std::optional<Uuid> before;
    std::optional<std::string> status;
    std::optional<FeeUnitId> unit;
    std::int64_t limit = 50;
    bool owing = false;  ///< only what was open, or paid in part, when its status was last told
};
/// Newest first.
[[nodiscard]] std::vector<BillView> list_bills(postgres::Connection& connection, ListedBills const& asked);
/// What a payee, or one of its units, has asked for altogether.
struct DeskSums {
    Money asked, paid, left;
    std::int64_t owing = 0;  ///< bills
};
[[nodiscard]] DeskSums desk_sums(postgres::Connection& connection, Bucket bucket, MerchantId merchant, std::optional<FeeUnitId> unit);
/// Of some payers, newest first; what is cancelled or a draft is left out.
[[nodiscard]] std::vector<BillView> bills_of(postgres::Connection& connection, std::vector<PayerId> const& payers);
[[nodiscard]] std::vector<BillView> bills_of(postgres::Connection& connection, std::vector<BillId> const& ids);

/// Cash and kept credit of some bills, oldest first; and their history, each bill's in its order.
[[nodiscard]] std::vector<Cover> covers_of(postgres::Connection& connection, std::vector<BillId> const& bills);
[[nodiscard]] std::vector<Change> changes_of(postgres::Connection& connection, std::vector<BillId> const& bills);
/// The payments that stand for the bill's own request, newest first, with their amounts.
[[nodiscard]] std::vector<std::pair<PaymentId, Money>> payments_of(postgres::Connection& connection, PaymentRequestId request);

/// The lines of a group by bill; empty if the request is none.
[[nodiscard]] std::vector<std::pair<BillId, Money>> lines_of_group(postgres::Connection& connection, PaymentRequestId request);
/// An untouched request for exactly these bills and amounts, in this order, if somebody made one already.
[[nodiscard]] std::optional<PaymentRequestId> same_group(postgres::Connection& connection, std::vector<std::pair<BillId, Money>> const& lines);
/// The bills whose status may have changed by an event about that request: its own, or its lines'.
[[nodiscard]] std::vector<std::pair<BillId, std::optional<PaymentRequestId>>> bills_behind(postgres::Connection& connection, PaymentRequestId request);

/// Payers of that code who (or whose guardians) have that phone: nobody learns which of the two was wrong.
[[nodiscard]] std::vector<PayerId> payers_by(postgres::Connection& connection, std::string_view code, std::string_view phone);
/// Everybody who is paid for by the person with that phone.
[[nodiscard]] std::vector<PayerId> family_of(postgres::Connection& connection, std::string_view phone);

/// Failed look-ups that are answered in an hour, of one code and from one address.
inline constexpr std::int64_t failures_an_hour = 10;
/// Counts a try before it is made; false if one of these was tried `most` times this hour already. `give_back` after success.
[[nodiscard]] bool take_try(postgres::Connection& connection, std::vector<std::string> const& subjects, Instant now, std::int64_t most);
void give_back_try(postgres::Connection& connection, std::vector<std::string> const& subjects, Instant now);

/// What was taken and given back over desks and by agents on one day in Vietnam, as CSV with its sum in the last line.
[[nodiscard]] std::string day_file(postgres::Connection& connection, Bucket bucket, MerchantId merchant, std::chrono::sys_days day);

/// What a payee's desks hold of the cash that was taken today in Vietnam.
[[nodiscard]] Money cash_today(postgres::Connection& connection, Bucket bucket, MerchantId merchant, Instant now);

/// The payer of a code, and whether there is one.
[[nodiscard]] std::optional<PayerId> payer_of(postgres::Connection& connection, Bucket bucket, MerchantId merchant, std::string_view code);
/// The rules of a payee, of whatever time.
[[nodiscard]] std::vector<Rule> rules_of(postgres::Connection& connection, Bucket bucket, MerchantId merchant);

}  // namespace choso::fees
