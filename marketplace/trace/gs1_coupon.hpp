#pragma once
#include <optional>
#include <string_view>

#include "marketplace/trace/gs1.hpp"

namespace choso::marketplace::gs1 {

/// Coupons of North America (AI 8110) and paperless offers at the point of sale (AI 8112): fields whose first digit tells their
/// length, then optional ones in the order of their numbers. Company prefixes are not looked up.
[[nodiscard]] std::optional<std::string_view> lint_coupon(std::string_view text);
[[nodiscard]] std::optional<std::string_view> lint_coupon_offer(std::string_view text);

}  // namespace choso::marketplace::gs1
