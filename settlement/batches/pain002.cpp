#include "settlement/batches/pain002.hpp"

#include <algorithm>

#include "platform/xml/xml.hpp"

namespace choso::settlement {
namespace {

std::string_view local(std::string_view name) {
    auto const colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1)};
}

constexpr std::size_t most_transfers = 100'000;

/// Reads by the path of local names; levels nest as in the schema, and each has its own status and reason.
class Reader final : public xml::Handler {
 public:
    StatusReport report;
    bool is_report = false;
    bool too_many = false;

    void begin(std::string_view name, std::size_t) override {
        auto const it = std::string{local(name)};
        if (it == "CstmrPmtStsRpt") is_report = true;
        if (it == "OrgnlPmtInfAndSts") report.batches.emplace_back();
        if (it == "TxInfAndSts") {
            if (report.batches.empty()) report.batches.emplace_back();  // early versions hang transfers on the message
            too_many = too_many || ++transfers_ > most_transfers;
            if (!too_many) report.batches.back().transfers.emplace_back();
        }
        path_.push_back(it);
    }
    void attribute(std::string_view, std::string_view) override {}
    void end(std::string_view name, std::string_view text, std::size_t) override {
        auto const value = trimmed(text);
        if (!value.empty() && !too_many) take(local(name), value);
        path_.pop_back();
    }

 private:
    [[nodiscard]] bool in(std::string_view name) const { return std::ranges::find(path_, name) != path_.end(); }
    /// The element around the one that ends.
    [[nodiscard]] std::string_view parent() const { return path_.size() < 2 ? std::string_view{} : std::string_view{path_[path_.size() - 2]}; }

    StatusWord& level() {
        if (in("TxInfAndSts")) return report.batches.back().transfers.back().word;
        if (in("OrgnlPmtInfAndSts")) return report.batches.back().word;
        return report.word;
    }

    void take(std::string_view name, std::string const& value) {
        if (name == "MsgId" && parent() == "GrpHdr") report.id = value;
        else if (name == "OrgnlMsgId" && parent() == "OrgnlGrpInfAndSts") report.original = value;
        else if (name == "OrgnlMsgNmId" && parent() == "OrgnlGrpInfAndSts") report.original_kind = value;
        else if (name == "OrgnlPmtInfId" && parent() == "OrgnlPmtInfAndSts") report.batches.back().id = value;
        else if (name == "OrgnlInstrId" && parent() == "TxInfAndSts") report.batches.back().transfers.back().instruction = value;
        else if (name == "OrgnlEndToEndId" && parent() == "TxInfAndSts") report.batches.back().transfers.back().end_to_end = value;
        else if ((name == "GrpSts" && parent() == "OrgnlGrpInfAndSts") || (name == "PmtInfSts" && parent() == "OrgnlPmtInfAndSts") ||
                 (name == "TxSts" && parent() == "TxInfAndSts")) level().status = value;
        else if (in("StsRsnInf")) take_reason(name, value);
    }

    void take_reason(std::string_view name, std::string const& value) {
        auto& word = level();
        if ((name == "Cd" || name == "Prtry") && parent() == "Rsn" && word.reason.empty()) word.reason = value;
        else if (name == "AddtlInf" && word.information.empty()) word.information = value.substr(0, 500);
    }

    std::vector<std::string> path_;
    std::size_t transfers_ = 0;
};

}  // namespace

Result<StatusReport, NoReport> read_status_report(std::string_view document) {
    auto reader = Reader{};
    if (auto const wrong = xml::read(document, reader)) return NoReport{std::string{xml::to_text(wrong->code)} + ": " + wrong->message};
    if (!reader.is_report) return NoReport{"not a pain.002: it has no CstmrPmtStsRpt"};
    if (reader.too_many) return NoReport{"more than 100000 transfers in one report"};
    return std::move(reader.report);
}

payments::PayoutAnswer answer_of(std::string_view status) {
    if (status == "ACSC" || status == "ACCC") return payments::PayoutAnswer::succeeded;
    if (status == "RJCT" || status == "CANC") return payments::PayoutAnswer::failed;
    return payments::PayoutAnswer::pending;
}

std::optional<Verdict> verdict_of(StatusReport const& report, std::string_view batch, std::string_view instruction, std::string_view end_to_end) {
    auto const said = [](StatusWord const& word) { return Verdict{answer_of(word.status), word.reason.empty() ? word.status : word.reason}; };
    for (auto const& each : report.batches) {
        for (auto const& transfer : each.transfers) {
            auto const named = (!transfer.instruction.empty() && transfer.instruction == instruction) ||
                               (transfer.instruction.empty() && !transfer.end_to_end.empty() && transfer.end_to_end == end_to_end);
            if (named && !transfer.word.status.empty()) return said(transfer.word);
        }
    }
    // A batch that is rejected in part (PART) names its rejected transfers: the others are under way, as the word says.
    for (auto const& each : report.batches)
        if (each.id == batch && !each.word.status.empty()) return said(each.word);
    if (!report.word.status.empty()) return said(report.word);
    return std::nullopt;
}

}  // namespace choso::settlement
