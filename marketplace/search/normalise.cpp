#include "marketplace/search/normalise.hpp"

#include <algorithm>
#include <array>

#include "marketplace/search/letters.hpp"

namespace choso::marketplace {
namespace {

enum class Sort { letter, digit, gap };

Sort sort_of(Letter const& letter) {
    if (is_letter(letter.plain)) return Sort::letter;
    return is_digit(letter.plain) ? Sort::digit : Sort::gap;
}

std::string text_of(std::vector<Letter> const& letters) {
    std::string out;
    for (auto const& letter : letters) append(out, letter);
    return out;
}

Word word_of(std::vector<Letter> letters) {
    auto out = Word{};
    auto tone = Tone{0};
    for (auto& letter : letters) {
        out.marked = out.marked || letter.tone != 0 || letter.shape != Shape::none;
        if (letter.tone != 0) tone = letter.tone;
        letter.plain = lower(letter.plain);
    }
    out.shown = text_of(letters);
    for (auto& letter : letters) letter.tone = 0;
    out.accented = text_of(letters);
    if (tone != 0) out.accented += static_cast<char>('0' + tone);
    for (auto& letter : letters) letter.shape = Shape::none;
    i_for_y(letters);
    out.folded = text_of(letters);
    return out;
}

Word number_of(std::vector<Letter> const& letters) {
    auto out = Word{};
    for (auto const& letter : letters) out.folded += static_cast<char>(letter.plain == U',' ? U'.' : letter.plain);
    out.accented = out.shown = out.folded;
    return out;
}

/// Applies `change` to each run of letters (an apostrophe inside belongs to it), and writes all as it stands.
template <class Change>
std::string with_each_word(std::string_view text, Change change) {
    auto const all = letters_of(text);
    std::string out;
    std::vector<Letter> word;
    auto const flush = [&] {
        change(word);
        for (auto const& letter : word) append(out, letter);
        word.clear();
    };
    for (auto const& letter : all) {
        if (is_letter(letter.plain) || letter.plain == U'\'') { word.push_back(letter); continue; }
        flush();
        append(out, letter);
    }
    flush();
    return out;
}

/// Could it be one syllable: consonants, vowels, consonants of the ones that begin and end syllables.
bool may_be_syllable(std::vector<Letter> const& word) {
    static constexpr std::array<std::string_view, 28> onsets{"", "b", "c", "ch", "d", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
                                                             "nh", "p", "ph", "q", "r", "s", "t", "th", "tr", "v", "x", "qu"};
    static constexpr std::array<std::string_view, 9> codas{"", "c", "ch", "m", "n", "ng", "nh", "p", "t"};
    auto at = std::size_t{0};
    std::string onset, coda;
    while (at < word.size() && !is_vowel(word[at].plain)) onset += static_cast<char>(lower(word[at++].plain));
    auto vowels = 0;
    while (at < word.size() && is_vowel(word[at].plain)) { ++at; ++vowels; }
    while (at < word.size() && !is_vowel(word[at].plain)) coda += static_cast<char>(lower(word[at++].plain));
    return at == word.size() && vowels >= 1 && vowels <= 3 && std::ranges::find(onsets, onset) != onsets.end() &&
           std::ranges::find(codas, coda) != codas.end();
}

bool is_plain_ascii(std::string_view word) {
    return std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

std::string finished(std::vector<Letter> word, Tone tone, bool changed) {
    if (!changed || !may_be_syllable(word)) return {};
    // A tone key may come anywhere behind the first vowel: where the tone stands is for the spelling to say.
    auto at = std::ranges::find_if(word, [](Letter const& letter) { return is_vowel(letter.plain); });
    at->tone = tone;
    place_tone(word);
    return text_of(word);
}

Tone telex_tone(char32_t c) {
    switch (c) {
        case U'f': return 1;
        case U's': return 2;
        case U'r': return 3;
        case U'x': return 4;
        case U'j': return 5;
        default: return 0;
    }
}

/// Gives the last letter that is one of `plains` and has no shape yet the shape; false if there is none.
bool shape_last(std::vector<Letter>& word, std::u32string_view plains, Shape shape) {
    for (auto i = word.size(); i-- > 0;) {
        if (word[i].shape != Shape::none || plains.find(lower(word[i].plain)) == std::u32string_view::npos) continue;
        word[i].shape = shape;
        return true;
    }
    return false;
}

/// `w`: ă, ơ, ư, and both of uo; alone it is ư.
bool telex_w(std::vector<Letter>& word) {
    auto const n = word.size();
    for (auto i = n; i-- > 0;) {
        auto const c = lower(word[i].plain);
        if (word[i].shape != Shape::none) continue;
        if (c == U'o' && i > 0 && lower(word[i - 1].plain) == U'u' && word[i - 1].shape == Shape::none && !(i > 1 && lower(word[i - 2].plain) == U'q'))
            word[i - 1].shape = Shape::horn;
        if (c == U'o' || c == U'u') { word[i].shape = Shape::horn; return true; }
        if (c == U'a') {
            auto const behind_u = i > 0 && lower(word[i - 1].plain) == U'u' && word[i - 1].shape == Shape::none && i + 1 == n &&
                                  !(i > 1 && lower(word[i - 2].plain) == U'q');
            if (behind_u) word[i - 1].shape = Shape::horn;   // muaw → mưa
            else word[i].shape = Shape::breve;
            return true;
        }
    }
    return false;
}

bool has_vowel(std::vector<Letter> const& word) {
    return std::ranges::any_of(word, [](Letter const& letter) { return is_vowel(letter.plain); });
}

}  // namespace

std::vector<Word> words_of(std::string_view text) {
    std::vector<Word> out;
    auto const all = letters_of(text);
    for (auto at = std::size_t{0}; at < all.size();) {
        auto const sort = sort_of(all[at]);
        auto end = at + 1;
        if (sort == Sort::gap) { at = end; continue; }
        auto const decimal = [&](std::size_t i) {
            return sort == Sort::digit && (all[i].plain == U'.' || all[i].plain == U',') && i + 1 < all.size() && is_digit(all[i + 1].plain);
        };
        while (end < all.size() && (sort_of(all[end]) == sort || decimal(end))) ++end;
        auto part = std::vector<Letter>{all.begin() + static_cast<std::ptrdiff_t>(at), all.begin() + static_cast<std::ptrdiff_t>(end)};
        // Nothing that is so long is a word; its beginning finds it again.
        if (part.size() > 40) part.resize(40);
        out.push_back(sort == Sort::letter ? word_of(std::move(part)) : number_of(part));
        at = end;
    }
    return out;
}

std::string with_tones_placed(std::string_view text) { return with_each_word(text, place_tone); }
std::string with_i_for_y(std::string_view text) { return with_each_word(text, i_for_y); }

std::string from_telex(std::string_view typed) {
    if (typed.size() < 2 || typed.size() > 12 || !is_plain_ascii(typed)) return {};
    std::vector<Letter> word;
    auto tone = Tone{0};
    auto changed = false;
    for (auto const letter : letters_of(typed)) {
        auto const c = lower(letter.plain);
        auto const before = word.empty() ? Letter{} : word.back();
        if (auto const its = telex_tone(c); its != 0 && has_vowel(word)) {
            tone = its;
            changed = true;
        } else if (c == U'd' && !word.empty() && lower(word.front().plain) == U'd' && word.front().shape == Shape::none) {
            word.front().shape = Shape::bar;
            changed = true;
        } else if ((c == U'a' || c == U'e' || c == U'o') && has_vowel(word) && (lower(before.plain) == c || !is_vowel(before.plain)) &&
                   shape_last(word, std::u32string_view{&c, 1}, Shape::hat)) {
            changed = true;
        } else if (c == U'w' && telex_w(word)) {
            changed = true;
        } else if (c == U'w') {
            word.push_back({letter.plain == U'W' ? U'U' : U'u', Shape::horn, 0, false});
            changed = true;
        } else if (c == U'z' && tone != 0) {
            tone = 0;
        } else {
            word.push_back(letter);
        }
    }
    // `duowng` marks the o alone: ươ is one sound.
    for (auto i = std::size_t{1}; i + 1 < word.size(); ++i)
        if (word[i].shape == Shape::horn && lower(word[i].plain) == U'o' && lower(word[i - 1].plain) == U'u') word[i - 1].shape = Shape::horn;
    return finished(std::move(word), tone, changed);
}

std::string from_vni(std::string_view typed) {
    if (typed.size() < 2 || typed.size() > 14 || !is_plain_ascii(typed)) return {};
    std::vector<Letter> word;
    auto tone = Tone{0};
    auto changed = false;
    for (auto const letter : letters_of(typed)) {
        auto const c = letter.plain;
        if (!is_digit(c)) { word.push_back(letter); continue; }
        changed = true;
        auto fits = has_vowel(word) || c == U'9';
        switch (c) {
            case U'1': tone = 2; break;
            case U'2': tone = 1; break;
            case U'3': tone = 3; break;
            case U'4': tone = 4; break;
            case U'5': tone = 5; break;
            case U'6': fits = fits && shape_last(word, U"aeo", Shape::hat); break;
            case U'7': fits = fits && shape_last(word, U"ou", Shape::horn); break;
            case U'8': fits = fits && shape_last(word, U"a", Shape::breve); break;
            case U'9': fits = fits && shape_last(word, U"d", Shape::bar); break;
            case U'0': tone = 0; break;
            default: fits = false;
        }
        if (!fits) return {};
    }
    for (auto i = std::size_t{1}; i + 1 < word.size(); ++i)
        if (word[i].shape == Shape::horn && lower(word[i].plain) == U'o' && lower(word[i - 1].plain) == U'u') word[i - 1].shape = Shape::horn;
    return finished(std::move(word), tone, changed);
}

}  // namespace choso::marketplace
