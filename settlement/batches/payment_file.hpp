#pragma once
#include <optional>
#include <string>
#include <vector>

#include "gateway/payments/types.hpp"
#include "platform/postgres/connection.hpp"
#include "settlement/ids.hpp"
#include "settlement/batches/pain001.hpp"
#include "settlement/batches/pain002.hpp"

/// Payment files as they are kept: a file is the payouts that were submitted by it (their `attempt` is its id), so that a
/// transfer stands in one file in its life, whoever asks for another.
namespace choso::settlement {

struct FiledTransfer {
    PayoutId payout;
    std::string status;
    Transfer transfer;
};
struct PaymentFile {
    PaymentFileId id;
    SettlementId batch;
    AccountId account;
    MerchantId merchant;  ///< the collector's own
    PaymentOrder order;
    std::vector<FiledTransfer> transfers;
};

/// The run's payouts that are approved and were never handed to a bank.
[[nodiscard]] std::vector<PayoutId> waiting_payouts(postgres::Connection& connection, SettlementId batch);
/// Notes the file before its payouts are submitted by it: one that never got any is an empty list, never an unknown attempt.
void keep_file(postgres::Connection& connection, PaymentFileId id, SettlementId batch, payments::Actor const& by, Instant now, std::chrono::sys_days execute_on);
[[nodiscard]] std::optional<PaymentFile> find_file(postgres::Connection& connection, PaymentFileId id);

/// The orders by which a bank's report settles the file's payouts; of those it says nothing of, none.
[[nodiscard]] std::vector<std::pair<PayoutId, Verdict>> verdicts_of(PaymentFile const& file, StatusReport const& report);

}  // namespace choso::settlement
