// A market comes in from one table and its printed pack out of it; who looks after it sees its stalls, and nobody else's.
#include <algorithm>
#include <fstream>
#include <regex>
#include <set>

#include "base/id.hpp"
#include "platform/sheet/sheet.hpp"
#include "qr/vietqr.hpp"
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

constexpr std::string_view header = "số sạp,tên sạp,hộ kinh doanh,ngân hàng,số tài khoản,chủ tài khoản\n";

std::string table_of(int stalls) {
    auto out = std::string{header};
    for (auto n = 1; n <= stalls; ++n)
        out += "A" + std::to_string(n) + ",Cô Hoa " + std::to_string(n) + " – rau củ,Hộ Nguyễn Thị Hoa," + (n % 2 == 0 ? "MB" : "Vietcombank") + ",10.16." +
               std::to_string(390'000 + n) + ",NGUYỄN THỊ HOA\n";
    return out;
}

std::string ran(std::vector<std::string> command) {
    auto const done = support::run({.arguments = std::move(command), .environment = {}, .output = {}, .input = {}});
    if (done.status != 0) throw std::runtime_error{done.output};
    return done.output;
}

int occurrences(std::string const& text, std::string_view of) {
    auto out = 0;
    for (auto at = text.find(of); at != std::string::npos; at = text.find(of, at + of.size())) ++out;
    return out;
}

class Market : public testing::Test {
 protected:
    Province province;
    std::string market = text_at(province.choso_json({"admin", "market", "create", "--name", "Chợ Tân Thành", "--ward", "Phan Đình Phùng", "--province", "Thái Nguyên"}).front(), "market");

    [[nodiscard]] std::string file(std::string const& name, std::string_view bytes) const {
        auto const path = province.folder.path() / name;
        std::ofstream{path, std::ios::binary} << bytes;
        return path.string();
    }
    [[nodiscard]] std::string stalls() const { return province.sql("select count(*) from stall s join market m on m.id = s.market where m.name = 'Chợ Tân Thành'"); }
};

TEST_F(Market, comes_from_a_table_and_its_pack_is_read_by_a_phone) {
    // By hand, with CHOSO_TEST_MARKET=600, a whole one.
    auto const* const given = std::getenv("CHOSO_TEST_MARKET");
    auto const count = given != nullptr ? std::atoi(given) : 12;
    auto const pack = (province.folder.path() / "pack.pdf").string();
    auto const done = province.choso({"admin", "market", "import", file("market.csv", table_of(count)), "--market", market, "--pack", pack, "--json"});
    ASSERT_EQ(done.status, 0) << done.output;
    EXPECT_EQ(stalls(), std::to_string(count));
    EXPECT_EQ(occurrences(done.output, "/stall/"), count) << "each stall's own link, once";
    auto const all = std::to_string(count) + " of " + std::to_string(count);
    EXPECT_NE(done.output.find("stalls: " + all), std::string::npos) << done.output;
    EXPECT_NE(done.output.find("standees: " + all), std::string::npos) << done.output;

    (void)ran({"qpdf", "--check", pack});
    EXPECT_TRUE(std::regex_search(ran({"pdfinfo", pack}), std::regex{"Pages: +" + std::to_string(count) + "\n"})) << ran({"pdfinfo", pack});
    auto const picture = (province.folder.path() / "page").string();
    // A2 stands before A10: the second page is the second stall's.
    (void)ran({"pdftoppm", "-r", "150", "-gray", "-png", "-f", "2", "-l", "2", "-singlefile", pack, picture});
    auto const read = ran({"zbarimg", "-q", "--raw", picture + ".png"});
    // The reader also tells of a message bus that it does not find.
    auto const begin = std::min(read.find("000201"), read.size());
    auto const payload = read.substr(begin, read.find('\n', begin) - begin);
    auto const code = qr::parse(payload);
    ASSERT_TRUE(code.ok()) << read;
    EXPECT_EQ(code.bin, "970422");
    EXPECT_EQ(code.account, "1016390002");
    EXPECT_EQ(code.purpose, province.sql("select reference from stall where number = 'A2' and name like 'Cô Hoa 2 %'"));
    EXPECT_FALSE(code.amount.has_value());

    // Once more is a slip of the hand: the accounts are known.
    auto const again = province.choso({"admin", "market", "import", file("again.csv", table_of(2)), "--market", market});
    EXPECT_EQ(again.status, 1);
    EXPECT_NE(again.output.find("row 2: "), std::string::npos) << again.output;
    EXPECT_EQ(stalls(), std::to_string(count));
}

TEST_F(Market, is_taken_whole_or_not_at_all_and_each_wrong_cell_is_named) {
    auto const errors = (province.folder.path() / "errors.csv").string();
    auto const table = std::string{header} + "A1,Cô Hoa,,Vietcombank,1016039126,NGUYEN THI HOA\nA2,Cô Mai,,Ngân hàng Không Có,1016039127,TRAN THI MAI\n" +
                       "A1,,,MB,1016039128,LE VAN AN\nA4,Chú Bảy,,MB,1016039126xxxxxxxxxxxx,LE VAN BAY\n";
    auto const done = province.choso({"admin", "market", "import", file("wrong.csv", table), "--market", market, "--errors", errors});
    EXPECT_EQ(done.status, 1);
    auto const told = support::read_file(errors);
    for (auto const* cell : {"row 3: bank 'Ngân hàng Không Có'", "row 4: number 'A1'", "row 4: name ''", "row 5: account '1016039126xxxxxxxxxxxx'"})
        EXPECT_NE(done.output.find(cell), std::string::npos) << cell << " in\n" << done.output;
    EXPECT_EQ(occurrences(told, "\r\n"), occurrences("\n" + done.output, "\nrow ") + 1) << told;
    EXPECT_EQ(stalls(), "0");

    auto const headless = province.choso({"admin", "market", "import", file("headless.csv", "A1,Cô Hoa,Vietcombank,1016039126,NGUYEN THI HOA\n"), "--market", market});
    EXPECT_EQ(headless.status, 1);
    EXPECT_NE(headless.output.find("must be a column of the header"), std::string::npos) << headless.output;
    EXPECT_EQ(province.choso({"admin", "market", "import", file("none.csv", ""), "--market", market}).status, 1);
    EXPECT_EQ(province.choso({"admin", "market", "import", file("ok.csv", table_of(1)), "--market", "mkt_01jdaaaaaaaaaaaaaaaaaaaaaa"}).status, 1);
    EXPECT_EQ(stalls(), "0");
}

/// A table as a spreadsheet program saves it, the account as a number.
std::string workbook() {
    auto book = sheet::Workbook{};
    auto const page = book.add_sheet("Chợ");
    auto column = 0;
    for (auto const* name : {"Số sạp", "Tên sạp", "Ngân hàng", "Số tài khoản", "Chủ tài khoản"}) book.header(page, 0, column++, name);
    for (auto row = 1; row <= 2; ++row) {
        book.text(page, row, 0, "B" + std::to_string(row));
        book.text(page, row, 1, "Chú Bảy " + std::to_string(row));
        book.text(page, row, 2, "Techcombank");
        book.number(page, row, 3, 19'036'000'000 + row);
        book.text(page, row, 4, "LÊ VĂN BẢY");
    }
    return book.finish();
}

class MarketManager : public Market {
 protected:
    static constexpr auto who = "duyet-chi";
    Visitor manager = [this] {
        EXPECT_EQ(province.choso({"admin", "market", "manage", "--market", market, "--login", who, "--totals"}).status, 0);
        return province.signed_in(who);
    }();

    [[nodiscard]] static Answer posts(Visitor const& visitor, std::string const& page, std::string const& form) {
        return visitor.send(http::Method::post, page, {{"Content-Type", "application/x-www-form-urlencoded"}}, form);
    }
    [[nodiscard]] static Answer uploads(Visitor const& visitor, std::string const& market, std::string const& file) {
        auto const part = [](std::string const& name, std::string const& value, std::string const& more = {}) {
            return "--b0\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n" + value + "\r\n";
        };
        return visitor.send(http::Method::post, "/ban-quan-ly/nhap", {{"Content-Type", "multipart/form-data; boundary=b0"}},
                            part("csrf", visitor.csrf) + part("market", market) + part("table", "") + part("file", file, "; filename=\"cho.xlsx\"") + "--b0--\r\n");
    }
    [[nodiscard]] std::string new_stall(std::string const& number, std::string const& account) const {
        return "market=" + market + "&number=" + number + "&name=C%C3%B4+Hoa&household=&bank=970436&account=" + account + "&holder=NGUYEN+THI+HOA";
    }
};

TEST_F(MarketManager, a_stall_is_made_on_a_phone_and_asks_at_once) {
    EXPECT_EQ(province.signed_in("nguoi-xem").get("/ban-quan-ly").status(), 404) << "who looks after no market";
    auto const empty = manager.get("/ban-quan-ly");
    ASSERT_EQ(empty.status(), 200) << empty.response.body;
    EXPECT_NE(empty.response.body.find("Chợ Tân Thành"), std::string::npos);
    EXPECT_EQ(manager.get("/ban-quan-ly/sap-moi?cho=" + market).status(), 200);

    auto const wrong = posts(manager, "/ban-quan-ly/sap-moi", new_stall("A1", "khong+phai+so!"));
    EXPECT_EQ(wrong.status(), 422) << wrong.response.body;
    EXPECT_NE(wrong.response.body.find("value=\"A1\""), std::string::npos) << "what was typed is lost";
    EXPECT_EQ(stalls(), "0");

    auto const made = posts(manager, "/ban-quan-ly/sap-moi", new_stall("A1", "1016.039.126"));
    ASSERT_EQ(made.status(), 200) << made.response.body;
    auto found = std::smatch{};
    ASSERT_TRUE(std::regex_search(made.response.body, found, std::regex{R"re(href="[^"]*(/stall/[0-9A-Za-z_-]+)")re"})) << made.response.body;
    auto seller = Visitor{province.port};
    auto const opened = [&] {
        auto const answer = seller.get(found[1].str());
        seller.take(answer);
        return answer.status() == 303 || answer.status() == 302;
    };
    EXPECT_TRUE(support::eventually(patience, opened)) << "the new stall's link opens nothing";
    auto const state = seller.get("/quay/state");
    EXPECT_EQ(state.text("account.number"), "1016039126") << state.response.body;
    EXPECT_EQ(state.text("stall.market"), "Chợ Tân Thành");
}

TEST_F(MarketManager, a_whole_market_comes_from_a_spreadsheet_and_its_pack_goes_to_the_printer) {
    auto const wrong = uploads(manager, market, std::string{header} + "A1,Cô Hoa,,Ngân hàng Không Có,1016039126,NGUYEN THI HOA\n");
    EXPECT_EQ(wrong.status(), 422);
    EXPECT_NE(wrong.response.body.find("Ngân hàng Không Có"), std::string::npos) << wrong.response.body;
    EXPECT_EQ(stalls(), "0");
    EXPECT_EQ(manager.get("/ban-quan-ly/ma-in.pdf?cho=" + market).status(), 404) << "a pack of nothing";

    auto const made = uploads(manager, market, workbook());
    ASSERT_EQ(made.status(), 200) << made.response.body;
    EXPECT_EQ(occurrences(made.response.body, "/stall/"), 2) << made.response.body;
    EXPECT_EQ(province.sql("select string_agg(number, ',' order by number) from bank_account where holder = 'LE VAN BAY'"), "19036000001,19036000002");
    auto pack = Answer{};
    ASSERT_TRUE(support::eventually(patience, [&] {
        pack = manager.get("/ban-quan-ly/ma-in.pdf?cho=" + market);
        return pack.status() == 200;
    }));
    auto const path = file("pack.pdf", pack.response.body);
    (void)ran({"qpdf", "--check", path});
    EXPECT_NE(ran({"pdftotext", path, "-"}).find("Sạp B2"), std::string::npos);
}

TEST_F(MarketManager, sees_takings_only_where_allowed_and_no_other_market) {
    auto const stall = province.stall(0);
    auto const own = province.sql("select name from market where id = (select market from stall where id = '" + to_hyphenated(StallId::parse(stall.id).value().uuid()) + "')");
    auto id = std::string{};
    for (auto const& each : province.choso_json({"admin", "market", "list"}))
        if (text_at(each, "name") == own) id = text_at(each, "market");
    ASSERT_EQ(province.choso({"admin", "market", "manage", "--market", id, "--login", "nguoi-xem"}).status, 0);
    province.bank().credits(stall.asks(1'151'800), 1'151'800);
    auto const viewer = province.signed_in("nguoi-xem");
    auto const page = viewer.get("/ban-quan-ly").response.body;
    EXPECT_NE(page.find(own), std::string::npos);
    EXPECT_EQ(page.find("Chợ Tân Thành"), std::string::npos) << "a market that is another's";
    EXPECT_NE(page.find("1 khoản"), std::string::npos) << page;
    EXPECT_EQ(page.find("1.151.800"), std::string::npos) << "takings that were not given";
    EXPECT_NE(page.find("im lặng"), std::string::npos) << "stalls gone silent";
    EXPECT_EQ(viewer.get("/ban-quan-ly/ma-in.pdf?cho=" + market).status(), 404);
    EXPECT_EQ(viewer.get("/ban-quan-ly/sap-moi?cho=" + market).status(), 404);
    EXPECT_EQ(posts(viewer, "/ban-quan-ly/sap-moi", new_stall("A1", "1016039126")).status(), 404);
    ASSERT_EQ(province.choso({"admin", "market", "manage", "--market", id, "--login", who, "--totals"}).status, 0);
    EXPECT_NE(manager.get("/ban-quan-ly").response.body.find("1 khoản, 1.151.800\u00A0₫"), std::string::npos);
}

}  // namespace
}  // namespace choso::stories
