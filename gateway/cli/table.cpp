#include "gateway/cli/table.hpp"

#include <algorithm>
#include <ostream>

#include "base/vietnamese.hpp"
#include "platform/json/json.hpp"

namespace choso::cli {
namespace {

constexpr std::size_t widest = 60;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !is_continuation(c); }));
}

/// Fit for one cell: no control character, at most `widest` characters, always UTF-8.
std::string cell_of(std::string_view text) {
    auto out = is_valid_utf8(text) ? std::string{text} : fold(text);
    std::ranges::replace_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == '\x7f'; }, ' ');
    if (width_of(out) <= widest) return out;
    auto end = std::size_t{0};
    for (auto characters = std::size_t{0}; end < out.size(); ++end)
        if (!is_continuation(out[end]) && ++characters == widest) break;
    return out.substr(0, end) + "…";
}

std::string id_text(std::string_view prefix, Uuid const& uuid) { return std::string{prefix} + '_' + to_crockford(uuid); }

std::string joined(std::vector<std::string> const& texts) {
    std::string out;
    for (auto const& text : texts) (out += out.empty() ? "" : ",") += text;
    return out;
}

std::string text_of(postgres::Result const& rows, int row, int i, Column const& column) {
    if (rows.is_null(row, i)) return {};
    switch (column.as) {
        case Shown::id: return id_text(column.id_prefix, rows.uuid(row, i));
        case Shown::text: return std::string{rows.text(row, i)};
        case Shown::number: return std::to_string(rows.integer(row, i));
        case Shown::flag: return rows.boolean(row, i) ? "yes" : "no";
        case Shown::time: return to_rfc3339(std::chrono::floor<std::chrono::seconds>(rows.time(row, i)));
        case Shown::list: return joined(rows.text_array(row, i));
    }
    return {};
}

void write_json(json::Writer& out, postgres::Result const& rows, int row, int i, Column const& column) {
    if (rows.is_null(row, i)) {
        out.null();
    } else if (column.as == Shown::number) {
        out.value(rows.integer(row, i));
    } else if (column.as == Shown::flag) {
        out.value(rows.boolean(row, i));
    } else if (column.as == Shown::list) {
        out.array();
        for (auto const& item : rows.text_array(row, i)) out.value(item);
        out.end();
    } else {
        out.value(text_of(rows, row, i, column));
    }
}

void print_json(std::ostream& out, postgres::Result const& rows, std::vector<Column> const& columns) {
    for (auto row = 0; row < rows.rows(); ++row) {
        std::string line;
        json::Writer json{line};
        json.object();
        for (auto i = std::size_t{0}; i < columns.size(); ++i) {
            json.key(columns[i].name);
            write_json(json, rows, row, static_cast<int>(i), columns[i]);
        }
        json.end();
        out << line << '\n';
    }
}

}  // namespace

void print_rows(std::ostream& out, postgres::Result const& rows, std::vector<Column> const& columns, bool as_json) {
    if (as_json) return print_json(out, rows, columns);
    std::vector<std::vector<std::string>> table(1);
    for (auto const& column : columns) table.front().emplace_back(column.name);
    for (auto row = 0; row < rows.rows(); ++row) {
        auto& cells = table.emplace_back();
        for (auto i = std::size_t{0}; i < columns.size(); ++i)
            cells.push_back(cell_of(text_of(rows, row, static_cast<int>(i), columns[i])));
    }
    std::vector<std::size_t> widths(columns.size(), 0);
    for (auto const& cells : table)
        for (auto i = std::size_t{0}; i < cells.size(); ++i) widths[i] = std::max(widths[i], width_of(cells[i]));
    for (auto const& cells : table) {
        std::string line;
        for (auto i = std::size_t{0}; i < cells.size(); ++i)
            (line += cells[i]).append(widths[i] - width_of(cells[i]) + 2, ' ');
        line.erase(line.find_last_not_of(' ') + 1);
        out << line << '\n';
    }
}

void print_fields(std::ostream& out, std::vector<Field> const& fields, bool as_json) {
    std::string text;
    if (as_json) {
        json::Writer json{text};
        json.object();
        for (auto const& [name, value] : fields) json.member(name, value);
        json.end();
        out << text << '\n';
        return;
    }
    auto widest_name = std::size_t{0};
    for (auto const& field : fields) widest_name = std::max(widest_name, field.name.size());
    for (auto const& [name, value] : fields) {
        std::string line{name};
        line.append(widest_name - name.size() + 2, ' ');
        out << line << value << '\n';
    }
}

}  // namespace choso::cli
