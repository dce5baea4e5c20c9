// What an XML schema finds is advice: it stands among the warnings, and nothing is refused for it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "platform/xml/schema.hpp"
#include "settlement/statements/parse.hpp"

namespace choso::statements {
namespace {

/// A schema of our own that wants an `Id` before everything else in a statement.
constexpr auto schema = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"
    xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02" elementFormDefault="qualified">
  <xs:element name="Document"><xs:complexType><xs:sequence><xs:element name="BkToCstmrStmt"><xs:complexType><xs:sequence>
    <xs:element name="Stmt"><xs:complexType><xs:sequence><xs:element name="Id" type="xs:string"/><xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/>
  </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
</xs:schema>)";

std::string document(std::string const& first) {
    return R"(<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>)" + first +
           R"(<Acct><Id><Othr><Id>9900000102947</Id></Othr></Id></Acct></Stmt></BkToCstmrStmt></Document>)";
}

class Schema : public testing::Test {
 protected:
    void SetUp() override {
        auto name = std::string{"/tmp/choso-schema.XXXXXX"};
        ASSERT_NE(mkdtemp(name.data()), nullptr);
        folder = name;
        std::ofstream{folder / "camt.053.001.02.xsd"} << schema;
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    std::vector<std::string> advice(std::string const& file) const {
        auto const parsed = parse_whole(file, {.schemas = folder.string()});
        EXPECT_FALSE(parsed.refused) << parsed.refused->message;
        auto out = std::vector<std::string>{};
        for (auto const& each : parsed.statements)
            for (auto const& warning : each.summary.warnings)
                if (warning.starts_with("schema: ")) out.push_back(warning);
        return out;
    }
    std::filesystem::path folder;
};

TEST_F(Schema, says_what_is_not_valid_and_refuses_nothing) {
    EXPECT_TRUE(advice(document("<Id>1</Id>")).empty());
    auto const said = advice(document("<Nm>x</Nm>"));
    ASSERT_FALSE(said.empty());
    EXPECT_NE(said[0].find("line 1"), std::string::npos) << said[0];
    EXPECT_NE(said[0].find("Nm"), std::string::npos) << said[0];
}

TEST_F(Schema, is_silent_where_there_is_none_for_the_message) {
    auto other = document("<Nm>x</Nm>");
    other.replace(other.find("001.02"), 6, "001.08");
    EXPECT_TRUE(advice(other).empty());
    EXPECT_TRUE(advice(":20:X\n:25:99\n:60F:C261128VND1,\n:62F:C261128VND1,\n").empty());
}

TEST_F(Schema, that_cannot_be_read_is_the_advice) {
    std::ofstream{folder / "camt.053.001.02.xsd"} << "<nonsense";
    EXPECT_EQ(advice(document("<Id>1</Id>")), std::vector<std::string>{"schema: the schema cannot be read"});
}

TEST_F(Schema, fetches_nothing_and_expands_nothing) {
    auto const bomb = R"(<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>)" + document("<Id>&b;&c;</Id>");
    auto const said = xml::schema_complaints((folder / "camt.053.001.02.xsd").string(), bomb, 5);
    for (auto const& line : said) EXPECT_EQ(line.find("aaaaaaaaaa"), std::string::npos) << line;
    EXPECT_TRUE(parse_whole(bomb, {.schemas = folder.string()}).refused.has_value()) << "a document type is refused by the reader";
}

/// The published schemas find what xmllint finds: some of the collected files are valid, most are not, and each is read all the same.
TEST(schema_corpus, files_are_valid_or_not_and_read_all_the_same) {
    auto const* const root = std::getenv("CHOSO_CORPORA");
    if (root == nullptr) GTEST_SKIP() << "CHOSO_CORPORA is not set";
    auto valid = 0, not_valid = 0;
    for (auto const& each : std::filesystem::recursive_directory_iterator{std::filesystem::path{root} / "statements"}) {
        if (each.path().extension() != ".xml") continue;
        auto in = std::ifstream{each.path(), std::ios::binary};
        auto const file = std::string{std::istreambuf_iterator<char>{in}, {}};
        auto const path = std::filesystem::path{root} / "xsd" / (xml::message_name(file) + ".xsd");
        if (!std::filesystem::exists(path) || path.filename() == ".xsd") continue;
        ++(xml::schema_complaints(path.string(), file, 1).empty() ? valid : not_valid);
    }
    EXPECT_GT(valid, 0);
    EXPECT_GT(not_valid, 0);
}

}  // namespace
}  // namespace choso::statements
