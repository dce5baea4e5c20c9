#pragma once
#include <span>
#include <string>
#include <vector>

#include "settlement/statements/table_columns.hpp"
#include "settlement/statements/table_values.hpp"

namespace choso::statements {

/// One line of a table as its cells say it; views into the row.
struct RawLine {
    std::size_t row = 0;
    std::string_view booked, value, debit, credit, amount, direction, balance, fee, vat;
    std::string_view content, reference, name, account, bank;
};

/// Goes through a table's rows and tells them apart: heads, headings, lines, totals, balances. Knows neither how numbers
/// are written nor which side is which; whoever derives does.
class TableWalker {
 public:
    explicit TableWalker(std::optional<Columns> known) : columns_{known.value_or(Columns{})}, has_columns_{known.has_value()} {}
    TableWalker(TableWalker const&) = delete;
    TableWalker& operator=(TableWalker const&) = delete;
    virtual ~TableWalker() = default;

    void take(std::size_t row, std::span<std::string const> cells);
    [[nodiscard]] bool found_table() const { return sections_ > 0; }

 protected:
    virtual void on_section() = 0;          ///< what follows is another account's, or another table
    virtual void on_line(RawLine const& line) = 0;
    virtual void on_more_content(std::string_view text) = 0;  ///< the line before goes on
    virtual void on_account(std::string_view number) = 0;
    virtual void on_currency(std::string_view code) = 0;
    virtual void on_bank(std::string_view bin) = 0;
    virtual void on_opening(std::string_view amount) = 0;
    virtual void on_closing(std::string_view amount) = 0;
    virtual void on_totals(std::string_view debit, std::string_view credit) = 0;
    virtual void on_unread(std::size_t row) = 0;  ///< a row among the lines that is none of these
    [[nodiscard]] Columns const& columns() const { return columns_; }

 private:
    void take_head(std::span<std::string const> cells);
    [[nodiscard]] bool take_balance_row(std::span<std::string const> cells);
    [[nodiscard]] bool take_total_row(std::span<std::string const> cells);
    void take_body(std::size_t row, std::span<std::string const> cells);
    void begin_section();
    [[nodiscard]] std::string_view cell(std::span<std::string const> cells, Role role) const;

    Columns columns_;
    bool has_columns_;
    std::size_t sections_ = 0;
    bool in_section_ = false, has_lines_ = false;
    std::vector<std::string> above_;
    std::string account_, currency_, bank_, opening_, closing_;  ///< told before the section began
};

}  // namespace choso::statements
