#pragma once
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "gateway/api/edge.hpp"
#include "platform/http/responder.hpp"

namespace choso::api {

/// Who calls, by which key; valid for as long as `directory`, which it keeps alive.
struct Caller {
    std::shared_ptr<merchants::Directory const> directory;
    merchants::ApiKey const* key = nullptr;
    std::string key_hash{};  ///< SHA-256: what the key is looked up by again later

    [[nodiscard]] payments::Actor actor() const;
    /// A merchant the key may name, of the key's own mode. Null for any other, present or not: nobody can tell which.
    [[nodiscard]] merchants::Merchant const* merchant(std::optional<MerchantId> id) const;
    /// All it may name.
    [[nodiscard]] std::vector<merchants::Merchant const*> merchants() const;
    [[nodiscard]] bool may_see(MerchantId id) const { return merchant(id) != nullptr; }
    /// A request as this caller may see it: of a split one, only the lines of merchants it may name.
    [[nodiscard]] payments::PaymentRequest shown(payments::PaymentRequest request) const;
};

/// The value of `Authorization: <scheme> VALUE`, the scheme in any case.
[[nodiscard]] std::optional<std::string_view> credential(http::Request const& request, std::string_view scheme);

/// The caller of a request, or 401, or 403 where the key lacks `scope` (empty: any key will do).
[[nodiscard]] Result<Caller, Problem> authenticate(Edge const& edge, http::Request const& request, std::string_view scope);
/// The same at a handler's first line: a refusal is answered here, and nothing is returned.
[[nodiscard]] std::optional<Caller> enter(Edge const& edge, http::Request const& request, http::Responder& respond, std::string_view scope);

/// The buckets that some merchants' money lives in: each one's collector's, once.
[[nodiscard]] std::vector<Bucket> buckets_of(std::vector<merchants::Merchant const*> const& merchants, merchants::Directory const& directory);

}  // namespace choso::api
