#pragma once
#include <functional>

#include "gateway/api/auth.hpp"
#include "gateway/api/person.hpp"

namespace choso::api {

/// Who proposes to move money: a key with the scope, or a person whose work it is. Neither may approve it.
struct Maker {
    std::shared_ptr<merchants::Directory const> directory;
    payments::Actor actor;
    std::function<bool(merchants::Merchant const&)> reaches;

    /// A merchant the maker may name. Null for any other, present or not: nobody can tell which.
    [[nodiscard]] merchants::Merchant const* merchant(std::optional<MerchantId> id) const;
    [[nodiscard]] bool may_see(MerchantId id) const { return merchant(id) != nullptr; }
};

/// Whose work it is to propose refunds, payouts and settlement runs.
inline constexpr Roles makers{Role::fee_clerk, Role::reconciler, Role::approver};

using MakerHandler = std::function<void(Maker const& maker, std::shared_ptr<http::Responder> const& respond)>;
/// A handler's first line where either may ask: a session's cookie is looked at where no key is sent. A refusal is answered here.
void enter_maker(Edge& edge, http::Request const& request, http::Responder respond, std::string_view scope, MakerHandler go);

}  // namespace choso::api
