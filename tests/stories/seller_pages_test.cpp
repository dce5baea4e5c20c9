// /ban: what a seller's people and moderators do on pages; and what a hand scanner sends to /truy-xuat.
#include "base/id.hpp"
#include "platform/http/url.hpp"
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

class SellerPages : public SharedProvince {
 protected:
    static std::string seller() { return text_at(province().demo, "seller"); }
    static std::string other_seller() { return std::string{at(province().demo, "marketplace.sellers")->items()[1].as_string().value()}; }
    static Answer sends(Visitor const& who, std::string const& path, std::vector<std::pair<std::string, std::string>> const& fields) {
        auto body = "csrf=" + http::percent_encode(who.csrf);
        for (auto const& [name, value] : fields) body += "&" + name + "=" + http::percent_encode(value);
        return who.send(http::Method::post, path, {{"Content-Type", "application/x-www-form-urlencoded"}}, body);
    }
    static std::string location(Answer const& answer) {
        for (auto const& header : answer.response.headers)
            if (header.name == "Location") return header.value;
        return {};
    }
    static Answer offers(Visitor const& who, std::string const& name, std::string const& price, std::string const& id = "W1") {
        return sends(who, "/ban/hang", {{"external_id", id}, {"name", name}, {"category", "Chè"}, {"unit", "hộp"}, {"price-0", price}, {"sale_price-0", ""}, {"stock-0", "7"}});
    }
    static std::string state_of(std::string const& name) { return province().sql("select state || '/' || reason from product where name = '" + name + "'"); }
};

TEST_F(SellerPages, what_is_offered_waits_for_a_moderator_who_says_why_not) {
    auto const woman = province().signed_in("nguoi-ban");
    EXPECT_EQ(offers(woman, "Chè vườn nhà", "chục nghìn").status(), 422);
    EXPECT_EQ(offers(woman, "", "150.000").status(), 422);
    EXPECT_EQ(state_of("Chè vườn nhà"), "");
    auto const put = offers(woman, "Chè vườn nhà", "150.000");
    ASSERT_EQ(put.status(), 303) << put.response.body;
    ASSERT_EQ(offers(woman, "Chè vườn nhà", "150.000").status(), 303) << "sent twice";
    EXPECT_EQ(province().sql("select count(*) || ' ' || min(v.price) || ' ' || min(s.on_hand) from product p join variant v on v.product = p.id join stock s on s.variant = v.id where p.name = 'Chè vườn nhà'"), "1 150000 7");
    EXPECT_EQ(state_of("Chè vườn nhà"), "pending/");
    auto const form = woman.get(location(put));
    EXPECT_NE(form.response.body.find("150.000"), std::string::npos);
    auto const id = location(put).substr(location(put).find("&sp=") + 4);

    auto const moderator = province().signed_in("kiem-duyet");
    EXPECT_NE(moderator.get("/ban/duyet").response.body.find("Chè vườn nhà"), std::string::npos);
    EXPECT_EQ(sends(moderator, "/ban/duyet", {{"sp", id}, {"what", "refused"}, {"reason", ""}}).status(), 422) << "a refusal has a reason";
    EXPECT_EQ(state_of("Chè vườn nhà"), "pending/");
    ASSERT_EQ(sends(moderator, "/ban/duyet", {{"sp", id}, {"what", "refused"}, {"reason", "Thiếu ảnh"}}).status(), 303);
    EXPECT_EQ(state_of("Chè vườn nhà"), "refused/Thiếu ảnh");
    EXPECT_NE(woman.get("/ban/hang").response.body.find("Lý do: Thiếu ảnh"), std::string::npos) << "the seller reads it";
    auto const decided = moderator.get("/ban/duyet").response.body;
    EXPECT_NE(decided.find("Vũ Ngọc Kiểm"), std::string::npos) << "the reviewer stands there";
    ASSERT_EQ(sends(moderator, "/ban/duyet", {{"sp", id}, {"what", "published"}}).status(), 303);
    EXPECT_EQ(state_of("Chè vườn nhà"), "published/");
    ASSERT_EQ(offers(woman, "Chè vườn nhà", "140.000").status(), 303);
    EXPECT_EQ(state_of("Chè vườn nhà"), "published/") << "a price does not wait";

    EXPECT_EQ(woman.get("/ban/duyet").status(), 403);
    EXPECT_EQ(moderator.get("/ban/hang").status(), 403);
}

