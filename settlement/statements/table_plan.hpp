#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "settlement/statements/table_walker.hpp"

namespace choso::statements {

/// How a section of a table is to be read.
struct Reading {
    NumberFormat format = NumberFormat::dots_part;
    bool swapped = false;      ///< the column headed debit holds what comes in: written from the bank's side
    bool signs_count = false;  ///< a negative number in a column is a reversal in it, not the bank's way of writing debits
    bool fees_apart = true;    ///< fee and tax columns are lines of their own (else they are in the amounts already)
};
inline constexpr std::size_t readings = 16;
[[nodiscard]] Reading reading_of(std::size_t index);

/// What a line is worth under a reading; none if a cell is not understood. `swing`: without fee and tax.
struct Worth {
    Decimal swing, fees;
};
[[nodiscard]] std::optional<Worth> worth_of(RawLine const& line, Reading const& reading);

struct SectionPlan {
    Reading reading;
    std::optional<Decimal> opening, closing;
    bool proved = false;          ///< the balances speak for this reading
    bool newest_first = false;
    bool totals_differ = false;
    std::size_t first_break = 0;  ///< row at which the running balance first fails; 0: none
};

/// What must be known before the lines can be told: how numbers are written, which side is which, in what order the lines
/// stand. Tried out under each reading at once, decided by the balances.
struct TablePlan {
    DateOrder dates = DateOrder::day_first;
    NumberFormat format = NumberFormat::dots_part;
    std::vector<SectionPlan> sections;
};

/// What an account's tables were like before; used where a table proves nothing itself.
struct TableMemory {
    Columns columns;
    NumberFormat format = NumberFormat::dots_part;
    bool swapped = false;
};

/// First pass over the rows.
class TableSurvey final : public TableWalker {
 public:
    explicit TableSurvey(std::optional<TableMemory> const& memory);
    [[nodiscard]] TablePlan plan() const;
    [[nodiscard]] Columns const& last_columns() const { return columns(); }

 private:
    struct Trial {
        std::size_t unread = 0, steps = 0, forward = 0, backward = 0, forward_break = 0, backward_break = 0, fractions = 0;
        Decimal sum, debits, credits;
        std::optional<Decimal> first_balance, first_swing, last_balance, last_swing;
    };
    struct Section {
        std::array<Trial, readings> trials{};
        std::string opening, closing, total_debit, total_credit;
        bool has_totals = false;
        std::optional<Day> first_day, last_day;
        std::size_t lines = 0;
    };

    void on_section() override { sections_.emplace_back(); }
    void on_line(RawLine const& line) override;
    void on_more_content(std::string_view) override {}
    void on_account(std::string_view) override {}
    void on_currency(std::string_view) override {}
    void on_bank(std::string_view) override {}
    void on_opening(std::string_view amount) override { if (sections_.back().opening.empty()) sections_.back().opening = amount; }
    void on_closing(std::string_view amount) override { sections_.back().closing = amount; }
    void on_totals(std::string_view debit, std::string_view credit) override;
    void on_unread(std::size_t) override {}

    static void step(Trial& trial, Worth const& worth, std::optional<Decimal> const& balance, std::size_t row);
    [[nodiscard]] NumberFormat format() const;
    [[nodiscard]] SectionPlan plan_of(Section const& section, NumberFormat format) const;

    std::optional<TableMemory> memory_;
    std::vector<Section> sections_;
    std::size_t day_first_ = 0, month_first_ = 0;
};

}  // namespace choso::statements
