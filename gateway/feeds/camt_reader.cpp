#include "gateway/feeds/camt_reader.hpp"

#include <algorithm>

namespace choso::feeds {
namespace {

/// What one movement can be at most: far above any transfer, far below what a sum could overflow by.
constexpr std::size_t digits_max = 15;
constexpr std::size_t reference_max = 100;

/// Ends the reading from inside the handler.
struct Stopped {
    std::string why;
};

std::string_view trim(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// `2026-11-21T14:02:37` with or without fraction and offset, or a day alone; without an offset it is Vietnam's.
std::optional<Instant> time_of(std::string_view text) {
    text = trim(text);
    if (text.size() == 10) return parse_rfc3339(std::string{text} + "T00:00:00+07:00");
    if (auto const at = parse_rfc3339(text)) return at;
    return parse_rfc3339(std::string{text} + "+07:00");
}

bool is_yes(std::string_view text) { return text == "true" || text == "1"; }

/// An amount as it was written, with its currency.
struct Written {
    std::string decimal, currency;
};

/// One detail of an entry, or what the entry itself says.
struct Part {
    Written amount, transaction_amount;
    std::string side;
    std::string reference;
    std::string end_to_end;
    std::vector<std::string> other_references;
    std::vector<std::string> texts;
    std::vector<std::string> more;  ///< structured references, additional information
    std::optional<Instant> at;
    std::size_t from = 0, to = 0;
};

std::string joined(std::vector<std::string> const& pieces, std::string_view between) {
    auto out = std::string{};
    for (auto const& piece : pieces) {
        if (!out.empty()) out += between;
        out += piece;
    }
    return out;
}

class Reader final : public xml::Handler {
 public:
    explicit Reader(std::function<bool(CamtEntry const&)> const& take) : take_{take} {}

    void begin(std::string_view name, std::size_t offset) override {
        path_.emplace_back(name);
        if (path_.size() == 2 && name != "BkToCstmrDbtCdtNtfctn") throw Stopped{"the document is no camt.054 (BkToCstmrDbtCdtNtfctn)"};
        require_place(name);
        if (name == "Ntfctn") {
            account_ = bin_ = currency_ = {};
            ++notification_;
            entry_number_ = 0;
        } else if (name == "Ntry") {
            entry_ = {};
            entry_.from = offset;
            details_.clear();
            reversal_ = false;
            booked_ = true;
            ++entry_number_;
        } else if (name == "TxDtls") {
            details_.emplace_back().from = offset;
        }
    }

    void attribute(std::string_view name, std::string_view value) override {
        if (name != "Ccy") return;
        if (is("Ntry/Amt")) entry_.amount.currency = value;
        else if (is("TxDtls/Amt")) details_.back().amount.currency = value;
        else if (is("TxDtls/AmtDtls/TxAmt/Amt")) details_.back().transaction_amount.currency = value;
    }

    void end(std::string_view name, std::string_view raw, std::size_t offset) override {
        if (name == "Ntry") {
            entry_.to = offset;
            emit();
        } else if (name == "TxDtls") {
            details_.back().to = offset;
        } else if (auto const text = trim(raw); !text.empty()) {
            if (within("TxDtls")) detail(text);
            else if (within("Ntry")) entry(text);
            else head(text);
        }
        path_.pop_back();
    }

    [[nodiscard]] bool saw_notification() const { return notification_ > 0; }

 private:
    /// Do the innermost elements have these names, parted by `/`?
    [[nodiscard]] bool is(std::string_view names) const {
        auto at = path_.size();
        for (;;) {
            auto const slash = names.rfind('/');
            auto const name = slash == std::string_view::npos ? names : names.substr(slash + 1);
            if (at == 0 || path_[--at] != name) return false;
            if (slash == std::string_view::npos) return true;
            names = names.substr(0, slash);
        }
    }
    [[nodiscard]] bool within(std::string_view name) const { return std::find(path_.begin(), path_.end(), name) != path_.end(); }

    /// What money is read from stands where the schemas of all versions have it (the first had no NtryDtls), or nowhere.
    void require_place(std::string_view name) const {
        auto const depth = path_.size();
        auto const right = name == "Ntfctn"   ? depth == 3
                           : name == "Ntry"   ? depth == 4 && is("Ntfctn/Ntry")
                           : name == "TxDtls" ? (depth == 5 && is("Ntfctn/Ntry/TxDtls")) || (depth == 6 && is("Ntfctn/Ntry/NtryDtls/TxDtls"))
                                              : true;
        if (!right) throw Stopped{std::string{name} + " stands in the wrong place"};
    }

    void head(std::string_view text) {
        if (is("GrpHdr/MsgId")) message_ = text;
        else if (is("Ntfctn/Acct/Id/IBAN") || is("Ntfctn/Acct/Id/Othr/Id")) account_ = text;
        else if (is("Ntfctn/Acct/Ccy")) currency_ = text;
        else if (is("Acct/Svcr/FinInstnId/ClrSysMmbId/MmbId") && text.size() == 6) bin_ = text;
    }

    void entry(std::string_view text) {
        if (is("Ntry/Amt")) entry_.amount.decimal = text;
        else if (is("Ntry/CdtDbtInd")) entry_.side = text;
        else if (is("Ntry/RvslInd")) reversal_ = is_yes(text);
        else if (is("Ntry/Sts") || is("Ntry/Sts/Cd")) booked_ = text == "BOOK";
        else if (is("Ntry/BookgDt/DtTm") || is("Ntry/BookgDt/Dt")) entry_.at = time_of(text);
        else if ((is("Ntry/ValDt/DtTm") || is("Ntry/ValDt/Dt")) && !entry_.at) entry_.at = time_of(text);
        else if (is("Ntry/AcctSvcrRef")) entry_.reference = text;
        else if (is("Ntry/AddtlNtryInf")) entry_.more.emplace_back(text);
    }

    void detail(std::string_view text) {
        auto& it = details_.back();
        if (is("TxDtls/Amt")) it.amount.decimal = text;
        else if (is("TxDtls/AmtDtls/TxAmt/Amt")) it.transaction_amount.decimal = text;
        else if (is("TxDtls/CdtDbtInd")) it.side = text;
        else if (is("TxDtls/Refs/AcctSvcrRef")) it.reference = text;
        else if (is("TxDtls/Refs/EndToEndId")) it.end_to_end = text == "NOTPROVIDED" ? std::string_view{} : text;
        else if (is("Refs/Prtry/Ref")) it.other_references.insert(it.other_references.begin(), std::string{text});
        else if (is("Refs/InstrId") || is("Refs/TxId") || is("Refs/ClrSysRef") || is("Refs/AcctSvcrTxId")) it.other_references.emplace_back(text);
        else if (is("RmtInf/Ustrd")) it.texts.emplace_back(text);
        else if (is("Strd/CdtrRefInf/Ref") || is("TxDtls/AddtlTxInf")) it.more.emplace_back(text);
        else if (is("RltdDts/TxDtTm") || is("RltdDts/AccptncDtTm")) it.at = time_of(text);
    }

    void emit() {
        if (details_.empty()) return give(entry_, 0, 1);
        auto const count = details_.size();
        // What went over the account is the entry's amount; its only part may tell another, before charges or of a batch.
        if (count == 1) {
            details_.front().amount = entry_.amount;
            details_.front().side = entry_.side;
        } else {
            check_batch();
        }
        for (auto i = std::size_t{0}; i < count; ++i) give(details_[i], i, count);
        batch_problem_.clear();
    }

    /// Each part has an amount of its own, and together they are the entry's: its amount for every part doubles money.
    void check_batch() {
        auto sum = Money{};
        for (auto const& it : details_) {
            auto const& written = it.amount.decimal.empty() ? it.transaction_amount : it.amount;
            auto const read = whole_dong(written.decimal);
            if (read.fault != AmountFault::none) return;  // told of that part itself
            sum += !it.side.empty() && it.side != entry_.side ? -read.amount : read.amount;
        }
        auto const whole = whole_dong(entry_.amount.decimal);
        if (whole.fault != AmountFault::none || whole.amount != sum) batch_problem_ = "batch_sum_differs";
    }

    void amount_of(Part const& part, CamtEntry& out) const {
        auto const& written = part.amount.decimal.empty() ? part.transaction_amount : part.amount;
        auto const currency = !written.currency.empty() ? written.currency : !entry_.amount.currency.empty() ? entry_.amount.currency : currency_;
        auto const read = whole_dong(written.decimal);
        auto const& side = part.side.empty() ? entry_.side : part.side;
        out.amount = side == "DBIT" ? -read.amount : read.amount;
        auto const fail = [&out](std::string_view problem, std::string_view param) {
            if (out.problem.empty()) out.problem = problem, out.param = param;
        };
        if (!batch_problem_.empty()) fail(batch_problem_, "Amt");
        if (side != "DBIT" && side != "CRDT") fail("field_invalid", "CdtDbtInd");
        if (currency != "VND") fail("currency_not_vnd", "Ccy");
        if (read.fault == AmountFault::fraction) fail("amount_not_whole", "Amt");
        if (read.fault != AmountFault::none || !read.amount.is_positive()) fail("amount_invalid", "Amt");
    }

    void give(Part const& part, std::size_t index, std::size_t count) {
        auto out = CamtEntry{};
        out.place = std::to_string(notification_) + "." + std::to_string(entry_number_) + "." + std::to_string(index + 1);
        out.account = account_;
        out.bin = std::all_of(bin_.begin(), bin_.end(), [](char c) { return c >= '0' && c <= '9'; }) ? bin_ : std::string{};
        out.reversal = reversal_;
        out.booked = booked_;
        out.at = part.at ? part.at : entry_.at;
        out.from = part.from;
        out.to = part.to;
        amount_of(part, out);
        // A bank may write the batch's reference into each part: then it tells them not apart.
        auto const same = std::count_if(details_.begin(), details_.end(), [&part](Part const& it) { return it.reference == part.reference; });
        auto const own = !part.reference.empty() && same <= 1;
        out.reference = !part.reference.empty() ? part.reference : entry_.reference;
        auto const side = out.amount.is_negative() ? "/D" : "/C";
        if (out.reference.empty()) out.source_id = message_ + "/" + out.place;
        else out.source_id = account_ + "/" + out.reference + (own || count == 1 ? "" : "/" + std::to_string(index + 1)) + side + (reversal_ ? "R" : "");
        if (reversal_) {
            out.originals = part.other_references;
            if (!part.end_to_end.empty()) out.originals.push_back(part.end_to_end);
            if (own && !entry_.reference.empty() && entry_.reference != part.reference) out.originals.push_back(entry_.reference);
            if (!out.reference.empty()) out.originals.push_back(out.reference);
        }
        auto more = part.more;
        if (&part != &entry_) more.insert(more.end(), entry_.more.begin(), entry_.more.end());
        out.content = joined(part.texts, "");
        if (part.texts.size() > 1) out.spaced = joined(part.texts, " ");
        if (out.content.empty() && !more.empty()) out.content = more.front();
        if (!part.end_to_end.empty()) more.push_back(part.end_to_end);
        out.other_texts = joined(more, "\n");
        if (out.problem.empty() && !out.at) out.problem = "field_invalid", out.param = "BookgDt";
        if (out.problem.empty() && out.reference.empty() && message_.empty()) out.problem = "field_invalid", out.param = "MsgId";
        if (out.problem.empty() && (out.source_id.size() > reference_max + 80 || out.reference.size() > reference_max))
            out.problem = "field_invalid", out.param = "AcctSvcrRef";
        if (!take_(out)) throw Stopped{};
    }

    std::function<bool(CamtEntry const&)> const& take_;
    std::vector<std::string> path_;
    std::string message_, account_, bin_, currency_;
    int notification_ = 0, entry_number_ = 0;
    Part entry_;
    std::vector<Part> details_;
    bool reversal_ = false, booked_ = true;
    std::string batch_problem_;
};

}  // namespace

ReadAmount whole_dong(std::string_view decimal) {
    auto const dot = std::min(decimal.find('.'), decimal.size());
    auto whole = decimal.substr(0, dot);
    auto const fraction = decimal.substr(std::min(dot + 1, decimal.size()));
    auto const is_digits = [](std::string_view text) { return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }); };
    if (decimal.empty() || whole.empty() || !is_digits(whole) || !is_digits(fraction)) return {{}, AmountFault::malformed};
    whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size() - 1));
    if (whole.size() > digits_max) return {{}, AmountFault::too_large};
    auto const amount = parse_dong(whole).value_or(Money{});
    if (fraction.find_first_not_of('0') != std::string_view::npos) return {amount, AmountFault::fraction};
    return {amount, AmountFault::none};
}

std::optional<CamtRefused> read_camt054(std::string_view document, std::function<bool(CamtEntry const&)> const& take) {
    auto reader = Reader{take};
    try {
        if (auto const error = xml::read(document, reader)) return CamtRefused{error->message, error->offset};
    } catch (Stopped const& stopped) {
        if (stopped.why.empty()) return std::nullopt;
        return CamtRefused{stopped.why, 0};
    }
    if (!reader.saw_notification()) return CamtRefused{"the document holds no notification (Ntfctn)", 0};
    return std::nullopt;
}

}  // namespace choso::feeds
