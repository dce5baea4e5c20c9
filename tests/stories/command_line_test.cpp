// The program's contract, by running it: what needs no database needs none, and bad input never shows a stack trace.
#include <fstream>
#include <set>
#include <sstream>
#include <sys/stat.h>

#include "base/reference.hpp"
#include "qr/vietqr.hpp"
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

/// Runs `choso` with nothing configured.
support::Finished bare(std::vector<std::string> arguments, std::string const& input = {},
                       std::map<std::string, std::string> environment = {}) {
    support::TemporaryFolder const folder;
    auto const file = folder.path() / "input";
    std::ofstream{file, std::ios::binary} << input;
    arguments.insert(arguments.begin(), support::Cluster::program().string());
    environment.try_emplace("CHOSO_DATABASE__URL", "");
    environment.try_emplace("CHOSO_DATABASE__OWNER_URL", "");
    return support::run({.arguments = std::move(arguments), .environment = std::move(environment), .output = {}, .input = file});
}

std::vector<std::string> lines_of(std::string const& text) {
    auto out = std::vector<std::string>{};
    auto in = std::istringstream{text};
    for (std::string line; std::getline(in, line);) out.push_back(line);
    return out;
}

struct Row {
    std::string name;
    std::vector<std::string> arguments;
    int status;
    std::string says;  ///< somewhere in what it wrote
    std::string input = {};
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class CommandLine : public testing::TestWithParam<Row> {};

TEST_P(CommandLine, ends_as_promised) {
    auto const& row = GetParam();
    auto const finished = bare(row.arguments, row.input);
    EXPECT_EQ(finished.status, row.status) << finished.output;
    EXPECT_NE(finished.output.find(row.says), std::string::npos) << finished.output;
    for (auto const* sign : {"terminate called", "what():", "Assertion", "Segmentation", "core dumped", "/usr/include"})
        EXPECT_EQ(finished.output.find(sign), std::string::npos) << finished.output;
}

INSTANTIATE_TEST_SUITE_P(
    usage, CommandLine,
    testing::Values(Row{"nothing", {}, 2, "usage"}, Row{"help", {"--help"}, 0, "serve"}, Row{"version", {"--version"}, 0, "choso 0."},
                    Row{"unknown_subcommand", {"sevre"}, 2, "sevre"}, Row{"serve_help", {"serve", "--help"}, 0, "usage"},
                    Row{"migrate_help", {"migrate", "--help"}, 0, "usage"}, Row{"seed_help", {"seed", "--help"}, 0, "usage"},
                    Row{"config_help", {"config", "--help"}, 0, "usage"}, Row{"admin_help", {"admin", "--help"}, 0, "usage"},
                    Row{"clock_help", {"clock", "--help"}, 0, "usage"}, Row{"verify_help", {"verify", "--help"}, 0, "usage"},
                    Row{"ledger_help", {"ledger", "--help"}, 0, "usage"}, Row{"qr_help", {"qr", "--help"}, 0, "usage"},
                    Row{"qr_make_help", {"qr", "make", "--help"}, 0, "usage"},
                    Row{"reference_help", {"reference", "--help"}, 0, "usage"}, Row{"say_help", {"say", "--help"}, 0, "usage"}),
    [](auto const& tested) { return tested.param.name; });

INSTANTIATE_TEST_SUITE_P(
    unknown_options, CommandLine,
    testing::Values(Row{"serve", {"serve", "--fast"}, 2, "--fast"}, Row{"migrate", {"migrate", "--fast"}, 2, "--fast"},
                    Row{"seed", {"seed", "demo", "--fast"}, 2, "--fast"}, Row{"config", {"config", "check", "--fast"}, 2, "--fast"},
                    Row{"admin", {"admin", "key", "list", "--fast"}, 2, "--fast"}, Row{"clock", {"clock", "show", "--fast"}, 2, "--fast"},
                    Row{"verify", {"verify", "--fast"}, 2, "--fast"}, Row{"ledger", {"ledger", "export", "--fast"}, 2, "--fast"},
                    Row{"qr_parse", {"qr", "parse", "--fast"}, 2, "--fast"}, Row{"qr_make", {"qr", "make", "--fast"}, 2, "--fast"},
                    Row{"reference", {"reference", "make", "--fast"}, 2, "--fast"}, Row{"say", {"say", "1", "--fast"}, 2, "--fast"}),
    [](auto const& tested) { return tested.param.name; });

INSTANTIATE_TEST_SUITE_P(
    without_a_database, CommandLine,
    testing::Values(Row{"serve", {"serve"}, 1, "database"}, Row{"migrate", {"migrate"}, 1, "database"},
                    Row{"verify", {"verify"}, 1, "database"}, Row{"admin", {"admin", "key", "list"}, 1, "database"},
                    Row{"clock", {"clock", "show"}, 1, "database"}, Row{"ledger", {"ledger", "export"}, 1, "database"},
                    Row{"say", {"say", "1151800"}, 0, "một triệu một trăm năm mươi mốt nghìn tám trăm"},
                    Row{"say_south", {"say", "1004", "--dialect", "south"}, 0, "một ngàn không trăm lẻ bốn"},
                    Row{"say_nonsense", {"say", "5e4"}, 2, "5e4"}),
    [](auto const& tested) { return tested.param.name; });

INSTANTIATE_TEST_SUITE_P(
    codes_refused, CommandLine,
    testing::Values(Row{"amount_zero", {"qr", "make", "--bin", "970436", "--account", "123", "--amount", "0"}, 1, "amount"},
                    Row{"amount_negative", {"qr", "make", "--bin", "970436", "--account", "123", "--amount", "-5"}, 1, "amount"},
                    Row{"amount_fraction", {"qr", "make", "--bin", "970436", "--account", "123", "--amount", "1.5"}, 1, "amount"},
                    Row{"amount_too_high", {"qr", "make", "--bin", "970436", "--account", "123", "--amount", "500000000"}, 1, "amount"},
                    Row{"account_too_long", {"qr", "make", "--bin", "970436", "--account", "12345678901234567890"}, 1, "account"},
                    Row{"bin_unknown", {"qr", "make", "--bin", "999999", "--account", "123"}, 1, "bin"},
                    Row{"purpose_too_long",
                        {"qr", "make", "--bin", "970436", "--account", "123", "--purpose", "mot hai ba bon nam sau bay tam"}, 1, "purpose"}),
    [](auto const& tested) { return tested.param.name; });

TEST(command_line, qr_parse_answers_each_line_whatever_it_is) {
    auto const good = bare({"qr", "make", "--bin", "970436", "--account", "0123456789", "--amount", "50000", "--purpose", "rau muong"});
    ASSERT_EQ(good.status, 0) << good.output;
    auto const input = good.output + "\n\xff\xfe\x01 no\n" + good.output.substr(0, 40) + "\n" + std::string(20'000, 'A') + "\n" +
                       std::string{"a\0b", 3} + "\n00020101021138\n";
    auto const answered = lines_of(bare({"qr", "parse"}, input).output);
    ASSERT_EQ(answered.size(), 7U);
    for (std::size_t i = 0; i < answered.size(); ++i) {
        auto const line = parsed(answered[i]);
        EXPECT_EQ(text_at(line, "ok"), i == 0 ? "true" : "false") << answered[i];
        EXPECT_EQ(at(line, "errors")->items().empty(), i == 0) << answered[i];
        for (auto const* member : {"kind", "method", "bin", "account", "service", "amount", "currency", "country", "merchant_name",
                                   "merchant_city", "purpose", "bill_number", "store_label", "terminal_label", "reference_label",
                                   "customer_label", "loyalty_number", "mobile_number", "warnings"})
            EXPECT_NE(at(line, member), nullptr) << member;
        for (auto const& error : at(line, "errors")->items()) {
            EXPECT_FALSE(text_at(error, "code").empty());
            EXPECT_FALSE(text_at(error, "offset").empty());
        }
    }
    auto const first = parsed(answered[0]);
    EXPECT_EQ(text_at(first, "bin"), "970436");
    EXPECT_EQ(text_at(first, "amount"), "50000");
    EXPECT_EQ(text_at(first, "purpose"), "rau muong");
    EXPECT_EQ(text_at(first, "method"), "dynamic");
}

TEST(command_line, qr_verify_says_what_differs) {
    auto const made = bare({"qr", "make", "--bin", "970436", "--account", "0123456789", "--amount", "50000"}).output;
    auto const verify = [&](std::vector<std::string> const& expected) {
        auto arguments = std::vector<std::string>{"qr", "verify"};
        arguments.insert(arguments.end(), expected.begin(), expected.end());
        auto const finished = bare(arguments, made);
        auto answer = parsed(lines_of(finished.output).at(0));
        EXPECT_EQ(finished.status, text_at(answer, "match") == "true" ? 0 : 1);
        return answer;
    };
    auto const same = verify({"--expect-bin", "970436", "--expect-account", "0123456789", "--expect-amount", "50000"});
    EXPECT_EQ(text_at(same, "match"), "true");
    EXPECT_TRUE(at(same, "differences")->items().empty());
    auto const other = verify({"--expect-bin", "970436", "--expect-account", "9876543210", "--expect-amount", "50001"});
    EXPECT_EQ(text_at(other, "match"), "false");
    EXPECT_EQ(at(other, "differences")->items().size(), 2U);
}

TEST(command_line, references_are_made_distinct_and_found_again) {
    auto const made = bare({"reference", "make", "--kind", "order", "--count", "500", "--seed", "7"});
    ASSERT_EQ(made.status, 0) << made.output;
    EXPECT_EQ(bare({"reference", "make", "--kind", "order", "--count", "500", "--seed", "7"}).output, made.output);
    auto const codes = lines_of(made.output);
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 500U);
    std::string input;
    for (auto const& code : codes) {
        EXPECT_TRUE(Reference::parse_exact(code).has_value()) << code;
        input += "MBVCB.123." + code + ".CT tu 0123\n";
    }
    auto const found = lines_of(bare({"reference", "scan"}, input).output);
    ASSERT_EQ(found.size(), 500U);
    for (std::size_t i = 0; i < found.size(); ++i) {
        auto const line = parsed(found[i]);
        EXPECT_EQ(text_at(line, "line"), std::to_string(i + 1));
        ASSERT_EQ(at(line, "found")->items().size(), 1U) << found[i];
        EXPECT_EQ(text_at(at(line, "found")->items()[0], "code"), codes[i]);
        EXPECT_EQ(text_at(at(line, "found")->items()[0], "how"), "exact");
    }
}

TEST(command_line, an_unknown_key_of_the_configuration_names_the_nearest) {
    support::TemporaryFolder const folder;
    auto const file = folder.path() / "choso.toml";
    std::ofstream{file} << "[http]\nprot = 9000\n";
    auto const in_file = bare({"config", "check", "--config", file.string()});
    EXPECT_EQ(in_file.status, 1) << in_file.output;
    EXPECT_NE(in_file.output.find("http.prot"), std::string::npos) << in_file.output;
    EXPECT_NE(in_file.output.find("http.port"), std::string::npos) << in_file.output;
    auto const in_environment = bare({"config", "check"}, {}, {{"CHOSO_CORE__LANE", "3"}});
    EXPECT_EQ(in_environment.status, 1);
    EXPECT_NE(in_environment.output.find("CHOSO_CORE__LANES"), std::string::npos) << in_environment.output;
    auto const value = bare({"config", "check"}, {}, {{"CHOSO_HTTP__PORT", "99999"}});
    EXPECT_EQ(value.status, 1);
    EXPECT_NE(value.output.find("CHOSO_HTTP__PORT"), std::string::npos) << value.output;
    auto const secret = bare({"config", "print"}, {}, {{"CHOSO_DATABASE__URL", "postgresql://choso:hidden@127.0.0.1/choso"}});
    EXPECT_EQ(secret.status, 0) << secret.output;
    EXPECT_EQ(secret.output.find("hidden"), std::string::npos) << secret.output;
}

class Demo : public SharedProvince {};

TEST_F(Demo, seeded_twice_keeps_every_key_and_id) {
    auto const file = province().folder.path() / "demo.json";
    auto const before = support::read_file(file);
    auto const again = province().choso({"seed", "demo", "--file", file.string(), "--base-url", province().base_url});
    EXPECT_EQ(again.status, 0) << again.output;
    EXPECT_EQ(support::read_file(file), before);
    EXPECT_EQ(province().sql("select count(*) from stall"), "24");

    auto const moved = province().choso({"seed", "demo", "--file", file.string(), "--base-url", "http://127.0.0.1:9"});
    EXPECT_EQ(moved.status, 0) << moved.output;
    auto const after = parsed(support::read_file(file));
    auto const old = parsed(before);
    for (auto const* kept : {"merchant", "stall", "api_key", "sepay.api_key", "other_api_key", "school.merchant"})
        EXPECT_EQ(text_at(after, kept), text_at(old, kept)) << kept;
    EXPECT_EQ(text_at(after, "stall_url").rfind("http://127.0.0.1:9/stall/", 0), 0U) << text_at(after, "stall_url");
}

TEST_F(Demo, the_file_has_the_contracts_fields_and_is_for_its_owner_alone) {
    auto const file = province().folder.path() / "demo.json";
    struct stat about {};
    ASSERT_EQ(::stat(file.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777U, 0600U);
    for (auto const* field : {"base_url", "stall_url", "data_dir", "database_url", "merchant", "stall", "bank_account.bin",
                              "bank_account.account", "bank_account.holder", "api_key", "sepay.api_key", "school.merchant"})
        EXPECT_FALSE(text_at(province().demo, field).empty()) << field;
}

TEST_F(Demo, admin_refuses_nonsense_with_a_reason) {
    struct {
        std::vector<std::string> arguments;
        int status;
    } const rows[] = {{{"admin", "merchant", "create", "--name", "", "--kind", "household"}, 1},
                      {{"admin", "merchant", "create", "--name", "A", "--kind", "bakery"}, 1},
                      {{"admin", "merchant", "create"}, 2},
                      {{"admin", "key", "create", "--name", "k", "--merchant", "mer_x", "--scope", "events:read"}, 2},
                      {{"admin", "key", "create", "--name", "k", "--merchant", province().stall().merchant, "--scope", "all"}, 1},
                      {{"admin", "account", "create", "--merchant", province().stall().merchant, "--bank", "970436", "--number",
                        province().stall().account, "--holder", "A"},
                       1},
                      {{"admin", "oven", "list"}, 2},
                      {{"admin", "notices", "--limit", "many"}, 2}};
    for (auto const& row : rows) {
        SCOPED_TRACE(row.arguments[1] + " " + (row.arguments.size() > 2 ? row.arguments[2] : ""));
        auto const finished = province().choso(row.arguments);
        EXPECT_EQ(finished.status, row.status) << finished.output;
        EXPECT_FALSE(finished.output.empty());
        EXPECT_EQ(finished.output.find("ERROR:"), std::string::npos) << "a database's own words: " << finished.output;
    }
}

TEST_F(Demo, the_journal_is_exported_and_hledger_agrees) {
    auto const stall = province().stall();
    auto const asked = stall.asks(50'000);
    province().bank().credits(asked, 50'000);
    auto const journal = province().choso({"ledger", "export", "--format", "hledger"});
    ASSERT_EQ(journal.status, 0) << journal.output;
    auto const file = province().folder.path() / "book.journal";
    std::ofstream{file, std::ios::binary} << journal.output;
    auto const checked = support::run({.arguments = {"hledger", "-f", file.string(), "check"}, .environment = {}, .output = {}, .input = {}});
    EXPECT_EQ(checked.status, 0) << checked.output;
    EXPECT_EQ(lines_of(province().choso({"ledger", "export", "--format", "csv"}).output).size(), 3U) << "a header and two entries";
}

}  // namespace
}  // namespace choso::stories