TEST_F(SellerPages, nobody_reaches_anothers_goods_or_money) {
    auto const woman = province().signed_in("nguoi-ban");
    EXPECT_EQ(woman.get("/ban/sao-ke?nguoi-ban=" + seller()).status(), 200);
    EXPECT_EQ(woman.get("/api/v1/merchants/" + other_seller() + "/statement").status(), 404);
    for (auto const* page : {"/ban/hang", "/ban/hang/sua", "/ban/sao-ke"}) EXPECT_EQ(woman.get(std::string{page} + "?nguoi-ban=" + other_seller()).status(), 404) << page;
    auto const theirs = province().sql("select id from product where seller = '" + to_hyphenated(MerchantId::parse(other_seller()).value().uuid()) + "' limit 1");
    ASSERT_FALSE(theirs.empty());
    // One of another seller's answers as one that does not exist.
    for (auto const& id : {"prod_" + to_crockford(from_hyphenated(theirs).value()), std::string{"prod_00000000000000000000000000"}})
        EXPECT_EQ(woman.get("/ban/hang/sua?sp=" + id).status(), 404) << id;
    auto const put = sends(woman, "/ban/hang", {{"nguoi-ban", other_seller()}, {"external_id", "SP1"}, {"name", "Của tôi"}, {"category", "Chè"}, {"price-0", "1000"}, {"stock-0", "1"}});
    EXPECT_EQ(put.status(), 404);
    EXPECT_EQ(state_of("Của tôi"), "");
}

TEST_F(SellerPages, google_fetches_a_sellers_feed_at_its_address) {
    auto const slug = province().sql("select slug from seller where merchant = '" + to_hyphenated(MerchantId::parse(seller()).value().uuid()) + "'");
    auto const feed = Visitor{province().port}.get("/cho/ban/" + slug + "/google.xml");
    EXPECT_EQ(feed.status(), 200);
    EXPECT_NE(feed.response.body.find("<g:price>320000.00 VND</g:price>"), std::string::npos) << feed.response.body.substr(0, 800);
    EXPECT_EQ(Visitor{province().port}.get("/cho/ban/khong-co/google.xml").status(), 404);
}

TEST_F(SellerPages, a_hand_scanner_may_type_the_code) {
    auto const code = province().sql("select code from lot order by id limit 1");
    auto const visitor = Visitor{province().port};
    auto const leads = [&](std::string const& typed) {
        return location(visitor.send(http::Method::post, "/truy-xuat", {{"Content-Type", "application/x-www-form-urlencoded"}}, "code=" + http::percent_encode(typed)));
    };
    EXPECT_EQ(leads(code), "/m/" + code);
    EXPECT_EQ(leads("https://choso.example/m/" + code), "/m/" + code);
    EXPECT_EQ(leads("]Q1https://choso.example/m/" + code), "/m/" + code);
    EXPECT_EQ(leads("]Q1https://choso.example/01/08936012345674/10/L01"), "/01/08936012345674/10/L01");
    EXPECT_EQ(leads("]E08936012345674"), "/01/08936012345674");
    EXPECT_EQ(leads("xin chào"), "");
    auto const events = visitor.send(http::Method::get, "/m/" + code, {{"Accept", "application/ld+json"}});
    EXPECT_EQ(events.response.content_type, "application/ld+json");
    EXPECT_EQ(events.text("type"), "EPCISDocument");
}

}  // namespace
}  // namespace choso::stories
