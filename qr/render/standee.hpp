#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "platform/pdf/document.hpp"
#include "qr/symbol.hpp"

// What is printed and stood on a counter: in millimetres, to be cut along the marks.
namespace choso::qr {

/// The symbol with its quiet zone, `side_mm` wide altogether; the ground must be white.
void put_symbol(pdf::Document& document, double x_mm, double y_mm, double side_mm, Symbol const& symbol);

enum class StandeeSize : std::uint8_t { a6, a5 };
/// "a6", "a5"; nullopt for anything else.
[[nodiscard]] std::optional<StandeeSize> standee_size_of(std::string_view name);

/// One counter's code. Texts are UTF-8.
struct Standee {
    std::string payload;  ///< what is scanned
    std::string name;     ///< who sells: "Cô Hoa – Rau sạch"
    std::string place;    ///< where: "Chợ Đồng Quang · Sạp A12"
    std::string holder;   ///< whom the payer's bank will name
    std::string bank;
    std::string account;  ///< only its last four characters are printed
    std::string serial;   ///< to tell this very print from one stuck over it
};

/// Draws one on a page of its own: the trimmed size with cut marks around it. False, and nothing drawn, if the payload fits
/// no symbol.
[[nodiscard]] bool add_standee(pdf::Document& document, StandeeSize size, Standee const& standee);

/// A whole market's, a page each, in their order. `progress` is called after each with how many are done; what returns false
/// stops it. nullopt if stopped, or if there is nothing to draw or one does not fit a symbol.
[[nodiscard]] std::optional<std::string> standee_pack(std::span<Standee const> standees, StandeeSize size, std::string_view title,
                                                      std::function<bool(std::size_t done)> const& progress = {});

/// One line of a price list: what it is, and the code that asks for exactly that.
struct Price {
    std::string name;
    Money amount;
    std::string payload;
};

/// A4 pages of twelve prices each, under `heading` (who sells) and `subheading` (holder and bank). nullopt if there is none or a
/// payload fits no symbol.
[[nodiscard]] std::optional<std::string> price_list(std::string_view heading, std::string_view subheading, std::span<Price const> prices);

}  // namespace choso::qr
