#include "gateway/api/auth.hpp"
#include "gateway/api/body.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/settlements.hpp"
#include "merchants/scopes.hpp"
#include "merchants/settle.hpp"

namespace choso::api {
namespace {

using Parsed = Result<std::unique_ptr<payments::ProposeSettlement>, Problem>;

/// The account a run is paid from: the one that is named, else the collector's usual one.
merchants::BankAccount const* account_of(json::Value const& body, merchants::Merchant const& owner, merchants::Directory const& directory) {
    auto const all = directory.accounts_of(owner.collector);
    auto const* named = body.find("bank_account");
    if (named == nullptr || named->is_null()) return all.empty() ? nullptr : all.front();
    auto const id = AccountId::parse(named->as_string().value_or(""));
    for (auto const* account : all)
        if (id && account->id == *id) return account;
    return nullptr;
}

/// Whose run it is says the collector's own merchant: who may name it may settle for all it collects for.
Parsed parse(http::Request const& request, Caller const& caller, Instant now) {
    auto const keyed = sent_key(request);
    if (!keyed) return keyed.error();
    auto const body = parse_object(request.body, {"merchant", "bank_account", "day"});
    if (!body) return body.error();
    auto const* named = body->find("merchant");
    if (named == nullptr) return Problem{Code::field_missing, "merchant", {"Thiếu merchant", "merchant is missing"}};
    auto const* owner = caller.merchant(MerchantId::parse(named->as_string().value_or("")));
    if (owner == nullptr) return Problem{Code::not_found, "merchant"};
    if (!owner->is_owner)
        return invalid("merchant", {"Phải là chính đơn vị thu hộ, không phải đơn vị nó thu cho", "must be the collector itself, not one it collects for"});
    auto const& directory = *caller.directory;
    auto const* account = account_of(*body, *owner, directory);
    if (account == nullptr) return Problem{Code::bank_account_invalid, "bank_account"};
    auto out = merchants::settlement_of(directory, *directory.collector(owner->collector), *account, now);
    if (auto const* value = body->find("day"); value != nullptr && !value->is_null()) {
        auto const day = parse_day(value->as_string().value_or(""));
        if (!day) return invalid("day", {"Phải là ngày YYYY-MM-DD", "must be a day YYYY-MM-DD"});
        out->until = merchants::end_of(*day);
    }
    out->actor = caller.actor();
    out->idempotency = keyed->of(owner->id);
    return out;
}

}  // namespace

http::Handler create_settlement_batch(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, merchants::scope::payouts_write);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto command = parse(request, *caller, edge.clock.now());
        if (!command) return respond(to_response(command.error(), audience));
        edge.core.submit(std::move(command).value(), [audience, respond = shared(std::move(respond))](payments::Answer const& answer) {
            if (auto const code = problem_in(answer)) return (*respond)(to_response(Problem{*code}, audience));
            auto out = json_response(201, to_json(*answer->settlement));
            out.with("Location", "/api/v1/settlement-batches/" + answer->settlement->id.text());
            if (answer->replayed) out.with("Idempotency-Replayed", "true");
            (*respond)(std::move(out));
        });
    };
}

}  // namespace choso::api
