#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

// What single values of a payload may look like; used by parse and make alike.
namespace choso::qr {

/// "ans" of EMV: printable ASCII, blank included.
[[nodiscard]] bool is_ans(std::string_view value);
[[nodiscard]] inline bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }
[[nodiscard]] inline bool is_digits(std::string_view value) {
    for (char const c : value)
        if (!is_digit(c)) return false;
    return true;
}
/// ASCII letters and digits.
[[nodiscard]] inline bool is_alphanumeric(std::string_view value) {
    for (char const c : value)
        if (!is_digit(c) && static_cast<unsigned char>((c | 0x20) - 'a') >= 26) return false;
    return true;
}
/// Exactly `length` of A–Z.
[[nodiscard]] inline bool is_capitals(std::string_view value, std::size_t length) {
    for (char const c : value)
        if (static_cast<unsigned char>(c - 'A') >= 26) return false;
    return value.size() == length;
}
[[nodiscard]] bool is_hexadecimal(std::string_view value);
/// Up to four hexadecimal digits of either case; nullopt for anything else.
[[nodiscard]] std::optional<std::uint16_t> read_hexadecimal(std::string_view value);

/// One of NAPAS' service codes: to an account or a card, a merchant's payment, cash from a machine.
[[nodiscard]] bool is_service(std::string_view value);
[[nodiscard]] bool is_known_bin(std::string_view value);
/// One of the currencies in NAPAS' table (ISO 4217 digits).
[[nodiscard]] bool is_napas_currency(std::string_view value);
/// Decimals of a currency (ISO 4217 digits); 2 for one that is not known.
[[nodiscard]] int decimals_of(std::string_view currency);

/// 54 and 56: digits with at most one point, greater than nought.
struct Amount {
    std::int64_t units = 0;  ///< before the point; exact if `whole`
    int decimals = 0;        ///< digits after the point
    bool whole = true;       ///< the fraction is nought, and `units` holds it
    bool leading_zero = false;
};
[[nodiscard]] std::optional<Amount> read_amount(std::string_view value);

/// 57: 0.01 to 99.99, at most five characters.
[[nodiscard]] bool is_percent(std::string_view value);
/// 62.09: some of A, M, E, each once.
[[nodiscard]] bool is_data_request(std::string_view value);

}  // namespace choso::qr
