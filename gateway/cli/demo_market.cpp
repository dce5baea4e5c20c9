#include "gateway/cli/demo_market.hpp"

#include <array>
#include <map>

#include "gateway/cli/demo_pictures.hpp"
#include "marketplace/catalogue/pictures.hpp"
#include "marketplace/catalogue/store.hpp"
#include "marketplace/trace/lots.hpp"
#include "merchants/directory_reader.hpp"

namespace choso::cli::demo {
namespace {

using namespace marketplace;

/// `hộp 500 g=760000`: a second size and its price.
std::vector<NewVariant> variants_of(Goods const& goods) {
    std::vector<NewVariant> out(1);
    out[0].price = Money{goods.price};
    out[0].stock = goods.stock;
    auto const equals = goods.variant.find('=');
    if (equals == std::string_view::npos) return out;
    out[0].attributes = {{"Quy cách", std::string{goods.unit}}};
    out[0].title = goods.unit;
    out.emplace_back();
    out[1].attributes = {{"Quy cách", std::string{goods.variant.substr(0, equals)}}};
    out[1].title = goods.variant.substr(0, equals);
    out[1].price = *parse_dong(goods.variant.substr(equals + 1));
    out[1].stock = goods.stock / 2;
    return out;
}

NewProduct product_of(Shop const& shop, std::size_t nth) {
    auto const& goods = shop.goods[nth];
    auto out = NewProduct{};
    out.external_id = "SP" + std::to_string(nth + 1);
    out.name = goods.name;
    out.category = goods.category;
    out.unit = goods.unit;
    out.origin = std::string{shop.commune} + ", " + std::string{shop.province};
    out.brand = shop.name;
    out.description = std::string{goods.name} + " của " + std::string{shop.name} + ", " + out.origin + ". Bán theo " + std::string{goods.unit} +
                      ". Hàng có mã truy xuất, đổi trả trong 3 ngày nếu không đúng mô tả.";
    out.variants = variants_of(goods);
    return out;
}

/// A lot with what happened to it, and some stamps: of everything that is grown or made in lots.
std::optional<Refused> make_lot(postgres::Connection& connection, Shop const& shop, Goods const& goods, ProductId product, std::string const& key, Instant now) {
    if (goods.category == "Thủ công mỹ nghệ" || goods.category == "Vật tư") return std::nullopt;
    auto const today = vietnam_day(now);
    auto const lot = create_lot(connection, {product, "L01", today - std::chrono::days{12}, today + std::chrono::days{180}, "300 " + std::string{goods.unit},
                                             std::string{shop.commune} + ", " + std::string{shop.province}}, now);
    if (!lot) return lot.error();
    struct Step { std::string_view step; int days_ago; std::string_view note; };
    constexpr std::array steps{Step{"harvesting", 12, "Thu hoạch"}, Step{"processing", 11, "Sơ chế, chế biến"}, Step{"packing", 10, "Đóng gói, dán tem"},
                               Step{"shipping", 8, "Giao cho đơn vị vận chuyển"}};
    for (auto const& step : steps) {
        auto const done = add_event(connection, *lot, {std::string{step.step}, now - std::chrono::days{step.days_ago}, std::string{shop.commune},
                                                       std::string{shop.name}, std::string{step.note}}, now);
        if (!done) return done.error();
    }
    auto const stamps = make_stamps(connection, {*lot, 10, true, true}, key, [](auto const&) { return true; }, now);
    if (!stamps) return stamps.error();
    return std::nullopt;
}

}  // namespace

namespace {

/// Each kind of goods is drawn in three ways, once: a demo is made in every test that has a province.
class Album {
 public:
    Result<image::Photo const*, Refused> of(std::string_view kind, std::size_t nth) {
        auto const [at, is_new] = drawn_.try_emplace({std::string{kind}, nth % 3});
        if (is_new) {
            auto photo = image::drawn(drawing_of(kind, nth % 3 + kind.size()), picture_sizes());
            if (!photo) return Refused{"picture", photo.error()};
            at->second = std::move(photo).value();
        }
        return &at->second;
    }

 private:
    std::map<std::pair<std::string, std::size_t>, image::Photo> drawn_;
};

}  // namespace

Result<merchants::Done, merchants::Refused> stock_the_shops(postgres::Connection& connection, std::span<MerchantId const> sellers, Instant now) {
    auto sellers_there = Sellers{connection};
    auto const key = merchants::DirectoryReader::read_installation(connection).session_key;
    auto drawn = std::size_t{0};
    auto album = Album{};
    // A thousand small commits that nobody was told of: the logins' commit, which follows, is waited for and has them all on disk.
    connection.execute("set synchronous_commit = off");
    for (auto i = std::size_t{0}; i < sellers.size(); ++i) {
        auto const& shop = shops()[i];
        auto const seller = sellers_there.find(sellers[i]);
        if (!seller) return Refused{"seller", "does not exist: " + std::string{shop.name}};
        std::vector<NewProduct> products;
        for (auto nth = std::size_t{0}; nth < shop.goods.size(); ++nth) products.push_back(product_of(shop, nth));
        auto const put = put_products(connection, products, {seller->merchant, seller->bucket, true, std::nullopt, now});
        for (auto nth = std::size_t{0}; nth < put.size(); ++nth, ++drawn) {
            if (put[nth].refused) return *put[nth].refused;
            if (!put[nth].is_new) continue;
            auto const& goods = shop.goods[nth];
            auto const photo = album.of(goods.picture, drawn);
            if (!photo) return photo.error();
            auto const picture = add_drawn(connection, put[nth].id, **photo, goods.name, now);
            if (!picture) return picture.error();
            auto const decided = vietnam_day(now) - std::chrono::days{200 + static_cast<int>(drawn)};
            if (goods.stars > 0) {
                auto const proof = add_proof(connection, {put[nth].id, "ocop", goods.stars, {}, std::to_string(100 + drawn) + "/QĐ-UBND", "UBND tỉnh (dữ liệu thử)", decided, std::nullopt}, std::nullopt, now);
                if (!proof) return proof.error();
            }
            if (!goods.indication.empty()) {
                auto const proof = add_proof(connection, {put[nth].id, "geographical_indication", std::nullopt, std::string{goods.indication},
                                                          "CDĐL-" + std::to_string(drawn), "Cục Sở hữu trí tuệ (dữ liệu thử)", decided, decided + std::chrono::days{3'650}}, std::nullopt, now);
                if (!proof) return proof.error();
            }
            if (auto const wrong = make_lot(connection, shop, goods, put[nth].id, key, now)) return *wrong;
        }
    }
    connection.execute("reset synchronous_commit");
    return merchants::Done{};
}

}  // namespace choso::cli::demo
