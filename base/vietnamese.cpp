#include "base/vietnamese.hpp"

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace choso {
namespace {

constexpr char32_t not_utf8 = 0xffff'ffff;

constexpr bool is_continuation(unsigned char byte) { return (byte & 0xc0U) == 0x80U; }

/// Takes one code point off the front of `rest` (not empty), or one byte that begins none and answers not_utf8.
char32_t next_code_point(std::string_view& rest) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    auto const lead = byte(0);
    auto length = std::size_t{1};
    char32_t point = lead;
    if (lead >= 0xf0U && lead <= 0xf4U) {
        length = 4;
        point = lead & 0x07U;
    } else if (lead >= 0xe0U && lead < 0xf0U) {
        length = 3;
        point = lead & 0x0fU;
    } else if (lead >= 0xc2U && lead < 0xe0U) {
        length = 2;
        point = lead & 0x1fU;
    } else if (lead >= 0x80U) {
        point = not_utf8;
    }
    auto whole = length <= rest.size();
    for (auto i = std::size_t{1}; whole && i < length; ++i) {
        whole = is_continuation(byte(i));
        point = (point << 6U) | (byte(i) & 0x3fU);
    }
    auto const overlong = (length == 3 && point < 0x800U) || (length == 4 && point < 0x1'0000U);
    auto const surrogate = point >= 0xd800U && point <= 0xdfffU;
    if (length > 1 && (!whole || overlong || surrogate || point > 0x10'ffffU)) {
        length = 1;
        point = not_utf8;
    }
    rest.remove_prefix(length);
    return point;
}

bool is_combining_mark(char32_t point) { return point >= 0x300U && point <= 0x36fU; }

/// U+00C0–00FF, upper and lower half; × and ÷ are not letters and stay.
constexpr std::array<std::string_view, 64> latin_1{
    "A", "A", "A", "A", "A", "A", "AE", "C", "E", "E", "E", "E", "I", "I", "I", "I",
    "D", "N", "O", "O", "O", "O", "O",  "",  "O", "U", "U", "U", "U", "Y", "TH", "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "th", "y"};

/// U+1EA0–1EF9, Vietnamese with two marks: upper and lower case take turns.
std::string_view vietnamese_letter(char32_t point) {
    auto const lower = point % 2 == 1;
    if (point <= 0x1eb7U) return lower ? "a" : "A";
    if (point <= 0x1ec7U) return lower ? "e" : "E";
    if (point <= 0x1ecbU) return lower ? "i" : "I";
    if (point <= 0x1ee3U) return lower ? "o" : "O";
    if (point <= 0x1ef1U) return lower ? "u" : "U";
    return lower ? "y" : "Y";
}

/// The ASCII letters of a letter with marks; empty for anything that is none.
std::string_view plain_letters(char32_t point) {
    if (point >= 0xc0U && point <= 0xffU) return latin_1[point - 0xc0U];
    if (point >= 0x1ea0U && point <= 0x1ef9U) return vietnamese_letter(point);
    switch (point) {
        case 0x102: return "A";  // Ă
        case 0x103: return "a";
        case 0x110: return "D";  // Đ
        case 0x111: return "d";
        case 0x128: return "I";  // Ĩ
        case 0x129: return "i";
        case 0x168: return "U";  // Ũ
        case 0x169: return "u";
        case 0x1a0: return "O";  // Ơ
        case 0x1a1: return "o";
        case 0x1af: return "U";  // Ư
        case 0x1b0: return "u";
        case 0xa0: return " ";
        default: return {};
    }
}

bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// One character as people count them: a code point and the marks that follow it. Bytes that are not UTF-8 show as `?`.
std::string next_character(std::string_view& rest) {
    auto const before = rest;
    auto const point = next_code_point(rest);
    if (point == not_utf8) return "?";
    while (!rest.empty()) {
        auto ahead = rest;
        if (!is_combining_mark(next_code_point(ahead))) break;
        rest = ahead;
    }
    return std::string{before.substr(0, before.size() - rest.size())};
}

std::vector<std::string> characters(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) out.push_back(next_character(text));
    return out;
}

constexpr std::string_view bullet = "•";

struct Speech {
    std::string_view thousand;
    std::string_view odd;   // before the last digit when there are no tens
    std::string_view four;  // after two tens or more
};

constexpr Speech speech_of(Dialect dialect) {
    switch (dialect) {
        case Dialect::north: return {"nghìn", "linh", "tư"};
        case Dialect::central: return {"nghìn", "lẻ", "tư"};
        case Dialect::south: return {"ngàn", "lẻ", "bốn"};
    }
    return {"nghìn", "linh", "tư"};
}

constexpr std::array<std::string_view, 10> digit_words{"không", "một", "hai", "ba",  "bốn",
                                                       "năm",   "sáu", "bảy", "tám", "chín"};

class Speaker {
 public:
    explicit Speaker(Dialect dialect) : speech_{speech_of(dialect)} {}

    void say(std::string_view word) {
        if (!out_.empty()) out_ += ' ';
        out_ += word;
    }

    /// `first`: nothing was said before, so leading zeros are silent.
    void say_number(std::uint64_t n, bool first) {
        constexpr std::uint64_t billion = 1'000'000'000;
        if (n >= billion) {
            say_number(n / billion, first);
            say("tỷ");
            first = false;
        }
        auto const below = static_cast<unsigned>(n % billion);
        first = say_group(below / 1'000'000, "triệu", first);
        first = say_group(below / 1'000 % 1'000, speech_.thousand, first);
        say_group(below % 1'000, {}, first);
    }

    [[nodiscard]] std::string take() { return std::move(out_); }

 private:
    /// Returns whether still nothing was said.
    bool say_group(unsigned group, std::string_view unit, bool first) {
        if (group == 0) return first;
        auto const hundreds = group / 100;
        auto const tens = group / 10 % 10;
        auto const ones = group % 10;
        auto const with_hundreds = hundreds > 0 || !first;
        if (with_hundreds) {
            say(digit_words[hundreds]);
            say("trăm");
        }
        if (tens == 0 && ones > 0 && with_hundreds) say(speech_.odd);
        if (tens == 1) say("mười");
        if (tens >= 2) {
            say(digit_words[tens]);
            say("mươi");
        }
        say_ones(tens, ones);
        if (!unit.empty()) say(unit);
        return false;
    }

    void say_ones(unsigned tens, unsigned ones) {
        if (ones == 0) return;
        if (ones == 5 && tens >= 1) return say("lăm");
        if (ones == 4 && tens >= 2) return say(speech_.four);
        if (ones == 1 && tens >= 2) return say("mốt");
        say(digit_words[ones]);
    }

    Speech speech_;
    std::string out_;
};

}  // namespace

std::string in_words(Money amount, Dialect dialect) {
    if (amount.is_zero()) return std::string{digit_words[0]};
    Speaker speaker{dialect};
    auto magnitude = static_cast<std::uint64_t>(amount.dong());
    if (amount.is_negative()) {
        speaker.say("âm");
        magnitude = 0 - magnitude;  // unsigned: right for the least int64 too
    }
    speaker.say_number(magnitude, true);
    return speaker.take();
}

bool is_valid_utf8(std::string_view text) {
    while (!text.empty())
        if (next_code_point(text) == not_utf8) return false;
    return true;
}

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        auto const before = text;
        auto const point = next_code_point(text);
        if (point == not_utf8) {
            out += '?';
        } else if (auto const letters = plain_letters(point); !letters.empty()) {
            out += letters;
        } else if (!is_combining_mark(point)) {
            out += before.substr(0, before.size() - text.size());
        }
    }
    return out;
}

std::string fold_for_memo(std::string_view text) {
    std::string out;
    auto gap = false;
    for (auto const c : fold(text)) {
        if (!is_letter_or_digit(c)) {
            gap = true;
            continue;
        }
        if (gap && !out.empty()) out += ' ';
        gap = false;
        out += c;
    }
    return out;
}

std::string fold_for_match(std::string_view text) {
    std::string out;
    for (auto const c : fold(text)) {
        if (!is_letter_or_digit(c)) continue;
        out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return out;
}

std::string mask_account(std::string_view account) {
    auto const all = characters(account);
    auto const shown = all.size() < 8 ? all.size() / 2 : 4;
    std::string out;
    for (auto i = std::size_t{0}; i < all.size(); ++i) out += i + shown < all.size() ? bullet : std::string_view{all[i]};
    return out;
}

std::string mask_name(std::string_view name) {
    std::vector<std::string_view> words;
    while (!name.empty()) {
        auto const end = name.find(' ');
        if (end != 0) words.push_back(name.substr(0, end));
        name.remove_prefix(end == std::string_view::npos ? name.size() : end + 1);
    }
    std::string out;
    for (auto i = std::size_t{0}; i < words.size(); ++i) {
        if (i > 0) out += ' ';
        if (i > 0 && i + 1 == words.size()) {
            for (auto const& c : characters(words[i])) out += c;
        } else {
            auto rest = words[i];
            out += next_character(rest);
            for (auto n = 0; n < 3; ++n) out += bullet;
        }
    }
    return out;
}

}  // namespace choso
