#include "gateway/api/auth.hpp"

#include <set>

#include "platform/crypto/crypto.hpp"

namespace choso::api {

payments::Actor Caller::actor() const { return {payments::ActorKind::key, key->id.uuid()}; }

merchants::Merchant const* Caller::merchant(std::optional<MerchantId> id) const {
    if (!id || !key->merchants.contains(*id)) return nullptr;
    auto const* found = directory->merchant(*id);
    return found != nullptr && found->live == key->live ? found : nullptr;
}

std::vector<merchants::Merchant const*> Caller::merchants() const {
    auto out = std::vector<merchants::Merchant const*>{};
    for (auto const& id : key->merchants)
        if (auto const* found = merchant(id)) out.push_back(found);
    return out;
}

payments::PaymentRequest Caller::shown(payments::PaymentRequest request) const {
    if (request.split) std::erase_if(request.split->lines, [this](auto const& line) { return !may_see(line.merchant); });
    return request;
}

std::optional<std::string_view> credential(http::Request const& request, std::string_view scheme) {
    auto const value = request.header("Authorization");
    if (!value || value->size() <= scheme.size() || (*value)[scheme.size()] != ' ') return std::nullopt;
    if (!http::equals_ignoring_case(value->substr(0, scheme.size()), scheme)) return std::nullopt;
    return http::trimmed(value->substr(scheme.size() + 1));
}

Result<Caller, Problem> authenticate(Edge const& edge, http::Request const& request, std::string_view scope) {
    auto const text = credential(request, "Bearer");
    if (!text || !crypto::api_key_kind(*text)) return Problem{Code::unauthorized};
    auto caller = Caller{edge.directory.current(), nullptr, std::string{crypto::as_text(crypto::sha256(*text))}};
    caller.key = caller.directory->key_by_hash(caller.key_hash);
    if (caller.key == nullptr) return Problem{Code::unauthorized};
    if (!scope.empty() && !caller.key->scopes.contains(scope)) {
        auto const name = std::string{scope};
        return Problem{Code::scope_missing, name, {"Khoá cần quyền " + name, "The key needs the scope " + name}};
    }
    return caller;
}

std::optional<Caller> enter(Edge const& edge, http::Request const& request, http::Responder& respond, std::string_view scope) {
    auto caller = authenticate(edge, request, scope);
    if (caller) return std::move(caller).value();
    respond(to_response(caller.error(), audience_of(request)));
    return std::nullopt;
}

std::vector<Bucket> buckets_of(std::vector<merchants::Merchant const*> const& merchants, merchants::Directory const& directory) {
    auto found = std::set<Bucket>{};
    for (auto const* merchant : merchants)
        if (auto const* collector = directory.collector(merchant->collector)) found.insert(collector->bucket);
    return {found.begin(), found.end()};
}

}  // namespace choso::api
