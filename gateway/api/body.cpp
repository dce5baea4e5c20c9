#include "gateway/api/body.hpp"

#include <algorithm>

#include "platform/crypto/crypto.hpp"

namespace choso::api {
namespace {

using payments::CreateRequest;

constexpr std::size_t description_max = 200;
constexpr std::size_t order_code_max = 64;
constexpr std::size_t payer_name_max = 100;
constexpr std::size_t return_url_max = 500;
constexpr std::size_t metadata_bytes_max = 4096;
constexpr std::int64_t expires_in_max = 31'536'000;
constexpr std::size_t split_lines_max = 50;
constexpr auto stall_expires_in = Seconds{900};

/// Characters of valid UTF-8.
std::size_t length_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

using Check = std::optional<Problem>;

/// The member unless it is absent or null.
json::Value const* given(json::Value const& body, std::string_view field) {
    auto const* value = body.find(field);
    return value == nullptr || value->is_null() ? nullptr : value;
}

Check read_amount(json::Value const& body, CreateRequest& out) {
    auto const* value = body.find("amount");
    if (value == nullptr)
        return Problem{Code::amount_invalid, "amount",
                       {"Phải có amount: số nguyên từ 1 đến 99999999999, hoặc null để người trả tự nhập",
                        "amount must be given: a whole number from 1 to 99999999999, or null for an open amount"}};
    if (value->is_null()) return {};
    auto const dong = value->as_int();
    if (!dong || *dong < 1 || Money{*dong} > most_asked) return Problem{Code::amount_invalid, "amount"};
    out.amount = Money{*dong};
    return {};
}

Check read_texts(json::Value const& body, CreateRequest& out) {
    if (auto const* value = given(body, "description")) {
        auto const text = value->as_string();
        if (!text || length_of(*text) > description_max || has_control(*text))
            return invalid("description", {"Phải là chuỗi không quá 200 ký tự, không có ký tự điều khiển",
                                           "must be a string of at most 200 characters without control characters"});
        out.description = *text;
    }
    if (auto const* value = given(body, "order_code")) {
        auto const text = value->as_string();
        if (!text || text->empty() || length_of(*text) > order_code_max || has_control(*text))
            return invalid("order_code", {"Phải là chuỗi 1–64 ký tự in được", "must be a string of 1–64 printable characters"});
        out.order_code = *text;
    }
    if (auto const* value = given(body, "return_url")) {
        auto const text = value->as_string();
        auto const is_web = text && (text->starts_with("https://") || text->starts_with("http://")) && text->find("//") + 2 < text->size();
        if (!is_web || text->size() > return_url_max || has_control(*text) || text->find(' ') != std::string_view::npos)
            return invalid("return_url", {"Phải là địa chỉ http(s) không quá 500 ký tự", "must be an http(s) URL of at most 500 characters"});
        out.return_url = *text;
    }
    return {};
}

Check read_terms(json::Value const& body, CreateRequest& out) {
    if (auto const* value = given(body, "expires_in")) {
        auto const seconds = value->as_int();
        if (!seconds || *seconds < 1 || *seconds > expires_in_max)
            return invalid("expires_in", {"Phải là số giây nguyên từ 1 đến 31536000", "must be a whole number of seconds from 1 to 31536000"});
        out.expires_in = Seconds{*seconds};
    } else if (out.stall) {
        out.expires_in = stall_expires_in;
    }
    if (auto const* value = given(body, "late")) {
        auto const policy = payments::late_policy_of(value->as_string().value_or(""));
        if (!policy) return invalid("late", {"Phải là accept, hold hoặc refund", "must be accept, hold or refund"});
        out.late_policy = *policy;
    }
    if (auto const* value = given(body, "metadata")) {
        if (!value->is_object()) return invalid("metadata", {"Phải là một đối tượng JSON", "must be a JSON object"});
        auto text = json::to_text(*value);
        if (text.size() > metadata_bytes_max) return invalid("metadata", {"Không quá 4096 byte", "must be at most 4096 bytes"});
        out.metadata = std::move(text);
    }
    return {};
}

Check read_payer(json::Value const& body, CreateRequest& out) {
    auto const* value = given(body, "payer");
    if (value == nullptr) return {};
    auto const* name = value->is_object() ? value->find("name") : nullptr;
    auto const text = name != nullptr && value->members().size() == 1 ? name->as_string() : std::nullopt;
    if (!text || text->empty() || length_of(*text) > payer_name_max || has_control(*text))
        return invalid("payer", {"Phải là {\"name\": …}, tên 1–100 ký tự, không có ký tự điều khiển",
                                 "must be {\"name\": …} with a name of 1–100 characters without control characters"});
    out.payer_name = *text;
    return {};
}

struct Place {
    merchants::Merchant const* merchant = nullptr;
    merchants::Stall const* stall = nullptr;
    merchants::BankAccount const* account = nullptr;
};

/// Who is paid and into which account, among what the caller may name.
Result<Place, Problem> read_place(json::Value const& body, Caller const& caller) {
    auto out = Place{};
    auto const* named = given(body, "merchant");
    if (named == nullptr) return Problem{Code::field_missing, "merchant", {"Thiếu merchant", "merchant is missing"}};
    out.merchant = caller.merchant(MerchantId::parse(named->as_string().value_or("")));
    if (out.merchant == nullptr) return Problem{Code::not_found, "merchant"};
    auto const& directory = *caller.directory;
    if (auto const* value = given(body, "stall")) {
        auto const id = StallId::parse(value->as_string().value_or(""));
        out.stall = id ? directory.stall(*id) : nullptr;
        if (out.stall == nullptr || out.stall->merchant != out.merchant->id) return Problem{Code::stall_invalid, "stall"};
    }
    if (auto const* value = given(body, "bank_account")) {
        auto const id = AccountId::parse(value->as_string().value_or(""));
        out.account = id ? directory.account(*id) : nullptr;
        // An ended account's number may be somebody else's by now.
        auto const ended = out.account != nullptr && directory.account_by_number(out.account->bin, out.account->number) != out.account;
        if (out.account == nullptr || ended || out.account->collector != out.merchant->collector)
            return Problem{Code::bank_account_invalid, "bank_account"};
    } else {
        out.account = directory.account_for(*out.merchant, out.stall);
    }
    if (out.account == nullptr)
        return Problem{Code::bank_account_invalid, "bank_account",
                       {"Đơn vị này chưa có tài khoản nhận tiền", "This merchant has no account to be paid into yet"}};
    return out;
}

Problem split_invalid(std::size_t line, std::string_view field, Text rule) {
    auto const place = "split[" + std::to_string(line) + "]" + (field.empty() ? "" : "." + std::string{field});
    return invalid(place, std::move(rule));
}

/// One line: whose, and how much.
Result<payments::SplitLine, Problem> read_line(json::Value const& value, std::size_t n, Caller const& caller) {
    if (!value.is_object()) return split_invalid(n, "", {"Phải là {merchant, amount}", "must be {merchant, amount}"});
    for (auto const& member : value.members())
        if (member.key != "merchant" && member.key != "amount")
            return split_invalid(n, "", {"Chỉ có merchant và amount", "must have merchant and amount alone"});
    auto const* named = given(value, "merchant");
    auto const* merchant = named == nullptr ? nullptr : caller.merchant(MerchantId::parse(named->as_string().value_or("")));
    if (merchant == nullptr) return Problem{Code::not_found, "split[" + std::to_string(n) + "].merchant"};
    auto const* amount = given(value, "amount");
    auto const dong = amount == nullptr ? std::nullopt : amount->as_int();
    if (!dong || *dong < 1 || Money{*dong} > most_asked)
        return split_invalid(n, "amount", {"Phải là số nguyên từ 1 đến 99999999999", "must be a whole number from 1 to 99999999999"});
    return payments::SplitLine{merchant->id, Money{*dong}, {}};
}

/// Who is to have what of the money. All payees share the collector of the account that is paid into: one transfer can
/// only be divided where it arrives.
Check read_split(json::Value const& body, Place const& place, Caller const& caller, CreateRequest& out) {
    auto const* fill = given(body, "fill");
    auto const* lines = given(body, "split");
    if (lines == nullptr) {
        if (fill != nullptr) return invalid("fill", {"Chỉ dùng cùng split", "is for a request with split"});
        return {};
    }
    if (!lines->is_array() || lines->items().empty() || lines->items().size() > split_lines_max)
        return invalid("split", {"Phải có 1–50 dòng {merchant, amount}", "must be 1–50 lines of {merchant, amount}"});
    auto split = payments::Split{};
    if (fill != nullptr) {
        auto const rule = payments::fill_rule_of(fill->as_string().value_or(""));
        if (!rule || *rule == payments::FillRule::on_release) return invalid("fill", {"Phải là in_order hoặc together", "must be in_order or together"});
        split.fill = *rule;
    }
    auto sum = Money{};
    for (auto const& value : lines->items()) {
        auto line = read_line(value, split.lines.size(), caller);
        if (!line) return line.error();
        if (caller.directory->merchant(line->merchant)->collector != place.merchant->collector) return Problem{Code::payees_differ, "split"};
        sum += line->amount;
        split.lines.push_back(*line);
    }
    auto const facts = caller.directory->facts_of(*place.account);
    auto const others = std::any_of(split.lines.begin(), split.lines.end(), [&](auto const& line) { return line.merchant != facts.owner; });
    if (facts.mode == payments::CollectorMode::direct && others) return Problem{Code::split_not_available, "split"};
    if (!out.amount || sum != *out.amount) return Problem{Code::split_sum_differs, "split"};
    if (out.late_policy == payments::LatePolicy::refund)
        return invalid("late", {"Không dùng refund cùng split: tiền đã chia phải do các bên tự hoàn", "cannot be refund with split: what is divided its payees give back themselves"});
    out.split = std::move(split);
    return {};
}

}  // namespace

Problem invalid(std::string_view field, Text rule) {
    auto const name = std::string{field};
    return {Code::field_invalid, name, {name + ": " + rule.vi, name + " " + rule.en}};
}

Result<json::Value, Problem> parse_object(std::string_view body, std::initializer_list<std::string_view> known) {
    auto parsed = json::parse(body);
    if (!parsed) {
        auto const& error = parsed.error();
        auto const where = std::string{json::to_text(error.code)} + " @ byte " + std::to_string(error.offset);
        return Problem{Code::body_invalid, "", {"JSON không hợp lệ: " + where, error.message + " (" + where + ")"}};
    }
    if (!parsed->is_object()) return Problem{Code::body_invalid, "", {"Nội dung phải là một đối tượng JSON", "The body must be a JSON object"}};
    for (auto const& member : parsed->members()) {
        if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
        auto const name = member.key.substr(0, 100);
        return Problem{Code::unknown_field, name, {"Trường không được biết: " + name, "Unknown field: " + name}};
    }
    return std::move(parsed).value();
}

namespace {

Uuid first_half(crypto::Digest const& digest) {
    auto out = Uuid{};
    std::copy_n(digest.begin(), out.size(), out.begin());
    return out;
}

std::string_view as_text(Uuid const& uuid) { return {reinterpret_cast<char const*>(uuid.data()), uuid.size()}; }

}  // namespace

SentKey::SentKey(std::string_view key, std::string_view method, std::string_view path, std::string_view body)
    : key_hash_{first_half(crypto::sha256(key))} {
    auto hash = crypto::Sha256{};
    hash.update(method).update("\n").update(path).update("\n").update(body);
    fingerprint_ = std::string{crypto::as_text(hash.finish())}.substr(0, sizeof(Uuid));
}

payments::IdempotencyKey SentKey::of(MerchantId merchant) const {
    auto const owner = merchant.uuid();
    auto hash = crypto::Sha256{};
    hash.update(as_text(owner)).update(as_text(key_hash_));
    return {first_half(hash.finish()), fingerprint_};
}

Result<SentKey, Problem> sent_key(http::Request const& request) {
    auto const key = request.header("Idempotency-Key");
    if (!key) return Problem{Code::idempotency_key_missing};
    auto const printable = std::all_of(key->begin(), key->end(), [](char c) { return c >= 0x20 && c < 0x7F; });
    if (key->empty() || key->size() > 255 || !printable) return Problem{Code::idempotency_key_invalid};
    return SentKey{*key, http::to_string(request.method), request.path, request.body};
}

std::unique_ptr<CreateRequest> new_request(merchants::Directory const& directory, merchants::Merchant const& merchant,
                                           merchants::BankAccount const& account, merchants::Stall const* stall, Instant now) {
    auto const* collector = directory.collector(account.collector);
    CHOSO_ASSERT(collector != nullptr);
    auto out = std::make_unique<CreateRequest>();
    out->in = collector->bucket;
    out->id = PaymentRequestId::make(collector->bucket, now);
    out->merchant = merchant.id;
    out->account = account.id;
    out->token = crypto::new_link_token(collector->bucket).random;
    out->live = merchant.live;
    out->kind = merchant.kind == "school" ? ReferenceKind::fee : merchant.kind == "hospital" ? ReferenceKind::hospital : ReferenceKind::order;
    if (stall != nullptr) {
        out->stall = stall->id;
        out->expires_in = stall_expires_in;
    }
    return out;
}

Result<std::unique_ptr<CreateRequest>, Problem> parse_create(http::Request const& request, Caller const& caller, Instant now) {
    // A missing key is told before anything about the body.
    auto const keyed = sent_key(request);
    if (!keyed) return keyed.error();
    auto const body = parse_object(request.body, {"merchant", "amount", "description", "stall", "bank_account", "order_code", "expires_in",
                                                  "late", "split", "fill", "metadata", "return_url", "payer"});
    if (!body) return body.error();
    auto const place = read_place(*body, caller);
    if (!place) return place.error();
    auto out = new_request(*caller.directory, *place->merchant, *place->account, place->stall, now);
    for (auto const read : {read_amount, read_texts, read_terms, read_payer})
        if (auto problem = read(*body, *out)) return std::move(*problem);
    if (auto problem = read_split(*body, *place, caller, *out)) return std::move(*problem);
    out->idempotency = keyed->of(place->merchant->id);
    return out;
}

}  // namespace choso::api
