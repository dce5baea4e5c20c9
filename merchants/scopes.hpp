#pragma once
#include <span>
#include <string_view>

/// What an API key may be allowed to do. A key holds some of these; an endpoint asks for one.
namespace choso::merchants::scope {

inline constexpr std::string_view requests_write = "requests:write";
inline constexpr std::string_view requests_read = "requests:read";
inline constexpr std::string_view payments_read = "payments:read";
inline constexpr std::string_view refunds_write = "refunds:write";
inline constexpr std::string_view payouts_write = "payouts:write";
inline constexpr std::string_view orders_read = "orders:read";
inline constexpr std::string_view orders_write = "orders:write";
inline constexpr std::string_view events_read = "events:read";
inline constexpr std::string_view products_write = "products:write";
inline constexpr std::string_view products_read = "products:read";

struct Scope {
    std::string_view name;
    std::string_view meaning_en;
    std::string_view meaning_vi;
};

/// Every scope there is, with its meaning: the one table that the API, the pages and `choso admin` show.
[[nodiscard]] std::span<Scope const> all();
[[nodiscard]] bool is_known(std::string_view name);

}  // namespace choso::merchants::scope
