#include "qr/slot.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "base/assert.hpp"

namespace choso::qr {
namespace {

/// How codewords lie in blocks at each version and level (ISO/IEC 18004, table 9).
using Row = std::array<std::uint8_t, 41>;
constexpr std::array<Row, 4> check_words_per_block{{
    {0, 7,  10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28},
    {0, 13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {0, 17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
}};
constexpr std::array<Row, 4> blocks{{
    {0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25},
    {0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49},
    {0, 1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68},
    {0, 1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81},
}};

struct Place {
    int column, row;
};

/// The modules that carry codewords, in the order in which their bits are laid: upwards and downwards in pairs of columns
/// from the right, past the timing column.
std::vector<Place> data_places(Symbol const& symbol) {
    std::vector<Place> places;
    auto const side = symbol.side();
    bool upwards = true;
    for (int right = side - 1; right > 0; right -= 2) {
        if (right == 6) right = 5;
        for (int i = 0; i < side; ++i) {
            auto const row = upwards ? side - 1 - i : i;
            for (int const column : {right, right - 1})
                if (!symbol.is_function(column, row)) places.push_back({column, row});
        }
        upwards = !upwards;
    }
    return places;
}

/// Which block the n-th codeword laid belongs to: data words go round the blocks (the last ones only in the longer blocks),
/// then the check words do.
class Blocks {
 public:
    Blocks(int version, ErrorCorrection level, std::size_t words)
        : count_{blocks[static_cast<std::size_t>(level)][static_cast<std::size_t>(version)]},
          check_{check_words_per_block[static_cast<std::size_t>(level)][static_cast<std::size_t>(version)]},
          long_{words % count_},
          short_data_{words / count_ - check_} {}

    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] int correctable() const { return static_cast<int>(check_ / 2); }
    [[nodiscard]] std::size_t of(std::size_t word) const {
        auto const even = short_data_ * count_;
        if (word < even) return word % count_;
        word -= even;
        if (word < long_) return count_ - long_ + word;
        return (word - long_) % count_;
    }

 private:
    std::size_t count_, check_, long_, short_data_;
};

constexpr int timing = 6;

Area middle(Symbol const& symbol, double share) {
    // Odd, so that it stands in the middle module.
    auto side = static_cast<int>(std::floor(symbol.side() * std::sqrt(share)));
    if (side % 2 == 0) --side;
    side = std::max(side, 1);
    auto const start = (symbol.side() - side) / 2;
    return {start, start, side, side};
}

/// In symbols of version 7 and more an alignment pattern stands in the middle; losing that one alone is no harm, as long as
/// the finders and the other patterns are there. Everything else that is no data must stay.
bool is_spared(Symbol const& symbol, int column, int row) {
    if (column == timing || row == timing) return false;
    auto const centre = symbol.side() / 2;
    return std::abs(column - centre) <= 2 && std::abs(row - centre) <= 2;
}

}  // namespace

int Damage::worst() const { return of_block.empty() ? 0 : *std::ranges::max_element(of_block); }

Damage damage_of(Symbol const& symbol, ErrorCorrection level, Area area) {
    auto const places = data_places(symbol);
    auto const words = places.size() / 8;
    Blocks const lie{symbol.version(), level, words};
    Damage damage{std::vector<int>(lie.count(), 0), lie.correctable(), false};
    for (std::size_t word = 0; word < words; ++word) {
        auto const first = places.begin() + static_cast<std::ptrdiff_t>(word * 8);
        if (std::any_of(first, first + 8, [area](Place place) { return area.holds(place.column, place.row); }))
            ++damage.of_block[lie.of(word)];
    }
    for (int row = area.row; row < area.row + area.rows; ++row)
        for (int column = area.column; column < area.column + area.columns; ++column)
            if (symbol.is_function(column, row) && !is_spared(symbol, column, row)) damage.covers_function = true;
    return damage;
}

Result<Slotted, SlotError> encode_with_slot(std::string_view text, double share) {
    CHOSO_ASSERT(share > 0 && share <= 0.2);
    for (auto const level : {ErrorCorrection::quartile, ErrorCorrection::high}) {
        auto symbol = encode(text, level);
        if (!symbol) return SlotError::not_encodable;
        auto const slot = middle(*symbol, share);
        auto damage = damage_of(*symbol, level, slot);
        if (damage.covers_function || damage.worst() * 2 > damage.correctable) continue;
        return Slotted{std::move(symbol).value(), level, slot, std::move(damage)};
    }
    return SlotError::too_large;
}

}  // namespace choso::qr
