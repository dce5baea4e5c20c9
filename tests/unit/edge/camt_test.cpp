// camt.054 as banks write it: versions, batches, signs, what names a movement, and what is refused.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "gateway/feeds/camt_reader.hpp"

namespace choso::feeds {
namespace {

struct Read {
    std::vector<CamtEntry> entries;
    std::optional<CamtRefused> refused;
};

Read read(std::string const& document) {
    auto out = Read{};
    out.refused = read_camt054(document, [&](CamtEntry const& entry) {
        out.entries.push_back(entry);
        return true;
    });
    return out;
}

std::string file(std::string const& entries, std::string const& account = "<Acct><Id><Othr><Id>9900000102947</Id></Othr></Id></Acct>") {
    return "<?xml version=\"1.0\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>M1</MsgId></GrpHdr>"
           "<Ntfctn><Id>N1</Id>" + account + entries + "</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>";
}

std::string entry(std::string const& inner, std::string const& amount = "<Amt Ccy=\"VND\">50000</Amt><CdtDbtInd>CRDT</CdtDbtInd>") {
    return "<Ntry>" + amount + "<Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>2026-11-21T14:02:37+07:00</DtTm></BookgDt>" + inner + "</Ntry>";
}

TEST(camt054, a_credit_with_its_texts_and_references) {
    auto const one = read(file(entry("<AcctSvcrRef>FT1</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><RmtInf><Ustrd>KX1234</Ustrd>"
                                     "<Ustrd>5678MNFH tien</Ustrd></RmtInf></TxDtls></NtryDtls>")));
    ASSERT_FALSE(one.refused);
    ASSERT_EQ(one.entries.size(), 1U);
    auto const& it = one.entries.front();
    EXPECT_EQ(it.problem, "");
    EXPECT_EQ(it.account, "9900000102947");
    EXPECT_EQ(it.amount, Money{50'000});
    EXPECT_EQ(to_rfc3339(*it.at), "2026-11-21T14:02:37+07:00");
    EXPECT_EQ(it.reference, "FT1");
    EXPECT_EQ(it.content, "KX12345678MNFH tien") << "pieces are cut anywhere: joined without a blank";
    EXPECT_EQ(it.spaced, "KX1234 5678MNFH tien");
    EXPECT_EQ(it.other_texts, "E1");
    EXPECT_EQ(it.place, "1.1.1");
}

TEST(camt054, old_and_new_versions_and_wrong_namespaces_read_alike) {
    auto const old = "<Document xmlns=\"urn:iso:20023:wrong\"><BkToCstmrDbtCdtNtfctn><Ntfctn><Acct><Id><IBAN>9900000102947</IBAN></Id></Acct><Ntry>"
                     "<Amt Ccy=\"VND\">50000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-21</Dt></BookgDt>"
                     "<AddtlNtryInf>KX12345678MNFH</AddtlNtryInf></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>";
    auto const one = read(old);
    ASSERT_FALSE(one.refused);
    ASSERT_EQ(one.entries.size(), 1U);
    EXPECT_EQ(one.entries[0].amount, Money{50'000});
    EXPECT_TRUE(one.entries[0].booked);
    EXPECT_EQ(to_rfc3339(*one.entries[0].at), "2026-11-21T00:00:00+07:00");
    EXPECT_EQ(one.entries[0].content, "KX12345678MNFH");
}

TEST(camt054, a_batch_is_its_parts_and_their_sum_must_be_its_own) {
    auto const parts = [](std::string const& second) {
        return "<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch><TxDtls><Refs><AcctSvcrRef>A</AcctSvcrRef></Refs><Amt Ccy=\"VND\">30000</Amt></TxDtls>"
               "<TxDtls><Refs><AcctSvcrRef>B</AcctSvcrRef></Refs>" + second + "</TxDtls></NtryDtls>";
    };
    auto const good = read(file(entry(parts("<AmtDtls><TxAmt><Amt Ccy=\"VND\">20000</Amt></TxAmt></AmtDtls>"))));
    ASSERT_EQ(good.entries.size(), 2U);
    EXPECT_EQ(good.entries[0].amount, Money{30'000});
    EXPECT_EQ(good.entries[1].amount, Money{20'000});
    EXPECT_EQ(good.entries[1].problem, "");
    EXPECT_EQ(good.entries[1].reference, "B");
    for (auto const& bad : {parts("<Amt Ccy=\"VND\">20001</Amt>"), parts("<Amt Ccy=\"VND\">50000</Amt>")})
        for (auto const& it : read(file(entry(bad))).entries) EXPECT_EQ(it.problem, "batch_sum_differs");
    auto const lacking = read(file(entry(parts("")))).entries;
    EXPECT_EQ(lacking[1].problem, "amount_invalid") << "the entry's amount is never given to each part";
}

TEST(camt054, a_single_part_is_the_entrys_amount) {
    auto const charged = entry("<NtryDtls><Btch><NbOfTxs>20</NbOfTxs></Btch><TxDtls><Amt Ccy=\"VND\">52000</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls></NtryDtls>");
    auto const it = read(file(charged)).entries;
    ASSERT_EQ(it.size(), 1U);
    EXPECT_EQ(it[0].amount, Money{50'000}) << "what went over the account, whatever a part tells";
}

TEST(camt054, parts_with_one_reference_are_told_apart) {
    auto const part = std::string{"<TxDtls><Refs><AcctSvcrRef>BATCH</AcctSvcrRef></Refs><Amt Ccy=\"VND\">25000</Amt></TxDtls>"};
    auto const it = read(file(entry("<AcctSvcrRef>BATCH</AcctSvcrRef><NtryDtls>" + part + part + "</NtryDtls>"))).entries;
    ASSERT_EQ(it.size(), 2U);
    EXPECT_NE(it[0].source_id, it[1].source_id);
    EXPECT_EQ(it[0].reference, "BATCH");
}

TEST(camt054, the_first_version_has_its_details_in_the_entry) {
    auto const it = read(file(entry("<TxDtls><Refs><AcctSvcrRef>V1</AcctSvcrRef></Refs><RmtInf><Ustrd>com</Ustrd></RmtInf></TxDtls>"))).entries;
    ASSERT_EQ(it.size(), 1U);
    EXPECT_EQ(it[0].reference, "V1");
    EXPECT_EQ(it[0].content, "com");
}

TEST(camt054, a_movement_that_nothing_names_is_refused) {
    auto const text = "<Document><BkToCstmrDbtCdtNtfctn><Ntfctn>" + entry("") + "</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>";
    EXPECT_EQ(read(text).entries.at(0).param, "MsgId");
}

TEST(camt054, signs_and_reversals) {
    auto const debit = read(file(entry("<AcctSvcrRef>D1</AcctSvcrRef>", "<Amt Ccy=\"VND\">7000</Amt><CdtDbtInd>DBIT</CdtDbtInd>"))).entries[0];
    EXPECT_EQ(debit.amount, Money{-7'000});
    EXPECT_FALSE(debit.reversal);
    auto const back = read(file(entry("<AcctSvcrRef>HT1</AcctSvcrRef><NtryDtls><TxDtls><Refs><AcctSvcrRef>HT1</AcctSvcrRef><EndToEndId>E9</EndToEndId>"
                                      "<Prtry><Tp>ORIG</Tp><Ref>FT1</Ref></Prtry></Refs></TxDtls></NtryDtls>",
                                      "<Amt Ccy=\"VND\">7000</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd>"))).entries[0];
    EXPECT_TRUE(back.reversal);
    EXPECT_EQ(back.amount, Money{-7'000}) << "the sign is this booking's own";
    EXPECT_EQ(back.originals, (std::vector<std::string>{"FT1", "E9", "HT1"}));
}

TEST(camt054, ids_are_the_same_when_sent_again_and_other_for_every_other) {
    auto const text = file(entry("<AcctSvcrRef>X</AcctSvcrRef>") + entry("<AcctSvcrRef>X</AcctSvcrRef>", "<Amt Ccy=\"VND\">50000</Amt><CdtDbtInd>DBIT</CdtDbtInd>") +
                           entry("<AcctSvcrRef>X</AcctSvcrRef>", "<Amt Ccy=\"VND\">50000</Amt><CdtDbtInd>DBIT</CdtDbtInd><RvslInd>1</RvslInd>") + entry("") + entry("") +
                           entry("<AcctSvcrRef>Y</AcctSvcrRef><NtryDtls><TxDtls><Amt Ccy=\"VND\">25000</Amt></TxDtls><TxDtls><Amt Ccy=\"VND\">25000</Amt></TxDtls></NtryDtls>"));
    auto const first = read(text).entries;
    auto ids = std::set<std::string>{};
    for (auto const& it : first) ids.insert(it.source_id);
    EXPECT_EQ(first.size(), 7U);
    EXPECT_EQ(ids.size(), 7U);
    auto const again = read(text).entries;
    for (auto i = std::size_t{0}; i < first.size(); ++i) EXPECT_EQ(again[i].source_id, first[i].source_id);
}

TEST(camt054, movements_that_cannot_be_taken_say_why) {
    struct {
        char const *amount, *problem, *param;
    } const rows[] = {
        {"<Amt Ccy=\"VND\">50000.50</Amt><CdtDbtInd>CRDT</CdtDbtInd>", "amount_not_whole", "Amt"},
        {"<Amt Ccy=\"USD\">50</Amt><CdtDbtInd>CRDT</CdtDbtInd>", "currency_not_vnd", "Ccy"},
        {"<Amt Ccy=\"VND\">0</Amt><CdtDbtInd>CRDT</CdtDbtInd>", "amount_invalid", "Amt"},
        {"<Amt Ccy=\"VND\">-5</Amt><CdtDbtInd>CRDT</CdtDbtInd>", "amount_invalid", "Amt"},
        {"<Amt Ccy=\"VND\">1e5</Amt><CdtDbtInd>CRDT</CdtDbtInd>", "amount_invalid", "Amt"},
        {"<Amt Ccy=\"VND\">99999999999999999999999</Amt><CdtDbtInd>CRDT</CdtDbtInd>", "amount_invalid", "Amt"},
        {"<Amt Ccy=\"VND\">5</Amt><CdtDbtInd>SIDEWAYS</CdtDbtInd>", "field_invalid", "CdtDbtInd"},
        {"<Amt Ccy=\"VND\">5</Amt>", "field_invalid", "CdtDbtInd"},
    };
    for (auto const& row : rows) {
        auto const it = read(file(entry("", row.amount))).entries;
        ASSERT_EQ(it.size(), 1U) << row.amount;
        EXPECT_EQ(it[0].problem, row.problem) << row.amount;
        EXPECT_EQ(it[0].param, row.param) << row.amount;
    }
    auto const pending = read(file("<Ntry><Amt Ccy=\"VND\">5</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry>")).entries;
    EXPECT_FALSE(pending[0].booked);
}

TEST(camt054, documents_that_are_none_are_refused) {
    auto const bomb = "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>" + file(entry("<AddtlNtryInf>&b;</AddtlNtryInf>")).substr(21);
    auto const outside = "<?xml version=\"1.0\"?><!DOCTYPE d SYSTEM \"file:///etc/passwd\">" + file(entry("")).substr(21);
    struct {
        char const* name;
        std::string text;
    } const rows[] = {
        {"empty", ""}, {"no_xml", "{\"id\":1}"}, {"cut_off", file(entry("")).substr(0, 300)}, {"bomb", bomb}, {"outside_entity", outside},
        {"undeclared_entity", file(entry("<AddtlNtryInf>&b;</AddtlNtryInf>"))},
        {"a_statement", "<Document><BkToCstmrStmt><Stmt/></BkToCstmrStmt></Document>"},
        {"a_part_of_nothing", "<Document><BkToCstmrDbtCdtNtfctn><TxDtls/></BkToCstmrDbtCdtNtfctn></Document>"},
        {"a_part_in_a_part", file(entry("<NtryDtls><TxDtls><TxDtls/></TxDtls></NtryDtls>"))},
        {"an_entry_in_a_part", file(entry("<NtryDtls><TxDtls><Ntry/></TxDtls></NtryDtls>"))},
        {"an_entry_elsewhere", "<Document><BkToCstmrDbtCdtNtfctn><Ntry/></BkToCstmrDbtCdtNtfctn></Document>"},
        {"nothing_in_it", "<Document><BkToCstmrDbtCdtNtfctn/></Document>"},
        {"too_deep", "<Document><BkToCstmrDbtCdtNtfctn>" + [] { auto out = std::string{}; for (auto i = 0; i < 100; ++i) out += "<a>"; return out; }()},
        {"endless_text", file(entry("<AddtlNtryInf>" + std::string(100'000, 'x') + "</AddtlNtryInf>"))},
    };
    for (auto const& row : rows) EXPECT_TRUE(read(row.text).refused) << row.name;
    EXPECT_TRUE(read(bomb).entries.empty()) << "refused before anything in it is read";
}

/// Real banks' files, where the folder of CHOSO_CORPORA is at hand.
TEST(camt054, real_files_are_read) {
    auto const* corpora = std::getenv("CHOSO_CORPORA");
    auto const folder = std::filesystem::path{corpora == nullptr ? "" : corpora} / "statements/camt054";
    if (corpora == nullptr || !std::filesystem::exists(folder)) GTEST_SKIP() << "CHOSO_CORPORA names no folder with statements/camt054";
    auto files = 0, entries = 0;
    for (auto const& it : std::filesystem::recursive_directory_iterator{folder}) {
        if (!it.is_regular_file()) continue;
        auto in = std::ifstream{it.path(), std::ios::binary};
        auto const text = std::string{std::istreambuf_iterator<char>{in}, {}};
        if (text.find("BkToCstmrDbtCdtNtfctn") == std::string::npos) continue;
        auto const got = read(text);
        EXPECT_FALSE(got.refused) << it.path() << ": " << (got.refused ? got.refused->message : "");
        ++files;
        for (auto const& movement : got.entries) {
            ++entries;
            EXPECT_NE(movement.problem, "batch_sum_differs") << it.path() << ' ' << movement.place;
            EXPECT_FALSE(movement.source_id.empty());
        }
    }
    EXPECT_GT(files, 0);
    RecordProperty("entries", entries);
}

}  // namespace
}  // namespace choso::feeds
