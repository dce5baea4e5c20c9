#include "gateway/api/exceptions.hpp"

#include "platform/json/json.hpp"

namespace choso::api {
namespace {

using settlement::ExceptionAction;
using settlement::ExceptionKind;

std::string subject_text(settlement::Exception const& row) {
    switch (row.kind) {
        case ExceptionKind::payout_unknown:
        case ExceptionKind::payout_contradicted:
        case ExceptionKind::payout_returned: return PayoutId{row.subject}.text();
        case ExceptionKind::chain_broken: return to_hyphenated(row.subject);
        default: return PaymentId{row.subject}.text();
    }
}

std::optional<std::string> target_text(settlement::Resolution const& resolution) {
    if (!resolution.target) return std::nullopt;
    switch (resolution.action) {
        case ExceptionAction::match: return PaymentRequestId{*resolution.target}.text();
        case ExceptionAction::assign: return MerchantId{*resolution.target}.text();
        case ExceptionAction::refund: return RefundId{*resolution.target}.text();
        case ExceptionAction::reverse:
        case ExceptionAction::accept: break;
    }
    return std::nullopt;
}

std::string person_text(payments::Actor const& actor) {
    return actor.kind == payments::ActorKind::person ? people::StaffId{actor.id}.text() : std::string{payments::word(actor.kind)};
}

void write_proposal(json::Writer& json, settlement::Exception const& row) {
    json.key("proposal");
    if (!row.resolution || !row.maker) {
        json.null();
        return;
    }
    auto const& resolution = *row.resolution;
    json.object().member("action", settlement::word(resolution.action)).member("target", target_text(resolution));
    json.member("stall", resolution.stall ? std::optional{resolution.stall->text()} : std::nullopt).member("reason", resolution.reason);
    json.member("by", person_text(*row.maker)).member("at", row.proposed_at ? std::optional{to_rfc3339(*row.proposed_at)} : std::nullopt).end();
}

void write_candidates(json::Writer& json, std::vector<settlement::Candidate> const& candidates, merchants::Directory const& directory) {
    json.key("candidates").array();
    for (auto const& each : candidates) {
        auto const* merchant = directory.merchant(each.merchant);
        json.object().member("payment_request", each.request.text()).member("reference", each.reference).member("merchant", each.merchant.text());
        json.member("merchant_name", merchant != nullptr ? merchant->name : std::string{}).member("amount", each.amount);
        json.member("amount_paid", each.amount_paid).member("status", payments::word(each.status)).member("created_at", to_rfc3339(each.created_at));
        json.member("description", each.description).member("order_code", each.order_code).member("wrong_symbols", each.wrong_symbols);
        json.member("minutes", each.minutes).member("certain", each.certain).key("reasons").array();
        for (auto const reason : each.reasons) json.value(settlement::word(reason));
        json.end().end();
    }
    json.end();
}

}  // namespace

Owners desks_of(Person const& person) {
    auto owners = person.merchants(desk_roles);
    std::erase_if(owners, [](auto const* merchant) { return !merchant->is_owner; });
    return owners_of(owners, *person.directory);
}

std::optional<settlement::ShownException> exception_of(Person const& person, postgres::Connection& connection, std::string_view id) {
    auto const parsed = ExceptionId::parse(id);
    auto found = parsed ? settlement::find_exception(connection, *parsed) : std::nullopt;
    if (found && !person.may(desk_roles, found->row.merchant)) found.reset();
    return found;
}

std::string to_json(settlement::ShownException const& shown, merchants::Directory const& directory, std::vector<settlement::Candidate> const* candidates,
                    std::vector<settlement::ShownNote> const* notes, Instant now,
                    std::optional<settlement::Instalments> const& instalments) {
    auto const& row = shown.row;
    auto const* account = directory.account(row.account);
    auto const* merchant = directory.merchant(row.merchant);
    std::string out;
    auto json = json::Writer{out};
    json.object().member("id", row.id.text()).member("kind", settlement::word(row.kind)).member("state", settlement::word(row.state));
    json.member("amount", row.amount).member("subject", subject_text(row)).member("bank_account", row.account.text());
    json.member("account_number", account != nullptr ? account->number : std::string{}).member("account_bin", account != nullptr ? account->bin : std::string{});
    json.member("merchant", row.merchant.text()).member("merchant_name", merchant != nullptr ? merchant->name : std::string{});
    json.member("occurred_at", to_rfc3339(row.occurred_at)).member("opened_at", to_rfc3339(row.opened_at));
    json.member("age_days", (vietnam_day(now) - vietnam_day(row.occurred_at)).count());
    json.member("reference", shown.reference).member("content", shown.content).member("bank_reference", shown.bank_ref);
    json.key("owner");
    if (row.owner) json.object().member("id", people::StaffId{*row.owner}.text()).member("name", shown.owner_name).end();
    else json.null();
    write_proposal(json, row);
    json.member("approved_by", row.approver ? std::optional{person_text(*row.approver)} : std::nullopt);
    json.member("decided_at", row.decided_at ? std::optional{to_rfc3339(*row.decided_at)} : std::nullopt).member("ended", row.ended);
    if (candidates != nullptr) write_candidates(json, *candidates, directory);
    if (notes != nullptr) {
        json.key("notes").array();
        for (auto const& [note, author] : *notes) json.object().member("at", to_rfc3339(note.at)).member("author", author).member("text", note.text).end();
        json.end().key("instalments");
        if (instalments) {
            json.object().member("payment_request", instalments->request.text()).key("exceptions").array();
            for (auto const& part : instalments->parts) json.value(part.text());
            json.end().end();
        } else {
            json.null();
        }
        json.key("payees").array();
        constexpr std::size_t most_payees = 64;
        if (account != nullptr)
            for (auto const& payee : directory.payees_of(*account, most_payees))
                if (auto const* each = directory.merchant(payee)) json.object().member("id", payee.text()).member("name", each->name).end();
        json.end();
    }
    json.end();
    return out;
}

}  // namespace choso::api
