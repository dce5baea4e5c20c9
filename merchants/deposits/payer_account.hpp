#pragma once
#include <optional>
#include <string_view>

#include "gateway/payments/types.hpp"

namespace choso::deposits {

/// The account that a bank's word of a credit names as the payer's: a camt notice's debtor with its bank, or, in a content,
/// `CT tu NUMBER NAME toi …` of Vietcombank's own app, which only its own customers pay with. Nothing where
/// number, holder or bank is not certain: then the payer is asked. Its id is still to be made.
[[nodiscard]] std::optional<payments::Destination> payer_account(std::string_view content, std::string_view raw);

}  // namespace choso::deposits
