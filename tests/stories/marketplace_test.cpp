// The public side of the marketplace over HTTP: products that are found, files of sellers, stamps that are checked.
#include <fstream>
#include <set>
#include <sstream>

#include "platform/http/url.hpp"
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

class Marketplace : public SharedProvince {
 protected:
    static std::string seller() { return text_at(province().demo, "seller"); }
    static Caller nobody() { return {province().port, ""}; }
    static Answer search(std::string const& words, std::string const& more = {}) {
        return nobody().get("/api/v1/products?q=" + http::percent_encode(words) + more);
    }
    static std::string first_name(Answer const& answer) {
        auto const* const data = at(answer.body, "data");
        return data == nullptr || data->items().empty() ? std::string{} : text_at(data->items()[0], "name");
    }
    static std::string put_up(std::string const& csv) {
        auto const path = province().folder.path() / "goods.csv";
        std::ofstream{path, std::ios::binary} << "id,name,category,price,stock,unit,description\r\n" << csv;
        auto const done = province().choso({"catalogue", "import", "--seller", seller(), "--publish", "--json", path.string()});
        EXPECT_EQ(done.status, 0) << done.output;
        return done.output;
    }
};

TEST_F(Marketplace, what_a_shopper_types_is_understood) {
    for (auto const* words : {"chè tân cương", "che tan cuong", "CHÈ TÂN CƯƠNG", "chef taan cuwowng", "chetancuong", "che tan cuongg"}) {
        auto const answer = search(words);
        ASSERT_EQ(answer.status(), 200) << answer.response.body;
        EXPECT_NE(first_name(answer).find("Suối Lăng"), std::string::npos) << words << " → " << first_name(answer);
    }
    EXPECT_EQ(search("không có thứ này đâu nhé xyz").body.find("data")->items().size(), 0U);
}

TEST_F(Marketplace, an_import_is_found_when_the_command_returns) {
    put_up("A1,Cao khô Đồng Văn thử nghiệm,Mì,55000,7,gói,\r\n");
    auto const answer = search("cao kho dong van thu nghiem", "&limit=1");
    EXPECT_EQ(first_name(answer), "Cao khô Đồng Văn thử nghiệm");
    auto const& row = answer.body.find("data")->items()[0];
    EXPECT_EQ(text_at(row, "external_id"), "A1");
    EXPECT_EQ(text_at(row, "price"), "55000");
    EXPECT_EQ(text_at(row, "available"), "7");
    EXPECT_EQ(text_at(row, "seller"), seller());
    put_up("A1,Cao khô Đồng Văn thử nghiệm,Mì,60000,3,gói,\r\n");
    EXPECT_EQ(text_at(search("cao kho dong van thu nghiem").body.find("data")->items()[0], "price"), "60000");
}

TEST_F(Marketplace, pages_follow_one_another_and_filters_hold) {
    std::set<std::string> seen;
    std::string after;
    auto pages = 0;
    do {
        auto const page = nobody().get("/api/v1/products?limit=50&province=" + http::percent_encode("Bắc Giang") + (after.empty() ? "" : "&after=" + after));
        ASSERT_EQ(page.status(), 200) << page.response.body;
        for (auto const& row : page.body.find("data")->items()) {
            EXPECT_TRUE(seen.insert(text_at(row, "id")).second);
            EXPECT_EQ(text_at(row, "province"), "Bắc Giang");
        }
        after = page.text("next");
    } while (!after.empty() && ++pages < 10);
    EXPECT_EQ(seen.size(), 60U);
    for (auto const* wrong : {"limit=0", "limit=101", "limit=x", "after=zzz", "seller=x", "stars=9", "price_min=-1", "sort=cheap", "attr=x"})
        EXPECT_EQ(nobody().get(std::string{"/api/v1/products?"} + wrong).status(), 400) << wrong;
}

