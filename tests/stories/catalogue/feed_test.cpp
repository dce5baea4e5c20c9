// Google Merchant's feed: well-formed, each item with what Google asks for at least; and pictures made anew.
#include <map>
#include <set>

#include "marketplace/catalogue/feed.hpp"
#include "marketplace/catalogue/pictures.hpp"
#include "platform/image/photo.hpp"
#include "platform/xml/xml.hpp"
#include "tests/stories/catalogue/shop.hpp"

namespace choso::marketplace {
namespace {

/// The items of a feed, by element.
class Items final : public xml::Handler {
 public:
    std::vector<std::map<std::string, std::string>> all;
    void begin(std::string_view name, std::size_t) override {
        if (name.ends_with("item")) all.emplace_back();
    }
    void attribute(std::string_view, std::string_view) override {}
    void end(std::string_view name, std::string_view text, std::size_t) override {
        if (!all.empty()) all.back()[std::string{name}] = text;
    }
};

std::string drawing() {
    return "<svg xmlns='http://www.w3.org/2000/svg' width='500' height='300'><rect width='500' height='300' fill='#2f6b3a'/><circle cx='250' cy='150' r='90' fill='#fff'/></svg>";
}

TEST_F(ShopStory, googles_feed_has_what_google_asks_for) {
    auto const id = seller("Hộ Nhài");
    auto tea = product("1", "Chè <Tân Cương> & \"nõn\"", 90'000);
    tea.gtin = "8936012345674";
    tea.variants[0].sale_price = Money{80'000};
    auto const put = put_products(connection_, {tea, product("2", "Không ảnh", 1'000)}, options(id));
    auto const photo = image::drawn(drawing(), picture_sizes());
    ASSERT_TRUE(photo) << photo.error();
    made(add_drawn(connection_, put[0].id, *photo, "Chè", now_));
    auto const feed = google_feed(connection_, id, "https://choso.example", now_);
    auto items = Items{};
    auto const wrong = xml::read(feed, items);
    ASSERT_FALSE(wrong) << wrong->message << '\n' << feed;
    ASSERT_EQ(items.all.size(), 1U) << "a product without a picture is left out";
    auto& item = items.all[0];
    auto const named = [&](std::string const& name) {
        for (auto const& [key, text] : item)
            if (key.ends_with(name)) return text;
        return std::string{};
    };
    EXPECT_EQ(named("title"), tea.name);
    EXPECT_EQ(named("availability"), "in_stock");
    EXPECT_EQ(named("sale_price"), "80000.00 VND");
    EXPECT_EQ(named("gtin"), "08936012345674");
    EXPECT_EQ(named("condition"), "new");
    for (auto const* needed : {"id", "description", "link", "image_link", "brand"}) EXPECT_FALSE(named(needed).empty()) << needed;
    EXPECT_NE(feed.find("<g:price>90000.00 VND</g:price>"), std::string::npos);
}

TEST_F(ShopStory, a_picture_is_kept_as_pixels_in_three_sizes) {
    auto const id = seller("Hộ Nhài");
    auto const put = put_products(connection_, {product("1", "Chè", 90'000)}, options(id));
    auto const drawn = image::drawn(drawing(), picture_sizes());
    ASSERT_TRUE(drawn);
    // A file of ours comes in again as an upload; a note hidden in it does not come out.
    auto upload = drawn->files.back().content;
    ASSERT_TRUE(upload.starts_with("\xff\xd8"));
    upload.insert(2, std::string{"\xff\xfe\x00\x10nha o so 5 day", 18});
    auto const picture = made(add_picture(connection_, put[0].id, upload, "Chè", now_));
    for (auto const* name : {"320.webp", "640.webp", "1280.webp", "320.jpg", "640.jpg", "1280.jpg"}) {
        auto const file = load_picture(connection_, picture, *picture_file_of(name));
        ASSERT_TRUE(file) << name;
        EXPECT_EQ(file->find("nha o so"), std::string::npos);
    }
    EXPECT_FALSE(picture_file_of("640.svg"));
    for (auto const& bad : {std::string{}, std::string{"<svg/>"}, std::string{"\xff\xd8\xff\xe0 nonsense"}, std::string{"GIF89a"}, drawing(), std::string(13U << 20U, 'x')})
        EXPECT_FALSE(add_picture(connection_, put[0].id, bad, "Chè", now_));
}

}  // namespace
}  // namespace choso::marketplace
