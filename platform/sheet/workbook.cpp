#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#include "base/vietnamese.hpp"
#include "platform/sheet/sheet.hpp"

namespace choso::sheet {
namespace {

constexpr std::size_t cell_characters_max = 32'767;
constexpr std::size_t name_characters_max = 31;
/// Beyond it a double, which is all a cell holds, is not exact.
constexpr std::int64_t exact_max = 999'999'999'999'999;

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The first so many characters; control characters that XML cannot hold become blanks.
std::string fit(std::string_view text, std::size_t characters_max) {
    auto out = is_valid_utf8(text) ? std::string{text} : fold(text);
    for (auto& c : out)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') c = ' ';
    if (characters(out) <= characters_max) return out;
    auto left = characters_max;
    auto end = std::size_t{0};
    while (end < out.size()) {
        if ((static_cast<unsigned char>(out[end]) & 0xC0U) != 0x80U && left-- == 0) break;
        ++end;
    }
    out.resize(end);
    return out;
}

}  // namespace

struct Workbook::Parts {
    std::filesystem::path file;
    lxw_workbook* book = nullptr;
    lxw_format *header = nullptr, *number = nullptr, *date = nullptr;
    std::vector<lxw_worksheet*> sheets;
    std::set<std::string> names;

    [[nodiscard]] lxw_worksheet* at(int sheet) const { return sheets.at(static_cast<std::size_t>(sheet)); }
};

Workbook::Workbook() : parts_{std::make_unique<Parts>()} {
    // The library writes files only; ours lives as long as it is being made.
    auto pattern = (std::filesystem::temp_directory_path() / "choso-sheet-XXXXXX").string();
    auto const handle = mkstemp(pattern.data());
    if (handle < 0) throw std::runtime_error{"no temporary file for a workbook"};
    close(handle);
    parts_->file = pattern;
    parts_->book = workbook_new(pattern.c_str());
    if (parts_->book == nullptr) throw std::runtime_error{"a workbook could not be begun"};
    parts_->header = workbook_add_format(parts_->book);
    format_set_bold(parts_->header);
    format_set_bg_color(parts_->header, 0xE8E8E8);
    format_set_bottom(parts_->header, LXW_BORDER_THIN);
    parts_->number = workbook_add_format(parts_->book);
    format_set_num_format(parts_->number, "#,##0");
    parts_->date = workbook_add_format(parts_->book);
    format_set_num_format(parts_->date, "dd/mm/yyyy");
}

Workbook::~Workbook() {
    if (parts_->book != nullptr) (void)workbook_close(parts_->book);
    auto ignored = std::error_code{};
    std::filesystem::remove(parts_->file, ignored);
}

int Workbook::add_sheet(std::string_view name, std::vector<double> widths) {
    auto clean = fit(name, name_characters_max);
    for (auto& c : clean)
        if (std::string_view{"[]:*?/\\'"}.find(c) != std::string_view::npos) c = '-';
    if (clean.empty()) clean = "Sheet";
    // Excel compares names without case.
    auto const known = [&](std::string const& candidate) { return !parts_->names.insert(fold_for_match(candidate)).second; };
    auto taken = clean;
    for (auto n = 2; known(taken); ++n) {
        auto const suffix = " " + std::to_string(n);
        taken = fit(clean, name_characters_max - suffix.size()) + suffix;
    }
    auto* const sheet = workbook_add_worksheet(parts_->book, taken.c_str());
    if (sheet == nullptr) throw std::runtime_error{"a sheet could not be added"};
    for (auto i = std::size_t{0}; i < widths.size(); ++i) {
        auto const column = static_cast<lxw_col_t>(i);
        worksheet_set_column(sheet, column, column, widths[i], nullptr);
    }
    parts_->sheets.push_back(sheet);
    return static_cast<int>(parts_->sheets.size()) - 1;
}

void Workbook::text(int sheet, int row, int column, std::string_view text) {
    worksheet_write_string(parts_->at(sheet), static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), fit(text, cell_characters_max).c_str(), nullptr);
}

void Workbook::number(int sheet, int row, int column, std::int64_t number) {
    if (number > exact_max || number < -exact_max) return text(sheet, row, column, std::to_string(number));
    worksheet_write_number(parts_->at(sheet), static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), static_cast<double>(number), parts_->number);
}

void Workbook::date(int sheet, int row, int column, std::string_view ymd) {
    auto parts = std::array<int, 3>{};
    auto const part = [&](std::size_t from, std::size_t size, int& into) {
        auto const [end, error] = std::from_chars(ymd.data() + from, ymd.data() + from + size, into);
        return error == std::errc{} && end == ymd.data() + from + size;
    };
    auto const ok = ymd.size() == 10 && ymd[4] == '-' && ymd[7] == '-' && part(0, 4, parts[0]) && part(5, 2, parts[1]) && part(8, 2, parts[2]);
    if (!ok || parts[0] < 1900 || parts[1] < 1 || parts[1] > 12 || parts[2] < 1 || parts[2] > 31) return text(sheet, row, column, ymd);
    auto when = lxw_datetime{parts[0], parts[1], parts[2], 0, 0, 0};
    worksheet_write_datetime(parts_->at(sheet), static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), &when, parts_->date);
}

void Workbook::header(int sheet, int row, int column, std::string_view text) {
    auto* const on = parts_->at(sheet);
    worksheet_write_string(on, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), fit(text, cell_characters_max).c_str(), parts_->header);
    if (row == 0) worksheet_freeze_panes(on, 1, 0);
}

std::string Workbook::finish() {
    auto const error = workbook_close(parts_->book);
    parts_->book = nullptr;
    if (error != LXW_NO_ERROR) throw std::runtime_error{std::string{"a workbook could not be written: "} + lxw_strerror(error)};
    auto in = std::ifstream{parts_->file, std::ios::binary};
    auto bytes = std::string{std::istreambuf_iterator<char>{in}, {}};
    if (!in.good() && !in.eof()) throw std::runtime_error{"a workbook could not be read back"};
    return bytes;
}

}  // namespace choso::sheet
