#pragma once
#include <optional>
#include <string_view>

#include "gateway/payments/decide.hpp"

/// Whose money a credit is (DESIGN §6): decided among what is payable into the credited account, nothing else.
namespace choso::payments {

struct Match {
    PaymentRequest const* request = nullptr;  ///< allocate to it (or, if it is cancelled, propose a refund)
    std::optional<Reference> reference;       ///< the code it was found by, even if nothing came of it
    bool to_stall = false;                    ///< no request, but a static stall's money
    bool wrong_account = false;               ///< the code is ours, its request is payable elsewhere
    PaymentRequest const* theirs = nullptr;   ///< that request, if it lives in this bucket
    std::string_view why_unreferenced;        ///< for the event, when nothing was found
};
/// The order: virtual account, exact reference, the stall's own printed code, corrected reference whose amount equals what
/// is still open, the account's static stall, nobody.
[[nodiscard]] Match match(RecordCredit const& told, std::vector<PaymentRequest> const& requests);

/// The payment this telling is another sighting of, if any: the oldest that this source has not seen, equal by bank
/// reference, then by KX reference, then by folded content; never one that carries a different reference.
[[nodiscard]] Payment const* same_fact(RecordCredit const& told, std::vector<Payment> const& candidates);

}  // namespace choso::payments
