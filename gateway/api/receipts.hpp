#pragma once
#include <string>
#include <string_view>

#include "merchants/receipts/find.hpp"

namespace choso::api {

/// A receipt as the API shows it, alone, in lists and in its bill.
[[nodiscard]] std::string to_json(receipts::Shown const& shown, std::string_view base_url);

}  // namespace choso::api
