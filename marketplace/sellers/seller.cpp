#include "marketplace/sellers/seller.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/vietnamese.hpp"
#include "marketplace/sellers/sql.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::marketplace {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Statement;

constexpr std::array<std::string_view, 4> kinds{"household", "individual", "cooperative", "company"};
constexpr std::array<std::string_view, 4> states{"draft", "identified", "approved", "suspended"};
constexpr std::array<std::string_view, 5> document_kinds{"identity", "business_licence", "food_safety", "cooperative_charter", "other"};

Seller seller_of(postgres::Result const& rows, int row) {
    auto out = Seller{};
    out.merchant = rows.id<MerchantId>(row, 0);
    out.bucket = rows.bucket(row, 1);
    out.kind = *seller_kind_of(rows.text(row, 2));
    out.state = *seller_state_of(rows.text(row, 3));
    out.slug = rows.text(row, 4);
    out.name = rows.text(row, 5);
    out.phone = rows.text(row, 6);
    out.address = rows.text(row, 7);
    out.commune = rows.text(row, 8);
    out.province = rows.text(row, 9);
    out.tax_code = rows.text(row, 10);
    out.resident = rows.boolean(row, 11);
    out.introduction = rows.text(row, 12);
    out.stall = rows.maybe_id<StallId>(row, 13);
    return out;
}

std::optional<Refused> check(NewSeller const& seller) {
    if (auto wrong = merchants::check_text("name", seller.name, 120)) return wrong;
    auto const optional_text = [](std::string_view field, std::string_view text, std::size_t most) -> std::optional<Refused> {
        return text.empty() ? std::nullopt : merchants::check_text(field, text, most);
    };
    if (auto wrong = optional_text("address", seller.address, 300)) return wrong;
    if (auto wrong = optional_text("commune", seller.commune, 80)) return wrong;
    if (auto wrong = optional_text("province", seller.province, 80)) return wrong;
    if (auto wrong = optional_text("introduction", seller.introduction, 2'000)) return wrong;
    auto const digits = [](std::string_view text) { return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }); };
    if (!seller.phone.empty() && (!digits(seller.phone) || seller.phone.size() < 9 || seller.phone.size() > 12))
        return Refused{"phone", "must be 9 to 12 digits"};
    auto tax_code = seller.tax_code;
    std::erase(tax_code, '-');
    if (!tax_code.empty() && (!digits(tax_code) || (tax_code.size() != 10 && tax_code.size() != 12 && tax_code.size() != 13)))
        return Refused{"tax_code", "must be 10, 12 or 13 digits"};
    if (seller.kind == SellerKind::company && tax_code.empty()) return Refused{"tax_code", "must be given by a company"};
    return std::nullopt;
}

}  // namespace

std::string_view word(SellerKind kind) { return kinds[static_cast<std::size_t>(kind)]; }
std::string_view word(SellerState state) { return states[static_cast<std::size_t>(state)]; }
std::optional<SellerKind> seller_kind_of(std::string_view text) {
    auto const at = std::ranges::find(kinds, text);
    if (at == kinds.end()) return std::nullopt;
    return static_cast<SellerKind>(at - kinds.begin());
}
std::optional<SellerState> seller_state_of(std::string_view text) {
    auto const at = std::ranges::find(states, text);
    if (at == states.end()) return std::nullopt;
    return static_cast<SellerState>(at - states.begin());
}

bool may_become(SellerState was, SellerState becomes) {
    switch (becomes) {
        case SellerState::draft: return false;
        case SellerState::identified: return was == SellerState::draft;
        case SellerState::approved: return was == SellerState::identified || was == SellerState::suspended;
        case SellerState::suspended: return was != SellerState::suspended;
    }
    return false;
}

