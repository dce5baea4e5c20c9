#include "qr/checks.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "qr/banks.hpp"

namespace choso::qr {
namespace {

template <std::size_t n>
bool is_one_of(std::string_view value, std::array<std::string_view, n> const& list) {
    return std::ranges::find(list, value) != list.end();
}

}  // namespace

bool is_ans(std::string_view value) {
    // Eight at a time: a byte below ' ' borrows, one above '~' carries, into its highest bit.
    constexpr std::uint64_t ones = 0x0101010101010101U;
    for (; value.size() >= 8; value.remove_prefix(8)) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, value.data(), 8);
        if (((eight | (eight - ones * 0x20U) | (eight + ones)) & (ones * 0x80U)) != 0) return false;
    }
    return std::ranges::all_of(value, [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_hexadecimal(std::string_view value) {
    return std::ranges::all_of(
        value, [](char c) { return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); });
}

std::optional<std::uint16_t> read_hexadecimal(std::string_view value) {
    if (value.empty() || value.size() > 4 || !is_hexadecimal(value)) return std::nullopt;
    unsigned n = 0;
    for (char const c : value) {
        auto const digit = is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
        n = n * 16 + static_cast<unsigned>(digit);
    }
    return static_cast<std::uint16_t>(n);
}

bool is_service(std::string_view value) {
    return value == "QRIBFTTA" || value == "QRIBFTTC" || value == "QRPUSH" || value == "QRCASH";
}

bool is_known_bin(std::string_view value) { return find_by_bin(value) != nullptr; }

bool is_napas_currency(std::string_view value) {
    static constexpr auto all = std::to_array<std::string_view>({"704", "392", "410", "458", "156", "360", "608", "702", "764"});
    return is_one_of(value, all);
}

int decimals_of(std::string_view currency) {
    if (currency == "704") return 0;
    static constexpr auto none = std::to_array<std::string_view>(
        {"704", "392", "410", "108", "152", "174", "262", "324", "352", "548", "600", "646", "800", "950", "952", "953"});
    static constexpr auto three = std::to_array<std::string_view>({"048", "368", "400", "414", "434", "512", "788"});
    if (is_one_of(currency, none)) return 0;
    return is_one_of(currency, three) ? 3 : 2;
}

std::optional<Amount> read_amount(std::string_view value) {
    // Nearly every amount: up to 18 digits that begin with none of nought.
    if (!value.empty() && value.size() <= 18 && value[0] != '0' && is_digits(value)) {
        Amount plain;
        for (char const c : value) plain.units = plain.units * 10 + (c - '0');
        return plain;
    }
    auto const point = std::min(value.find('.'), value.size());
    auto const whole = value.substr(0, point);
    auto const fraction = value.substr(std::min(point + 1, value.size()));
    if (whole.empty() || !is_digits(whole) || !is_digits(fraction)) return std::nullopt;
    if (std::ranges::none_of(value, [](char c) { return c >= '1' && c <= '9'; })) return std::nullopt;

    Amount read{.decimals = static_cast<int>(fraction.size()), .leading_zero = whole.size() > 1 && whole[0] == '0'};
    read.whole = whole.size() <= 18 && std::ranges::all_of(fraction, [](char c) { return c == '0'; });
    if (whole.size() <= 18)
        for (char const c : whole) read.units = read.units * 10 + (c - '0');
    return read;
}

bool is_percent(std::string_view value) {
    auto const read = read_amount(value);
    return read && value.size() <= 5 && read->units < 100 && read->decimals <= 2;
}

bool is_data_request(std::string_view value) {
    for (std::size_t i = 0; i < value.size(); ++i)
        if (std::string_view{"AME"}.find(value[i]) == std::string_view::npos || value.find(value[i]) != i) return false;
    return !value.empty();
}

}  // namespace choso::qr
