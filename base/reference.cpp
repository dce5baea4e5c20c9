#include "base/reference.hpp"

#include <algorithm>

#include "base/reference_code.hpp"

namespace choso {
namespace {

/// Value of an upper-case symbol, or nullopt.
std::optional<std::uint8_t> value_of(char c) {
    auto const at = kx12::alphabet.find(c);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<std::uint8_t>(at);
}

}  // namespace

std::optional<Reference> Reference::from_data(std::uint64_t number) {
    if (number >= data_count) return std::nullopt;
    return Reference{number};
}

std::optional<Reference> Reference::parse_exact(std::string_view text) {
    if (text.size() != text_length || !text.starts_with("KX")) return std::nullopt;
    kx12::Word word{};
    for (auto i = std::size_t{0}; i < symbol_count; ++i) {
        auto const value = value_of(text[i + 2]);
        if (!value) return std::nullopt;
        word[i] = *value;
    }
    if (!kx12::is_codeword(kx12::sums_of(word.data()))) return std::nullopt;
    std::uint64_t data = 0;
    for (auto i = std::size_t{0}; i < kx12::data_length; ++i) data = data * kx12::field + word[i];
    return Reference{data};
}

std::array<std::uint8_t, Reference::symbol_count> Reference::symbols() const {
    kx12::Word word{};
    auto rest = data_;
    for (auto i = kx12::data_length; i-- > 0;) {
        word[i] = static_cast<std::uint8_t>(rest % kx12::field);
        rest /= kx12::field;
    }
    kx12::complete(word);
    return word;
}

std::string Reference::text() const {
    std::string out = "KX";
    for (auto const symbol : symbols()) out += kx12::alphabet[symbol];
    return out;
}

std::string Reference::grouped() const {
    auto out = text();
    for (auto const at : {12U, 8U, 4U}) out.insert(at, 1, ' ');
    return out;
}

bool Reference::may_be_issued() const {
    auto const word = symbols();
    auto const letters = std::ranges::count_if(word, [](auto symbol) { return symbol >= kx12::first_letter; });
    auto const becomes_d_with_stroke = [](std::uint8_t a, std::uint8_t b) {
        return a == kx12::symbol_d && (b == kx12::symbol_d || b == kx12::symbol_nine);
    };
    return letters >= 3 && std::ranges::adjacent_find(word, becomes_d_with_stroke) == word.end();
}

std::string_view name(How how) {
    switch (how) {
        case How::exact: return "exact";
        case How::substitution: return "substitution";
        case How::swap: return "swap";
        case How::missing: return "missing";
        case How::extra: return "extra";
    }
    return "exact";
}

}  // namespace choso
