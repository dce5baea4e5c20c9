#include "marketplace/search/letters.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace choso::marketplace {
namespace {

constexpr char32_t replacement = 0xfffd;

char32_t next_code_point(std::string_view& rest) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    auto const lead = byte(0);
    auto length = std::size_t{1};
    char32_t point = lead;
    if (lead >= 0xf0U && lead <= 0xf4U) { length = 4; point = lead & 0x07U; }
    else if (lead >= 0xe0U && lead < 0xf0U) { length = 3; point = lead & 0x0fU; }
    else if (lead >= 0xc2U && lead < 0xe0U) { length = 2; point = lead & 0x1fU; }
    else if (lead >= 0x80U) point = replacement;
    auto whole = length <= rest.size();
    for (auto i = std::size_t{1}; whole && i < length; ++i) {
        whole = (byte(i) & 0xc0U) == 0x80U;
        point = (point << 6U) | (byte(i) & 0x3fU);
    }
    if (!whole) { length = 1; point = replacement; }
    rest.remove_prefix(length);
    return point;
}

void append_utf8(std::string& out, char32_t c) {
    auto const put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80U) { put(c); return; }
    if (c < 0x800U) { put(0xc0U | (c >> 6U)); put(0x80U | (c & 0x3fU)); return; }
    if (c < 0x1'0000U) { put(0xe0U | (c >> 12U)); put(0x80U | ((c >> 6U) & 0x3fU)); put(0x80U | (c & 0x3fU)); return; }
    put(0xf0U | (c >> 18U)); put(0x80U | ((c >> 12U) & 0x3fU)); put(0x80U | ((c >> 6U) & 0x3fU)); put(0x80U | (c & 0x3fU));
}

/// One vowel in one shape with its six tones, lower case. Upper ones are the same table by `to_upper`.
struct Row {
    char32_t plain;
    Shape shape;
    std::array<char32_t, 6> tones;
};
constexpr std::array<Row, 12> rows{{
    {U'a', Shape::none, {U'a', U'à', U'á', U'ả', U'ã', U'ạ'}},
    {U'a', Shape::breve, {U'ă', U'ằ', U'ắ', U'ẳ', U'ẵ', U'ặ'}},
    {U'a', Shape::hat, {U'â', U'ầ', U'ấ', U'ẩ', U'ẫ', U'ậ'}},
    {U'e', Shape::none, {U'e', U'è', U'é', U'ẻ', U'ẽ', U'ẹ'}},
    {U'e', Shape::hat, {U'ê', U'ề', U'ế', U'ể', U'ễ', U'ệ'}},
    {U'i', Shape::none, {U'i', U'ì', U'í', U'ỉ', U'ĩ', U'ị'}},
    {U'o', Shape::none, {U'o', U'ò', U'ó', U'ỏ', U'õ', U'ọ'}},
    {U'o', Shape::hat, {U'ô', U'ồ', U'ố', U'ổ', U'ỗ', U'ộ'}},
    {U'o', Shape::horn, {U'ơ', U'ờ', U'ớ', U'ở', U'ỡ', U'ợ'}},
    {U'u', Shape::none, {U'u', U'ù', U'ú', U'ủ', U'ũ', U'ụ'}},
    {U'u', Shape::horn, {U'ư', U'ừ', U'ứ', U'ử', U'ữ', U'ự'}},
    {U'y', Shape::none, {U'y', U'ỳ', U'ý', U'ỷ', U'ỹ', U'ỵ'}},
}};

char32_t upper(char32_t c) {
    if (c >= U'a' && c <= U'z') return c - 32;
    if (c >= 0xe0U && c <= 0xfeU && c != 0xf7U) return c - 32;
    if (c == U'ă' || c == U'đ' || c == U'ĩ' || c == U'ũ' || c == U'ư') return c - 1;
    if (c == U'ơ') return U'Ơ';
    if (c >= 0x1e00U && c <= 0x1effU && c % 2 == 1) return c - 1;
    return c;
}

