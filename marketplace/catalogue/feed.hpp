#pragma once
#include <string>
#include <string_view>

#include "marketplace/ids.hpp"
#include "base/clock.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::marketplace {

/// A seller's published products as a Google Merchant product feed (RSS 2.0 with the g: namespace): one item a variant that
/// is sold, grouped by its product. A product without a picture is left out: the feed would be refused for it.
[[nodiscard]] std::string google_feed(postgres::Connection& connection, MerchantId seller, std::string_view base_url, Instant now);

}  // namespace choso::marketplace
