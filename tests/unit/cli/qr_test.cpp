#include "gateway/cli/qr.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "platform/json/json.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view good = "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F";

struct Ran {
    int status;
    std::string out;
    std::string err;
};

Ran run(std::vector<std::string_view> args, std::string input = {}) {
    std::istringstream in{std::move(input)};
    std::ostringstream out;
    std::ostringstream err;
    auto const status = qr(std::move(args), in, out, err);
    return {status, out.str(), err.str()};
}

std::vector<json::Value> answers(std::string const& out) {
    std::vector<json::Value> values;
    std::istringstream lines{out};
    for (std::string line; std::getline(lines, line);) {
        auto value = json::parse(line);
        EXPECT_TRUE(value.ok()) << line;
        if (value.ok()) values.push_back(std::move(value).value());
    }
    return values;
}

TEST(QrParse, answers_with_every_key) {
    auto const ran = run({"parse"}, std::string{good});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out,
              R"({"ok":true,"kind":"vietqr","method":"static","bin":"970416","account":"257678859","service":"QRIBFTTA",)"
              R"("amount":null,"currency":"704","country":"VN","merchant_name":null,"merchant_city":null,"purpose":null,)"
              R"("bill_number":null,"store_label":null,"terminal_label":null,"reference_label":null,"customer_label":null,)"
              R"("loyalty_number":null,"mobile_number":null,"errors":[],"warnings":[]})"
              "\n");
}

TEST(QrParse, answers_each_line_whatever_its_bytes) {
    using namespace std::string_literals;
    auto const input = std::string{good} + "\r\n\n\xFF\xFE\0\"\\\n"s + std::string(3'000'000, 'x') + "\n" + std::string{good};
    auto const ran = run({"parse"}, input);
    EXPECT_EQ(ran.status, 0);
    auto const values = answers(ran.out);
    ASSERT_EQ(values.size(), 5U);
    std::vector<bool> ok;
    for (auto const& value : values) {
        ok.push_back(*value.find("ok")->as_bool());
        EXPECT_EQ(ok.back(), value.find("errors")->items().empty());
    }
    EXPECT_EQ(ok, (std::vector<bool>{true, false, false, false, true}));
    EXPECT_EQ(values[1].find("errors")->items()[0].find("code")->as_string(), "EMPTY");
    EXPECT_EQ(values[3].find("errors")->items()[0].find("offset")->as_int(), 2953);
}

TEST(QrParse, lenient_warns_where_strict_refuses) {
    // Lengths in bytes, as some generators count them.
    std::string const payload =
        "00020101021238570010A00000072701270006970422011301234567890200208QRIBFTTA53037045405100005802VN62260822Thanh toán hóa "
        "đơn6304A0A0";
    auto const strict = answers(run({"parse"}, payload).out);
    auto const lenient = answers(run({"parse", "--lenient"}, payload).out);
    EXPECT_GT(strict[0].find("errors")->items().size(), lenient[0].find("errors")->items().size());
    EXPECT_EQ(lenient[0].find("purpose")->as_string(), "Thanh toán hóa đơn");
}

