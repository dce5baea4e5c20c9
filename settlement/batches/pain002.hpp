#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "gateway/payments/commands_out.hpp"

/// What a bank says of a payment file: ISO 20022 pain.002, any version, by the elements' local names.
namespace choso::settlement {

/// One level's word: the whole message, one of its batches, one of its transfers.
struct StatusWord {
    std::string status;       ///< ACCP, ACSC, RJCT, … as written; empty: this level says nothing
    std::string reason;       ///< a code, AC01
    std::string information;  ///< free text of the bank
};
struct TransferStatus {
    std::string instruction, end_to_end;  ///< as we named it
    StatusWord word;
};
struct BatchStatus {
    std::string id;
    StatusWord word;
    std::vector<TransferStatus> transfers;
};
struct StatusReport {
    std::string id, original;  ///< of the report, of the message it answers
    std::string original_kind; ///< pain.001.001.03
    StatusWord word;
    std::vector<BatchStatus> batches;
};
/// Why it is no report, in words for a person: a rule, never the text.
struct NoReport {
    std::string why;
};
[[nodiscard]] Result<StatusReport, NoReport> read_status_report(std::string_view document);

/// What became of one transfer of ours, by the lowest level that says something: what was told of it, else of its batch, else
/// of the message. None where none says anything.
struct Verdict {
    payments::PayoutAnswer answer = payments::PayoutAnswer::pending;
    std::string reason;
};
[[nodiscard]] std::optional<Verdict> verdict_of(StatusReport const& report, std::string_view batch, std::string_view instruction, std::string_view end_to_end);
/// ACSC and ACCC are paid, RJCT and CANC never will be; every other word means that it is under way.
[[nodiscard]] payments::PayoutAnswer answer_of(std::string_view status);

}  // namespace choso::settlement
