// Payment files and what banks say of them: the schemas and real reports where they are at hand (CHOSO_CORPORA), our own always.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "settlement/batches/pain001.hpp"
#include "settlement/batches/pain002.hpp"
#include "tests/support/process.hpp"

namespace choso::settlement {
namespace {

using payments::PayoutAnswer;

PaymentOrder order() {
    auto out = PaymentOrder{};
    out.id = "pf_01k0000000000000000000000a";
    out.created_at = Instant{std::chrono::seconds{1'764'000'000}};
    out.execute_on = std::chrono::sys_days{std::chrono::year{2026} / 11 / 28};
    out.debtor = "Ban quản lý chợ Đồng Quang & Con <Ltd>";
    out.debtor_bin = "970436";
    out.debtor_account = "0011001234567";
    out.transfers = {{"po_01k0000000000000000000000b", "KXB4FP12XL5MZJ", Money{1'250'000}, "970415", "108001234567", "NGUYỄN THỊ HOA", "KXB4FP12XL5MZJ QUYET TOAN sạp 12"},
                     {"po_01k0000000000000000000000c", "KX3CM1K6121492", Money{499'999'999}, "970422", "0987654321", "TRẦN VĂN \"B\", Đội 3", "KX3CM1K6121492 QUYET TOAN"}};
    return out;
}

std::filesystem::path corpora() {
    auto const* said = std::getenv("CHOSO_CORPORA");
    return said == nullptr ? std::filesystem::path{} : std::filesystem::path{said};
}

TEST(payment_files, are_valid_against_the_standards_schemas) {
    if (corpora().empty()) GTEST_SKIP() << "CHOSO_CORPORA is not set";
    auto const folder = support::TemporaryFolder{};
    for (auto const format : {PaymentFileFormat::pain001_03, PaymentFileFormat::pain001_09}) {
        auto const file = folder.path() / (std::string{word(format)} + ".xml");
        std::ofstream{file} << write_payment_file(order(), format);
        auto const schema = corpora() / "xsd" / (std::string{word(format)} + ".xsd");
        auto const checked = support::run({.arguments = {"/usr/bin/xmllint", "--noout", "--nonet", "--schema", schema.string(), file.string()}, .environment = {}, .output = {}, .input = {}});
        EXPECT_EQ(checked.status, 0) << checked.output;
    }
}

TEST(payment_files, carry_control_sums_and_nothing_that_a_bank_refuses) {
    auto const xml = write_payment_file(order(), PaymentFileFormat::pain001_09);
    EXPECT_NE(xml.find("<NbOfTxs>2</NbOfTxs><CtrlSum>501249999</CtrlSum>"), std::string::npos);
    EXPECT_NE(xml.find("<EndToEndId>KXB4FP12XL5MZJ</EndToEndId>"), std::string::npos);
    EXPECT_NE(xml.find("<Nm>NGUYEN THI HOA</Nm>"), std::string::npos);
    EXPECT_NE(xml.find("Ban quan ly cho Dong Quang Con Ltd"), std::string::npos) << xml;
    for (auto const format : {PaymentFileFormat::csv_vietcombank, PaymentFileFormat::csv_bidv, PaymentFileFormat::csv_mb}) {
        auto const csv = write_payment_file(order(), format);
        EXPECT_NE(csv.find("501249999"), std::string::npos) << word(format);
        EXPECT_NE(csv.find("\"TRAN VAN B , Doi 3\""), std::string::npos) << csv;
        EXPECT_EQ(payment_file_format_of(word(format)), format);
    }
    EXPECT_EQ(write_payment_file(order(), PaymentFileFormat::pain001_03), write_payment_file(order(), PaymentFileFormat::pain001_03));
}

std::string report(std::string const& group, std::string const& rest) {
    return R"(<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>R1</MsgId></GrpHdr>)"
           R"(<OrgnlGrpInfAndSts><OrgnlMsgId>pf_1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>)" + group + "</OrgnlGrpInfAndSts>" + rest + "</CstmrPmtStsRpt></Document>";
}
std::string batch(std::string const& status, std::string const& transfers) {
    return "<OrgnlPmtInfAndSts><OrgnlPmtInfId>pf_1</OrgnlPmtInfId>" + (status.empty() ? "" : "<PmtInfSts>" + status + "</PmtInfSts>") + transfers + "</OrgnlPmtInfAndSts>";
}
std::string transfer(std::string const& id, std::string const& status, std::string const& reason = {}) {
    return "<TxInfAndSts><OrgnlInstrId>" + id + "</OrgnlInstrId><TxSts>" + status + "</TxSts>" +
           (reason.empty() ? "" : "<StsRsnInf><Rsn><Cd>" + reason + "</Cd></Rsn></StsRsnInf>") + "</TxInfAndSts>";
}

TEST(status_reports, speak_at_three_levels_and_the_lowest_wins) {
    struct Case {
        std::string name, document;
        std::optional<PayoutAnswer> a, b;
    };
    auto const rejected = std::string{"<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>DU01</Cd></Rsn></StsRsnInf>"};
    for (auto const& [name, document, a, b] : {
             Case{"group rejected", report(rejected, ""), PayoutAnswer::failed, PayoutAnswer::failed},
             {"group accepted", report("<GrpSts>ACCP</GrpSts>", ""), PayoutAnswer::pending, PayoutAnswer::pending},
             {"batch settled", report("", batch("ACSC", "")), PayoutAnswer::succeeded, PayoutAnswer::succeeded},
             {"one rejected of a part", report("<GrpSts>PART</GrpSts>", batch("PART", transfer("a", "RJCT", "AC01"))), PayoutAnswer::failed, PayoutAnswer::pending},
             {"transfer over batch", report("", batch("RJCT", transfer("a", "ACSC"))), PayoutAnswer::succeeded, PayoutAnswer::failed},
             {"says nothing", report("", ""), std::nullopt, std::nullopt},
         }) {
        auto const read = read_status_report(document);
        ASSERT_TRUE(read.ok()) << name;
        auto const of = [&](std::string const& id) -> std::optional<PayoutAnswer> {
            auto const verdict = verdict_of(*read, "pf_1", id, "");
            return verdict ? std::optional{verdict->answer} : std::nullopt;
        };
        EXPECT_EQ(of("a"), a) << name;
        EXPECT_EQ(of("b"), b) << name;
    }
    EXPECT_EQ(verdict_of(*read_status_report(report("", batch("", transfer("a", "RJCT", "AC04")))), "pf_1", "a", "")->reason, "AC04");
}

TEST(status_reports, that_are_none_are_refused_with_a_reason) {
    for (auto const* text : {"", "no xml", "<Document><BkToCstmrStmt/></Document>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<Document><CstmrPmtStsRpt>"}) {
        auto const read = read_status_report(text);
        ASSERT_FALSE(read.ok()) << text;
        EXPECT_FALSE(read.error().why.empty());
    }
}

TEST(status_reports, of_banks_are_read_at_their_levels) {
    if (corpora().empty()) GTEST_SKIP() << "CHOSO_CORPORA is not set";
    auto levels = std::map<std::string, int>{};
    auto files = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{corpora() / "statements" / "pain002"}) {
        if (entry.path().extension() != ".xml") continue;
        auto in = std::ifstream{entry.path()};
        auto const text = std::string{std::istreambuf_iterator<char>{in}, {}};
        auto const read = read_status_report(text);
        ASSERT_TRUE(read.ok()) << entry.path().filename() << ": " << read.error().why;
        ++files;
        auto said = std::string{};
        if (!read->word.status.empty()) said += " group " + read->word.status, ++levels["group"];
        for (auto const& each : read->batches) {
            if (!each.word.status.empty()) said += " batch " + each.word.status, ++levels["batch"];
            for (auto const& one : each.transfers) said += " transfer " + one.word.status + (one.word.reason.empty() ? "" : "/" + one.word.reason), ++levels["transfer"];
        }
        EXPECT_FALSE(said.empty()) << entry.path().filename() << " says nothing at any level";
        std::cout << "  " << entry.path().filename().string() << ':' << said << '\n';
    }
    EXPECT_GT(files, 0);
    for (auto const* level : {"group", "batch", "transfer"}) EXPECT_GT(levels[level], 0) << level;
}

}  // namespace
}  // namespace choso::settlement
