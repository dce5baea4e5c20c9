#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/money.hpp"

/// A payment file for a bank: ISO 20022 pain.001, or the CSV that a bank's own site takes. Pure: the same order writes the
/// same bytes.
namespace choso::settlement {

enum class PaymentFileFormat { pain001_03, pain001_09, csv_vietcombank, csv_bidv, csv_mb };
[[nodiscard]] std::string_view word(PaymentFileFormat format);
[[nodiscard]] std::optional<PaymentFileFormat> payment_file_format_of(std::string_view word);
/// `application/xml` or `text/csv; charset=utf-8`, and the ending of a file's name.
[[nodiscard]] std::string_view content_type_of(PaymentFileFormat format);
[[nodiscard]] std::string_view ending_of(PaymentFileFormat format);

struct Transfer {
    std::string id;         ///< at most 35: the payout's
    std::string reference;  ///< at most 35: comes back in the statement
    Money amount;
    std::string bin, account, holder;
    std::string purpose;    ///< the transfer's content
};
struct PaymentOrder {
    std::string id;         ///< at most 35: of the message and its one batch
    Instant created_at;
    std::chrono::sys_days execute_on;
    std::string debtor, debtor_bin, debtor_account;
    std::vector<Transfer> transfers;

    [[nodiscard]] Money sum() const;
};
/// Texts are cut to what the format carries and folded to ASCII, as banks do; never an amount or an account.
[[nodiscard]] std::string write_payment_file(PaymentOrder const& order, PaymentFileFormat format);

}  // namespace choso::settlement
