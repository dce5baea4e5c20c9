#include "gateway/api/decisions.hpp"

namespace choso::api {
namespace {

bool is_live(Person const& person, MerchantId id) {
    auto const* merchant = person.directory->merchant(id);
    return merchant != nullptr && merchant->live;
}

}  // namespace

std::optional<RefundRow> refund_to_decide(Person const& person, postgres::Connection& connection, std::string_view id) {
    auto const parsed = RefundId::parse(id);
    auto found = parsed ? find_refund(connection, *parsed) : std::nullopt;
    if (found && !person.may(deciders, found->refund.merchant)) found.reset();
    return found;
}

std::optional<PayoutRow> payout_to_decide(Person const& person, postgres::Connection& connection, std::string_view id) {
    auto const parsed = PayoutId::parse(id);
    auto found = parsed ? find_payout(connection, *parsed) : std::nullopt;
    if (found && !person.may(deciders, found->payout.merchant)) found.reset();
    return found;
}

std::unique_ptr<payments::Command const> yes_to(RefundRow const& row, Person const& person, std::optional<PersonId> shown, Instant now) {
    auto const* account = person.directory->account(row.account);
    if (account == nullptr) return nullptr;
    auto out = std::make_unique<payments::ApproveRefund>();
    out->id = row.refund.id;
    out->payment = row.refund.payment;
    out->account = person.directory->facts_of(*account);
    out->live = is_live(person, row.refund.merchant);
    out->payout = PayoutId::make(row.refund.id.bucket(), now);
    out->destination = shown;
    out->actor = person.actor();
    out->second_factor_fresh = person.second_factor_fresh;
    return out;
}

std::unique_ptr<payments::Command const> yes_to(PayoutRow const& row, Person const& person) {
    auto out = std::make_unique<payments::ApprovePayout>();
    out->id = row.payout.id;
    out->live = is_live(person, row.payout.merchant);
    out->actor = person.actor();
    out->second_factor_fresh = person.second_factor_fresh;
    return out;
}

std::unique_ptr<payments::Command const> no_to(RefundRow const& row, Person const& person) {
    auto out = std::make_unique<payments::RejectRefund>();
    out->id = row.refund.id;
    out->actor = person.actor();
    return out;
}

std::unique_ptr<payments::Command const> no_to(PayoutRow const& row, Person const& person) {
    auto out = std::make_unique<payments::RejectPayout>();
    out->id = row.payout.id;
    out->actor = person.actor();
    return out;
}

}  // namespace choso::api