struct Mark {
    enum class Kind { none, tone, shape, other } kind = Kind::none;
    Tone tone = 0;
    Shape shape = Shape::none;
};
/// A combining mark (U+0300–036F).
Mark mark_of(char32_t c) {
    switch (c) {
        case 0x300: return {Mark::Kind::tone, 1, Shape::none};
        case 0x301: return {Mark::Kind::tone, 2, Shape::none};
        case 0x309: return {Mark::Kind::tone, 3, Shape::none};
        case 0x303: return {Mark::Kind::tone, 4, Shape::none};
        case 0x323: return {Mark::Kind::tone, 5, Shape::none};
        case 0x302: return {Mark::Kind::shape, 0, Shape::hat};
        case 0x306: return {Mark::Kind::shape, 0, Shape::breve};
        case 0x31b: return {Mark::Kind::shape, 0, Shape::horn};
        default: break;
    }
    return {c >= 0x300U && c <= 0x36fU ? Mark::Kind::other : Mark::Kind::none, 0, Shape::none};
}

/// Consonants that got a word's tone by a slip of an input method, and Latin letters of other tongues.
std::optional<Letter> foreign(char32_t small) {
    struct Other { char32_t c, plain; Tone tone; };
    static constexpr std::array<Other, 4> toned{{{U'ŕ', U'r', 2}, {U'ń', U'n', 2}, {0x1e33, U'k', 5}, {0x1e31, U'k', 2}}};
    for (auto const& it : toned)
        if (it.c == small) return Letter{it.plain, Shape::none, it.tone, false};
    struct Plain { char32_t c, plain; };
    static constexpr std::array<Plain, 13> plains{{{U'ä', U'a'}, {U'å', U'a'}, {U'ç', U'c'}, {U'ë', U'e'}, {U'î', U'i'}, {U'ï', U'i'},
                                                  {U'ö', U'o'}, {U'ñ', U'n'}, {U'ø', U'o'}, {U'û', U'u'}, {U'ü', U'u'}, {U'ÿ', U'y'}, {U'ð', U'd'}}};
    for (auto const& it : plains)
        if (it.c == small) return Letter{it.plain, it.plain == U'd' ? Shape::bar : Shape::none, 0, it.plain != U'd'};
    return std::nullopt;
}

Letter take_apart(char32_t c) {
    auto const small = lower(c);
    auto const capital = small != c;
    auto out = Letter{c, Shape::none, 0, false};
    if (c < 0x80U) return out;
    if (small == U'đ') out = {U'd', Shape::bar, 0, false};
    else if (auto const other = foreign(small)) out = *other;
    else
        for (auto const& row : rows)
            for (auto t = 0U; t < 6; ++t)
                if (row.tones[t] == small) out = {row.plain, row.shape, static_cast<Tone>(t), false};
    if (capital && out.plain != c) out.plain = upper(out.plain);
    return out;
}

}  // namespace

char32_t lower(char32_t c) {
    if (c >= U'A' && c <= U'Z') return c + 32;
    if (c >= 0xc0U && c <= 0xdeU && c != 0xd7U) return c + 32;
    if (c == U'Ă' || c == U'Đ' || c == U'Ĩ' || c == U'Ũ' || c == U'Ư' || c == U'Ŕ') return c + 1;
    if (c == U'Ń') return U'ń';
    if (c == U'Ơ') return U'ơ';
    if (c >= 0x1e00U && c <= 0x1effU && c % 2 == 0) return c + 1;
    return c;
}

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool is_letter(char32_t c) {
    if (c < 0x80U) return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
    if (c == replacement || c == 0xd7U || c == 0xf7U) return false;
    // Latin, and every other script as it is; blanks, punctuation, symbols and pictures part words.
    return c >= 0xc0U && !(c >= 0x2000U && c <= 0x2bffU) && !(c >= 0x3000U && c <= 0x303fU) && !(c >= 0xfe00U && c <= 0xfe0fU) &&
           !(c >= 0xff00U && c <= 0xff0fU) && c < 0x1'f000U && !(c >= 0xe000U && c <= 0xf8ffU);
}

bool is_vowel(char32_t plain) {
    auto const c = lower(plain);
    return c == U'a' || c == U'e' || c == U'i' || c == U'o' || c == U'u' || c == U'y';
}

