#include "platform/log/scrub.hpp"

#include <algorithm>
#include <array>

namespace choso::log {
namespace {

constexpr std::size_t digits_hidden_from = 9;
constexpr std::size_t digits_shown = 4;
constexpr std::size_t id_symbols = 26;

constexpr std::array<std::string_view, 8> secret_keys = {"authorization", "api_key", "apikey", "checksum_key",
                                                         "secret",        "password", "token", "cookie"};
constexpr std::array<std::string_view, 2> key_prefixes = {"sk_test_", "sk_live_"};
constexpr std::array<std::string_view, 2> schemes = {"apikey", "bearer"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_word(char c) { return is_digit(c) || is_letter(c) || c == '_'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool starts_with_any_case(std::string_view text, std::string_view lower_case) {
    return text.size() >= lower_case.size() &&
           std::equal(lower_case.begin(), lower_case.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

template <class Is>
std::size_t run_of(std::string_view text, Is is) {
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is) - text.begin());
}

/// How much of `rest` is an id of ours, `pr_` and 26 lower-case symbols, standing alone; 0 if it does not start so.
std::size_t id_length(std::string_view rest) {
    auto const word = rest.substr(0, run_of(rest, is_word));
    auto const dash = word.find('_');
    if (dash == std::string_view::npos || dash == 0 || word.size() != dash + 1 + id_symbols) return 0;
    if (!std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(dash), is_letter)) return 0;
    auto const symbols = word.substr(dash + 1);
    auto const whole = std::none_of(symbols.begin(), symbols.end(), [](char c) { return c == '_' || c != lower(c); });
    // 26 digits behind a word are no id of ours worth the risk.
    auto const has_letter = std::any_of(symbols.begin(), symbols.end(), is_letter);
    return whole && has_letter ? word.size() : 0;
}

/// `Bearer abc` at the start of `rest`: the length of `Bearer ` and of what follows; nothing otherwise.
struct Scheme {
    std::size_t shown;
    std::size_t hidden;
};
Scheme scheme_at(std::string_view rest) {
    for (auto const name : schemes) {
        if (!starts_with_any_case(rest, name)) continue;
        auto const blanks = run_of(rest.substr(name.size()), is_blank);
        auto const shown = name.size() + blanks;
        auto const is_token = [](char c) { return !is_blank(c) && c != '\n' && c != '\r' && c != '"'; };
        auto const hidden = run_of(rest.substr(shown), is_token);
        if (blanks != 0 && hidden != 0) return {shown, hidden};
    }
    return {0, 0};
}

}  // namespace

bool is_secret_key(std::string_view key) {
    auto plain = std::string{key};
    for (auto& c : plain) c = c == '-' ? '_' : lower(c);
    return std::any_of(secret_keys.begin(), secret_keys.end(), [&](std::string_view name) {
        auto const text = std::string_view{plain};
        return text.ends_with(name) && (text.size() == name.size() || text[text.size() - name.size() - 1] == '_');
    });
}

void append_scrubbed(std::string& out, std::string_view text) {
    auto at = std::size_t{0};
    while (at < text.size()) {
        auto const rest = text.substr(at);
        auto const starts_word = at == 0 || !is_word(text[at - 1]);
        // Anywhere, even inside a word: a key glued to something else is still a key.
        auto const is_here = [&](std::string_view prefix) { return rest.starts_with(prefix); };
        if (auto const key = std::find_if(key_prefixes.begin(), key_prefixes.end(), is_here); key != key_prefixes.end()) {
            out.append(*key).append(masked);
            at += run_of(rest, [](char c) { return is_word(c) || c == '-'; });
        } else if (auto const [shown, hidden] = starts_word ? scheme_at(rest) : Scheme{0, 0}; hidden != 0) {
            out.append(rest.substr(0, shown)).append(masked);
            at += shown + hidden;
        } else if (auto const id = starts_word ? id_length(rest) : 0; id != 0) {
            out.append(rest.substr(0, id));
            at += id;
        } else if (auto const digits = run_of(rest, is_digit); digits >= digits_hidden_from) {
            append_account(out, rest.substr(0, digits));
            at += digits;
        } else {
            auto const step = std::max<std::size_t>(digits, 1);
            out.append(rest.substr(0, step));
            at += step;
        }
    }
}

std::string scrub(std::string_view text) {
    auto out = std::string{};
    append_scrubbed(out, text);
    return out;
}

void append_account(std::string& out, std::string_view number) {
    out.append(masked_digits);
    if (number.size() < 2 * digits_shown) return;
    auto const tail = number.substr(number.size() - digits_shown);
    auto const plain = std::all_of(tail.begin(), tail.end(), [](char c) { return is_digit(c) || is_letter(c); });
    if (plain) out.append(tail);
}

}  // namespace choso::log
