#include <algorithm>
#include <map>

#include "settlement/statements/mt_fields.hpp"

/// `:86:` in its dialects: German subfields `?20`, slash words `/REMI/`, ING's `/CNTP/`, free text; `:NS:` likewise.
namespace choso::statements {
namespace {

constexpr std::size_t row_max = 65;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string trimmed(std::string_view text) {
    while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    return std::string{text};
}

/// The rows as they stand one behind the other, and the same with blanks between.
struct Readings {
    std::string joined, spaced;
    bool several = false;
    void add(std::string_view piece, bool breaks_a_word) {
        if (piece.empty()) return;
        if (!joined.empty()) {
            several = true;
            spaced += ' ';
            if (!breaks_a_word) joined += ' ';
        }
        joined += piece;
        spaced += piece;
    }
};

using Subfields = std::map<int, std::string>;

/// `166?00GUTSCHRIFT?20SVWZ+…`: three digits, then the mark that parts the subfields, two digits each.
std::optional<Subfields> german(std::string_view text, std::string& code) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    if (text.size() < 6 || !std::all_of(text.begin(), text.begin() + 3, is_digit)) return std::nullopt;
    auto const mark = text[3];
    if (is_digit(mark) || (mark >= 'A' && mark <= 'Z') || mark == ' ' || !is_digit(text[4]) || !is_digit(text[5])) return std::nullopt;
    code = text.substr(0, 3);
    auto out = Subfields{};
    text.remove_prefix(3);
    while (!text.empty()) {
        auto next = std::size_t{1};
        for (;; ++next) {
            next = text.find(mark, next);
            if (next == std::string_view::npos || (next + 2 < text.size() && is_digit(text[next + 1]) && is_digit(text[next + 2]))) break;
        }
        auto const field = text.substr(0, next);
        if (field.size() >= 3) out[(field[1] - '0') * 10 + (field[2] - '0')] += field.substr(3);
        text.remove_prefix(std::min(next, text.size()));
    }
    return out;
}

void take_german(Subfields const& fields, Line& line) {
    auto text = Readings{};
    auto const in = [&](int from, int to) {
        for (auto it = fields.lower_bound(from); it != fields.end() && it->first <= to; ++it) text.add(it->second, true);
    };
    in(20, 29);
    in(60, 63);
    auto const field = [&](int number) {
        auto const at = fields.find(number);
        return at == fields.end() ? std::string{} : trimmed(at->second);
    };
    line.content = trimmed(text.joined);
    if (text.several) line.spaced = trimmed(text.spaced);
    if (line.content.empty()) line.content = field(0);
    else if (!field(0).empty()) line.other_texts += "\n" + field(0);
    line.counterparty.bank = field(30);
    line.counterparty.account = field(38).empty() ? field(31) : field(38);
    line.counterparty.name = field(33).empty() ? field(32) : trimmed(fields.find(32) == fields.end() ? fields.at(33) : fields.at(32) + fields.at(33));
}

/// What follows `/WORD/` up to the next known word.
std::string slash_word(std::string_view text, std::string_view word) {
    static constexpr std::string_view words[] = {"/TRTP/", "/IBAN/", "/BIC/", "/NAME/", "/REMI/", "/EREF/", "/ORDP/", "/BENM/", "/MARF/", "/CSID/", "/PREF/", "/RTRN/", "/CNTP/",
                                                 "/ISDT/", "/ADDR/", "/PURP/", "/ULTC/", "/ULTD/", "/UDTR/", "/UCRD/", "/ID/", "/ACCW/", "/SVCL/", "/RTYP/", "/EV/", "/SUM/"};
    auto const at = text.find(word);
    if (at == std::string_view::npos) return {};
    auto const from = at + word.size();
    auto end = text.size();
    for (auto const other : words) end = std::min(end, text.find(other, from - 1));
    return trimmed(text.substr(from, end < from ? 0 : end - from));
}

bool is_filler(std::string_view reference) { return reference.empty() || reference == "NONREF" || reference == "NOTPROVIDED"; }

bool take_slashes(std::string_view text, Line& line) {
    if (text.find("/REMI/") == std::string_view::npos && text.find("/TRTP/") == std::string_view::npos && text.find("/CNTP/") == std::string_view::npos &&
        text.find("/EREF/") == std::string_view::npos)
        return false;
    auto remittance = slash_word(text, "/REMI/");
    for (auto const kind : {"USTD//", "STRD/CUR/"})
        if (remittance.starts_with(kind)) remittance.erase(0, std::string_view{kind}.size());
    while (remittance.ends_with('/')) remittance.pop_back();
    if (!remittance.empty()) line.content = trimmed(remittance);
    line.counterparty.name = slash_word(text, "/NAME/");
    line.counterparty.account = slash_word(text, "/IBAN/");
    line.counterparty.bank = slash_word(text, "/BIC/");
    if (auto const parts = slash_word(text, "/CNTP/"); !parts.empty()) {
        auto const next = [rest = std::string_view{parts}]() mutable {
            auto const end = std::min(rest.find('/'), rest.size());
            auto const piece = trimmed(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            return piece;
        };
        auto take = next;
        line.counterparty.account = take();
        line.counterparty.bank = take();
        line.counterparty.name = take();
    }
    auto const reference = slash_word(text, "/EREF/");
    if (line.reference.empty() && !is_filler(reference)) line.reference = reference;
    return true;
}

/// `:NS:` of Austrian and Hungarian banks: rows that begin with two digits; 01–14 text, 15–16 the other's name.
void take_ns(MtField const& field, Line& line, Readings& text) {
    for (auto const row : field.lines) {
        if (row.size() < 2 || !is_digit(row[0]) || !is_digit(row[1])) continue;
        auto const number = (row[0] - '0') * 10 + (row[1] - '0');
        if (number <= 14) text.add(trimmed(row.substr(2)), false);
        if (number == 15 || number == 16) line.counterparty.name += trimmed(row.substr(2));
        if (number == 17) text.add(trimmed(row.substr(2)), false);
    }
}

}  // namespace

void mt_details(std::vector<MtField const*> const& fields, Line& line) {
    auto free = Readings{};
    auto tight = std::string{};
    for (auto const* field : fields) {
        if (field->tag == "NS") {
            take_ns(*field, line, free);
            continue;
        }
        auto full = false;
        for (auto const row : field->lines) {
            tight += row;
            auto const piece = trimmed(row);
            free.add(piece, full);
            // A row as long as the field allows was cut there, within a word or not.
            full = row.size() >= row_max && row.back() != ' ';
        }
    }
    auto code = std::string{};
    if (auto const subfields = german(tight, code)) {
        take_german(*subfields, line);
        return;
    }
    line.content = trimmed(free.joined);
    if (free.several && free.spaced != free.joined) line.spaced = trimmed(free.spaced);
    auto const whole = line.content;
    if (take_slashes(tight, line)) {
        line.spaced.clear();
        if (line.content != whole) line.other_texts += "\n" + whole;
    }
    if (line.content.empty()) line.content = trimmed(line.other_texts);
}

}  // namespace choso::statements