std::vector<Letter> letters_of(std::string_view text) {
    std::vector<Letter> out;
    out.reserve(text.size());
    while (!text.empty()) {
        auto const c = next_code_point(text);
        auto const mark = mark_of(c);
        if (mark.kind == Mark::Kind::none || out.empty()) {
            if (mark.kind == Mark::Kind::none) out.push_back(take_apart(c));
            continue;
        }
        auto& last = out.back();
        if (mark.kind == Mark::Kind::tone) last.tone = mark.tone;
        else if (mark.kind == Mark::Kind::shape) last.shape = mark.shape;
        else last.other_mark = true;
    }
    return out;
}

void append(std::string& out, Letter letter) {
    auto const small = lower(letter.plain);
    auto const capital = small != letter.plain;
    auto composed = char32_t{0};
    if (small == U'd' && letter.shape == Shape::bar) composed = U'đ';
    for (auto const& row : rows)
        if (row.plain == small && row.shape == letter.shape) composed = row.tones[letter.tone];
    if (composed == 0) composed = small;
    append_utf8(out, capital ? upper(composed) : composed);
}

namespace {

struct Span { std::size_t first, count; };

/// The vowels that carry the word: behind its first consonants, the u of qu and the i of gi being among those.
Span nucleus_of(std::vector<Letter> const& word) {
    auto at = std::size_t{0};
    while (at < word.size() && !is_vowel(word[at].plain)) ++at;
    auto end = at;
    while (end < word.size() && is_vowel(word[end].plain)) ++end;
    auto const before = at > 0 ? lower(word[at - 1].plain) : U' ';
    if (end - at >= 2 && at == 1) {
        auto const first = lower(word[at].plain);
        if (before == U'q' && first == U'u') ++at;
        if (before == U'g' && first == U'i' && word[at].shape == Shape::none && word[at + 1].shape != Shape::hat) ++at;
    }
    return {at, end - at};
}

std::size_t carrier_in(std::vector<Letter> const& word, Span nucleus) {
    for (auto i = nucleus.first + nucleus.count; i-- > nucleus.first;)
        if (word[i].shape != Shape::none) return i;
    if (nucleus.count == 1) return nucleus.first;
    if (nucleus.count >= 3) return nucleus.first + 1;
    auto const closed = nucleus.first + nucleus.count < word.size();
    if (closed) return nucleus.first + 1;
    auto const a = lower(word[nucleus.first].plain);
    auto const b = lower(word[nucleus.first + 1].plain);
    if (a == U'o' && (b == U'a' || b == U'e')) return nucleus.first + 1;
    if (a == U'u' && b == U'y' && nucleus.first > 0) return nucleus.first + 1;
    return nucleus.first;
}

}  // namespace

void place_tone(std::vector<Letter>& word) {
    auto tone = Tone{0};
    auto tones = 0;
    auto where = std::size_t{0};
    for (auto i = std::size_t{0}; i < word.size(); ++i) {
        if (word[i].tone == 0) continue;
        tone = word[i].tone;
        where = i;
        ++tones;
    }
    if (tones != 1) return;
    auto const nucleus = nucleus_of(word);
    if (nucleus.count == 0) return;
    // `gịa`: of gi + a nobody can tell which vowel leads; it stays where it was put.
    if (where + 1 == nucleus.first && nucleus.count == 1 && where == 1 && lower(word[0].plain) == U'g' && word.size() == 3) return;
    word[where].tone = 0;
    word[carrier_in(word, nucleus)].tone = tone;
}

void i_for_y(std::vector<Letter>& word) {
    if (word.size() < 2 || lower(word.back().plain) != U'y') return;
    auto const ends_in_qu = word.size() == 3 && lower(word[0].plain) == U'q' && lower(word[1].plain) == U'u';
    for (auto i = std::size_t{0}; !ends_in_qu && i + 1 < word.size(); ++i)
        if (is_vowel(word[i].plain)) return;
    word.back().plain = word.back().plain == U'Y' ? U'I' : U'i';
}

}  // namespace choso::marketplace
