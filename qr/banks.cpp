#include "qr/banks.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace choso::qr {
namespace {

constexpr auto directory = std::to_array<Bank>({
#include "qr/banks.inc"
});

static_assert(std::ranges::is_sorted(directory, {}, &Bank::bin), "find_by_bin halves");
static_assert(std::ranges::adjacent_find(directory, {}, &Bank::bin) == directory.end(), "a BIN names one issuer");

constexpr std::uint32_t number_of(std::string_view bin) {
    std::uint32_t number = 0;
    for (char const c : bin) number = number * 10 + static_cast<std::uint32_t>(c - '0');
    return number;
}

/// The directory's BINs as numbers, in its order: six digits are found faster so.
constexpr auto numbers = [] {
    std::array<std::uint32_t, directory.size()> made{};
    std::ranges::transform(directory, made.begin(), number_of, &Bank::bin);
    return made;
}();

/// Nearly all BINs are 9704xx: those are found without searching. The directory's place from 1; 0 for none.
constexpr auto of_9704 = [] {
    std::array<std::uint8_t, 100> made{};
    for (std::size_t i = 0; i < numbers.size(); ++i)
        if (numbers[i] / 100 == 9704) made[numbers[i] % 100] = static_cast<std::uint8_t>(i + 1);
    return made;
}();

/// Lower-case letters and digits only. Enough for codes and brands, which are ASCII.
std::string key_of(std::string_view text) {
    std::string key;
    for (char const c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += c;
        if (c >= 'A' && c <= 'Z') key += static_cast<char>(c - 'A' + 'a');
    }
    return key;
}

bool has_alias(Bank const& bank, std::string_view key) {
    auto rest = bank.aliases;
    while (!rest.empty()) {
        auto const end = std::min(rest.find('|'), rest.size());
        if (key_of(rest.substr(0, end)) == key) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

}  // namespace

std::span<Bank const> banks() { return directory; }

Bank const* find_by_bin(std::string_view bin) {
    if (bin.size() != 6 || !std::ranges::all_of(bin, [](char c) { return c >= '0' && c <= '9'; })) return nullptr;
    auto const number = number_of(bin);
    if (number / 100 == 9704) {
        auto const place = of_9704[number % 100];
        return place == 0 ? nullptr : &directory[place - 1U];
    }
    auto const* const at = std::ranges::lower_bound(numbers, number);
    return at != numbers.end() && *at == number ? &directory[static_cast<std::size_t>(at - numbers.begin())] : nullptr;
}

Bank const* find_bank(std::string_view bin_or_name) {
    if (bin_or_name.size() > 100) return nullptr;
    if (auto const* const bank = find_by_bin(bin_or_name)) return bank;
    auto const key = key_of(bin_or_name);
    if (key.empty()) return nullptr;
    for (auto const& bank : directory)
        if (key_of(bank.code) == key) return &bank;
    for (auto const& bank : directory)
        if (key_of(bank.short_name) == key) return &bank;
    for (auto const& bank : directory)
        if (has_alias(bank, key)) return &bank;
    return nullptr;
}

}  // namespace choso::qr
