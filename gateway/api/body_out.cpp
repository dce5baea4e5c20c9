#include "gateway/api/body_out.hpp"

#include <algorithm>

#include "qr/banks.hpp"

namespace choso::api {
namespace {

constexpr std::size_t reason_max = 200;
constexpr std::size_t holder_max = 100;
constexpr std::size_t account_max = 19;

std::size_t length_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// One line of text that somebody can read, 1 to `max` characters.
std::optional<std::string> line_in(json::Value const& body, std::string_view field, std::size_t max) {
    auto const* value = body.find(field);
    auto const text = value == nullptr ? std::nullopt : value->as_string();
    if (!text || text->find_first_not_of(' ') == std::string_view::npos || length_of(*text) > max) return std::nullopt;
    if (std::any_of(text->begin(), text->end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) return std::nullopt;
    return std::string{*text};
}

bool is_account(std::string_view text) {
    auto const allowed = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
    return !text.empty() && text.size() <= account_max && std::all_of(text.begin(), text.end(), allowed);
}

Problem wrong_destination(std::string_view field, Text rule) {
    auto const name = "destination." + std::string{field};
    return {Code::destination_invalid, name, {name + ": " + rule.vi, name + " " + rule.en}};
}

/// `told_by_default`: who says so where the body need not tell; empty: it must.
Result<payments::Destination, Problem> read_destination(json::Value const& value, std::string_view told_by_default) {
    if (!value.is_object()) return Problem{Code::destination_invalid, "destination"};
    for (auto const& member : value.members()) {
        auto const known = member.key == "bin" || member.key == "account" || member.key == "holder" || member.key == "told_by";
        if (!known) return Problem{Code::unknown_field, "destination." + member.key.substr(0, 100)};
    }
    auto out = payments::Destination{};
    out.bin = line_in(value, "bin", 6).value_or("");
    auto const* bank = qr::find_by_bin(out.bin);
    if (bank == nullptr || !bank->transfer_supported)
        return wrong_destination("bin", {"phải là mã BIN của ngân hàng nhận chuyển khoản NAPAS 247", "must be the BIN of a bank that takes NAPAS 247 transfers"});
    out.account = line_in(value, "account", account_max).value_or("");
    if (!is_account(out.account))
        return wrong_destination("account", {"phải có 1–19 chữ số hoặc chữ in hoa", "must be 1–19 digits or capital letters"});
    out.holder = line_in(value, "holder", holder_max).value_or("");
    if (out.holder.empty()) return wrong_destination("holder", {"phải là tên chủ tài khoản, không quá 100 ký tự", "must be the holder's name, at most 100 characters"});
    auto const* told_by = value.find("told_by");
    out.told_by = told_by == nullptr ? std::string{told_by_default} : std::string{told_by->as_string().value_or("")};
    if (out.told_by != "payer" && out.told_by != "statement" && out.told_by != "maker")
        return wrong_destination("told_by", {"phải là payer, statement hoặc maker", "must be payer, statement or maker"});
    return out;
}

Result<Money, Problem> read_amount(json::Value const& body) {
    auto const* value = body.find("amount");
    auto const dong = value == nullptr ? std::nullopt : value->as_int();
    if (!dong || *dong < 1 || Money{*dong} > most_asked) return Problem{Code::amount_invalid, "amount"};
    return Money{*dong};
}

Result<std::string, Problem> read_reason(json::Value const& body) {
    auto text = line_in(body, "reason", reason_max);
    if (!text) return invalid("reason", {"phải nêu lý do, không quá 200 ký tự", "must say why, in at most 200 characters"});
    return std::move(*text);
}

}  // namespace

Result<NewRefund, Problem> parse_refund(std::string_view text) {
    auto const body = parse_object(text, {"payment", "amount", "reason", "destination"});
    if (!body) return body.error();
    auto out = NewRefund{};
    auto const* payment = body->find("payment");
    if (payment == nullptr) return Problem{Code::field_missing, "payment", {"Thiếu payment", "payment is missing"}};
    auto const id = PaymentId::parse(payment->as_string().value_or(""));
    if (!id) return Problem{Code::not_found, "payment"};
    out.payment = *id;
    auto const amount = read_amount(*body);
    if (!amount) return amount.error();
    out.amount = *amount;
    auto reason = read_reason(*body);
    if (!reason) return reason.error();
    out.reason = std::move(reason).value();
    if (auto const* value = body->find("destination"); value != nullptr && !value->is_null()) {
        auto destination = read_destination(*value, "payer");
        if (!destination) return destination.error();
        out.destination = std::move(destination).value();
    }
    return out;
}

Result<payments::Destination, Problem> parse_destination(std::string_view text) {
    auto const body = parse_object(text, {"bin", "account", "holder", "told_by"});
    if (!body) return body.error();
    return read_destination(*body, "payer");
}

Result<std::optional<PersonId>, Problem> parse_approval(std::string_view text) {
    if (text.empty()) return std::optional<PersonId>{};
    auto const body = parse_object(text, {"destination"});
    if (!body) return body.error();
    auto const* value = body->find("destination");
    if (value == nullptr || value->is_null()) return std::optional<PersonId>{};
    auto const id = PersonId::parse(value->as_string().value_or(""));
    if (!id) return invalid("destination", {"phải là id của tài khoản nhận, như GET đã trả", "must be the destination's id, as GET shows it"});
    return std::optional<PersonId>{*id};
}

Result<std::unique_ptr<payments::ProposePayout>, Problem> parse_payout(http::Request const& request, Maker const& maker, Instant now) {
    auto const keyed = sent_key(request);
    if (!keyed) return keyed.error();
    auto const body = parse_object(request.body, {"merchant", "bank_account", "amount", "reason", "destination"});
    if (!body) return body.error();
    auto const* named = body->find("merchant");
    if (named == nullptr) return Problem{Code::field_missing, "merchant", {"Thiếu merchant", "merchant is missing"}};
    auto const* merchant = maker.merchant(MerchantId::parse(named->as_string().value_or("")));
    if (merchant == nullptr) return Problem{Code::not_found, "merchant"};
    auto const& directory = *maker.directory;
    auto const* account = directory.account_for(*merchant, nullptr);
    if (auto const* value = body->find("bank_account"); value != nullptr && !value->is_null()) {
        auto const id = AccountId::parse(value->as_string().value_or(""));
        account = id ? directory.account(*id) : nullptr;
    }
    auto const ended = account != nullptr && directory.account_by_number(account->bin, account->number) != account;
    if (account == nullptr || ended || account->collector != merchant->collector) return Problem{Code::bank_account_invalid, "bank_account"};
    auto const amount = read_amount(*body);
    if (!amount) return amount.error();
    if (*amount > payments::most_transferred)
        return Problem{Code::amount_invalid, "amount", {"Một lệnh chi không được quá 499999999 đồng", "One payout carries at most 499999999 đồng"}};
    auto reason = read_reason(*body);
    if (!reason) return reason.error();
    auto const* to = body->find("destination");
    if (to == nullptr) return Problem{Code::field_missing, "destination", {"Thiếu destination", "destination is missing"}};
    auto destination = read_destination(*to, "maker");
    if (!destination) return destination.error();
    if (destination->bin == account->bin && destination->account == account->number)
        return wrong_destination("account", {"không được là chính tài khoản chi", "must not be the account it is paid from"});

    auto const* collector = directory.collector(merchant->collector);
    CHOSO_ASSERT(collector != nullptr);
    auto out = std::make_unique<payments::ProposePayout>();
    out->id = PayoutId::make(collector->bucket, now);
    out->merchant = merchant->id;
    out->account = directory.facts_of(*account);
    out->amount = *amount;
    out->reason = std::move(reason).value();
    out->destination = std::move(destination).value();
    out->destination.id = PersonId::make(collector->bucket, now);
    out->actor = maker.actor;
    out->idempotency = keyed->of(merchant->id);
    return out;
}

std::unique_ptr<payments::ProposeRefund> to_command(NewRefund asked, MerchantId merchant, payments::Actor const& actor,
                                                    payments::IdempotencyKey const& key, Instant now) {
    auto const bucket = asked.payment.bucket();
    auto out = std::make_unique<payments::ProposeRefund>();
    out->id = RefundId::make(bucket, now);
    out->payment = asked.payment;
    out->merchant = merchant;
    out->amount = asked.amount;
    out->reason = std::move(asked.reason);
    out->destination = std::move(asked.destination);
    if (out->destination) out->destination->id = PersonId::make(bucket, now);
    out->actor = actor;
    out->idempotency = key;
    return out;
}

}  // namespace choso::api
