#include "gateway/api/show.hpp"

#include <utility>

#include "base/assert.hpp"
#include "platform/crypto/crypto.hpp"
#include "qr/vietqr.hpp"

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

}  // namespace

std::string pay_url(payments::PaymentRequest const& request, std::string_view base_url) {
    return std::string{base_url} + "/t/" + crypto::SecretToken{request.id.bucket(), request.token}.text();
}

PayCode pay_code(payments::PaymentRequest const& request, merchants::BankAccount const* account) {
    if (account == nullptr || !request.reference) return {{}, "account_unknown"};
    auto ask = qr::MakeRequest{};
    ask.bin = account->bin;
    ask.account = account->number;
    ask.amount = request.amount;
    if (request.still_open().is_positive()) ask.amount = request.still_open();
    if (ask.amount && *ask.amount > most_in_one_transfer) return {{}, "over_limit"};
    ask.purpose = request.reference->text();
    auto made = qr::make(ask);
    if (!made) return {{}, qr::rule_code(made.error().rule)};
    return {std::move(made).value(), {}};
}

std::string to_json(payments::PaymentRequest const& request, merchants::Directory const& directory, std::string_view base_url) {
    auto const* account = directory.account(request.account);
    auto const* merchant = directory.merchant(request.merchant);
    auto const code = pay_code(request, account);
    std::string out;
    out.reserve(1024);
    auto json = json::Writer{out};
    json.object().member("id", request.id.text()).member("mode", merchant != nullptr && merchant->live ? "live" : "test");
    json.member("merchant", request.merchant.text()).member("stall", id_text(request.stall));
    json.member("reference", request.reference ? std::optional{request.reference->text()} : std::nullopt);
    json.member("status", word(request.status)).member("amount", request.amount).member("amount_paid", request.amount_paid);
    json.member("overpaid_by", request.overpaid_by()).member("late", word(request.late_policy));
    json.member("late_decision", word(request.late_decision)).member("description", request.description);
    json.member("order_code", request.order_code).member("return_url", request.return_url);
    if (request.metadata) json.key("metadata").raw(*request.metadata);
    else json.key("metadata").null();
    if (request.split) {
        json.member("fill", word(request.split->fill)).key("split").array();
        for (auto const& line : request.split->lines)
            json.object().member("merchant", line.merchant.text()).member("amount", line.amount).member("filled", line.filled).end();
        json.end();
    }
    json.member("qr", code.payload);
    if (!code.payload) json.member("qr_unavailable", code.unavailable);
    json.member("pay_url", pay_url(request, base_url));
    if (account != nullptr) {
        json.key("bank_account").object().member("id", account->id.text()).member("bin", account->bin);
        json.member("number", account->number).member("holder", account->holder).end();
    } else {
        json.key("bank_account").null();
    }
    json.member("expires_at", time_text(request.expires_at)).member("created_at", to_rfc3339(request.created_at)).end();
    return out;
}

std::string to_json(SeenPayment const& seen, merchants::Directory const& directory) {
    auto const& payment = seen.payment;
    auto amount = payment.amount;
    auto whose = payment.merchant;
    if (!seen.whole) {
        CHOSO_ASSERT(!seen.shares.empty());
        whose = seen.shares.front().merchant;
        amount = Money{};
        for (auto const& share : seen.shares) amount += share.amount;
    }
    auto const* merchant = directory.merchant(whose);
    std::string out;
    auto json = json::Writer{out};
    json.object().member("id", payment.id.text()).member("mode", merchant != nullptr && merchant->live ? "live" : "test");
    json.member("merchant", whose.text()).member("status", word(payment.status)).member("amount", amount);
    if (!seen.shares.empty()) {
        json.key("shares").array();
        for (auto const& share : seen.shares) json.object().member("merchant", share.merchant.text()).member("amount", share.amount).end();
        json.end();
    }
    json.member("payment_request", id_text(payment.request)).member("stall", id_text(payment.stall));
    json.member("reference", payment.reference ? std::optional{payment.reference->text()} : std::nullopt);
    json.member("wrong_account", payment.wrong_account).member("bank_account", payment.account.text());
    json.member("bank_reference", payment.bank_ref).member("sources", payment.sources.size());
    json.member("occurred_at", to_rfc3339(payment.occurred_at)).member("recorded_at", to_rfc3339(payment.recorded_at));
    json.member("confirmed_at", time_text(payment.confirmed_at)).end();
    return out;
}

std::string ListJson::close(std::optional<std::string> const& next) {
    json_.end().member("next", next).end();
    return std::move(text_);
}

std::string ListJson::close(std::string const& next, bool more) {
    json_.end().member("next", next).member("more", more).end();
    return std::move(text_);
}

}  // namespace choso::api
