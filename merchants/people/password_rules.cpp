#include <algorithm>
#include <array>
#include <cctype>

#include "base/vietnamese.hpp"
#include "merchants/people/staff.hpp"

/// Passwords that are tried first: put together of nothing but words everybody puts together, easy digits, neighbours on the
/// keyboard, or the person's own names. Whoever guesses has lists of a few thousand; these rules cover what such lists hold
/// at 15 characters and more.
namespace choso::people {
namespace {

constexpr std::size_t characters_min = 15;
constexpr std::size_t bytes_max = 1024;
constexpr std::size_t easy_digits_max = 8;  ///< a date, a telephone's tail
constexpr std::size_t repeated_unit_max = 5;

constexpr auto common = std::to_array<std::string_view>({
    "PASSWORD", "PASSWORT", "PASSWORDS", "PASS", "WORD", "PASSW0RD", "P4SSWORD", "P4SSW0RD", "LETMEIN", "WELCOME", "ADMIN", "ADMINISTRATOR",
    "ROOT", "TOOR", "USER", "USERNAME", "LOGIN", "SIGNIN", "GUEST", "TEST", "TESTING", "DEFAULT", "CHANGEME", "CHANGE", "SECRET", "MASTER",
    "SUPER", "SUPERMAN", "BATMAN", "DRAGON", "MONKEY", "SHADOW", "SUNSHINE", "PRINCESS", "FOOTBALL", "BASEBALL", "ILOVEYOU", "LOVE", "YOU",
    "ILOVE", "MYLOVE", "FOREVER", "TRUSTNO1", "STARWARS", "WHATEVER", "FREEDOM", "COMPUTER", "INTERNET", "SAMSUNG", "APPLE", "GOOGLE",
    "FACEBOOK", "ZALO", "VIETNAM", "VIETNAMVODICH", "VODICH", "HANOI", "SAIGON", "HOCHIMINH", "THAINGUYEN", "CHOSO", "CHO", "SO", "MATKHAU",
    "MAT", "KHAU", "DANGNHAP", "TAIKHOAN", "NGANHANG", "QUANTRI", "KETOAN", "DUYET", "ANHYEUEM", "EMYEUANH", "YEUEM", "YEUANH", "TINHYEU",
    "CONYEUME", "GIADINH", "GIADINHLASO1", "LASO1", "HANHPHUC", "MAIYEU", "MAIMAI", "KHONGBIET", "KHONGCO", "KHONGCOGI", "BIMAT", "XINCHAO",
    "XIN", "CHAO", "MOIDAY", "DITME", "VOYEU", "CHONGYEU", "CONGCHUA", "HOANGTU", "NGUYEN", "NGUYENVAN", "TRAN", "PHAM", "HOANG", "NHATRANG",
    "DANANG", "HAIPHONG", "THANHCONG", "MAYMAN", "PHATTAI", "ABC", "THE", "MY", "IS"});

constexpr std::array<std::string_view, 7> rows{"QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "1QAZ2WSX3EDC4RFV5TGB6YHN7UJM8IK9OL0P",
                                               "1Q2W3E4R5T6Y7U8I9O0P", "QAZWSXEDCRFVTGBYHNUJMIKOLP"};
constexpr std::size_t neighbours_min = 3;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// All steps from one digit to the next alike: 1234…, 9876…, 0000….
bool is_easy(std::string_view digits) {
    if (digits.size() <= easy_digits_max) return true;
    auto const step = (digits[1] - digits[0] + 10) % 10;
    for (std::size_t i = 1; i < digits.size(); ++i)
        if ((digits[i] - digits[i - 1] + 10) % 10 != step) return false;
    return true;
}

/// The longest run of neighbours on a keyboard, or of the alphabet, that begins here, either way.
std::size_t neighbours(std::string_view text) {
    std::size_t longest = 0;
    for (auto const row : rows)
        for (auto const backwards : {false, true}) {
            auto order = std::string{row};
            if (backwards) std::ranges::reverse(order);
            auto const at = order.find(text.front());
            if (at == std::string::npos) continue;
            std::size_t n = 0;
            while (n < text.size() && at + n < order.size() && order[at + n] == text[n]) ++n;
            longest = std::max(longest, n);
        }
    return longest >= neighbours_min ? longest : 0;
}

bool repeats_itself(std::string_view text) {
    for (std::size_t unit = 1; unit <= repeated_unit_max && unit < text.size(); ++unit)
        if (text.substr(unit) == text.substr(0, text.size() - unit)) return true;
    return false;
}

/// Whether the whole text falls apart into such pieces.
bool falls_apart(std::string_view text, std::vector<std::string> const& own) {
    auto reached = std::vector<bool>(text.size() + 1, false);
    reached[0] = true;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!reached[at]) continue;
        auto const rest = text.substr(at);
        auto const digits = static_cast<std::size_t>(std::ranges::find_if_not(rest, is_digit) - rest.begin());
        if (digits > 0 && (at == 0 || !is_digit(text[at - 1])) && is_easy(rest.substr(0, digits))) reached[at + digits] = true;
        for (auto n = neighbours(rest); n >= neighbours_min; --n) reached[at + n] = true;
        for (auto const word : common)
            if (rest.starts_with(word)) reached[at + word.size()] = true;
        for (auto const& word : own)
            if (rest.starts_with(word)) reached[at + word.size()] = true;
    }
    return reached.back();
}

std::vector<std::string> own_words(std::string_view login, std::string_view name) {
    auto out = std::vector<std::string>{};
    for (auto const text : {login, name})
        for (auto rest = text; !rest.empty();) {
            auto const end = std::min(rest.find_first_of(" ._-"), rest.size());
            if (auto word = fold_for_match(rest.substr(0, end)); word.size() > 1) out.push_back(std::move(word));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    return out;
}

}  // namespace

std::optional<Refused> check_password(std::string_view password, std::string_view login, std::string_view name) {
    if (!is_valid_utf8(password) || std::ranges::any_of(password, [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; }))
        return Refused{"password", "must be text without control characters"};
    auto const characters = std::ranges::count_if(password, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    if (static_cast<std::size_t>(characters) < characters_min) return Refused{"password", "must have 15 characters or more; any sentence will do"};
    if (password.size() > bytes_max) return Refused{"password", "must have at most 1024 bytes"};
    auto const text = fold_for_match(password);
    if (repeats_itself(text) || falls_apart(text, own_words(login, name)))
        return Refused{"password", "must not be one that is tried first: common words, names and easy numbers alone will not do"};
    return std::nullopt;
}

}  // namespace choso::people
