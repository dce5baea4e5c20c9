#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace choso::qr {

/// What may be wrong with a payload. The texts of code_text() are stable: scripts compare them.
enum class Code : std::uint8_t {
    empty,                   ///< nothing there
    payload_too_long,        ///< more bytes than any QR symbol holds; not read further
    not_utf8,                ///< bytes that are no text
    control_character,       ///< U+0000–U+001F or U+007F
    not_nfc,                 ///< a combining mark: text must be precomposed
    payload_gt_512,          ///< more than the 512 characters that the standard recommends
    length_is_bytes,         ///< lengths count bytes instead of characters
    bad_header,              ///< id and length are not four digits
    truncated,               ///< a length goes past the end
    trailing,                ///< one to three characters are left over
    split_utf8,              ///< a length ends inside a character
    duplicate,               ///< an id stands twice on one level (EMV QRCPS MPM 1.1 §4.3.1.2)
    zero_length,             ///< an object without a value
    bad_pfi,                 ///< 00 is not first, or is not "01"
    no_init,                 ///< 01 is missing
    bad_init,                ///< 01 is neither 11 nor 12
    no_mai,                  ///< no merchant account information (02–51)
    no_guid,                 ///< a template 26–51 does not say whose it is
    guid_case,               ///< VietQR's application id in lower-case letters
    misplaced_template,      ///< VietQR's application id under another tag than 38
    no_bin,
    bad_bin,                 ///< not six digits
    unknown_bin,             ///< not in the directory
    no_account,
    odd_account,             ///< holds something else than letters and digits
    no_service,
    unknown_service,
    service_in_wrong_level,  ///< the service code stands inside 38.01
    napas_currency,          ///< missing, or none of NAPAS' table
    currency_not_vnd,
    napas_country,           ///< missing, or not two capital letters
    country_not_vn,
    emv_missing,             ///< the standard wants it and everybody sends it
    emv_absent,              ///< the standard wants it, several schemes leave it out
    not_numeric,
    bad_length,              ///< a field of fixed length has another
    bad_country,
    too_long,
    non_ans,                 ///< outside the printable ASCII that the field allows
    bad_amount,              ///< not a positive decimal number
    amount_decimals,         ///< more decimals than the currency has
    amount_leading_zero,
    amount_not_whole,        ///< cannot be said as a whole number; `amount` is absent
    amount_over_limit,       ///< 500 000 000 đ or more: beyond one NAPAS 247 transfer
    bad_tip,                 ///< 55 is none of 01, 02, 03
    tip_56_rule,             ///< 56 stands exactly when 55 is 02
    tip_57_rule,             ///< 57 stands exactly when 55 is 03
    bad_fee,                 ///< 56 is not a positive number, or 57 is outside 0.01–99.99
    bad_data_request,        ///< 62.09 is not a subset of A, M, E
    lang_missing,            ///< 64 lacks the language or the name
    bad_language,            ///< 64.00 is no two-letter language of ISO 639
    crc_missing,
    crc_not_last,
    crc_malformed,           ///< not four hexadecimal digits
    crc_mismatch,
    crc_lowercase,
};

/// How strictly a payload is judged. `lenient` forgives what bank apps forgive (lengths in bytes, values too long,
/// accents, missing descriptive fields) with a warning; never a broken structure, a doubled object, a wrong check or
/// money that is unclear.
enum class Strictness : std::uint8_t { strict, lenient };

/// Which rules judge it: VietQR's (NAPAS, application id A000000727) or EMVCo's alone.
enum class Kind : std::uint8_t { vietqr, emv };

/// Where an object stands: up to three ids, -1 for none. `38.01` is {38, 1, -1}.
struct Path {
    std::array<int, 3> ids;

    constexpr Path(int root = -1, int inner = -1, int innermost = -1) : ids{root, inner, innermost} {}  // NOLINT
    [[nodiscard]] std::string text() const;
    friend bool operator==(Path const&, Path const&) = default;
};

/// One thing wrong.
struct Finding {
    Code code;
    std::size_t offset;  ///< byte of the payload, from 0; where something is missing, the end of what lacks it
    Path path;           ///< what it is about; empty for the payload as a whole
};

/// "CRC_MISMATCH".
[[nodiscard]] std::string_view code_text(Code code);
[[nodiscard]] bool is_error(Code code, Kind kind, Strictness strictness);

}  // namespace choso::qr