std::string slug_of(std::string_view name, std::size_t most) {
    std::string out;
    for (auto const c : fold(name)) {
        auto const low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        auto const kept = (low >= 'a' && low <= 'z') || (low >= '0' && low <= '9');
        if (kept) out += low;
        else if (!out.empty() && out.back() != '-') out += '-';
        if (out.size() == most) break;
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out.empty() ? "x" : out;
}

std::optional<Seller> Sellers::find(MerchantId merchant) {
    static Statement const statement{"seller_find", std::string{sellers_sql::find_seller}};
    auto const rows = connection_.query(statement, Params::of(merchant));
    if (rows.rows() == 0) return std::nullopt;
    return seller_of(rows, 0);
}

std::optional<Seller> Sellers::find_by_slug(std::string_view slug) {
    static Statement const statement{"seller_by_slug", std::string{sellers_sql::find_seller_by_slug}};
    auto const rows = connection_.query(statement, Params::of(slug));
    if (rows.rows() == 0) return std::nullopt;
    return seller_of(rows, 0);
}

std::vector<Seller> Sellers::list(std::optional<SellerState> state, std::optional<MerchantId> after, std::int64_t limit) {
    static Statement const statement{"seller_list", std::string{sellers_sql::list_sellers}};
    auto params = Params{};
    params.add(state ? word(*state) : std::string_view{}).add(after ? after->uuid() : Uuid{}).add(limit);
    auto const rows = connection_.query(statement, params);
    std::vector<Seller> out;
    for (auto i = 0; i < rows.rows(); ++i) out.push_back(seller_of(rows, i));
    return out;
}

Result<Done, Refused> Sellers::open(std::vector<NewSeller> const& sellers, Instant now) {
    static Statement const insert{"seller_insert", std::string{sellers_sql::insert_sellers}};
    using Type = Array::Type;
    auto merchant = Array{Type::uuid}, stall = Array{Type::uuid}, by = Array{Type::uuid};
    auto bucket = Array{Type::int2};
    auto resident = Array{Type::boolean};
    std::vector<Array> texts(9, Array{Type::text});
    std::set<std::string> slugs;
    for (auto const& seller : sellers) {
        if (auto wrong = check(seller)) return *wrong;
        auto slug = slug_of(seller.name);
        // Two of one name are told apart by their own ids.
        if (!slugs.insert(slug).second || find_by_slug(slug)) slug += '-' + to_crockford(seller.merchant.uuid()).substr(20);
        slugs.insert(slug);
        merchant.add(seller.merchant);
        bucket.add(seller.bucket);
        stall.add(seller.stall);
        by.add(seller.opened_by);
        resident.add(seller.resident);
        auto i = std::size_t{0};
        for (auto const& text : {std::string{word(seller.kind)}, slug, seller.name, seller.phone, seller.address, seller.commune, seller.province,
                                 seller.tax_code, seller.introduction})
            texts[i++].add(text);
    }
    auto params = Params{};
    params.add(merchant).add(bucket).add(stall).add(by).add(resident);
    for (auto const& text : texts) params.add(text);
    params.add(now);
    auto const rows = connection_.query(insert, params);
    if (rows.affected() != static_cast<std::int64_t>(sellers.size())) return Refused{"merchant", "is a seller already"};
    return Done{};
}

Result<Done, Refused> Sellers::step(Seller const& seller, SellerState becomes, std::optional<PersonId> actor, std::string_view reason, Instant now) {
    static Statement const take_step{"seller_step", std::string{sellers_sql::take_step}};
    if (!may_become(seller.state, becomes)) return Refused{"state", "cannot become " + std::string{word(becomes)} + " from " + std::string{word(seller.state)}};
    auto params = Params{};
    params.add(seller.merchant).add(word(seller.state)).add(word(becomes)).add(new_uuid(seller.bucket, now)).add(now).add(actor).add(reason);
    // The state it was read in is part of the statement: of two who decide at once, one is told.
    if (connection_.query(take_step, params).rows() == 0) return Refused{"state", "was changed by somebody else meanwhile"};
    return Done{};
}

Result<Done, Refused> Sellers::identify(MerchantId merchant, Identity const& identity, Instant now) {
    static Statement const note{"seller_identify", std::string{sellers_sql::identify_seller}};
    static Statement const taken{"seller_subject", std::string{sellers_sql::find_subject}};
    auto const seller = find(merchant);
    if (!seller) return Refused{"seller", "does not exist"};
    if (seller->state != SellerState::draft) return Refused{"state", "must be draft"};
    auto const hash = crypto::sha256(identity.provider + '\n' + identity.subject);
    auto const bytes = postgres::Bytes{crypto::as_text(hash)};
    if (connection_.query(taken, Params::of(seller->bucket, identity.provider, bytes)).rows() > 0) return Refused{"identity", "is another seller's"};
    connection_.query(note, Params::of(merchant, identity.provider, bytes, identity.verified_at));
    return step(*seller, SellerState::identified, std::nullopt, identity.provider, now);
}

Result<Done, Refused> Sellers::decide(MerchantId merchant, SellerState becomes, std::optional<PersonId> actor, std::string_view reason, Instant now) {
    auto const seller = find(merchant);
    if (!seller) return Refused{"seller", "does not exist"};
    if (becomes == SellerState::identified) return Refused{"state", "is reached by an identification only"};
    if (becomes != SellerState::approved && reason.empty()) return Refused{"reason", "must be given"};
    if (!reason.empty())
        if (auto wrong = merchants::check_text("reason", reason, 500)) return *wrong;
    return step(*seller, becomes, actor, reason, now);
}

Result<Done, Refused> Sellers::add_document(MerchantId merchant, std::string_view kind, std::string_view name, std::string_view content, Instant now) {
    static Statement const insert{"seller_document", std::string{sellers_sql::insert_document}};
    if (std::ranges::find(document_kinds, kind) == document_kinds.end()) return Refused{"kind", "is not known"};
    if (auto wrong = merchants::check_text("name", name, 120)) return *wrong;
    if (content.empty() || content.size() > (std::size_t{5} << 20)) return Refused{"content", "must be 1 byte to 5 MB"};
    auto const seller = find(merchant);
    if (!seller) return Refused{"seller", "does not exist"};
    auto const digest = crypto::sha256(content);
    connection_.query(insert, Params::of(seller->bucket, new_uuid(seller->bucket, now), merchant, kind, name, postgres::Bytes{crypto::as_text(digest)},
                                         postgres::Bytes{content}, now));
    return Done{};
}

}  // namespace choso::marketplace
