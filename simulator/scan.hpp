#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/money.hpp"
#include "base/result.hpp"
#include "simulator/book.hpp"

namespace choso::bank {

/// What a bank app shows its customer after scanning.
struct Scanned {
    AccountKey payee;
    std::optional<Money> amount;  ///< the app locks the field where there is one
    std::string content;
};

/// Reads a VietQR as a bank app does: nothing that is broken, of another scheme, in another currency or above one transfer
/// is paid. The error is what the app would say, in Vietnamese.
[[nodiscard]] Result<Scanned, std::string> scan(std::string_view payload);

}  // namespace choso::bank
