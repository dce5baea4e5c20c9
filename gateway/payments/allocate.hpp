#pragma once
#include <optional>
#include <vector>

#include "gateway/payments/decide.hpp"

/// Money that finds whose it is: what a credit's own reference does and what a desk decides end in the same journals.
namespace choso::payments {

/// The payment stands for the request from now on; `source` says where the money comes from, `told` which account it is in
/// and the id of a refund should one have to be proposed. Returns its shares, if the request is split.
std::optional<std::vector<Share>> allocate(Effects& effects, RecordCredit const& told, Payment& payment, PaymentRequest const& before,
                                           CreditView const& view, AccountKind source, Instant now);

/// Confirmed money that is allocated in a collector's account is owed as such.
void confirm_allocated(Effects& effects, Payment const& payment, std::optional<std::vector<Share>> const& shares, Instant now);

}  // namespace choso::payments
