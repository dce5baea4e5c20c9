#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "merchants/changes.hpp"
#include "platform/postgres/connection.hpp"

/// Names of places as they are since 1 July 2025: 34 provinces, wards below them and no districts; what they were called
/// before leads to them.
namespace choso::merchants {

/// A province by its name of today or before, with or without `Tỉnh`, `Thành phố`, accents: `tinh Bac Can` → `Thái Nguyên`.
[[nodiscard]] std::optional<std::string_view> province_of(std::string_view text);
/// All 34, in alphabetical order of their letters without marks.
[[nodiscard]] std::span<std::string_view const> provinces();

struct Place {
    std::string ward, province;
    friend bool operator==(Place const&, Place const&) = default;
};
/// The place of today. A ward's old name is known once the official list was imported; one that nobody knows stays as it was
/// written, below its province of today. Refused: an unknown province, an old name that was split among several wards.
Result<Place, Refused> place_of(postgres::Connection& connection, std::string_view ward, std::string_view province);

/// Rows of `old ward, old district, old province, ward, province` with that header; replaces what was known. Returns how many.
Result<std::size_t, Refused> import_aliases(postgres::Connection& connection, std::string_view file);

}  // namespace choso::merchants
