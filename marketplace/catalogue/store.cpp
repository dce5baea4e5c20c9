#include "marketplace/catalogue/store.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "marketplace/catalogue/sql.hpp"
#include "merchants/people/transaction.hpp"
#include "platform/json/json.hpp"

namespace choso::marketplace {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Statement;
using Type = Array::Type;

/// Parts that travel as one text: no text of ours may hold the separator (control characters are refused).
constexpr char separator = '\x1f';

std::string packed(std::vector<std::pair<std::string, std::string>> const& attributes) {
    std::string out;
    for (auto const& [name, value] : attributes) {
        if (!out.empty()) out += separator;
        out.append(name).append(1, separator).append(value);
    }
    return out;
}

std::string joined(std::vector<std::string> const& texts) {
    std::string out;
    for (auto const& text : texts) out += (out.empty() ? std::string{} : std::string{separator}) + text;
    return out;
}

std::string gtin_14(std::string const& gtin) { return gtin.empty() ? gtin : std::string(14 - gtin.size(), '0') + gtin; }

std::string body_of(NewProduct const& product) {
    std::string text;
    auto json = json::Writer{text};
    json.object().member("name", product.name).member("category", product.category).member("description", product.description);
    json.member("unit", product.unit).member("brand", product.brand).member("origin", product.origin).member("gtin", product.gtin);
    json.key("variants").array();
    for (auto const& variant : product.variants) {
        json.object().member("sku", variant.sku).member("title", variant.title).member("price", variant.price);
        json.member("sale_price", variant.sale_price).key("attributes").object();
        std::set<std::string_view> names;
        for (auto const& [name, value] : variant.attributes)
            if (names.insert(name).second) json.member(name, value);
        json.end().end();
    }
    json.end().end();
    return text;
}

/// One batch on its way.
class Batch {
 public:
    Batch(postgres::Connection& connection, std::vector<NewProduct> const& products, PutOptions const& options)
        : connection_{connection}, products_{products}, options_{options}, out_(products.size()) {}

    std::vector<PutOutcome> run() {
        if (products_.empty()) return {};
        auto transaction = people::Transaction{connection_};
        static Statement const next{"catalogue_next_version", std::string{catalogue_sql::next_version}};
        version_ = connection_.query(next).integer(0, 0);
        find_categories();
        find_products();
        find_gtins();
        store_products();
        store_variants();
        store_versions();
        transaction.commit();
        return std::move(out_);
    }

 private:
    void find_categories() {
        static Statement const make{"catalogue_categories", std::string{catalogue_sql::make_categories}};
        auto id = Array{Type::uuid};
        auto name = Array{Type::text}, slug = Array{Type::text};
        std::map<std::string, std::string> by_slug;
        for (auto const& product : products_) by_slug.try_emplace(slug_of(product.category), product.category);
        for (auto const& [its_slug, its_name] : by_slug) {
            id.add(new_uuid(options_.bucket, options_.at));
            name.add(its_name);
            slug.add(its_slug);
        }
        connection_.query(make, Params{}.add(id).add(name).add(slug));
        static Statement const find{"catalogue_find_categories", std::string{catalogue_sql::find_categories}};
        auto const rows = connection_.query(find, Params{}.add(slug));
        for (auto i = 0; i < rows.rows(); ++i) categories_.emplace(std::string{rows.text(i, 1)}, rows.id<CategoryId>(i, 0));
    }

    void find_products() {
        static Statement const find{"catalogue_find_products", std::string{catalogue_sql::find_products}};
        auto external = Array{Type::text};
        for (auto const& product : products_) external.add(product.external_id);
        auto const rows = connection_.query(find, Params{}.add(options_.bucket).add(options_.seller).add(external));
        std::map<std::string, int, std::less<>> at;
        for (auto i = 0; i < rows.rows(); ++i) at.emplace(std::string{rows.text(i, 1)}, i);
        for (auto i = std::size_t{0}; i < products_.size(); ++i) {
            auto const found = at.find(products_[i].external_id);
            out_[i].is_new = found == at.end();
            out_[i].id = out_[i].is_new ? ProductId::make(options_.bucket, options_.at) : rows.id<ProductId>(found->second, 0);
        }
    }

    /// A GTIN is one product's alone, whoever's.
    void find_gtins() {
        static Statement const find{"catalogue_find_gtins", std::string{catalogue_sql::find_gtins}};
        auto gtin = Array{Type::text};
        for (auto const& product : products_)
            if (!product.gtin.empty()) gtin.add(gtin_14(product.gtin));
        if (gtin.empty()) return;
        std::map<std::string, ProductId> owner;
        auto const rows = connection_.query(find, Params{}.add(gtin));
        for (auto i = 0; i < rows.rows(); ++i) owner.emplace(std::string{rows.text(i, 0)}, rows.id<ProductId>(i, 1));
        for (auto i = std::size_t{0}; i < products_.size(); ++i) {
            if (products_[i].gtin.empty()) continue;
            auto const [at, is_first] = owner.emplace(gtin_14(products_[i].gtin), out_[i].id);
            if (!is_first && at->second != out_[i].id) out_[i].refused = Refused{"gtin", "is another product's"};
        }
    }

