#include "gateway/cli/say.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace choso::cli {
namespace {

struct Row {
    char const* name;
    std::vector<std::string_view> args;
    char const* in;
    int exit;
    char const* out;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class Say : public ::testing::TestWithParam<Row> {};

TEST_P(Say, answers) {
    std::istringstream in{GetParam().in};
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(say(GetParam().args, in, out, err), GetParam().exit) << err.str();
    EXPECT_EQ(out.str(), GetParam().out);
    EXPECT_EQ(err.str().empty(), GetParam().exit == 0);
}

INSTANTIATE_TEST_SUITE_P(
    Cli, Say,
    ::testing::Values(Row{"plain", {"105"}, "", 0, "một trăm linh năm\n"},
                      Row{"south", {"1024", "--dialect", "south"}, "", 0, "một ngàn không trăm hai mươi bốn\n"},
                      Row{"equals_sign", {"--dialect=central", "105"}, "", 0, "một trăm lẻ năm\n"},
                      Row{"negative", {"-5"}, "", 0, "âm năm\n"},
                      Row{"lines", {"-"}, "1\r\nx\n2", 1, "một\n\nhai\n"},
                      Row{"no_number", {}, "", 2, ""},
                      Row{"not_a_number", {"12a"}, "", 2, ""},
                      Row{"too_large", {"9223372036854775808"}, "", 2, ""},
                      Row{"two_numbers", {"1", "2"}, "", 2, ""},
                      Row{"unknown_option", {"1", "--loud"}, "", 2, ""},
                      Row{"unknown_dialect", {"1", "--dialect", "west"}, "", 2, ""},
                      Row{"dialect_without_value", {"1", "--dialect"}, "", 2, ""}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(SayHelp, is_on_standard_output) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(say({"--help"}, in, out, err), 0);
    EXPECT_TRUE(out.str().starts_with("usage: choso say"));
}

}  // namespace
}  // namespace choso::cli