TEST_F(Marketplace, a_sellers_key_reaches_its_own_shop_alone) {
    auto const own = Caller{province().port, text_at(province().demo, "api_key")};
    auto const csv = std::string{"id,name,category,price,stock,unit,description\r\nK1,Hàng qua khoá,Chè,1000,1,gói,\r\nK2,Giá sai,Chè,x,1,gói,\r\n"};
    auto const answer = own.post("/api/v1/seller/imports?merchant=" + seller(), csv);
    ASSERT_EQ(answer.status(), 200) << answer.response.body;
    EXPECT_EQ(answer.text("taken"), "1");
    EXPECT_EQ(answer.text("refused"), "1");
    EXPECT_NE(first_name(search("hang qua khoa")), "Hàng qua khoá") << "it waits for a moderator";
    EXPECT_NE(own.get("/api/v1/seller/exports?merchant=" + seller()).response.body.find("Hàng qua khoá"), std::string::npos);
    auto const other = Caller{province().port, text_at(province().demo, "other_api_key")};
    EXPECT_EQ(other.post("/api/v1/seller/imports?merchant=" + seller(), csv).status(), 404);
    EXPECT_EQ(other.get("/api/v1/seller/exports?merchant=" + seller()).status(), 404);
}

TEST_F(Marketplace, pictures_are_made_anew_and_served_for_ever) {
    auto const url = text_at(search("chè đinh").body.find("data")->items()[0], "image");
    auto const path = url.substr(url.find("/cho/"));
    auto const picture = nobody().get(path);
    EXPECT_EQ(picture.status(), 200);
    EXPECT_EQ(picture.response.content_type, "image/webp");
    EXPECT_EQ(picture.response.body.substr(0, 4), "RIFF");
    EXPECT_EQ(nobody().get(path + "x").status(), 404);
    auto const own = Caller{province().port, text_at(province().demo, "api_key")};
    auto const product = text_at(search("chè đinh").body.find("data")->items()[0], "id");
    auto const upload = "/api/v1/seller/pictures?merchant=" + seller() + "&product=" + product;
    for (auto const* bad : {"", "<svg xmlns='http://www.w3.org/2000/svg'/>", "\xff\xd8\xff nonsense", "GIF89a", "%PDF-1.4"})
        EXPECT_EQ(own.post(upload, bad).status(), 422) << bad;
}

TEST_F(Marketplace, a_stamp_is_checked_first_once) {
    auto const product = text_at(search("chè đinh").body.find("data")->items()[0], "id");
    auto const lot = province().choso_json({"trace", "lot", "--product", product, "--number", "THU1", "--made", "2026-11-01"}).at(0);
    auto const file = province().folder.path() / "stamps.csv";
    ASSERT_EQ(province().choso({"trace", "stamps", text_at(lot, "lot"), "--count", "3", "--secret", "--activate", "--out", file.string()}).status, 0);
    auto lines = std::istringstream{support::read_file(file)};
    std::string line;
    std::getline(lines, line);
    std::getline(lines, line);
    auto const serial = line.substr(0, 16);
    auto const secret = line.substr(17, 8);
    auto const page = "/m/" + serial;
    auto visitor = Visitor{province().port};
    EXPECT_NE(visitor.get(page).response.body.find("Tem có trong hệ thống"), std::string::npos);
    auto const give = [&](std::string const& code) {
        return visitor.send(http::Method::post, page, {{"Content-Type", "application/x-www-form-urlencoded"}}, "secret=" + code).response.body;
    };
    EXPECT_NE(give("AAAAAAAA").find("Mã bí mật không đúng"), std::string::npos);
    EXPECT_NE(give(secret).find("Lần kiểm tra đầu tiên lúc"), std::string::npos);
    EXPECT_NE(give(secret).find("Đã kiểm tra lần đầu lúc"), std::string::npos);
    EXPECT_EQ(visitor.get("/m/" + text_at(lot, "code")).status(), 200);
    EXPECT_EQ(visitor.get("/m/0000000000000000").status(), 404);
    EXPECT_EQ(visitor.get("/01/12345678901234").status(), 400) << "its check digit is wrong";
    EXPECT_EQ(visitor.get("/01/08936012345674").status(), 404);
    EXPECT_EQ(visitor.get("/truy-xuat").status(), 200);
}

}  // namespace
}  // namespace choso::stories
