#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/money.hpp"

namespace choso {

/// How numbers are spoken. North: nghìn, linh, tư (what schools and banks write). Central: nghìn, lẻ, tư.
/// South: ngàn, lẻ, bốn.
enum class Dialect : std::uint8_t { north, central, south };

/// The amount in Vietnamese words, without the unit: 50.000 → `năm mươi nghìn`. Lower case, single blanks, UTF-8 NFC,
/// billions spelt `tỷ`; the whole range of Money, negative ones with `âm`.
[[nodiscard]] std::string in_words(Money amount, Dialect dialect = Dialect::north);

/// Well-formed by RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
[[nodiscard]] bool is_valid_utf8(std::string_view text);

/// Vietnamese and Latin-1 letters, composed or decomposed, as plain ASCII of the same case: `Đồng Quang` → `Dong Quang`.
/// Other characters stay as they are; each byte that is not UTF-8 becomes `?`. So the result is always valid UTF-8.
[[nodiscard]] std::string fold(std::string_view text);
/// For a transfer content: folded, only letters, digits and single blanks, none at the ends; case kept. Banks lose the rest.
[[nodiscard]] std::string fold_for_memo(std::string_view text);
/// For comparing two texts: folded, upper case, only A–Z and 0–9.
[[nodiscard]] std::string fold_for_match(std::string_view text);

/// For showing an account number to those who need not know it: `0123456789` → `••••••6789`. The last four characters,
/// or the last half of a number shorter than eight.
[[nodiscard]] std::string mask_account(std::string_view account);
/// For showing a payer to a seller: `NGUYEN VAN AN` → `N••• V••• AN`. The given name, which comes last, stays; a name of
/// one word keeps its first letter. The number of letters does not show.
[[nodiscard]] std::string mask_name(std::string_view name);

}  // namespace choso
