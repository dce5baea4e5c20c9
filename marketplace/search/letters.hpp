#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Vietnamese letters taken apart: the letter, its shape, and the tone that its word carries. Inside marketplace/search only.
namespace choso::marketplace {

enum class Shape : std::uint8_t { none, hat, breve, horn, bar };   // â ă ơ đ
/// 0 none, 1 huyền, 2 sắc, 3 hỏi, 4 ngã, 5 nặng.
using Tone = std::uint8_t;

struct Letter {
    char32_t plain = 0;   ///< without marks, in the case it was written; what has no marks of ours stays itself
    Shape shape = Shape::none;
    Tone tone = 0;
    bool other_mark = false;  ///< a mark Vietnamese does not have (ö, ñ); `plain` has lost it
};

/// Takes composed and decomposed text apart, marks joined to the letter before them. Bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::vector<Letter> letters_of(std::string_view text);
/// UTF-8, composed (NFC) for every letter Vietnamese has.
void append(std::string& out, Letter letter);

[[nodiscard]] bool is_letter(char32_t c);
[[nodiscard]] bool is_digit(char32_t c);
[[nodiscard]] char32_t lower(char32_t c);
[[nodiscard]] bool is_vowel(char32_t plain);

/// Moves the one tone of a word to the vowel that carries it today.
void place_tone(std::vector<Letter>& word);
/// Turns the y that is a word's only vowel, behind a consonant, into i.
void i_for_y(std::vector<Letter>& word);

}  // namespace choso::marketplace
