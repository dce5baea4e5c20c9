#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "qr/symbol.hpp"

// A place in the middle of a symbol that may be covered by a logo, proven before it is given out.
namespace choso::qr {

/// Modules from column and row of the symbol's top left corner.
struct Area {
    int column, row, columns, rows;

    [[nodiscard]] bool holds(int x, int y) const { return x >= column && x < column + columns && y >= row && y < row + rows; }
};

/// What covering an area costs: a reader restores a codeword it cannot trust by the others of its block, up to
/// `correctable` of them.
struct Damage {
    std::vector<int> of_block;  ///< codewords lost, block by block
    int correctable = 0;        ///< in each block
    bool covers_function = false;  ///< finders, timing, alignment, format or version are hit: no reader should have to cope

    [[nodiscard]] int worst() const;
};

/// Counts exactly, module by module in the order of ISO/IEC 18004 §7.7, every covered codeword as lost even where the
/// cover has its colour. `level` is the one the symbol was made with.
[[nodiscard]] Damage damage_of(Symbol const& symbol, ErrorCorrection level, Area area);

/// A symbol with a place for a logo.
struct Slotted {
    Symbol symbol;
    ErrorCorrection level;
    Area slot;      ///< in the middle; nothing of the symbol is to be drawn in it
    Damage damage;  ///< at most half of what each block can restore: the rest is for dirt and glare
};

enum class SlotError : std::uint8_t {
    not_encodable,  ///< as encode() says
    too_large,      ///< the logo would cost more than half of what can be restored, or hide what scanners look for
};

/// The smallest symbol in whose middle a logo of `share` of its area (above 0, at most 0.2) may stand: tried at level Q, then H.
/// It is proven, not guessed: what would be too much is refused.
[[nodiscard]] Result<Slotted, SlotError> encode_with_slot(std::string_view text, double share);

}  // namespace choso::qr
