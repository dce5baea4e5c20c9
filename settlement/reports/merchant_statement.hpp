#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "platform/crypto/cms.hpp"
#include "platform/postgres/connection.hpp"

/// What a merchant is given to keep: what it was owed (or received), line by line, as its own ledger accounts say; as PDF or
/// XLSX, signed if asked, so that both sides can prove it later.
namespace choso::settlement {

struct MerchantLine {
    Instant at;             ///< of the fact, by the bank
    std::string what;       ///< in Vietnamese
    std::string reference;  ///< the payment's or payout's id, hyphenated
    Money amount, balance;  ///< in the merchant's favour
};
struct MerchantStatement {
    std::string merchant, account;  ///< names
    std::string from, to;           ///< days, both included
    Money opening, closing;
    std::vector<MerchantLine> lines;
    bool cut = false;               ///< more than 20,000 lines: ask for fewer days
};
[[nodiscard]] std::vector<MerchantStatement> merchant_statements(postgres::Connection& connection, Bucket bucket, MerchantId merchant, std::string const& name,
                                                                 std::chrono::sys_days from, std::chrono::sys_days to);

[[nodiscard]] std::string as_pdf(std::vector<MerchantStatement> const& statements);
[[nodiscard]] std::string as_xlsx(std::vector<MerchantStatement> const& statements);

/// The certificate in use with its key, made at first use. `secret` is the installation's.
[[nodiscard]] crypto::CertifiedKey signing_key(postgres::Connection& connection, std::string_view secret, Instant now);

}  // namespace choso::settlement
