// Files that were made to harm, or are cut and changed at random: refused or read, never anything else.
#include <gtest/gtest.h>

#include <random>

#include "settlement/statements/parse.hpp"

namespace choso::statements {
namespace {

std::string code_of(std::string const& file) {
    auto const parsed = parse_whole(file, {});
    return parsed.refused ? parsed.refused->code : "";
}

TEST(statement_attack, nothing_is_expanded_and_nothing_is_fetched) {
    auto laughs = std::string{"<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY l0 \"lol\">"};
    for (auto i = 1; i < 12; ++i) {
        laughs += "<!ENTITY l" + std::to_string(i) + " \"";
        for (auto n = 0; n < 10; ++n) laughs += "&l" + std::to_string(i - 1) + ";";
        laughs += "\">";
    }
    EXPECT_EQ(code_of(laughs + "]><Document>&l11;</Document>"), "xml_forbidden");
    EXPECT_EQ(code_of(R"(<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><Document/>)"), "xml_forbidden");
    EXPECT_EQ(code_of(R"(<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Document>&e;</Document>)"), "xml_forbidden");
}

TEST(statement_attack, endless_lines_are_refused) {
    auto const endless = std::string(std::size_t{4} << 20U, '1');
    EXPECT_EQ(code_of(":20:A\n:25:123456\n:60F:C260101VND1,\n:61:2601010101C" + endless + "NTRF\n"), "too_large");
    EXPECT_EQ(code_of(":20:A\n:25:123456\n:60F:C260101VND1,\n:61:2601010101C1,NTRF\n:86:" + endless), "too_large");
    EXPECT_EQ(code_of("Ngày,Nợ,Có,Nội dung\n01/01/2026,,1," + endless), "too_large");
    EXPECT_EQ(code_of("<Document><BkToCstmrStmt><Stmt><Id>" + endless + "</Id></Stmt></BkToCstmrStmt></Document>"), "too_large");
    auto deep = std::string{};
    for (auto i = 0; i < 10'000; ++i) deep += "<a>";
    EXPECT_EQ(code_of(deep), "bad_xml");
}

TEST(statement_attack, changed_at_random_it_is_read_or_refused) {
    auto const seeds = std::vector<std::string>{
        ":20:S\r\n:25:970436/9900000102947\r\n:28C:1/1\r\n:60F:C260101VND1000,\r\n:61:2601010101C500,NTRFNONREF//FT1\r\n:86:166?00x?20KX12345678MNFH?32AN\r\n:62F:C260101VND1500,\r\n-\r\n",
        "<Document><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><Othr><Id>99</Id></Othr></Id><Ccy>VND</Ccy></Acct><Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp>"
        "<Amt Ccy=\"VND\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal><Ntry><Amt Ccy=\"VND\">2</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts></Ntry></Stmt></BkToCstmrStmt></Document>",
        "Số tài khoản,99001122\nNgày,Mã giao dịch,Nợ,Có,Số dư,Nội dung\n01/01/2026,A,,\"1,000\",\"1,000\",x\n02/01/2026,B,\"500\",,\"500\",y\nTổng cộng,,500,1000,,\n"};
    auto random = std::mt19937{20261128};
    for (auto round = 0; round < 6'000; ++round) {
        auto text = seeds[static_cast<std::size_t>(round) % seeds.size()];
        for (auto changes = random() % 6; changes > 0; --changes) {
            auto const at = random() % text.size();
            switch (random() % 4) {
                case 0: text[at] = static_cast<char>(random()); break;
                case 1: text.erase(at, random() % 20); break;
                case 2: text.insert(at, text.substr(random() % text.size(), random() % 30)); break;
                default: text.resize(at); break;
            }
            if (text.empty()) text = ":";
        }
        auto const parsed = parse_whole(text, {});
        EXPECT_TRUE(parsed.refused || !parsed.statements.empty());
        for (auto const& each : parsed.statements) EXPECT_FALSE(to_json("x", each).empty());
    }
}

}  // namespace
}  // namespace choso::statements
