#pragma once
#include <string>
#include <string_view>
#include <vector>

/// Vietnamese text as search sees it: one code for what is indexed and for what is asked. Pure.
namespace choso::marketplace {

/// One word. Two words are the same as typed with care if `accented` is equal, and as typed in haste if `folded` is.
struct Word {
    /// Lower case, composed, the tone taken off its vowel and set behind: `hòa` and `hoà` are both `hoa2`, `đường` is `đương2`.
    std::string accented;
    /// ASCII, and `i` for a `y` that sounds like it (mỳ = mì): `duong`, `mi`.
    std::string folded;
    /// As it stands in the text, NFC, lower case.
    std::string shown;
    /// Has it a mark at all (a tone, a hat, a horn, the bar of đ)?
    bool marked = false;
};

/// The words of a text in order. Letters and digits part (`500g` is `500`, `g`), a decimal stays whole with a point; all
/// else parts words. Bytes that are not UTF-8 part them too.
[[nodiscard]] std::vector<Word> words_of(std::string_view text);

/// A text with each word's tone on the vowel where today's spelling puts it (`hòa` → `hoà`, `thủy` → `thuỷ`, `tíên` →
/// `tiến`), composed; case stays, and every other character but marks of foreign letters.
[[nodiscard]] std::string with_tones_placed(std::string_view text);
/// `kỹ` → `kĩ`: i for a y that is its word's only vowel behind a consonant.
[[nodiscard]] std::string with_i_for_y(std::string_view text);

/// What somebody meant who typed Telex or VNI where no input method ran: `dduwowngf` or `d9u7o72ng` → `đường`. Empty if the
/// text can be no such spelling of a syllable or nothing would change.
[[nodiscard]] std::string from_telex(std::string_view word);
[[nodiscard]] std::string from_vni(std::string_view word);

}  // namespace choso::marketplace
