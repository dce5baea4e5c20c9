#pragma once
#include <initializer_list>
#include <memory>
#include <string_view>

#include "gateway/api/auth.hpp"
#include "gateway/api/problem.hpp"
#include "gateway/payments/commands.hpp"
#include "platform/json/json.hpp"

/// Reading what callers send: each refusal names the field and the rule.
namespace choso::api {

/// A JSON object with no other members than `known`.
[[nodiscard]] Result<json::Value, Problem> parse_object(std::string_view body, std::initializer_list<std::string_view> known);

/// A field that broke its rule.
[[nodiscard]] Problem invalid(std::string_view field, Text rule);

/// The caller's Idempotency-Key, bound to method, path and body by its fingerprint; its scope is a merchant.
class SentKey {
 public:
    SentKey(std::string_view key, std::string_view method, std::string_view path, std::string_view body);
    /// The first half of SHA-256(merchant's id, the first half of the key's SHA-256): 32 bytes less a row than both.
    [[nodiscard]] payments::IdempotencyKey of(MerchantId merchant) const;

 private:
    Uuid key_hash_;
    std::string fingerprint_;
};

/// 1–255 printable ASCII characters, or what is wrong with them.
[[nodiscard]] Result<SentKey, Problem> sent_key(http::Request const& request);

/// A request of that merchant into that account, with fresh id and token; amount, texts and idempotency are still to come.
[[nodiscard]] std::unique_ptr<payments::CreateRequest> new_request(merchants::Directory const& directory, merchants::Merchant const& merchant,
                                                                   merchants::BankAccount const& account, merchants::Stall const* stall,
                                                                   Instant now);

/// The body of POST /payment-requests, checked against what the caller may name.
[[nodiscard]] Result<std::unique_ptr<payments::CreateRequest>, Problem> parse_create(http::Request const& request, Caller const& caller,
                                                                                     Instant now);

}  // namespace choso::api
