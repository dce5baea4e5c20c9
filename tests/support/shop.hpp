#pragma once
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>

#include "base/id.hpp"
#include "marketplace/ids.hpp"

/// Goods in a catalogue, put there without its own ways in: what orders are tested with.
namespace choso::support {

struct Goods {
    std::string product, variant, seller;
    std::int64_t price = 0;
};

/// Runs statements and returns their rows.
using RunSql = std::function<std::string(std::string const&)>;

/// Makes a merchant of a pooled collector an approved seller, once.
inline void make_seller(RunSql const& sql, std::string const& merchant, std::string const& kind = "household") {
    auto const id = to_hyphenated(MerchantId::parse(merchant).value().uuid());
    sql("insert into seller (merchant, kind, state, slug, name, commune, province, identity_provider, subject_hash, verified_at, bucket) select m.id, '" + kind +
        "', 'approved', 'ban-' || replace(m.id::text, '-', ''), m.name, 'Xã Tân Cương', 'Thái Nguyên', 'test', sha256(m.id::text::bytea), now(), c.bucket from merchant m join collector c "
        "on c.id = m.collector where m.id = '" + id + "' on conflict do nothing");
}

/// Something that merchant sells, with this much on hand.
inline Goods put_goods(RunSql const& sql, std::string const& merchant, std::string const& name, std::int64_t price, std::int64_t on_hand) {
    auto const seller = to_hyphenated(MerchantId::parse(merchant).value().uuid());
    auto const bucket_text = sql("select bucket from seller where merchant = '" + seller + "'");
    if (bucket_text.empty()) throw std::runtime_error{"make_seller comes first"};
    auto const bucket = Bucket::of_bits(static_cast<std::uint64_t>(std::stoi(bucket_text)));
    auto const now = SystemClock{}.now();
    auto const product = marketplace::ProductId::make(bucket, now);
    auto const variant = marketplace::VariantId::make(bucket, now);
    auto const p = to_hyphenated(product.uuid());
    auto const v = to_hyphenated(variant.uuid());
    sql("insert into category (id, name, slug) values ('00000000-0000-7000-8000-000000000001', 'Chè', 'che') on conflict do nothing; "
        "insert into product (id, seller, category, external_id, slug, name, unit, state, changed, created_at, updated_at, bucket) values ('" + p + "', '" + seller +
        "', (select id from category where slug = 'che'), '" + p + "', 'hang', '" + name + "', 'gói', 'published', (select version from catalogue_version), now(), now(), " + bucket_text +
        "); update catalogue_version set version = version + 1; update product set changed = (select version from catalogue_version) where id = '" + p +
        "'; insert into variant (id, product, price, bucket) values ('" + v + "', '" + p + "', " + std::to_string(price) + ", " + bucket_text +
        "); insert into stock (variant, on_hand, bucket) values ('" + v + "', " + std::to_string(on_hand) + ", " + bucket_text + ")");
    return {product.text(), variant.text(), merchant, price};
}

}  // namespace choso::support
