#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace choso::qr {

/// How much of a symbol may be lost: about 7, 15, 25, 30 %. M is the standard's and enough without a logo.
enum class ErrorCorrection : std::uint8_t { low, medium, quartile, high };

enum class SymbolError : std::uint8_t {
    empty,
    too_long,       ///< fits in no version at this level
    out_of_memory,
};

/// Light modules around a symbol that a scanner needs (ISO/IEC 18004 §5.3.8).
inline constexpr int quiet_zone = 4;

/// The modules of a QR symbol, without the quiet zone.
class Symbol {
 public:
    /// `modules`: row by row from the top, `side`² of them; bit 0 is set in a dark one, bit 7 in one that carries no data
    /// (finders, timing, alignment, format, version).
    Symbol(int side, std::vector<std::uint8_t> modules);

    /// Modules per side: 21 + 4 · (version − 1).
    [[nodiscard]] int side() const { return side_; }
    /// Modules per side with the quiet zone on both ends.
    [[nodiscard]] int side_with_quiet_zone() const { return side_ + 2 * quiet_zone; }
    /// Column and row from the top left corner of the symbol; anything outside is light.
    [[nodiscard]] bool is_dark(int column, int row) const;
    /// Whether a scanner finds its bearings by this module instead of reading data from it.
    [[nodiscard]] bool is_function(int column, int row) const;
    /// 1 to 40.
    [[nodiscard]] int version() const { return (side_ - 17) / 4; }

 private:
    int side_;
    std::vector<std::uint8_t> modules_;
};

/// A run of dark modules in one row, in modules from the top left corner of the quiet zone.
struct Run {
    int column;
    int row;
    int length;
};
/// All dark modules as runs, row by row: what a vector drawing needs.
[[nodiscard]] std::vector<Run> runs_of(Symbol const& symbol);

/// How text is packed. `bytes` is what the standard wants of payment codes (EMV QRCPS MPM 1.1 §4.12); `optimal` mixes
/// digits, capitals and bytes, which every scanner reads and which makes modules 15–20 % larger on the same paper.
enum class Packing : std::uint8_t { bytes, optimal };

/// The smallest symbol that holds the text; text that is not ASCII is announced as UTF-8 (ECI 26) and packed as bytes.
[[nodiscard]] Result<Symbol, SymbolError> encode(std::string_view text, ErrorCorrection level = ErrorCorrection::medium,
                                                 Packing packing = Packing::bytes);

}  // namespace choso::qr
