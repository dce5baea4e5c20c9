#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "settlement/exceptions/candidates.hpp"

/// Several credits of one payer that make one request. A suggestion, and only where there is one way to do it.
namespace choso::settlement {

/// The one set of two or more of at most twelve amounts that makes `target` exactly and holds the first of them, as
/// indices; none if there is no such set or more than one. Pure.
[[nodiscard]] std::optional<std::vector<std::size_t>> unique_subset(std::span<Money const> amounts, Money target);

/// The payer's own account as banks write it into the content, `… CT tu 0123456789 NGUYEN VAN AN toi …`; empty if it is not there. Pure.
[[nodiscard]] std::string_view payer_in(std::string_view content);

struct Instalments {
    PaymentRequestId request;
    std::vector<ExceptionId> parts;  ///< the one asked about first
};
/// `waiting`: what else is open in the same account. None unless exactly one of the candidates is made by exactly one set. Pure.
[[nodiscard]] std::optional<Instalments> instalments_of(ShownException const& of, std::span<Candidate const> candidates, std::span<ShownException const> waiting);

}  // namespace choso::settlement
