#include "settlement/statements/table_parser.hpp"

#include "platform/sheet/sheet.hpp"
#include "settlement/statements/prover.hpp"

namespace choso::statements {
namespace {

/// Blanks in a row are layout; a bank pads with dozens of them.
std::string squeezed(std::string_view text) {
    auto out = std::string{};
    for (auto c : text) {
        if (static_cast<unsigned char>(c) <= ' ' || c == 0x7F) c = ' ';
        if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
        out += c;
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

/// Line ends within a cell: the text as it was wrapped, and as it may have been meant.
void set_content(std::string_view cell, Line& line) {
    line.content = squeezed(cell);
    auto joined = std::string{};
    for (auto const c : cell)
        if (c != '\n' && c != '\r') joined += c;
    joined = squeezed(joined);
    if (joined == line.content) return;
    line.spaced = line.content;
    line.content = joined;
}

/// Second pass: the lines themselves.
class TableReader final : public TableWalker {
 public:
    TableReader(std::optional<Columns> known, TablePlan const& plan, std::string_view format, Sink& sink) : TableWalker{known}, plan_{plan}, sink_{sink}, format_{format} {}

    void finish() {
        flush();
        if (section_ > 0) end_section();
    }

 private:
    [[nodiscard]] SectionPlan const& now() const { return plan_.sections.at(section_ - 1); }

    void on_section() override {
        flush();
        if (section_ > 0) end_section();
        ++section_;
        summary_ = {};
        summary_.format = format_;
        summary_.currency = "VND";
        prover_ = {};
        last_day_.reset();
        unread_ = 0;
        sink_.begin();
    }

    void on_line(RawLine const& raw) override {
        flush();
        auto const worth = worth_of(raw, now().reading);
        if (!worth) return on_unread(raw.row);
        auto line = Line{};
        line.place = raw.row;
        auto when = time_in(raw.booked, plan_.dates, year());
        auto const value = time_in(raw.value, plan_.dates, year());
        if (when) last_day_ = when->day;
        // An empty date is the one above: banks write it once a day.
        line.booked = last_day_;
        if (!line.booked && value) line.booked = last_day_ = value->day;
        if (when) line.time = when->time;
        if (!line.time && value && value->day == line.booked) line.time = value->time;
        if (value) line.value = value->day;
        set_content(raw.content, line);
        line.bank_reference = squeezed(raw.reference);
        line.counterparty = {squeezed(raw.name), squeezed(raw.account), squeezed(raw.bank)};
        line.amount = worth->swing;
        // A negative number in its own column takes back what stood there.
        line.reversal = now().reading.signs_count && ((raw.debit.empty() && worth->swing.is_negative()) || (raw.credit.empty() && !worth->swing.is_negative())) && raw.amount.empty();
        if (!worth->swing.is_zero() || worth->fees.is_zero()) held_ = line;
        if (worth->fees.is_zero()) return;
        flush();
        line.amount = worth->fees;
        line.content = "Phí, thuế: " + line.content;
        line.spaced.clear();
        line.reversal = false;
        held_ = std::move(line);
    }

    void on_more_content(std::string_view text) override {
        if (!held_) return;
        auto const piece = squeezed(text);
        held_->spaced = (held_->spaced.empty() ? held_->content : held_->spaced) + " " + piece;
        held_->content += piece;
    }

    void on_account(std::string_view number) override { summary_.account = number; }
    void on_currency(std::string_view code) override { summary_.currency = code; }
    void on_bank(std::string_view bin) override { summary_.bank = bin; }
    void on_opening(std::string_view) override {}
    void on_closing(std::string_view) override {}
    void on_totals(std::string_view, std::string_view) override {}
    void on_unread(std::size_t row) override {
        if (++unread_ <= 5) summary_.warnings.push_back("row " + std::to_string(row) + " is not understood");
    }

    [[nodiscard]] std::optional<int> year() const {
        if (!last_day_) return std::nullopt;
        return static_cast<int>(std::chrono::year_month_day{*last_day_}.year());
    }

    void flush() {
        if (!held_) return;
        auto const line = std::move(*held_);
        held_.reset();
        if (line.booked) {
            auto& first = first_day_ ? first_day_ : (first_day_ = line.booked);
            first = std::min(*first, *line.booked);
            latest_day_ = latest_day_ ? std::max(*latest_day_, *line.booked) : *line.booked;
        }
        prover_.add(line);
        sink_.line(line);
    }

    void end_section() {
        auto const& plan = now();
        if (plan.opening) summary_.opening = Balance{*plan.opening, first_day_, summary_.currency};
        if (plan.closing) summary_.closing = Balance{*plan.closing, latest_day_, summary_.currency};
        summary_.totals_differ = plan.totals_differ;
        if (plan.totals_differ) summary_.warnings.emplace_back("the totals disagree with the lines");
        if (plan.first_break > 0) summary_.warnings.push_back("the running balance breaks at row " + std::to_string(plan.first_break));
        if (plan.reading.swapped) summary_.warnings.emplace_back("debit and credit are written from the bank's side; the balances say so");
        prover_.prove(summary_);
        // Balances that were made from the only line prove nothing.
        if (summary_.proof == Proof::ok && !plan.proved && summary_.lines > 0) summary_.proof = Proof::absent, summary_.difference.reset();
        sink_.end(summary_);
        first_day_.reset();
        latest_day_.reset();
    }

    TablePlan const& plan_;
    Sink& sink_;
    std::string format_;
    std::size_t section_ = 0, unread_ = 0;
    Summary summary_;
    Prover prover_;
    std::optional<Line> held_;  ///< the next row may go on with its content
    std::optional<Day> last_day_, first_day_, latest_day_;
};

/// A problem of the walk is kept aside; the reading stops.
std::optional<Refused> walk(std::string_view file, TableWalker& walker) {
    auto const problem = sheet::for_each_row(file, {}, [&](std::size_t row, std::span<std::string const> cells) { return walker.take(row, cells), true; });
    if (!problem) return std::nullopt;
    return Refused{problem->code == "not_a_table" ? "not_a_statement" : problem->code, problem->detail, problem->row};
}

}  // namespace

std::optional<Refused> parse_table(std::string_view file, std::optional<TableMemory> const& memory, Sink& sink, TableLearned* learned) {
    auto survey = TableSurvey{memory};
    if (auto refused = walk(file, survey)) return refused;
    if (!survey.found_table()) return Refused{"not_a_statement", "no row was found that heads a bank's table: a date, and amounts in or out", 0};
    auto const plan = survey.plan();
    auto const known = memory ? std::optional{memory->columns} : std::nullopt;
    auto reader = TableReader{known, plan, sheet::looks_like_xlsx(file) ? "xlsx" : "csv", sink};
    if (auto refused = walk(file, reader)) return refused;
    reader.finish();
    if (learned != nullptr && !plan.sections.empty() && plan.sections.back().proved)
        learned->memory = TableMemory{survey.last_columns(), plan.format, plan.sections.back().reading.swapped};
    return std::nullopt;
}

}  // namespace choso::statements
