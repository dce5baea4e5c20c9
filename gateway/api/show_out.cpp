#include "gateway/api/show_out.hpp"

#include "platform/json/json.hpp"
#include "qr/banks.hpp"

namespace choso::api {
namespace {

std::optional<std::string> time_text(std::optional<Instant> at) {
    if (!at) return std::nullopt;
    return to_rfc3339(*at);
}

template <class IdType>
std::optional<std::string> id_text(std::optional<IdType> const& id) {
    if (!id) return std::nullopt;
    return id->text();
}

std::optional<std::string> reference_text(std::optional<Reference> const& reference) {
    if (!reference) return std::nullopt;
    return reference->text();
}

std::string_view mode_of(MerchantId id, merchants::Directory const& directory) {
    auto const* merchant = directory.merchant(id);
    return merchant != nullptr && merchant->live ? "live" : "test";
}

/// A key's id is shown; a person only as a person, whose name is the audit trail's.
void add_actor(json::Writer& json, std::string_view field, std::optional<payments::Actor> const& actor) {
    if (!actor) {
        json.key(field).null();
        return;
    }
    json.key(field).object().member("kind", word(actor->kind));
    if (actor->kind == payments::ActorKind::key) json.member("id", ApiKeyId{actor->id}.text());
    json.end();
}

void add_destination(json::Writer& json, std::optional<payments::Destination> const& to) {
    if (!to) {
        json.key("destination").null();
        return;
    }
    auto const* bank = qr::find_by_bin(to->bin);
    json.key("destination").object().member("id", to->id.text()).member("bin", to->bin).member("bank", bank == nullptr ? std::string_view{} : bank->display_name());
    json.member("account", to->account).member("holder", to->holder).member("told_by", to->told_by).end();
}

void add_members(json::Writer& json, payments::Refund const& refund, merchants::Directory const& directory) {
    json.member("id", refund.id.text()).member("mode", mode_of(refund.merchant, directory)).member("merchant", refund.merchant.text());
    json.member("payment", refund.payment.text()).member("payment_request", id_text(refund.request)).member("amount", refund.amount);
    json.member("status", word(refund.status)).member("reason", refund.reason).member("failure", refund.failure);
    json.member("reference", reference_text(refund.reference));
    add_actor(json, "maker", refund.maker);
    add_actor(json, "approver", refund.approver);
    json.member("created_at", to_rfc3339(refund.created_at)).member("decided_at", time_text(refund.decided_at));
}

void add_members(json::Writer& json, payments::Payout const& payout, merchants::Directory const& directory) {
    json.member("id", payout.id.text()).member("mode", mode_of(payout.merchant, directory)).member("merchant", payout.merchant.text());
    json.member("purpose", word(payout.purpose)).member("refund", id_text(payout.refund)).member("bank_account", payout.account.text());
    json.member("amount", payout.amount).member("status", word(payout.status)).member("reason", payout.reason);
    json.member("failure", payout.failure).member("reference", reference_text(payout.reference)).member("bank_reference", payout.bank_reference);
    json.member("asked", payout.asked).member("line", id_text(payout.line)).member("returned_by", id_text(payout.returned_by));
    add_actor(json, "maker", payout.maker);
    add_actor(json, "approver", payout.approver);
    json.member("created_at", to_rfc3339(payout.created_at)).member("approved_at", time_text(payout.approved_at));
    json.member("submitted_at", time_text(payout.submitted_at)).member("settled_at", time_text(payout.settled_at));
    json.member("booked_at", time_text(payout.booked_at));
}

}  // namespace

std::string to_json(payments::Refund const& refund, merchants::Directory const& directory) {
    std::string out;
    auto json = json::Writer{out};
    json.object();
    add_members(json, refund, directory);
    json.end();
    return out;
}

std::string to_json(payments::Payout const& payout, merchants::Directory const& directory) {
    std::string out;
    auto json = json::Writer{out};
    json.object();
    add_members(json, payout, directory);
    json.end();
    return out;
}

std::string to_json(RefundRow const& row, merchants::Directory const& directory) {
    std::string out;
    auto json = json::Writer{out};
    json.object();
    add_members(json, row.refund, directory);
    add_destination(json, row.to);
    json.member("payout", id_text(row.payout)).end();
    return out;
}

std::string to_json(PayoutRow const& row, merchants::Directory const& directory) {
    std::string out;
    auto json = json::Writer{out};
    json.object();
    add_members(json, row.payout, directory);
    add_destination(json, row.to);
    json.end();
    return out;
}

std::string with_refunds(std::string object, std::vector<payments::Refund> const& refunds) {
    auto sum = Money{};
    std::string more;
    auto json = json::Writer{more};
    json.object().key("refunds").array();
    for (auto const& refund : refunds) {
        if (refund.status == payments::RefundStatus::succeeded) sum += refund.amount;
        json.object().member("id", refund.id.text()).member("amount", refund.amount).member("status", word(refund.status)).end();
    }
    json.end().member("amount_refunded", sum).end();
    object.back() = ',';
    return object + more.substr(1);
}

}  // namespace choso::api
