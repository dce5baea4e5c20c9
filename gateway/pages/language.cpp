#include "gateway/pages/language.hpp"

#include <array>

#include "base/vietnamese.hpp"

namespace choso::pages {
namespace {

constexpr std::array<std::string_view, 20> small{"zero",   "one",    "two",      "three",    "four",     "five",    "six",
                                                 "seven",  "eight",  "nine",     "ten",      "eleven",   "twelve",  "thirteen",
                                                 "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
constexpr std::array<std::string_view, 10> tens{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};

std::string below_thousand(std::int64_t n) {
    std::string out;
    if (n >= 100) {
        out.append(small.at(static_cast<std::size_t>(n / 100))).append(" hundred");
        n %= 100;
        if (n == 0) return out;
        out += " and ";
    }
    if (n < 20) return out.append(small.at(static_cast<std::size_t>(n)));
    out.append(tens.at(static_cast<std::size_t>(n / 10)));
    if (n % 10 != 0) out.append("-").append(small.at(static_cast<std::size_t>(n % 10)));
    return out;
}

std::string english(std::int64_t n) {
    if (n == 0) return std::string{small[0]};
    struct Scale {
        std::int64_t size;
        std::string_view name;
    };
    constexpr std::array<Scale, 4> scales{{{1'000'000'000, " billion"}, {1'000'000, " million"}, {1'000, " thousand"}, {1, ""}}};
    std::string out;
    for (auto const& [size, name] : scales) {
        auto const part = n / size;
        n %= size;
        if (part == 0) continue;
        if (!out.empty()) out += ' ';
        // Requests stop at 99 billion; what is summed may be more.
        out.append(part < 1000 ? below_thousand(part) : english(part)).append(name);
    }
    return out;
}

}  // namespace

Language language_of(http::Request const& request) {
    auto const asked = request.query_value("lang");
    if (asked == "en") return Language::en;
    if (asked == "vi") return Language::vi;
    return language_of(api::audience_of(request));
}

Language language_of(api::Audience const& audience) { return audience.english ? Language::en : Language::vi; }

std::string_view code_of(Language language) { return language == Language::en ? "en" : "vi"; }

std::string amount_in_words(Language language, Money amount) {
    auto words = language == Language::en ? english(amount.dong() < 0 ? -amount.dong() : amount.dong()) : in_words(amount);
    // The words begin with a letter that is ASCII or, for một, hai, …, plain: only `â` (âm) is not, and never comes.
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words + " đồng";
}

}  // namespace choso::pages
