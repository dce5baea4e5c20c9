#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/money.hpp"
#include "qr/banks.hpp"

namespace choso::pages {

/// A bank's app that a link can open with the transfer filled in. Only those whose filling-in is documented
/// (vietqr.io, changelog of May 2024 to July 2026; docs/adr/0020).
struct BankApp {
    std::string_view code;  ///< as the link service calls the app
    std::string_view name;  ///< as its owner knows it
};
[[nodiscard]] std::span<BankApp const> bank_apps();

struct Transfer {
    std::string_view account;
    std::string_view holder;
    std::optional<Money> amount;
    std::string_view note;
};
/// The link that opens `app` with `transfer` to an account at `bank`. A plain address: nothing is asked of anyone before
/// the payer follows it.
[[nodiscard]] std::string app_link(BankApp const& app, qr::Bank const& bank, Transfer const& transfer);

}  // namespace choso::pages
