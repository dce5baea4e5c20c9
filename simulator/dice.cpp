#include "simulator/dice.hpp"

#include "base/assert.hpp"

namespace choso::bank {

std::uint64_t Dice::next() {
    state_ += 0x9e37'79b9'7f4a'7c15ULL;
    auto z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58'476d'1ce4'e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d0'49bb'1331'11ebULL;
    return z ^ (z >> 31U);
}

std::uint64_t Dice::below(std::uint64_t n) {
    CHOSO_ASSERT(n > 0);
    return next() % n;
}

std::string Dice::digits(std::size_t count) {
    auto out = std::string{};
    for (auto i = std::size_t{0}; i < count; ++i) out += static_cast<char>('0' + (i == 0 ? 1 + below(9) : below(10)));
    return out;
}

std::string Dice::symbols(std::size_t count, std::string_view alphabet) {
    auto out = std::string{};
    for (auto i = std::size_t{0}; i < count; ++i) out += alphabet[below(alphabet.size())];
    return out;
}

}  // namespace choso::bank
