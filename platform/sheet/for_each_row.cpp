#include <algorithm>

#include "platform/sheet/readers.hpp"

namespace choso::sheet {
namespace {

bool is_binary(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1A';
    });
}

}  // namespace

bool looks_like_xlsx(std::string_view file) { return file.starts_with("PK\x03\x04"); }

std::optional<Problem> for_each_row(std::string_view file, Limits const& limits, TakeRow const& take) {
    if (looks_like_xlsx(file)) return read_xlsx(file, limits, take);
    if (file.starts_with("\xD0\xCF\x11\xE0")) return Problem{"not_a_table", 0, "an old .xls file; it must be saved as .xlsx or .csv"};
    if (file.starts_with("%PDF")) return Problem{"not_a_table", 0, "a PDF, not a table"};
    if (file.size() > limits.unpacked_bytes_max) return Problem{"too_large", 0, "the file is larger than is read"};
    auto text = to_utf8(file);
    if (!text) return Problem{"bad_encoding", 0, "neither UTF-8 nor UTF-16 nor Windows-1258"};
    if (is_binary(*text)) return Problem{"not_a_table", 0, "the file is not text"};
    return read_csv(*text, limits, take);
}

}  // namespace choso::sheet
