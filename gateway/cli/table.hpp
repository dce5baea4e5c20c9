#pragma once
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "platform/postgres/connection.hpp"

namespace choso::cli {

/// How a column of a statement is shown.
enum class Shown { id, text, number, flag, time, list };

struct Column {
    std::string_view name;
    Shown as = Shown::text;
    std::string_view id_prefix = {};  ///< `mer` for a merchant's id
};

/// Rows as a person reads them, or one JSON object a line for machines. NULL is empty, or `null`. Long texts are cut in
/// the table only; control characters never reach a terminal.
void print_rows(std::ostream& out, postgres::Result const& rows, std::vector<Column> const& columns, bool as_json);

/// One thing's fields: a line each, or one JSON object.
struct Field {
    std::string_view name;
    std::string value;
};
void print_fields(std::ostream& out, std::vector<Field> const& fields, bool as_json);

}  // namespace choso::cli
