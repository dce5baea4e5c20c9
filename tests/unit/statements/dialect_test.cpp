// One small statement in the shapes that banks' programs give it.
#include <gtest/gtest.h>

#include "settlement/statements/parse.hpp"

namespace choso::statements {
namespace {

std::string const camt =
    R"(<BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><Othr><Id>9900000102947</Id></Othr></Id><Ccy>VND</Ccy></Acct>)"
    R"(<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="VND">1000</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-28</Dt></Dt></Bal>)"
    R"(<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="VND">1500</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-28</Dt></Dt></Bal>)"
    R"(<Ntry><Amt Ccy="VND">500</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-28</Dt></BookgDt>)"
    R"(<NtryDtls><TxDtls><RmtInf><Ustrd>KX1234</Ustrd><Ustrd>5678MNFH</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt>)";

Statement one(std::string const& file) {
    auto parsed = parse_whole(file, {});
    EXPECT_FALSE(parsed.refused) << parsed.refused->message;
    if (parsed.statements.size() != 1) throw std::runtime_error{"not one statement"};
    return std::move(parsed.statements.front());
}

std::string utf16(std::string const& text) {
    auto out = std::string{"\xFF\xFE"};
    for (auto const c : text) (out += c) += '\0';
    return out;
}

TEST(camt, is_read_whatever_stands_around_it) {
    auto prefixed = camt;
    for (auto at = prefixed.find('<'); at != std::string::npos; at = prefixed.find('<', at + 1)) prefixed.insert(prefixed[at + 1] == '/' ? at + 2 : at + 1, "n:");
    for (auto const& file : {camt, "<Document>" + camt + "</Document>", "<Envelope><AppHdr/><Document xmlns=\"urn:nobody\">" + camt + "</Document></Envelope>",
                             "\n\n<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document>" + camt + "</Document>", "\xEF\xBB\xBF<?xml version=\"1.0\"?>" + camt,
                             "<n:Document xmlns:n=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">" + prefixed + "</n:Document>",
                             "<?xml version=\"1.0\" encoding=\"windows-1258\"?><Document>" + camt + "<!-- \xF5 --></Document>",
                             utf16("<?xml version=\"1.0\" encoding=\"UTF-16\"?><Document>" + camt + "</Document>")}) {
        auto const statement = one(file);
        EXPECT_EQ(statement.summary.proof, Proof::ok);
        ASSERT_EQ(statement.lines.size(), 1U);
        EXPECT_EQ(statement.lines[0].content, "KX12345678MNFH") << "pieces are joined as they stand";
        EXPECT_EQ(statement.lines[0].spaced, "KX1234 5678MNFH");
        EXPECT_EQ(statement.summary.account, "9900000102947");
    }
}

std::string mt(std::string const& lines, std::string const& closing = "C261128VND1500,") {
    return ":20:S1\n:25:970436/9900000102947\n:28C:1/1\n:60F:C261128VND1000,\n" + lines + ":62F:" + closing + "\n-\n";
}

TEST(mt940, line_ends_blocks_and_trailers_do_not_matter) {
    auto const plain = mt(":61:2611281128C500,NTRFNONREF//FT1\n:86:tien rau\n");
    auto replaced = [&](std::string const& end) {
        auto out = std::string{};
        for (auto const c : plain) c == '\n' ? out += end : out += c;
        return out;
    };
    for (auto const& file : {plain, replaced("\r\n"), replaced("\r"), "{1:F01BANKVNVX}{2:I940BANKVNVXN}{4:\n" + plain + "}{5:}", "\n\n" + plain, "\x01\n" + plain, plain.substr(0, plain.size() - 3)}) {
        auto const statement = one(file);
        EXPECT_EQ(statement.summary.proof, Proof::ok);
        ASSERT_EQ(statement.lines.size(), 1U);
        EXPECT_EQ(statement.lines[0].bank_reference, "FT1");
        EXPECT_EQ(statement.lines[0].content, "tien rau");
    }
}

TEST(mt940, reversals_move_money_the_other_way_or_as_the_balances_say) {
    auto const standard = one(mt(":61:261128RD500,NTRFX\n"));
    EXPECT_EQ(standard.lines[0].amount.text(), "+500");
    EXPECT_TRUE(standard.lines[0].reversal);
    EXPECT_EQ(standard.summary.proof, Proof::ok);
    auto const other = one(mt(":61:261128RC500,NTRFX\n"));
    EXPECT_EQ(other.summary.proof, Proof::ok) << "this bank means by RC that money came";
    EXPECT_EQ(other.lines[0].amount.text(), "+500");
    EXPECT_TRUE(other.summary.reversals_flipped);
    auto const away = one(mt(":61:261128RC500,NTRFX\n", "C261128VND500,"));
    EXPECT_EQ(away.lines[0].amount.text(), "-500");
}

TEST(mt940, pages_are_one_statement_and_texts_that_look_like_tags_are_texts) {
    auto const pages = std::string{":20:S\n:25:99001\n:28C:7/1\n:60F:C261128VND0,\n:61:261128C10,NTRFX\n:62M:C261128VND10,\n-\n"
                                   ":20:S\n:25:99001\n:28C:7/2\n:60M:C261128VND10,\n:61:261128C20,NTRFX\n:86:luc 10\n:20:37 ngay\n:62F:C261128VND30,\n-\n"};
    auto const statement = one(pages);
    EXPECT_EQ(statement.lines.size(), 2U);
    EXPECT_EQ(statement.summary.proof, Proof::ok);
    EXPECT_EQ(statement.lines[1].content, "luc 10 :20:37 ngay");
}

TEST(mt940, entry_dates_are_of_the_nearest_year_and_the_30th_of_february_is_a_day) {
    auto const statement = one(mt(":61:260101C250,NTRFX\n:61:2601011231C150,NTRFX\n:61:2602300301C100,NTRFX\n"));
    EXPECT_EQ(text(*statement.lines[1].booked), "2025-12-31");
    EXPECT_EQ(text(*statement.lines[2].value), "2026-02-28");
    EXPECT_EQ(text(*statement.lines[2].booked), "2026-03-01");
}

}  // namespace
}  // namespace choso::statements
