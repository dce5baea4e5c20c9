#include "marketplace/checkout/cart.hpp"

#include <algorithm>

#include "marketplace/checkout/checkout_sql.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::marketplace {
namespace {

using postgres::Array;
using postgres::Params;
using Type = postgres::Array::Type;

std::int32_t int4(postgres::Result const& rows, int row, int column) { return static_cast<std::int32_t>(rows.integer(row, column)); }

PricedLine read_priced(postgres::Result const& rows, int row, std::vector<WantedLine> const& wanted) {
    auto out = PricedLine{};
    out.wanted = static_cast<std::size_t>(rows.integer(row, 0) - 1);
    out.line.product = rows.id<ProductId>(row, 1);
    out.line.variant = rows.id<VariantId>(row, 2);
    out.seller = rows.id<MerchantId>(row, 3);
    out.seller_name = rows.text(row, 4);
    out.line.name = rows.text(row, 5);
    if (!rows.text(row, 6).empty()) out.line.name += " – " + std::string{rows.text(row, 6)};
    out.line.unit = rows.text(row, 7);
    out.line.price = rows.money(row, 8);
    out.full_price = rows.money(row, 9);
    out.line.tax_class = rows.text(row, 10);
    out.available = rows.integer(row, 11);
    out.line.tax = {int4(rows, row, 12), int4(rows, row, 13)};
    out.shipping_tax = {int4(rows, row, 14), int4(rows, row, 15)};
    out.commission_bp = int4(rows, row, 16);
    out.collector = rows.id<CollectorId>(row, 17);
    out.terms.shipping_fee = rows.money(row, 18);
    out.terms.free_from = rows.maybe_money(row, 19);
    out.terms.open_orders_max = rows.integer(row, 20);
    out.terms.expires_in = std::chrono::seconds{rows.integer(row, 21)};
    out.terms.cash = rows.boolean(row, 22);
    out.slug = rows.text(row, 23);
    out.image = rows.maybe_id<ImageId>(row, 24);
    out.line.quantity = wanted.at(out.wanted).quantity;
    return out;
}

}  // namespace

std::vector<PricedLine> price_lines(postgres::Connection& connection, std::vector<WantedLine> const& wanted, Instant now) {
    static auto const statement = postgres::Statement{"shop_price_lines", std::string{checkout_sql::price_lines}};
    Array buckets{Type::int2}, products{Type::uuid}, variants{Type::uuid};
    for (auto const& line : wanted) {
        buckets.add(line.product.bucket());
        products.add(line.product);
        variants.add(line.variant);
    }
    auto const day = Instant{vietnam_day(now)};
    auto out = std::vector<PricedLine>{};
    auto const rows = connection.query(statement, Params::of(buckets, products, variants, now, day));
    for (auto row = 0; row < rows.rows(); ++row) out.push_back(read_priced(rows, row, wanted));
    return out;
}

std::vector<SellerOrder> parts_of(std::vector<PricedLine> const& lines) {
    auto out = std::vector<SellerOrder>{};
    auto terms = ShopTerms{};
    for (auto const& priced : lines) {
        terms = priced.terms;
        auto part = std::ranges::find(out, priced.seller, &SellerOrder::seller);
        if (part == out.end()) {
            auto fresh = SellerOrder{};
            fresh.seller = priced.seller;
            fresh.position = static_cast<std::int16_t>(out.size() + 1);
            fresh.commission_bp = priced.commission_bp;
            fresh.shipping_tax = priced.shipping_tax;
            part = out.insert(out.end(), std::move(fresh));
        }
        auto const known = std::ranges::find(part->lines, priced.line.variant, &OrderLine::variant);
        if (known != part->lines.end()) known->quantity += priced.line.quantity;
        else part->lines.push_back(priced.line);
    }
    for (auto& part : out) {
        for (auto const& line : part.lines) part.goods += line.amount();
        part.shipping = terms.shipping_of(part.goods);
    }
    return out;
}

Money total_of(std::vector<SellerOrder> const& parts) {
    auto sum = Money{};
    for (auto const& part : parts) sum += part.total();
    return sum;
}

std::optional<std::string> normal_phone(std::string_view typed) {
    std::string digits;
    for (auto const c : typed) {
        if (c >= '0' && c <= '9') digits += c;
        else if (c != ' ' && c != '.' && c != '-' && c != '(' && c != ')' && !(c == '+' && digits.empty())) return std::nullopt;
    }
    if (digits.size() == 11 && digits.starts_with("84")) digits = "0" + digits.substr(2);
    else if (digits.size() == 13 && digits.starts_with("0084")) digits = "0" + digits.substr(4);
    auto const fits = digits.size() >= 10 && digits.size() <= 11 && digits[0] == '0' && digits[1] != '0';
    if (!fits) return std::nullopt;
    return digits;
}

Uuid phone_key(std::string_view phone, std::string_view installation_key) {
    auto const digest = crypto::hmac_sha256(installation_key, "shop phone " + std::string{phone});
    auto out = Uuid{};
    std::copy_n(digest.begin(), out.size(), out.begin());
    return out;
}

}  // namespace choso::marketplace
