#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "merchants/directory.hpp"
#include "qr/render/standee.hpp"

namespace choso::pages {

/// What stands on a stall's counter: its static code with its own reference, holder, bank, serial. nullopt if its account cannot be
/// asked by QR (a bank that is not in the directory).
[[nodiscard]] std::optional<qr::Standee> standee_of(merchants::Directory const& directory, merchants::Stall const& stall);

/// A whole market's standees as one PDF, in the order of the stalls' numbers (A2 before A10). `progress` hears how many are done of how
/// many; what returns false stops it. nullopt if stopped, or if the market has no stall that can be printed.
[[nodiscard]] std::optional<std::string> market_pack(merchants::Directory const& directory, MarketId market, qr::StandeeSize size,
                                                     std::function<bool(std::size_t done, std::size_t total)> const& progress = {});

}  // namespace choso::pages
