// Sellers and products in the database, and files of them in and out.
#include <chrono>
#include <iostream>

#include "marketplace/catalogue/formats.hpp"
#include "platform/sheet/sheet.hpp"
#include "tests/stories/catalogue/shop.hpp"

namespace choso::marketplace {
namespace {

using Names = std::vector<std::string>;

TEST_F(ShopStory, a_seller_trades_only_identified_and_approved) {
    auto const id = draft("Hộ Nhài");
    auto sellers = Sellers{connection_};
    auto index = LiveIndex{};
    ASSERT_FALSE(put_products(connection_, {product("1", "Chè La Bằng", 90'000)}, options(id))[0].refused);
    EXPECT_EQ(found(index, "chè"), Names{});
    EXPECT_FALSE(sellers.decide(id, SellerState::approved, std::nullopt, "", now_)) << "not identified yet";
    made(sellers.identify(id, {"test", "0010", {}, now_}, now_));
    EXPECT_EQ(found(index, "chè"), Names{});
    made(sellers.decide(id, SellerState::approved, std::nullopt, "", now_));
    EXPECT_EQ(found(index, "chè"), Names{"Chè La Bằng"});
    EXPECT_EQ(sellers.decide(id, SellerState::suspended, std::nullopt, "", now_).error().field, "reason");
    made(sellers.decide(id, SellerState::suspended, std::nullopt, "Hàng giả", now_));
    EXPECT_EQ(found(index, "chè"), Names{});
    EXPECT_EQ(support::Cluster::shared().sql("select count(*) from seller_step", database_.name), "3");
}

TEST_F(ShopStory, one_person_is_one_seller) {
    auto const first = draft("Hộ Một");
    auto const second = draft("Hộ Hai");
    made(Sellers{connection_}.identify(first, {"test", "0010", {}, now_}, now_));
    EXPECT_EQ(Sellers{connection_}.identify(second, {"test", "0010", {}, now_}, now_).error().field, "identity");
}

TEST_F(ShopStory, the_test_provider_answers_a_code_once_and_in_time) {
    auto const provider = test_identity_provider("key");
    auto const code = test_identity_code("key", "0010", "nonce", now_);
    EXPECT_FALSE(provider->exchange(code, "another", now_));
    EXPECT_FALSE(provider->exchange(code, "nonce", now_ + std::chrono::hours{1}));
    EXPECT_EQ(made(provider->exchange(code, "nonce", now_)).subject, "0010");
    EXPECT_EQ(provider->exchange(code, "nonce", now_).error().rule, "was used already");
}

TEST_F(ShopStory, what_shoppers_read_waits_for_a_moderator_and_a_price_does_not) {
    auto const id = seller("Hộ Nhài");
    auto index = LiveIndex{};
    auto tea = product("1", "Chè La Bằng", 90'000);
    auto const put = put_products(connection_, {tea}, options(id, false));
    EXPECT_EQ(found(index, "chè"), Names{});
    ASSERT_EQ(waiting_products(connection_, std::nullopt, 10).size(), 1U);
    EXPECT_FALSE(moderate(connection_, put[0].id, ProductState::refused, std::nullopt, "", now_)) << "a reason is needed";
    made(moderate(connection_, put[0].id, ProductState::published, std::nullopt, "", now_));
    EXPECT_EQ(found(index, "chè"), Names{"Chè La Bằng"});
    tea.variants[0].price = Money{95'000};
    (void)put_products(connection_, {tea}, options(id, false));
    EXPECT_EQ(found(index, "chè"), Names{"Chè La Bằng"});
    tea.name = "Chè thần kỳ chữa bách bệnh";
    (void)put_products(connection_, {tea}, options(id, false));
    EXPECT_EQ(found(index, "chè"), Names{});
    EXPECT_EQ(support::Cluster::shared().sql("select max(version) from product_version", database_.name), "3");
}

TEST_F(ShopStory, an_import_never_takes_what_is_promised) {
    auto const id = seller("Hộ Nhài");
    (void)put_products(connection_, {product("1", "Chè", 90'000, 10)}, options(id));
    support::Cluster::shared().sql("update stock set reserved = 7", database_.name);
    (void)put_products(connection_, {product("1", "Chè", 90'000, 2)}, options(id));
    EXPECT_EQ(support::Cluster::shared().sql("select on_hand, reserved from stock", database_.name), "7|7");
}

TEST_F(ShopStory, a_gtin_is_one_products_alone) {
    auto const id = seller("Hộ Nhài");
    auto first = product("1", "Chè", 90'000);
    auto second = product("2", "Chè khác", 90'000);
    first.gtin = second.gtin = "8936012345674";
    auto const put = put_products(connection_, {first, second}, options(id));
    EXPECT_FALSE(put[0].refused);
    ASSERT_TRUE(put[1].refused);
    EXPECT_EQ(put[1].refused->field, "gtin");
}

TEST_F(ShopStory, an_import_is_found_when_it_returns_and_its_bad_rows_are_told) {
    auto const id = seller("Hộ Nhài");
    auto index = LiveIndex{};
    auto const file = std::string{"id,name,category,price,stock,unit,description\r\n"
                                  "1,Mật ong \x08rừng,Mật ong,190.000đ,5,chai,\r\n"
                                  "2,Không giá,Mật ong,,5,chai,\r\n"
                                  "1,Trùng mã,Mật ong,1000,5,chai,\r\n"
                                  "3,Giá lẻ,Mật ong,12.5,5,chai,\r\n"
                                  "4,Bánh,,20000,,cái,\"hai\ndòng\"\r\n"};
    auto const result = made(import_products(connection_, file, "thử.csv", options(id)));
    EXPECT_EQ(result.rows, 5U);
    EXPECT_EQ(result.taken, 2U);
    ASSERT_EQ(result.bad.size(), 3U);
    EXPECT_EQ(result.bad[0].field, "price");
    EXPECT_EQ(result.bad[1].rule, "stands in the file twice");
    EXPECT_EQ(result.bad[2].row, 5U);
    EXPECT_NE(result.bad_rows.find("Giá lẻ"), std::string::npos);
    EXPECT_EQ(found(index, "mat ong"), Names{"Mật ong rừng"});
    EXPECT_EQ(found(index, "matong"), Names{"Mật ong rừng"});
    EXPECT_EQ(support::Cluster::shared().sql("select state, rows_taken, rows_bad from catalogue_import", database_.name), "done|2|3");
}

/// Products as every format that has variants can hold them.
std::vector<NewProduct> shelf() {
    auto tea = NewProduct{};
    tea.external_id = "che-tan-cuong";
    tea.name = "Chè \"Tân Cương\", loại <một> & hai";
    tea.category = "Chè";
    tea.description = "Dòng một, có dấu phẩy\nDòng hai: 5 < 6 & \"ngoặc\"";
    tea.unit = "gói";
    tea.brand = "HTX Suối Lăng";
    tea.origin = "Thái Nguyên";
    tea.gtin = "08936012345674";
    tea.image_urls = {"https://anh.example/1.jpg", "https://anh.example/2.jpg"};
    for (auto const& [size, price] : {std::pair{"100 g", 45'000}, std::pair{"500 g", 200'000}, std::pair{"1 kg", 380'000}}) {
        auto variant = NewVariant{};
        variant.sku = std::string{"TC-"} + std::to_string(price);
        variant.barcode = "8936012345674";
        variant.attributes = {{"Khối lượng", size}, {"Bao bì", "Túi"}};
        variant.title = std::string{size} + " / Túi";
        variant.price = Money{price};
        variant.stock = price / 1'000;
        variant.weight_g = price / 100;
        tea.variants.push_back(variant);
    }
    tea.variants[1].sale_price = Money{180'000};
    tea.variants[1].sale_from = parse_rfc3339("2026-11-20T00:00:00+07:00");
    tea.variants[1].sale_to = parse_rfc3339("2026-12-01T08:30:00+07:00");
    auto honey = NewProduct{};
    honey.external_id = "mat-ong";
    honey.name = "=Mật ong";   // a spreadsheet would take it for a formula
    honey.category = "Mật ong";
    honey.published = false;
    honey.variants.emplace_back();
    honey.variants[0].price = Money{190'000};
    honey.variants[0].stock = 0;
    return {tea, honey};
}

std::string as_text(std::vector<NewProduct> const& products) {
    std::string out;
    for (auto const& it : products) {
        out += it.external_id + '|' + it.name + '|' + it.category + '|' + it.description + '|' + it.unit + '|' + it.brand + '|' + it.origin + '|' + it.gtin +
               (it.published ? "|shown" : "|hidden");
        for (auto const& url : it.image_urls) out += '|' + url;
        for (auto const& v : it.variants) {
            out += "\n  " + v.sku + '|' + v.title + '|' + v.barcode + '|' + std::to_string(v.price.dong()) + '|' + std::to_string(v.sale_price.value_or(Money{}).dong()) +
                   '|' + (v.sale_from ? to_rfc3339(*v.sale_from) : "") + '|' + (v.sale_to ? to_rfc3339(*v.sale_to) : "") + '|' +
                   std::to_string(v.weight_g.value_or(-1)) + '|' + std::to_string(v.stock.value_or(-1));
            for (auto const& [name, value] : v.attributes) out += '|' + name + '=' + value;
        }
        out += '\n';
    }
    return out;
}

std::vector<NewProduct> read_again(std::string_view file, Format expected) {
    auto const read = read_products(file);
    EXPECT_TRUE(read) << (read ? "" : read.error().text());
    EXPECT_EQ(read->format, expected);
    for (auto const& bad : read->bad) ADD_FAILURE() << "row " << bad.row << ' ' << bad.field << ' ' << bad.rule;
    std::vector<NewProduct> out;
    for (auto const& it : read->products) out.push_back(it.product);
    return out;
}

TEST(formats, shops_files_are_read_back_as_they_were_written) {
    auto left_out = std::size_t{0};
    for (auto const format : {Format::shopify, Format::woocommerce}) {
        auto const file = write_csv(format, shelf(), left_out);
        EXPECT_EQ(as_text(read_again(file, format)), as_text(shelf())) << file;
        EXPECT_EQ(left_out, 0U);
    }
}

TEST(formats, flat_files_are_read_back_and_leave_variants_out_loudly) {
    auto simple = shelf()[1];
    simple.published = true;
    auto left_out = std::size_t{0};
    for (auto const format : {Format::ours, Format::household}) {
        EXPECT_EQ(as_text(read_again(write_csv(format, {shelf()[0], simple}, left_out), format)), as_text({simple}));
        EXPECT_EQ(left_out, 1U);
    }
    EXPECT_EQ(as_text(read_again(write_xlsx({simple}, left_out), Format::household)), as_text({simple}));
}

TEST(formats, shopifys_old_headers_are_read) {
    auto const read = read_again("Handle,Title,Body (HTML),Vendor,Type,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src\r\n"
                                 "tra,Trà,<p>Thơm &amp; ngon</p>,HTX,Chè,TRUE,Size,S,A1,100,5,90000,100000,https://a.example/1.png\r\n"
                                 "tra,,,,,,,M,A2,200,6,150000,,\r\n", Format::shopify);
    ASSERT_EQ(read.size(), 1U);
    ASSERT_EQ(read[0].variants.size(), 2U);
    EXPECT_EQ(read[0].description, "Thơm & ngon");
    EXPECT_EQ(read[0].variants[0].price, Money{100'000});
    EXPECT_EQ(read[0].variants[0].sale_price, Money{90'000});
    EXPECT_EQ(read[0].variants[1].attributes[0], (std::pair<std::string, std::string>{"Size", "M"}));
}

TEST(formats, amounts_as_sellers_write_them) {
    struct Row { std::string_view text; std::int64_t dong; };
    for (auto const& [text, dong] : {Row{"250000", 250'000}, Row{"250.000", 250'000}, Row{"250,000 đ", 250'000}, Row{"1.250.000", 1'250'000}, Row{"250000.00", 250'000},
                                     Row{"250000.000", 250'000}, Row{"1,250,000.00 VND", 1'250'000}, Row{"90.000₫", 90'000}, Row{"0", 0}}) {
        auto const amount = written_amount(text);
        ASSERT_TRUE(amount) << text;
        EXPECT_EQ(amount->dong(), dong) << text;
    }
    for (auto const* wrong : {"", "12.5", "-5", "1.2.3", "25.00.000", "abc", "1e5", "0x10", "12,34"}) EXPECT_FALSE(written_amount(wrong)) << wrong;
}

TEST_F(ShopStory, the_catalogue_comes_out_as_it_went_in) {
    auto const id = seller("Hộ Nhài");
    auto left_out = std::size_t{0};
    auto const file = write_csv(Format::shopify, shelf(), left_out);
    auto const result = made(import_products(connection_, file, "shopify.csv", options(id)));
    EXPECT_TRUE(result.bad.empty());
    EXPECT_EQ(as_text(products_of(connection_, id)), as_text(shelf()));
    made(import_products(connection_, write_csv(Format::woocommerce, products_of(connection_, id), left_out), "woo.csv", options(id)));
    EXPECT_EQ(as_text(products_of(connection_, id)), as_text(shelf()));
}

TEST_F(ShopStory, ten_thousand_rows) {
    auto const id = seller("Hộ Nhài");
    std::string file = "id,name,category,price,stock,unit,description\r\n";
    for (auto i = 0; i < 10'000; ++i) file += std::to_string(i) + ",Chè số " + std::to_string(i) + ",Chè," + std::to_string(10'000 + i) + ",5,gói,\r\n";
    auto const begin = std::chrono::steady_clock::now();
    auto const result = made(import_products(connection_, file, "lớn.csv", options(id)));
    std::cout << "10 000 rows in " << std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() << " s\n";
    EXPECT_EQ(result.taken, 10'000U);
    auto index = LiveIndex{};
    auto query = Query{};
    query.text = "che";
    EXPECT_EQ(index.find(connection_, query).total, 10'000U);
}

}  // namespace
}  // namespace choso::marketplace