    void store_products() {
        static Statement const upsert{"catalogue_upsert_products", std::string{catalogue_sql::upsert_products}};
        auto id = Array{Type::uuid}, category = Array{Type::uuid};
        auto wants = Array{Type::boolean};
        std::vector<Array> texts(9, Array{Type::text});
        for (auto i = std::size_t{0}; i < products_.size(); ++i) {
            if (out_[i].refused) continue;
            auto const& product = products_[i];
            id.add(out_[i].id);
            category.add(categories_.at(slug_of(product.category)));
            wants.add(product.published);
            auto t = std::size_t{0};
            for (auto const& text : {product.external_id, slug_of(product.name), product.name, product.description, product.unit, product.brand,
                                     product.origin, gtin_14(product.gtin), joined(product.image_urls)})
                texts[t++].add(text);
        }
        auto params = Params{};
        params.add(options_.bucket).add(options_.seller).add(version_).add(options_.publish).add(options_.at).add(id).add(category).add(wants);
        for (auto const& text : texts) params.add(text);
        auto const rows = connection_.query(upsert, params);
        for (auto i = 0; i < rows.rows(); ++i) numbers_.emplace(rows.uuid(i, 0), rows.integer(i, 1));
    }

    void store_variants() {
        static Statement const find{"catalogue_find_variants", std::string{catalogue_sql::find_variants}};
        static Statement const upsert{"catalogue_upsert_variants", std::string{catalogue_sql::upsert_variants}};
        static Statement const retire{"catalogue_retire_variants", std::string{catalogue_sql::retire_variants}};
        static Statement const stocks{"catalogue_upsert_stock", std::string{catalogue_sql::upsert_stock}};
        auto of = Array{Type::uuid};
        for (auto const& it : out_)
            if (!it.refused && !it.is_new) of.add(it.id);
        // A variant is found again by its SKU, or by its title where it has none.
        std::map<std::pair<Uuid, std::string>, Uuid> known;
        if (!of.empty()) {
            auto const rows = connection_.query(find, Params{}.add(options_.bucket).add(of));
            for (auto i = 0; i < rows.rows(); ++i) {
                auto const sku = rows.text(i, 2);
                known.emplace(std::pair{rows.uuid(i, 1), sku.empty() ? "t" + std::string{rows.text(i, 3)} : "s" + std::string{sku}}, rows.uuid(i, 0));
            }
        }
        auto id = Array{Type::uuid}, product = Array{Type::uuid}, stocked = Array{Type::uuid};
        std::vector<Array> texts(4, Array{Type::text});
        auto price = Array{Type::int8}, sale = Array{Type::int8}, weight = Array{Type::int4}, position = Array{Type::int4}, amount = Array{Type::int8};
        auto from = Array{Type::timestamptz}, to = Array{Type::timestamptz};
        for (auto i = std::size_t{0}; i < products_.size(); ++i) {
            if (out_[i].refused) continue;
            auto at = std::int32_t{0};
            for (auto const& variant : products_[i].variants) {
                auto const key = std::pair{out_[i].id.uuid(), variant.sku.empty() ? "t" + variant.title : "s" + variant.sku};
                auto const before = known.find(key);
                auto const its = before == known.end() ? new_uuid(options_.bucket, options_.at) : before->second;
                id.add(its);
                product.add(out_[i].id);
                texts[0].add(variant.sku);
                texts[1].add(variant.title);
                texts[2].add(packed(variant.attributes));
                texts[3].add(variant.barcode);
                price.add(variant.price);
                sale.add(variant.sale_price);
                from.add(variant.sale_from);
                to.add(variant.sale_to);
                if (variant.weight_g) weight.add(static_cast<std::int32_t>(*variant.weight_g));
                else weight.add_null();
                position.add(at++);
                if (before != known.end() && !variant.stock) continue;
                stocked.add(its);
                amount.add(variant.stock.value_or(0));
            }
        }
        auto params = Params{};
        params.add(options_.bucket).add(id).add(product);
        for (auto const& text : texts) params.add(text);
        params.add(price).add(sale).add(from).add(to).add(weight).add(position);
        connection_.query(upsert, params);
        if (!of.empty()) connection_.query(retire, Params{}.add(options_.bucket).add(of).add(id));
        if (!stocked.empty()) connection_.query(stocks, Params{}.add(options_.bucket).add(stocked).add(amount));
    }

