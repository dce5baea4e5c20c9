#include "qr/symbol.hpp"

#include <qrencode.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>
#include <utility>

namespace choso::qr {
namespace {

constexpr std::size_t bytes_max = 2953;
constexpr std::size_t digits_max = 7089;
constexpr unsigned eci_utf8 = 26;

struct FreeInput {
    void operator()(QRinput* input) const { QRinput_free(input); }
};
struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

QRecLevel level_of(ErrorCorrection level) {
    switch (level) {
        case ErrorCorrection::low: return QR_ECLEVEL_L;
        case ErrorCorrection::medium: return QR_ECLEVEL_M;
        case ErrorCorrection::quartile: return QR_ECLEVEL_Q;
        case ErrorCorrection::high: return QR_ECLEVEL_H;
    }
    return QR_ECLEVEL_M;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

SymbolError last_error() { return errno == ENOMEM ? SymbolError::out_of_memory : SymbolError::too_long; }

}  // namespace

Symbol::Symbol(int side, std::vector<std::uint8_t> modules) : side_{side}, modules_{std::move(modules)} {
    CHOSO_ASSERT(side_ > 0 && modules_.size() == static_cast<std::size_t>(side_) * static_cast<std::size_t>(side_));
}

bool Symbol::is_dark(int column, int row) const {
    if (column < 0 || row < 0 || column >= side_ || row >= side_) return false;
    return (modules_[static_cast<std::size_t>(row) * static_cast<std::size_t>(side_) + static_cast<std::size_t>(column)] & 1U) != 0;
}

bool Symbol::is_function(int column, int row) const {
    if (column < 0 || row < 0 || column >= side_ || row >= side_) return false;
    return (modules_[static_cast<std::size_t>(row) * static_cast<std::size_t>(side_) + static_cast<std::size_t>(column)] & 0x80U) != 0;
}

std::vector<Run> runs_of(Symbol const& symbol) {
    std::vector<Run> runs;
    for (int row = 0; row < symbol.side(); ++row)
        for (int column = 0; column < symbol.side();) {
            int end = column;
            while (symbol.is_dark(end, row)) ++end;
            if (end > column) runs.push_back({column + quiet_zone, row + quiet_zone, end - column});
            column = end + 1;
        }
    return runs;
}

Result<Symbol, SymbolError> encode(std::string_view text, ErrorCorrection level, Packing packing) {
    if (text.empty()) return SymbolError::empty;
    if (text.size() > (packing == Packing::bytes ? bytes_max : digits_max)) return SymbolError::too_long;
    std::unique_ptr<QRcode, FreeCode> code;
    // The library's own splitting takes a C string: text with a NUL has to go as bytes.
    if (packing == Packing::optimal && is_ascii(text) && text.find('\0') == std::string_view::npos) {
        code.reset(QRcode_encodeString(std::string{text}.c_str(), 0, level_of(level), QR_MODE_8, 1));
    } else {
        std::unique_ptr<QRinput, FreeInput> const input{QRinput_new2(0, level_of(level))};
        if (!input) return SymbolError::out_of_memory;
        if (!is_ascii(text) && QRinput_appendECIheader(input.get(), eci_utf8) != 0) return last_error();
        auto const* const bytes = reinterpret_cast<unsigned char const*>(text.data());
        if (QRinput_append(input.get(), QR_MODE_8, static_cast<int>(text.size()), bytes) != 0) return last_error();
        code.reset(QRcode_encodeInput(input.get()));
    }
    if (!code) return last_error();

    auto const count = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    return Symbol{code->width, {code->data, code->data + count}};
}

}  // namespace choso::qr
