#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "merchants/receipts/receipt.hpp"
#include "platform/postgres/connection.hpp"

/// The questions of pages and the API about receipts, each one statement within named buckets. May throw what
/// postgres::Connection throws.
namespace choso::receipts {

/// A receipt with what stands beside it.
struct Shown {
    Receipt receipt;
    std::optional<ReceiptId> cancelled_by;  ///< its counter-receipt
    std::string payer;                      ///< for whom it was paid; personal, empty once erased or never named
    std::string issuer_tax_code, issuer_address;
};

[[nodiscard]] std::optional<Shown> find(postgres::Connection& connection, ReceiptId id);
[[nodiscard]] std::optional<Shown> find(postgres::Connection& connection, Bucket bucket, Uuid const& token);
/// Of some requests, counter-receipts among them, in the order of their numbers.
[[nodiscard]] std::vector<Shown> of_requests(postgres::Connection& connection, std::vector<PaymentRequestId> const& requests);
[[nodiscard]] std::vector<Shown> of_request(postgres::Connection& connection, PaymentRequestId request);
/// Of some bills, each by its own request and by its line of transfers for several bills: what `GET /bills` shows. With the bill.
[[nodiscard]] std::vector<std::pair<Uuid, Shown>> of_bills(postgres::Connection& connection, std::vector<std::pair<Bucket, Uuid>> const& bills);
/// Newest first, before `before`; of these payees, each in its bucket.
[[nodiscard]] std::vector<Shown> list(postgres::Connection& connection, std::vector<std::pair<Bucket, MerchantId>> const& payees,
                                      std::optional<Uuid> before, std::int64_t limit);

/// Those that a payer can name: by the receipt's number, the bill's number or the transfer's code, and the phone the payee knows the payer by.
/// In whichever bucket; nothing where either is wrong.
[[nodiscard]] std::vector<Shown> by_code_and_phone(postgres::Connection& connection, std::string const& code, std::string const& phone);

/// What stands on a payee's receipts from now on: the series' letters, its tax code and its address.
void put_issuer(postgres::Connection& connection, MerchantId merchant, std::string_view symbol, std::string_view tax_code, std::string_view address);

}  // namespace choso::receipts
