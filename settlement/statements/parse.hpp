#pragma once
#include "settlement/statements/camt_parser.hpp"
#include "settlement/statements/table_parser.hpp"

namespace choso::statements {

enum class Format { automatic, camt, mt, table };
/// `auto`, `camt`, `camt.053`, `mt940`, `csv`, `xlsx` …; none if it is no such name.
[[nodiscard]] std::optional<Format> format_of(std::string_view name);
/// Every name that format_of takes, for a usage text.
[[nodiscard]] std::string_view format_names();

struct ParseOptions {
    Format format = Format::automatic;
    std::optional<TableMemory> memory = {};
    std::string schemas = {};  ///< a folder of XML schemas, `camt.053.001.02.xsd`, whose findings become warnings; empty: none
};

/// Reads one file, its format told by its content. Statements before a refusal stay told.
[[nodiscard]] std::optional<Refused> parse(std::string_view file, ParseOptions const& options, Sink& sink, TableLearned* learned = nullptr);

struct Parsed {
    std::vector<Statement> statements;
    std::optional<Refused> refused;
};
/// The same, whole in memory; reversals that the balances say are written the other way are turned.
[[nodiscard]] Parsed parse_whole(std::string_view file, ParseOptions const& options, TableLearned* learned = nullptr);

/// One JSON object (CONTRACTS.md §2) without a line end.
[[nodiscard]] std::string to_json(std::string_view file_name, Statement const& statement);

}  // namespace choso::statements
