#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "base/result.hpp"
#include "qr/findings.hpp"

namespace choso::qr {

/// 01 of a payload: one code for many transfers, or for one.
enum class Method : std::uint8_t { static_code, dynamic_code };

/// What a payload says. A field is absent where the payload lacks it, or where its template is broken or doubled, so
/// that no half account is ever shown. Texts are as sent: not trimmed, not folded, of any bytes; they point into what was
/// parsed, which must live as long.
struct Parsed {
    Kind kind = Kind::emv;
    std::optional<Method> method;
    std::optional<std::string_view> bin;      ///< VietQR only: 38.01.00
    std::optional<std::string_view> account;  ///< VietQR only: 38.01.01, an account, card or merchant number
    std::optional<std::string_view> service;  ///< VietQR only: 38.02
    std::optional<std::int64_t> amount;  ///< whole units of `currency` (đồng for 704); absent if it has a fraction
    std::optional<std::string_view> currency;  ///< ISO 4217 digits, as sent
    std::optional<std::string_view> country;
    std::optional<std::string_view> merchant_name;
    std::optional<std::string_view> merchant_city;
    std::optional<std::string_view> purpose;          ///< 62.08
    std::optional<std::string_view> bill_number;      ///< 62.01
    std::optional<std::string_view> mobile_number;    ///< 62.02
    std::optional<std::string_view> store_label;      ///< 62.03
    std::optional<std::string_view> loyalty_number;   ///< 62.04
    std::optional<std::string_view> reference_label;  ///< 62.05
    std::optional<std::string_view> customer_label;   ///< 62.06
    std::optional<std::string_view> terminal_label;   ///< 62.07

    std::vector<Finding> errors;  ///< in order of their offset; empty if the payload is good
    std::vector<Finding> warnings;

    [[nodiscard]] bool ok() const { return errors.empty(); }
};

/// Reads any EMV merchant-presented payload and judges it: by NAPAS' VietQR rules if it bears VietQR's application id,
/// by EMVCo's own otherwise. Takes any bytes, in linear time; beyond 2953 bytes, which no QR symbol holds, it only says so.
/// Sources: EMV QRCPS Merchant-Presented Mode 1.1; NAPAS, VietQR format 1.0 (09/2021).
[[nodiscard]] Parsed parse(std::string_view payload, Strictness strictness = Strictness::strict);
/// Its answer would point into what is gone.
template <std::same_as<std::string> Text>
Parsed parse(Text&& payload, Strictness strictness = Strictness::strict) = delete;

/// What a VietQR shall ask. Texts are UTF-8; an empty one is left out.
struct MakeRequest {
    std::string bin;      ///< of the directory (qr/banks.hpp)
    std::string account;  ///< 1–19 ASCII letters and digits
    std::optional<Money> amount = std::nullopt;  ///< 1 to 499 999 999 đ; the payer types it if absent
    std::string purpose = {};                    ///< folded to plain ASCII; then at most 25 characters
    std::string service = "QRIBFTTA";            ///< QRIBFTTA, QRIBFTTC, QRPUSH or QRCASH
    std::string category = {};                   ///< 52, merchant category (ISO 18245), four digits
    std::string name = {};                       ///< 59, folded; at most 25
    std::string city = {};                       ///< 60, folded; at most 15
    std::string bill_number = {};                ///< 62.01, 03, 05, 07: printable ASCII, at most 25, never changed
    std::string store_label = {};
    std::string reference_label = {};
    std::string terminal_label = {};
};

/// The rule that a request to make a code breaks.
enum class MakeRule : std::uint8_t {
    missing,
    unknown_bin,
    unknown_service,
    not_letters_or_digits,
    not_printable_ascii,
    not_four_digits,
    not_positive,
    over_limit,  ///< beyond one NAPAS 247 transfer
    too_long,
    nothing_left,  ///< folding to ASCII left nothing
};

/// The first field, in the order of MakeRequest, that breaks a rule. `field` is its name there; "additional_data" if
/// all the labels together are too long.
struct MakeError {
    std::string_view field;
    MakeRule rule;
};

/// "over_limit"; stable.
[[nodiscard]] std::string_view rule_code(MakeRule rule);
/// One English sentence without the field's name: "is more than 499999999".
[[nodiscard]] std::string_view rule_text(MakeRule rule);
/// The same in Vietnamese, to be read after the field's name and a colon.
[[nodiscard]] std::string_view rule_text_vi(MakeRule rule);

/// The payload that asks for it, in the order of NAPAS' own examples; 01 is 12 exactly if there is an amount.
/// What it returns always passes parse() in strict mode, without warnings.
[[nodiscard]] Result<std::string, MakeError> make(MakeRequest const& request);

/// What a payload is held against.
struct Expected {
    std::string bin;
    std::string account;
    std::optional<Money> amount;  ///< not compared if absent
};

/// One way in which a payload is not what was expected.
struct Difference {
    std::string code;                   ///< "BIN_DIFFERS", "ACCOUNT_DIFFERS", "AMOUNT_DIFFERS", "CURRENCY_DIFFERS",
                                        ///< "NOT_VIETQR", or the code of an error in the payload
    std::string field;                  ///< "bin", "account", "amount", "currency"; "payload" otherwise
    std::optional<std::string> expected;
    std::optional<std::string> actual;  ///< absent where the payload does not say
    std::optional<std::size_t> offset;  ///< of an error in the payload
};

/// A difference in words, for whoever holds the code in their hand: "Mã trả về tài khoản 123, không phải 456".
[[nodiscard]] std::string in_words(Difference const& difference);

/// Holds a code found on a stall against the account that should stand there. Empty: it pays whom it should.
[[nodiscard]] std::vector<Difference> verify(std::string_view payload, Expected const& expected);

}  // namespace choso::qr
