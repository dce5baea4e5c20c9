#pragma once
#include "settlement/statements/camt_parser.hpp"
#include "settlement/statements/table_plan.hpp"

namespace choso::statements {

/// What a table taught of its account's layout, to be remembered.
struct TableLearned {
    std::optional<TableMemory> memory;  ///< only of a proved table
};

/// Reads a bank's CSV or XLSX: the heading is found by its words, numbers and sides by what the balances prove. Goes over
/// the file twice, in constant memory but for an XLSX's texts.
[[nodiscard]] std::optional<Refused> parse_table(std::string_view file, std::optional<TableMemory> const& memory, Sink& sink, TableLearned* learned = nullptr);

}  // namespace choso::statements
