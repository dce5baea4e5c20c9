#include "settlement/statements/table_values.hpp"

#include <algorithm>
#include <vector>

#include "base/vietnamese.hpp"

namespace choso::statements {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr std::string_view no_break_space = "\xC2\xA0";

/// The cell without blanks, currency and sign.
struct Bare {
    std::string text;
    bool negative = false;
    bool ok = false;
};

Bare bare(std::string_view cell) {
    auto out = Bare{};
    out.text.reserve(cell.size());
    while (!cell.empty()) {
        if (cell.starts_with(no_break_space)) cell.remove_prefix(2);
        else if (cell.front() == ' ' || cell.front() == '\t' || cell.front() == '\'') cell.remove_prefix(1);
        else out.text += cell.front(), cell.remove_prefix(1);
    }
    for (auto const currency : {"VND", "VNĐ", "vnd", "đ", "₫", "USD", "EUR"}) {
        auto const name = std::string_view{currency};
        if (out.text.size() > name.size() && out.text.ends_with(name)) out.text.resize(out.text.size() - name.size());
        else if (out.text.size() > name.size() && out.text.starts_with(name)) out.text.erase(0, name.size());
    }
    auto& text = out.text;
    if (text.size() > 2 && text.front() == '(' && text.back() == ')') text = text.substr(1, text.size() - 2), out.negative = true;
    else if (text.size() > 1 && (text.front() == '-' || text.front() == '+')) out.negative = text.front() == '-', text.erase(0, 1);
    else if (text.size() > 1 && (text.back() == '-' || text.back() == '+')) out.negative = text.back() == '-', text.pop_back();
    auto const only = std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.' || c == ','; });
    out.ok = only && std::any_of(text.begin(), text.end(), is_digit) && text.size() <= 32;
    return out;
}

}  // namespace

bool looks_like_amount(std::string_view cell) { return bare(cell).ok; }

std::optional<Decimal> amount_in(std::string_view cell, NumberFormat format) {
    auto const number = bare(cell);
    if (!number.ok) return std::nullopt;
    auto const part = format == NumberFormat::dots_part ? '.' : ',';
    auto const point = format == NumberFormat::dots_part ? ',' : '.';
    auto const whole_size = std::min(number.text.find(point), number.text.size());
    auto const whole = std::string_view{number.text}.substr(0, whole_size);
    auto digits = std::string{};
    auto group = std::size_t{0};
    auto parted = false;
    for (auto const c : whole) {
        if (c == part) {
            if (group == 0 || group > 3 || (parted && group != 3)) return std::nullopt;
            parted = true;
            group = 0;
        } else {
            digits += c;
            ++group;
        }
    }
    if (parted && group != 3) return std::nullopt;
    auto const fraction = std::string_view{number.text}.substr(whole_size);
    if (fraction.find(part) != std::string_view::npos || std::count(fraction.begin(), fraction.end(), point) > 1) return std::nullopt;
    digits += fraction;
    auto const amount = Decimal::parse(digits, point);
    if (!amount) return std::nullopt;
    return number.negative ? amount->negated() : *amount;
}

namespace {

struct Piece {
    int number;
    std::size_t digits;
    char before;  ///< the mark in front of it
};

/// Numbers and the marks between them, from the front.
std::vector<Piece> pieces_of(std::string_view cell) {
    auto out = std::vector<Piece>{};
    auto before = '\0';
    for (auto i = std::size_t{0}; i < cell.size() && out.size() < 7;) {
        if (!is_digit(cell[i])) {
            // A letter between the numbers is no date, but for ISO's T.
            if (!(cell[i] == '/' || cell[i] == '-' || cell[i] == '.' || cell[i] == ':' || cell[i] == ' ' || cell[i] == '\n' || cell[i] == 'T')) return out;
            if (before == '\0' || cell[i] != ' ') before = cell[i];
            ++i;
            continue;
        }
        auto piece = Piece{0, 0, before};
        for (; i < cell.size() && is_digit(cell[i]) && piece.digits < 5; ++i, ++piece.digits) piece.number = piece.number * 10 + (cell[i] - '0');
        out.push_back(piece);
        before = '\0';
    }
    return out;
}

std::optional<std::chrono::seconds> time_of(std::vector<Piece> const& pieces, std::size_t from) {
    if (pieces.size() < from + 2 || pieces[from + 1].before != ':') return std::nullopt;
    auto const second = pieces.size() > from + 2 && pieces[from + 2].before == ':' ? pieces[from + 2].number : 0;
    if (pieces[from].number > 23 || pieces[from + 1].number > 59 || second > 60) return std::nullopt;
    return std::chrono::hours{pieces[from].number} + std::chrono::minutes{pieces[from + 1].number} + std::chrono::seconds{std::min(second, 59)};
}

bool parts_date(char c) { return c == '/' || c == '-' || c == '.'; }

}  // namespace

std::optional<CellTime> time_in(std::string_view cell, DateOrder order, std::optional<int> year) {
    while (!cell.empty() && (cell.front() == ' ' || cell.front() == '\'')) cell.remove_prefix(1);
    if (cell.empty() || !is_digit(cell.front())) return std::nullopt;
    auto pieces = pieces_of(cell);
    auto time = std::optional<std::chrono::seconds>{};
    // `10:15:30 21/11/2026`
    if (pieces.size() >= 5 && pieces[1].before == ':') {
        time = time_of(pieces, 0);
        auto const size = pieces[2].before == ':' ? 3 : 2;
        pieces.erase(pieces.begin(), pieces.begin() + size);
    }
    if (pieces.size() < 2 || !parts_date(pieces[1].before)) return std::nullopt;
    if (pieces[0].digits == 4) {
        if (pieces.size() < 3 || !parts_date(pieces[2].before)) return std::nullopt;
        auto const day = day_of(pieces[0].number, pieces[1].number, pieces[2].number);
        if (!day) return std::nullopt;
        return CellTime{*day, time ? time : time_of(pieces, 3)};
    }
    if (pieces[0].digits > 2 || pieces[1].digits > 2) return std::nullopt;
    auto const day_first = order == DateOrder::day_first;
    auto const day = day_first ? pieces[0].number : pieces[1].number, month = day_first ? pieces[1].number : pieces[0].number;
    auto const has_year = pieces.size() > 2 && parts_date(pieces[2].before);
    if (!has_year && !year) return std::nullopt;
    auto in_year = has_year ? pieces[2].number : *year;
    if (has_year && pieces[2].digits == 2) in_year += 2000;
    else if (has_year && pieces[2].digits != 4) return std::nullopt;
    auto const found = day_of(in_year, month, day);
    if (!found) return std::nullopt;
    return CellTime{*found, time ? time : time_of(pieces, has_year ? 3 : 2)};
}

std::optional<DateOrder> order_shown_by(std::string_view cell) {
    auto const pieces = pieces_of(cell);
    if (pieces.size() < 3 || pieces[0].digits > 2 || !parts_date(pieces[1].before) || !parts_date(pieces[2].before)) return std::nullopt;
    if (pieces[0].number > 12 && pieces[1].number <= 12) return DateOrder::day_first;
    if (pieces[1].number > 12 && pieces[0].number <= 12) return DateOrder::month_first;
    return std::nullopt;
}

std::string plain(std::string_view text) {
    auto out = std::string{};
    for (auto c : fold(text)) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        if (static_cast<unsigned char>(c) <= ' ') c = ' ';
        if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
        out += c;
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

}  // namespace choso::statements
