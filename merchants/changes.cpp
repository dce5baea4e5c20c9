#include "merchants/changes.hpp"

#include <algorithm>

#include "base/vietnamese.hpp"
#include "merchants/scopes.hpp"
#include "qr/banks.hpp"

namespace choso::merchants {
namespace {

constexpr std::array<std::string_view, 6> kinds{"household", "school", "hospital", "utility", "public_office", "company"};
constexpr std::size_t name_max = 100;
constexpr std::size_t stall_number_max = 20;
constexpr std::size_t account_number_max = 19;
constexpr std::size_t holder_max = 70;
constexpr std::size_t reason_max = 500;
constexpr auto advance_max = std::chrono::hours{24 * 3660};

Refused refused(std::string_view field, std::string rule) { return {std::string{field}, std::move(rule)}; }

/// Code points of valid UTF-8.
std::size_t length_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

/// C0, DEL, and C1, which UTF-8 writes as C2 80 … C2 9F.
bool has_control_character(std::string_view text) {
    for (auto i = std::size_t{0}; i < text.size(); ++i) {
        auto const c = static_cast<unsigned char>(text[i]);
        if (c < 0x20U || c == 0x7fU) return true;
        if (c == 0xc2U && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0U) return true;
    }
    return false;
}

bool is_letter_or_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/// The first complaint of several checks.
template <class... Checks>
std::optional<Refused> first_of(std::optional<Refused> first, Checks... rest) {
    if (first) return first;
    if constexpr (sizeof...(rest) > 0)
        return first_of(std::move(rest)...);
    else
        return std::nullopt;
}

std::optional<Refused> check_kind(std::string_view kind) {
    if (is_merchant_kind(kind)) return std::nullopt;
    return refused("kind", "must be one of " + merchant_kinds());
}

std::optional<Refused> check_bin(std::string_view bin) {
    if (qr::find_by_bin(bin) != nullptr) return std::nullopt;
    return refused("bin", "must be the six digits of a bank in the directory");
}

std::optional<Refused> check_number(std::string_view number) {
    auto const fits = !number.empty() && number.size() <= account_number_max && std::ranges::all_of(number, is_letter_or_digit);
    if (fits) return std::nullopt;
    return refused("number", "must be 1 to 19 letters or digits, without blanks or marks");
}

}  // namespace

bool is_merchant_kind(std::string_view word) { return std::ranges::find(kinds, word) != kinds.end(); }

std::string merchant_kinds() {
    std::string out;
    for (auto const kind : kinds) (out += out.empty() ? "" : ", ") += kind;
    return out;
}

std::string_view word(payments::CollectorMode mode) { return mode == payments::CollectorMode::pooled ? "pooled" : "direct"; }

std::string_view word(FeedAuth auth) {
    switch (auth) {
        case FeedAuth::apikey: return "apikey";
        case FeedAuth::hmac: return "hmac";
        case FeedAuth::oauth2: return "oauth2";
    }
    return {};
}

std::optional<FeedAuth> feed_auth_of(std::string_view name) {
    for (auto const auth : {FeedAuth::apikey, FeedAuth::hmac, FeedAuth::oauth2})
        if (word(auth) == name) return auth;
    return std::nullopt;
}

std::optional<Refused> check_text(std::string_view field, std::string_view text, std::size_t most) {
    if (!is_valid_utf8(text)) return refused(field, "must be valid UTF-8");
    auto const length = length_of(text);
    if (length < 1 || length > most) return refused(field, "must be 1 to " + std::to_string(most) + " characters");
    if (has_control_character(text)) return refused(field, "must not hold control characters");
    if (text.front() == ' ' || text.back() == ' ') return refused(field, "must not begin or end with a blank");
    return std::nullopt;
}

std::optional<Refused> check(NewMarket const& market) {
    return first_of(check_text("name", market.name, name_max), check_text("ward", market.ward, name_max),
                    check_text("province", market.province, name_max));
}

std::optional<Refused> check(NewCollector const& collector) {
    return first_of(check_text("name", collector.name, name_max), check_kind(collector.kind));
}

std::optional<Refused> check(NewMerchant const& merchant) {
    return first_of(check_text("name", merchant.name, name_max), check_kind(merchant.kind));
}

std::optional<Refused> check(NewAccount const& account) {
    return first_of(check_bin(account.bin), check_number(account.number),
                    check_text("holder", holder_as_printed(account.holder), holder_max));
}

std::optional<Refused> check(NewVirtualAccount const& account) {
    return first_of(check_bin(account.bin), check_number(account.number));
}

std::optional<Refused> check(NewPayoutAccount const& account) {
    return first_of(check_bin(account.bin), check_number(account.number),
                    check_text("holder", holder_as_printed(account.holder), holder_max));
}

std::optional<Refused> check(NewStall const& stall) {
    return first_of(check_text("name", stall.name, name_max), check_text("number", stall.number, stall_number_max));
}

std::optional<Refused> check(NewKey const& key) {
    if (auto complaint = check_text("name", key.name, name_max)) return complaint;
    if (key.scopes.empty()) return refused("scopes", "must name at least one");
    for (auto const& name : key.scopes)
        if (!scope::is_known(name)) return refused("scopes", "must not hold " + fold(name) + ", which is none");
    if (key.merchants.empty()) return refused("merchants", "must name at least one");
    return std::nullopt;
}

std::optional<Refused> check(NewFeed const& feed) {
    if (feed.kind != "sepay" && feed.kind != "camt") return refused("kind", "must be sepay or camt");
    if (auto complaint = check_text("name", feed.name, name_max)) return complaint;
    if (feed.accounts.empty()) return refused("accounts", "must name at least one");
    return std::nullopt;
}

std::optional<Refused> check(Erasure const& erasure) {
    return first_of(check_text("by", erasure.by, name_max), check_text("reason", erasure.reason, reason_max));
}

std::optional<Refused> check_advance(std::chrono::microseconds by) {
    if (by.count() > 0 && by <= advance_max) return std::nullopt;
    return refused("advance", "must be more than nothing and at most ten years: the clock only goes forward");
}

std::string holder_as_printed(std::string_view holder) {
    std::string out;
    for (auto const c : fold(holder)) {
        if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
        out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

Bucket least_used(std::array<std::int64_t, Bucket::count> const& collectors) {
    auto const least = std::ranges::min_element(collectors);
    return Bucket::of_bits(static_cast<std::uint64_t>(least - collectors.begin()));
}

}  // namespace choso::merchants