TEST(QrMake, prints_the_payload) {
    auto const ran = run({"make", "--bin", "970415", "--account=113366668888", "--amount", "79000", "--purpose", "Ủng Hộ Quỹ Vắc Xin"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out,
              "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN62220818Ung Ho Quy "
              "Vac Xin63043ACF\n");
}

struct Row {
    char const* name;
    std::vector<std::string_view> args;
    int status;
    std::string_view said;  // part of what stands on standard error
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class QrRefuses : public ::testing::TestWithParam<Row> {};

TEST_P(QrRefuses, and_says_why) {
    auto const ran = run(GetParam().args, "x\n");
    EXPECT_EQ(ran.status, GetParam().status);
    EXPECT_NE(ran.err.find(GetParam().said), std::string::npos) << ran.err;
}

INSTANTIATE_TEST_SUITE_P(
    Cli, QrRefuses,
    ::testing::Values(
        Row{"nothing", {}, 2, "usage"},  //
        Row{"unknown_command", {"draw"}, 2, "draw"},
        Row{"unknown_option", {"parse", "--strict"}, 2, "--strict"},
        Row{"argument", {"parse", "payload"}, 2, "payload"},
        Row{"option_twice", {"make", "--bin", "1", "--bin", "2"}, 2, "--bin"},
        Row{"option_without_value", {"make", "--bin"}, 2, "--bin"},
        Row{"flag_with_value", {"parse", "--lenient=1"}, 2, "--lenient"},
        Row{"no_account", {"make", "--bin", "970436"}, 2, "--account"},
        Row{"unknown_format", {"make", "--bin", "970436", "--account", "1", "--format", "gif"}, 2, "--format"},
        Row{"unknown_bank", {"make", "--bin", "970499", "--account", "1"}, 1, "unknown_bin"},
        Row{"negative", {"make", "--bin", "970436", "--account", "1", "--amount", "-5"}, 1, "amount"},
        Row{"nought", {"make", "--bin", "970436", "--account", "1", "--amount", "0"}, 1, "amount"},
        Row{"half", {"make", "--bin", "970436", "--account", "1", "--amount", "10.5"}, 1, "amount"},
        Row{"too_much", {"make", "--bin", "970436", "--account", "1", "--amount", "500000000"}, 1, "amount"},
        Row{"far_too_much", {"make", "--bin", "970436", "--account", "1", "--amount", "99999999999999999999"}, 1, "amount"},
        Row{"no_such_folder", {"make", "--bin", "970436", "--account", "1", "--out", "/nowhere/at/all"}, 1, "/nowhere/at/all"},
        Row{"verify_without_account", {"verify", "--expect-bin", "970436"}, 2, "--expect-account"},
        Row{"verify_amount", {"verify", "--expect-bin", "1", "--expect-account", "1", "--expect-amount", "x"}, 2, "--expect-amount"},
        Row{"verify_differs", {"verify", "--expect-bin", "970436", "--expect-account", "1"}, 1, "do not match"}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(QrVerify, answers_what_differs) {
    EXPECT_EQ(run({"verify", "--expect-bin", "970416", "--expect-account", "257678859"}, std::string{good} + "\n").out,
              "{\"match\":true,\"differences\":[]}\n");
    auto const ran = run({"verify", "--expect-bin", "970416", "--expect-account", "257678850"}, std::string{good});
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(ran.out, R"({"match":false,"differences":[{"code":"ACCOUNT_DIFFERS","field":"account",)"
                       R"("expected":"257678850","actual":"257678859",)"
                       R"("words":"Mã ghi số tài khoản 257678859, đúng ra phải là 257678850"}]})"
                       "\n");
}

TEST(QrVerify, nothing_is_no_match) {
    auto const ran = run({"verify", "--expect-bin", "970416", "--expect-account", "1"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_EQ(answers(ran.out).size(), 1U);
}

TEST(QrHelp, is_on_standard_output) {
    for (std::vector<std::string_view> args : {std::vector<std::string_view>{"--help"}, {"make", "--help"}, {"parse", "-h"}}) {
        auto const ran = run(args);
        EXPECT_EQ(ran.status, 0);
        EXPECT_TRUE(ran.out.starts_with("usage: choso qr"));
    }
}

TEST(QrMake, draws) {
    EXPECT_TRUE(run({"make", "--bin", "970436", "--account", "1", "--format", "png"}).out.starts_with("\x89PNG"));
    EXPECT_TRUE(run({"make", "--bin", "970436", "--account", "1", "--format", "svg"}).out.starts_with("<svg"));
    EXPECT_TRUE(run({"make", "--bin", "970436", "--account", "1", "--format", "pdf"}).out.starts_with("%PDF-1.4"));
}

}  // namespace
}  // namespace choso::cli
