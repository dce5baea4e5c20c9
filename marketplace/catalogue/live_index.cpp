#include "marketplace/catalogue/live_index.hpp"

#include <set>

#include "marketplace/catalogue/sql.hpp"

namespace choso::marketplace {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Statement;

constexpr std::int64_t rows_at_once = 2'000;

struct Changed {
    Document document;
    std::string description;
    bool visible = false;
};

Changed changed_of(postgres::Result const& rows, int row) {
    auto out = Changed{};
    auto& it = out.document;
    auto const text = [&](int column) { return std::string{rows.text(row, column)}; };
    it.id = rows.id<ProductId>(row, 0);
    out.visible = rows.boolean(row, 2);
    it.seller = rows.id<MerchantId>(row, 3);
    it.category = rows.id<CategoryId>(row, 4);
    it.external_id = text(5);
    it.slug = text(6);
    it.name = text(7);
    out.description = text(8);
    it.unit = text(9);
    it.brand = text(10);
    it.origin = text(11);
    it.seller_name = text(12);
    it.seller_slug = text(13);
    it.commune = text(14);
    it.province = text(15);
    it.category_name = text(16);
    it.category_slug = text(17);
    it.sold = rows.integer(row, 18);
    it.created_at = rows.time(row, 19);
    it.image = rows.maybe_id<ImageId>(row, 20);
    if (!rows.is_null(row, 21)) {
        it.stars = static_cast<int>(rows.integer(row, 21));
        it.stars_until = parse_day(rows.text(row, 22));
    }
    if (!rows.is_null(row, 23)) {
        it.indication = text(23);
        it.indication_until = parse_day(rows.text(row, 24));
    }
    return out;
}

Document::Variant variant_of(postgres::Result const& rows, int row) {
    auto out = Document::Variant{rows.id<VariantId>(row, 1), std::string{rows.text(row, 2)}, rows.money(row, 3), rows.maybe_money(row, 4),
                                 rows.maybe_time(row, 5), rows.maybe_time(row, 6), {}};
    auto const parts = rows.text_array(row, 7);
    for (auto i = std::size_t{0}; i + 1 < parts.size(); i += 2) out.attributes.emplace_back(parts[i], parts[i + 1]);
    return out;
}

/// The buckets and ids of some products, as two parameters.
template <class Rows, class IdOf>
Params buckets_and_ids(Rows const& rows, IdOf id_of) {
    std::set<Bucket> buckets;
    auto ids = Array{Array::Type::uuid};
    for (auto const& row : rows) {
        buckets.insert(id_of(row).bucket());
        ids.add(id_of(row));
    }
    auto bucket = Array{Array::Type::int2};
    for (auto const it : buckets) bucket.add(it);
    return Params{}.add(bucket).add(ids);
}

std::int64_t version_now(postgres::Connection& connection) {
    static Statement const statement{"catalogue_version", std::string{catalogue_sql::load_version}};
    return connection.query(statement).integer(0, 0);
}

}  // namespace

int LiveIndex::take_in(postgres::Connection& connection, At& at, std::int64_t version) {
    static Statement const load{"catalogue_changed", std::string{catalogue_sql::load_changed}};
    static Statement const load_variants{"catalogue_variants", std::string{catalogue_sql::load_variants}};
    auto const rows = connection.query(load, Params{}.add(at.changed).add(at.id).add(version).add(rows_at_once));
    std::vector<Changed> changed;
    std::unordered_map<Uuid, std::size_t, UuidHash> place;
    for (auto i = 0; i < rows.rows(); ++i) {
        changed.push_back(changed_of(rows, i));
        place.emplace(changed.back().document.id.uuid(), changed.size() - 1);
        at = {rows.integer(i, 1), rows.uuid(i, 0)};
    }
    if (changed.empty()) return 0;
    auto const variants = connection.query(load_variants, buckets_and_ids(changed, [](Changed const& it) { return it.document.id; }));
    for (auto i = 0; i < variants.rows(); ++i) changed[place.at(variants.uuid(i, 0))].document.variants.push_back(variant_of(variants, i));
    auto const lock = std::unique_lock{mutex_};
    for (auto& it : changed) {
        if (it.visible && !it.document.variants.empty()) index_.put(std::move(it.document), it.description);
        else index_.remove(it.document.id);
    }
    return rows.rows();
}

void LiveIndex::catch_up(postgres::Connection& connection) {
    auto const wanted = version_now(connection);
    if (version_.load() >= wanted) return;
    auto const one_at_a_time = std::lock_guard{loading_};
    auto at = At{version_.load(), {}};
    if (at.changed >= wanted) return;
    // Every row of a version up to the one read above is committed: the number is taken under a lock that ends with the commit.
    // All of `version_` itself has been seen.
    at.id.fill(0xff);
    while (take_in(connection, at, wanted) == rows_at_once) {}
    version_ = wanted;
}

Found LiveIndex::find(postgres::Connection& connection, Query const& query) {
    catch_up(connection);
    auto const lock = std::shared_lock{mutex_};
    return index_.find(query);
}

std::vector<std::string> LiveIndex::suggest(postgres::Connection& connection, std::string_view typed, std::size_t most) {
    catch_up(connection);
    auto const lock = std::shared_lock{mutex_};
    return index_.suggest(typed, most);
}

std::shared_ptr<Document const> LiveIndex::document(postgres::Connection& connection, ProductId id) {
    catch_up(connection);
    auto const lock = std::shared_lock{mutex_};
    return index_.document(id);
}

std::size_t LiveIndex::size() const {
    auto const lock = std::shared_lock{mutex_};
    return index_.size();
}

std::unordered_map<Uuid, std::int64_t, UuidHash> available(postgres::Connection& connection, std::vector<std::shared_ptr<Document const>> const& rows) {
    static Statement const load{"catalogue_available", std::string{catalogue_sql::load_available}};
    std::unordered_map<Uuid, std::int64_t, UuidHash> out;
    if (rows.empty()) return out;
    auto const found = connection.query(load, buckets_and_ids(rows, [](auto const& it) { return it->id; }));
    for (auto i = 0; i < found.rows(); ++i) out.emplace(found.uuid(i, 0), found.integer(i, 1));
    return out;
}

}  // namespace choso::marketplace