    void store_versions() {
        static Statement const insert{"catalogue_insert_versions", std::string{catalogue_sql::insert_versions}};
        auto id = Array{Type::uuid};
        auto number = Array{Type::int4};
        auto body = Array{Type::text};
        for (auto i = std::size_t{0}; i < products_.size(); ++i) {
            if (out_[i].refused) continue;
            id.add(out_[i].id);
            number.add(static_cast<std::int32_t>(numbers_.at(out_[i].id.uuid())));
            body.add(body_of(products_[i]));
        }
        connection_.query(insert, Params{}.add(options_.bucket).add(options_.at).add(options_.actor).add(id).add(number).add(body));
    }

    postgres::Connection& connection_;
    std::vector<NewProduct> const& products_;
    PutOptions const& options_;
    std::vector<PutOutcome> out_;
    std::int64_t version_ = 0;
    std::map<std::string, CategoryId> categories_;
    std::map<Uuid, std::int64_t> numbers_;
};

}  // namespace

std::vector<PutOutcome> put_products(postgres::Connection& connection, std::vector<NewProduct> const& products, PutOptions const& options) {
    return Batch{connection, products, options}.run();
}

bool is_of(postgres::Connection& connection, ProductId product, MerchantId seller) {
    static Statement const statement{"catalogue_is_of", std::string{catalogue_sql::find_own_product}};
    return connection.query(statement, Params::of(product.bucket(), product, seller)).rows() > 0;
}

Result<Done, Refused> moderate(postgres::Connection& connection, ProductId id, ProductState becomes, std::optional<PersonId> reviewer,
                               std::string_view reason, Instant now) {
    static Statement const statement{"catalogue_moderate", std::string{catalogue_sql::moderate_product}};
    if (becomes != ProductState::published && becomes != ProductState::refused && becomes != ProductState::withdrawn)
        return Refused{"state", "must be published, refused or withdrawn"};
    if (becomes != ProductState::published && reason.empty()) return Refused{"reason", "must be given"};
    if (!reason.empty())
        if (auto wrong = merchants::check_text("reason", reason, 500)) return *wrong;
    auto const rows = connection.query(statement, Params{}.add(id.bucket()).add(id).add(word(becomes)).add(reviewer).add(reason).add(now));
    if (rows.affected() == 0) return Refused{"product", "does not exist"};
    return Done{};
}

std::vector<Waiting> waiting_products(postgres::Connection& connection, std::optional<ProductId> after, std::int64_t limit) {
    static Statement const statement{"catalogue_waiting", std::string{catalogue_sql::list_waiting}};
    auto const rows = connection.query(statement, Params{}.add(after ? after->uuid() : Uuid{}).add(limit));
    std::vector<Waiting> out;
    for (auto i = 0; i < rows.rows(); ++i)
        out.push_back({rows.id<ProductId>(i, 0), rows.id<MerchantId>(i, 1), std::string{rows.text(i, 2)}, std::string{rows.text(i, 3)},
                       std::string{rows.text(i, 4)}, static_cast<int>(rows.integer(i, 5))});
    return out;
}

namespace {

std::string day_text(std::chrono::sys_days day) { return to_rfc3339(Instant{day} - vietnam_offset).substr(0, 10); }

}  // namespace

Result<ProofId, Refused> add_proof(postgres::Connection& connection, NewProof const& proof, std::optional<PersonId> reviewer, Instant now) {
    static Statement const statement{"catalogue_add_proof", std::string{catalogue_sql::insert_proof}};
    auto const is_ocop = proof.kind == "ocop";
    if (!is_ocop && proof.kind != "geographical_indication") return Refused{"kind", "must be ocop or geographical_indication"};
    if (is_ocop != proof.stars.has_value() || (is_ocop && (*proof.stars < 3 || *proof.stars > 5))) return Refused{"stars", "must be 3 to 5 for OCOP, and for nothing else"};
    if (!is_ocop)
        if (auto wrong = merchants::check_text("name", proof.name, 120)) return *wrong;
    if (auto wrong = merchants::check_text("number", proof.number, 80)) return *wrong;
    if (auto wrong = merchants::check_text("issuer", proof.issuer, 160)) return *wrong;
    auto until = proof.valid_until;
    if (!until) {
        if (!is_ocop) return Refused{"valid_until", "must be given"};
        // Quyết định 148/QĐ-TTg: 36 months.
        auto const date = std::chrono::year_month_day{proof.decided_on} + std::chrono::months{36};
        until = date.ok() ? std::chrono::sys_days{date} : std::chrono::sys_days{date.year() / date.month() / std::chrono::last};
    }
    if (*until < proof.decided_on) return Refused{"valid_until", "must not be before decided_on"};
    auto const id = ProofId::make(proof.product.bucket(), now);
    auto params = Params{};
    params.add(id.bucket()).add(id).add(proof.product).add(proof.kind);
    if (proof.stars) params.add(static_cast<std::int16_t>(*proof.stars));
    else params.add_null();
    params.add(proof.name).add(proof.number).add(proof.issuer).add(day_text(proof.decided_on)).add(day_text(*until)).add(reviewer);
    if (connection.query(statement, params).rows() == 0) return Refused{"product", "does not exist"};
    return id;
}

}  // namespace choso::marketplace
