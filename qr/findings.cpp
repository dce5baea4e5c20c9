#include "qr/findings.hpp"

#include <algorithm>

namespace choso::qr {
namespace {

/// What a code is called and where it refuses; elsewhere it only warns.
struct Rule {
    Code code;
    std::string_view text;
    bool in_vietqr;
    bool in_emv;
    bool when_lenient;
};

constexpr bool E = true;   // error
constexpr bool w = false;  // warning

constexpr auto rules = std::to_array<Rule>({
    //                                                       VietQR EMV lenient
    {Code::empty, "EMPTY",                                        E, E, E},
    {Code::payload_too_long, "PAYLOAD_TOO_LONG",                  E, E, E},
    {Code::not_utf8, "NOT_UTF8",                                  E, E, E},
    {Code::control_character, "CONTROL_CHARACTER",                E, E, E},
    {Code::not_nfc, "NOT_NFC",                                    E, E, w},
    {Code::payload_gt_512, "PAYLOAD_GT_512",                      w, w, w},
    {Code::length_is_bytes, "LENGTH_IS_BYTES",                    E, E, w},
    {Code::bad_header, "BAD_HEADER",                              E, E, E},
    {Code::truncated, "TRUNCATED",                                E, E, E},
    {Code::trailing, "TRAILING",                                  E, E, E},
    {Code::split_utf8, "SPLIT_UTF8",                              E, E, E},
    {Code::duplicate, "DUPLICATE",                                E, E, E},
    {Code::zero_length, "ZERO_LENGTH",                            E, E, w},
    {Code::bad_pfi, "BAD_PFI",                                    E, E, E},
    {Code::no_init, "NO_INIT",                                    E, w, w},
    {Code::bad_init, "BAD_INIT",                                  E, w, w},
    {Code::no_mai, "NO_MAI",                                      E, E, E},
    {Code::no_guid, "NO_GUID",                                    E, E, E},
    {Code::guid_case, "GUID_CASE",                                w, w, w},
    {Code::misplaced_template, "MISPLACED_TEMPLATE",              E, E, E},
    {Code::no_bin, "NO_BIN",                                      E, E, E},
    {Code::bad_bin, "BAD_BIN",                                    E, E, E},
    {Code::unknown_bin, "UNKNOWN_BIN",                            w, w, w},
    {Code::no_account, "NO_ACCOUNT",                              E, E, E},
    {Code::odd_account, "ODD_ACCOUNT",                            w, w, w},
    {Code::no_service, "NO_SERVICE",                              E, w, w},
    {Code::unknown_service, "UNKNOWN_SERVICE",                    w, w, w},
    {Code::service_in_wrong_level, "SERVICE_IN_WRONG_LEVEL",      E, E, E},
    {Code::napas_currency, "NAPAS_CURRENCY",                      E, E, E},
    {Code::currency_not_vnd, "CURRENCY_NOT_VND",                  w, w, w},
    {Code::napas_country, "NAPAS_COUNTRY",                        E, w, w},
    {Code::country_not_vn, "COUNTRY_NOT_VN",                      w, w, w},
    {Code::emv_missing, "EMV_MISSING",                            E, E, w},
    {Code::emv_absent, "EMV_MISSING",                             w, w, w},
    {Code::not_numeric, "NOT_NUMERIC",                            E, E, w},
    {Code::bad_length, "BAD_LENGTH",                              E, E, w},
    {Code::bad_country, "BAD_COUNTRY",                            E, E, w},
    {Code::too_long, "TOO_LONG",                                  E, E, w},
    {Code::non_ans, "NON_ANS",                                    E, E, w},
    {Code::bad_amount, "BAD_AMOUNT",                              E, E, E},
    {Code::amount_decimals, "AMOUNT_DECIMALS",                    E, w, w},
    {Code::amount_leading_zero, "AMOUNT_LEADING_ZERO",            E, w, w},
    {Code::amount_not_whole, "AMOUNT_NOT_WHOLE",                  w, w, w},
    {Code::amount_over_limit, "AMOUNT_OVER_LIMIT",                w, w, w},
    {Code::bad_tip, "BAD_TIP",                                    E, E, w},
    {Code::tip_56_rule, "TIP_56_RULE",                            E, E, w},
    {Code::tip_57_rule, "TIP_57_RULE",                            E, E, w},
    {Code::bad_fee, "BAD_FEE",                                    E, w, w},
    {Code::bad_data_request, "BAD_DATA_REQUEST",                  w, w, w},
    {Code::lang_missing, "LANG_MISSING",                          E, w, w},
    {Code::bad_language, "BAD_LANGUAGE",                          E, w, w},
    {Code::crc_missing, "CRC_MISSING",                            E, E, E},
    {Code::crc_not_last, "CRC_NOT_LAST",                          E, E, E},
    {Code::crc_malformed, "CRC_MALFORMED",                        E, E, E},
    {Code::crc_mismatch, "CRC_MISMATCH",                          E, E, E},
    {Code::crc_lowercase, "CRC_LOWERCASE",                        w, w, w},
});

consteval bool indexed_by_code() {
    for (std::size_t i = 0; i < rules.size(); ++i)
        if (static_cast<std::size_t>(rules[i].code) != i) return false;
    return rules.size() == static_cast<std::size_t>(Code::crc_lowercase) + 1;
}
static_assert(indexed_by_code(), "one row per code, in the order of the enum");

}  // namespace

std::string_view code_text(Code code) { return rules[static_cast<std::size_t>(code)].text; }

bool is_error(Code code, Kind kind, Strictness strictness) {
    auto const& rule = rules[static_cast<std::size_t>(code)];
    auto const strictly = kind == Kind::vietqr ? rule.in_vietqr : rule.in_emv;
    return strictness == Strictness::strict ? strictly : strictly && rule.when_lenient;
}

std::string Path::text() const {
    std::string out;
    for (int const id : ids) {
        if (id < 0) break;
        if (!out.empty()) out += '.';
        out += static_cast<char>('0' + id / 10);
        out += static_cast<char>('0' + id % 10);
    }
    return out;
}

}  // namespace choso::qr
