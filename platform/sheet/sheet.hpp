#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace choso::sheet {

struct Limits {
    std::size_t rows_max = 1'100'000;
    std::size_t columns_max = 256;
    std::size_t cell_bytes_max = 32'768;
    std::size_t unpacked_bytes_max = std::size_t{512} << 20U;
};

/// Why a file was not read to its end. Rows handed over before it stay handed over.
struct Problem {
    /// `too_large` (a row, column, cell or the whole is over its limit), `not_a_table` (empty, a PDF, an old .xls, binary),
    /// `bad_encoding`, `bad_xml`, `zip_bomb`, `xml_forbidden` (a document type).
    std::string code;
    std::size_t row = 0;  ///< from 1, as far as reading had come
    std::string detail;   ///< one English sentence; quotes nothing of the file
};

/// Hears one row: its number in the file from 1 (empty rows are passed over, and counted), its cells in UTF-8.
/// False ends the reading.
using TakeRow = std::function<bool(std::size_t row, std::span<std::string const> cells)>;

/// Reads CSV or the first sheet of an XLSX, told apart by content. CSV: delimiter (`, ; tab |`) and encoding (UTF-8 with
/// or without BOM, UTF-16, Windows-1258) are found; quotes as in RFC 4180, line feeds within them too. XLSX: dates come as
/// `YYYY-MM-DD[ hh:mm:ss]`, numbers as plain decimals (no exponent; whole ones without point), formulas as their value.
[[nodiscard]] std::optional<Problem> for_each_row(std::string_view file, Limits const& limits, TakeRow const& take);

/// True if the file begins as a zip does, which is what an XLSX is.
[[nodiscard]] bool looks_like_xlsx(std::string_view file);

/// The text in UTF-8 without a BOM, whatever of the encodings above it is in; none if it is in none of them.
[[nodiscard]] std::optional<std::string> to_utf8(std::string_view text);

/// Appends one line of RFC 4180 with its CRLF. A cell that a spreadsheet would take for a formula gets an apostrophe.
void append_csv_row(std::string& out, std::span<std::string const> cells);

/// An XLSX under construction; rows and columns from 0. Used by one thread.
class Workbook {
 public:
    explicit Workbook();
    Workbook(Workbook const&) = delete;
    Workbook& operator=(Workbook const&) = delete;
    ~Workbook();

    /// Returns the sheet's number. A name is cut and cleaned to what Excel takes, and made different from the others.
    int add_sheet(std::string_view name, std::vector<double> widths = {});
    void text(int sheet, int row, int column, std::string_view text);
    /// A real number, shown with the reader's thousands separator.
    void number(int sheet, int row, int column, std::int64_t number);
    /// `ymd`: `YYYY-MM-DD`; anything else is written as the text it is.
    void date(int sheet, int row, int column, std::string_view ymd);
    /// Bold on grey; row 0 stays in sight when the sheet is scrolled.
    void header(int sheet, int row, int column, std::string_view text);
    /// The file's bytes; nothing may be added after it. Throws std::runtime_error if the file could not be made.
    [[nodiscard]] std::string finish();

 private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace choso::sheet
