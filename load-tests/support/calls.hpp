#pragma once
#include <cstdint>
#include <string>
#include <string_view>

/// The two calls of a payment's life as bytes, the way a partner and SePay send them.
namespace choso::load {

/// `POST /api/v1/payment-requests`, at a stall if one is named.
[[nodiscard]] std::string create_call(std::string_view api_key, std::string_view merchant, std::int64_t amount, std::string_view idempotency_key,
                                      std::string_view stall = {});

struct Credit {
    std::string_view account;
    std::string_view reference;
    std::int64_t amount = 0;
};
/// `POST /feeds/sepay` of a credit now; `run` (digits) and `n` make the notice's own id.
[[nodiscard]] std::string credit_call(std::string_view sepay_key, Credit const& credit, std::string_view run, std::int64_t n);

/// The text member `name` of a flat JSON text of ours; empty if there is none.
[[nodiscard]] std::string member(std::string_view json, std::string_view name);

}  // namespace choso::load
