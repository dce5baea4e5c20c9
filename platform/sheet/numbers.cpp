#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "platform/sheet/readers.hpp"

namespace choso::sheet {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Digits and where the point stands among them: value = 0.DIGITS × 10^point.
struct Decimal {
    std::string digits;
    int point = 0;
    bool negative = false;
};

std::optional<Decimal> decimal_of(std::string_view text) {
    auto out = Decimal{};
    if (text.starts_with('-') || text.starts_with('+')) out.negative = text.front() == '-', text.remove_prefix(1);
    auto seen_point = false, any = false;
    while (!text.empty() && (is_digit(text.front()) || (text.front() == '.' && !seen_point))) {
        if (text.front() == '.') {
            seen_point = true;
        } else {
            any = true;
            if (out.digits.empty() && text.front() == '0') {
                if (seen_point) --out.point;
            } else {
                out.digits += text.front();
                if (!seen_point) ++out.point;
            }
        }
        text.remove_prefix(1);
    }
    if (!any) return std::nullopt;
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        if (text.starts_with('+')) text.remove_prefix(1);
        auto exponent = 0;
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
        if (error != std::errc{} || std::abs(exponent) > 400) return std::nullopt;
        out.point += exponent;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    }
    if (!text.empty()) return std::nullopt;
    return out;
}

/// Excel holds 15 digits; the two that a file may carry beyond them are noise of binary fractions.
void round_to_15(Decimal& number) {
    constexpr auto held = std::size_t{15};
    if (number.digits.size() <= held || (number.point >= static_cast<int>(number.digits.size()))) return;
    auto const up = number.digits[held] >= '5';
    number.digits.resize(held);
    if (!up) return;
    for (auto i = held; i > 0; --i) {
        if (number.digits[i - 1] != '9') {
            ++number.digits[i - 1];
            return;
        }
        number.digits[i - 1] = '0';
    }
    number.digits.insert(0, 1, '1');
    ++number.point;
}

}  // namespace

std::string plain_decimal(std::string_view text) {
    auto number = decimal_of(text);
    if (!number) return std::string{text};
    round_to_15(*number);
    auto& digits = number->digits;
    while (!digits.empty() && digits.back() == '0' && static_cast<int>(digits.size()) > std::max(number->point, 0)) digits.pop_back();
    if (digits.find_first_not_of('0') == std::string::npos) return "0";
    auto out = std::string{number->negative ? "-" : ""};
    auto const size = static_cast<int>(digits.size());
    if (number->point <= 0) return out + "0." + std::string(static_cast<std::size_t>(-number->point), '0') + digits;
    if (number->point >= size) return out + digits + std::string(static_cast<std::size_t>(number->point - size), '0');
    auto const point = static_cast<std::size_t>(number->point);
    return out + digits.substr(0, point) + "." + digits.substr(point);
}

std::string date_of_serial(double serial, bool from_1904) {
    using namespace std::chrono;
    constexpr auto last_serial = 2'958'466.0;  // the day after 9999-12-31
    if (!(serial >= 0) || serial >= last_serial) return {};
    auto day = static_cast<int>(std::floor(serial));
    auto seconds_of_day = static_cast<int>(std::llround((serial - day) * 86'400.0));
    if (seconds_of_day == 86'400) ++day, seconds_of_day = 0;
    char time[16];
    std::snprintf(time, sizeof time, "%02d:%02d:%02d", seconds_of_day / 3600 % 24, seconds_of_day / 60 % 60, seconds_of_day % 60);
    if (day == 0 && !from_1904) return time;
    // Excel counts a 29 February 1900 that never was; from 1 March on its day 0 is 1899-12-30.
    auto const epoch = from_1904 ? sys_days{year{1904} / January / 1} : sys_days{year{1899} / December / (day < 60 ? 31 : 30)};
    auto const date = year_month_day{epoch + days{day}};
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return seconds_of_day == 0 ? std::string{text} : std::string{text} + " " + time;
}

bool is_date_format(int builtin) { return (builtin >= 14 && builtin <= 22) || (builtin >= 27 && builtin <= 36) || (builtin >= 45 && builtin <= 47) || (builtin >= 50 && builtin <= 58); }

bool is_date_format(std::string_view code) {
    auto quoted = false, bracket = false;
    for (auto i = std::size_t{0}; i < code.size(); ++i) {
        auto const c = code[i];
        if (c == '\\' || c == '_' || c == '*') ++i;
        else if (c == '"') quoted = !quoted;
        else if (quoted) continue;
        else if (c == '[') bracket = code.substr(i + 1, 1).find_first_of("hHmMsS") == std::string_view::npos;
        else if (c == ']') bracket = false;
        else if (bracket) continue;
        else if (c == ';') return false;  // only the format of positive numbers counts
        else if (std::string_view{"yYdDhHsSmM"}.find(c) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace choso::sheet
