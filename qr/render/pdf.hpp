#pragma once
#include <string>

#include "qr/symbol.hpp"

namespace choso::qr {

/// The symbol with its quiet zone as a one-page vector PDF 1.4 (ISO 32000-1), a square of `side_mm` millimetres
/// (10 to 1000): to be printed at its true size. 80 mm can be scanned from about 80 cm away.
[[nodiscard]] std::string to_pdf(Symbol const& symbol, int side_mm = 80);

}  // namespace choso::qr
