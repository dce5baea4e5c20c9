#include "settlement/statements/mt_fields.hpp"

#include <algorithm>
#include <array>

namespace choso::statements {
namespace {

constexpr auto known_tags = std::to_array<std::string_view>({"20", "21", "25", "25P", "28", "28C", "34F", "13", "13D", "60F", "60M", "61", "62F", "62M",
                                                             "64", "65", "86", "90C", "90D", "NS", "940", "942"});

/// Of one field; no bank writes a tenth of it.
constexpr std::size_t lines_max = 1'000;
constexpr std::size_t row_bytes_max = 8'192;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The tag a row begins with (`:61:`), if it is a known one; `rest` is what stands behind it.
std::string_view tag_at(std::string_view row, std::string_view& rest) {
    if (!row.starts_with(':')) return {};
    auto const end = row.find(':', 1);
    if (end == std::string_view::npos || end > 4) return {};
    auto const tag = row.substr(1, end - 1);
    if (std::find(known_tags.begin(), known_tags.end(), tag) == known_tags.end()) return {};
    rest = row.substr(end + 1);
    return tag;
}

/// Behind a block header such as `{4:` a field may stand on the same row; blanks and control bytes before it go.
std::string_view without_header(std::string_view row) {
    while (!row.empty() && (static_cast<unsigned char>(row.front()) <= ' ')) row.remove_prefix(1);
    if (auto const at = row.rfind("{4:"); at != std::string_view::npos && row.find_first_of("{-") == 0) row.remove_prefix(at + 3);
    return row;
}

/// The end of a message: SWIFT's `-}`, a lone `-`, ING's `-XXX`, or an ETX behind the dash.
bool is_trailer(std::string_view row) {
    while (!row.empty() && static_cast<unsigned char>(row.back()) <= ' ') row.remove_suffix(1);
    return row == "-" || row.starts_with("-}") || row == "-XXX" || row.starts_with("-\x03");
}

/// Within a text a wrapped time or amount may look like a tag: what stands behind it must be what the tag demands.
bool is_plausible(std::string_view tag, std::string_view rest) {
    if (tag == "61" || tag == "13" || tag == "13D") return rest.size() >= 6 && std::all_of(rest.begin(), rest.begin() + 6, is_digit);
    if (tag.starts_with("60") || tag.starts_with("62") || tag == "64" || tag == "65") return rest.starts_with('C') || rest.starts_with('D');
    if (tag == "25" || tag == "25P") return rest.size() >= 5;
    return tag != "21" && tag != "28" && tag != "28C";
}

}  // namespace

bool MtFields::Rows::next(std::string_view& row) {
    if (left.empty()) return false;
    auto const end = std::min(left.find_first_of("\r\n"), left.size());
    row = left.substr(0, end);
    left.remove_prefix(end);
    if (left.starts_with("\r\n")) left.remove_prefix(2);
    else if (!left.empty()) left.remove_prefix(1);
    ++place;
    return true;
}

/// Whether the rows to come are a message's head, as they are behind a true `:20:`.
bool MtFields::begins_message() const {
    auto ahead = rows_;
    auto row = std::string_view{}, rest = std::string_view{};
    for (auto i = 0; i < 3 && ahead.next(row); ++i)
        if (auto const tag = tag_at(row, rest); !tag.empty()) return tag == "21" || tag.starts_with("25") || tag.starts_with("28") || tag.starts_with("60");
    return false;
}

std::optional<MtField> MtFields::begun_by(std::string_view row) {
    auto rest = std::string_view{};
    auto tag = tag_at(row, rest);
    // `:` alone, the tag on the next row.
    if (row == ":") {
        auto ahead = rows_;
        auto below = std::string_view{}, ignored = std::string_view{};
        if (ahead.next(below)) {
            auto const found = tag_at(":" + std::string{below.substr(0, 8)}, ignored);
            if (!found.empty()) {
                tag = below.substr(0, found.size());
                rest = below.substr(found.size() + 1);
                rows_ = ahead;
            }
        }
    }
    if (tag.empty()) return std::nullopt;
    if (in_text_ && !after_end_ && !(tag == "20" ? begins_message() : is_plausible(tag, rest))) return std::nullopt;
    return MtField{tag, {rest}, rows_.place, after_end_};
}

std::optional<MtField> MtFields::next() {
    auto row = std::string_view{};
    while (!too_long_ && rows_.next(row)) {
        if (row.size() > row_bytes_max) {
            too_long_ = true;
            break;
        }
        if (!any_ || after_end_ || row.starts_with("{1:") || row.starts_with("{4:") || row.starts_with("-}{")) {
            after_end_ = after_end_ || row.starts_with("-}");
            row = without_header(row);
        }
        if (auto field = begun_by(row)) {
            any_ = true;
            after_end_ = false;
            in_text_ = field->tag == "86" || field->tag == "NS";
            std::swap(begun_, field);
            if (field) return field;
        } else if (is_trailer(row)) {
            after_end_ = true;
        } else if (begun_ && !after_end_) {
            if (begun_->lines.size() == lines_max) too_long_ = true;
            else begun_->lines.push_back(row);
        }
    }
    auto last = std::optional<MtField>{};
    std::swap(begun_, last);
    return last;
}

std::optional<Decimal> mt_amount(std::string_view text) {
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (text.find(',') != std::string_view::npos) {
        auto plain = std::string{text};
        std::erase(plain, '.');
        return Decimal::parse(plain, ',');
    }
    return Decimal::parse(text, '.');
}

std::optional<Balance> mt_balance(std::string_view text) {
    while (!text.empty() && (text.back() == ' ' || text.back() == '\x03')) text.remove_suffix(1);
    if (text.size() < 8 || (text[0] != 'C' && text[0] != 'D')) return std::nullopt;
    auto out = Balance{};
    auto const negative = text[0] == 'D';
    text.remove_prefix(1);
    if (!std::all_of(text.begin(), text.begin() + 6, is_digit)) return std::nullopt;
    auto const two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    out.date = day_of(two(0) + (two(0) >= 80 ? 1900 : 2000), two(2), two(4));
    text.remove_prefix(6);
    auto const letters = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), [](char c) { return c < 'A' || c > 'Z'; }) - text.begin());
    out.currency = text.substr(0, letters);
    auto const amount = mt_amount(text.substr(letters));
    if (!amount) return std::nullopt;
    out.amount = negative ? amount->negated() : *amount;
    return out;
}

}  // namespace choso::statements
