#include "gateway/cli/reference.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "base/reference.hpp"

namespace choso::cli {
namespace {

struct Answer {
    int exit;
    std::string out;
    std::string err;
};

Answer run(std::vector<std::string_view> args, std::string const& input = {}) {
    std::istringstream in{input};
    std::ostringstream out;
    std::ostringstream err;
    auto const exit = reference(std::move(args), in, out, err);
    return {exit, out.str(), err.str()};
}

TEST(ReferenceMake, gives_so_many_different_codes_a_line) {
    auto const answer = run({"make", "--kind", "order", "--count", "1000", "--seed", "7"});
    EXPECT_EQ(answer.exit, 0);
    std::set<std::string> codes;
    std::istringstream lines{answer.out};
    for (std::string line; std::getline(lines, line);) {
        auto const code = Reference::parse_exact(line);
        ASSERT_TRUE(code) << line;
        EXPECT_TRUE(code->may_be_issued()) << line;
        codes.insert(line);
    }
    EXPECT_EQ(codes.size(), 1000U);
    EXPECT_EQ(run({"make", "--count=1000", "--seed=7", "--kind=order"}).out, answer.out);
    EXPECT_NE(run({"make", "--kind", "order", "--count", "1000", "--seed", "8"}).out, answer.out);
    EXPECT_NE(run({"make", "--kind", "stall", "--count", "1000", "--seed", "7"}).out, answer.out);
    EXPECT_NE(run({"make", "--kind", "order", "--count", "1000"}).out, run({"make", "--kind", "order", "--count", "1000"}).out);
}

TEST(ReferenceScan, without_a_live_file_lists_only_exact_codes) {
    auto const answer = run({"scan"}, "tt kxb4 fp12 xl5m zj\n\nKXB4FP13XL5MZJ\n\xff\xfe KXDBSH9N23SK6K,KX00000000TBHC");
    EXPECT_EQ(answer.exit, 0);
    EXPECT_EQ(answer.out,
              "{\"line\":1,\"found\":[{\"code\":\"KXB4FP12XL5MZJ\",\"how\":\"exact\"}]}\n"
              "{\"line\":2,\"found\":[]}\n"
              "{\"line\":3,\"found\":[]}\n"
              "{\"line\":4,\"found\":[{\"code\":\"KXDBSH9N23SK6K\",\"how\":\"exact\"},{\"code\":\"KX00000000TBHC\",\"how\":\"exact\"}]}\n");
}

class LiveFile : public ::testing::Test {
 protected:
    std::string with(std::string_view text) {
        std::ofstream{path_, std::ios::binary} << text;
        return path_;
    }
    void TearDown() override { std::remove(path_.c_str()); }

 private:
    std::string path_ = ::testing::TempDir() + "/choso_live_codes_" + ::testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(LiveFile, decides_what_is_found) {
    auto const file = with("KXB4FP12XL5MZJ\r\n\nkx00 0000 00tb hc\n");
    auto const answer = run({"scan", "--live", file}, "KXB4FP13XL5MZJ\nKXB4FP1X2L5MZJ\nKXB4FP12XL5MZ\nKXB4FP112XL5MZJ\nKXDBSH9N23SK6K\n");
    EXPECT_EQ(answer.exit, 0) << answer.err;
    EXPECT_EQ(answer.out,
              "{\"line\":1,\"found\":[{\"code\":\"KXB4FP12XL5MZJ\",\"how\":\"substitution\"}]}\n"
              "{\"line\":2,\"found\":[{\"code\":\"KXB4FP12XL5MZJ\",\"how\":\"swap\"}]}\n"
              "{\"line\":3,\"found\":[{\"code\":\"KXB4FP12XL5MZJ\",\"how\":\"missing\"}]}\n"
              "{\"line\":4,\"found\":[{\"code\":\"KXB4FP12XL5MZJ\",\"how\":\"extra\"}]}\n"
              "{\"line\":5,\"found\":[]}\n");
}

TEST_F(LiveFile, with_something_else_in_it_is_refused) {
    auto const answer = run({"scan", "--live", with("KXB4FP12XL5MZJ\nKXB4FP12XL5MZK\n")}, "x\n");
    EXPECT_EQ(answer.exit, 1);
    EXPECT_NE(answer.err.find("line 2"), std::string::npos) << answer.err;
    EXPECT_EQ(run({"scan", "--live", "/nowhere/at/all"}).exit, 1);
}

struct Row {
    char const* name;
    std::vector<std::string_view> args;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class Misuse : public ::testing::TestWithParam<Row> {};

TEST_P(Misuse, is_two_with_a_reason) {
    auto const answer = run(GetParam().args);
    EXPECT_EQ(answer.exit, 2);
    EXPECT_TRUE(answer.out.empty());
    EXPECT_FALSE(answer.err.empty());
}

INSTANTIATE_TEST_SUITE_P(Cli, Misuse,
                         ::testing::Values(Row{"nothing", {}}, Row{"unknown_word", {"find"}}, Row{"no_kind", {"make", "--count", "1"}},
                                           Row{"no_count", {"make", "--kind", "fee"}},
                                           Row{"bad_kind", {"make", "--kind", "rent", "--count", "1"}},
                                           Row{"zero", {"make", "--kind", "fee", "--count", "0"}},
                                           Row{"negative", {"make", "--kind", "fee", "--count", "-1"}},
                                           Row{"not_whole", {"make", "--kind", "fee", "--count", "1.5"}},
                                           Row{"no_value", {"make", "--kind", "fee", "--count"}},
                                           Row{"unknown_option", {"scan", "--all"}}, Row{"live_without_file", {"scan", "--live"}}),
                         [](auto const& row) { return std::string{row.param.name}; });

TEST(ReferenceHelp, is_on_standard_output) {
    for (auto args : {std::vector<std::string_view>{"--help"}, {"make", "--help"}, {"scan", "--help"}}) {
        auto const answer = run(args);
        EXPECT_EQ(answer.exit, 0);
        EXPECT_TRUE(answer.out.starts_with("usage: choso reference"));
    }
}

}  // namespace
}  // namespace choso::cli
