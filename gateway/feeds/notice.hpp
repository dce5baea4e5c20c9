#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/money.hpp"
#include "gateway/api/problem.hpp"

namespace choso::feeds {

/// One bank fact as SePay tells it.
struct BankNotice {
    std::string id;  ///< decimal digits; the same across retries
    std::string gateway;
    Instant occurred_at;
    std::string account;
    std::string virtual_account;  ///< empty: none
    Money amount;                 ///< negative: it left the account
    std::string content;
    std::string description;
    std::string code;
    std::string reference_code;
};

/// Reads a notice in any of SePay's three content types: JSON, form-urlencoded, multipart; same fields. Fields we do not
/// know are let pass. The problem names the field and the rule.
/// Source: developer.sepay.vn, webhooks (2026-11).
[[nodiscard]] Result<BankNotice, api::Problem> parse_sepay(std::string_view content_type, std::string_view body);

}  // namespace choso::feeds
