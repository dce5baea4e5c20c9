#include "gateway/cli/settings.hpp"

#include <gtest/gtest.h>

#include "gateway/cli/options.hpp"

namespace choso::cli {
namespace {

using Args = std::vector<std::string_view>;

TEST(Settings, have_defaults_for_all_but_the_database) {
    Args args;
    auto const settings = Settings::load(args, {});
    ASSERT_TRUE(settings.ok());
    EXPECT_EQ(settings->http_base_url, "http://localhost:8080");
    EXPECT_EQ(settings->http_listen, "127.0.0.1");
    EXPECT_EQ(settings->core_lanes, 2);
    EXPECT_TRUE(settings->webhooks_allow.empty());
    EXPECT_EQ(settings->demo_file, std::nullopt);
}

TEST(Settings, the_owner_s_database_is_the_server_s_unless_it_is_named) {
    Args args;
    EXPECT_EQ(Settings::load(args, {{"CHOSO_DATABASE__URL", "a"}})->database_owner_url, "a");
    EXPECT_EQ(Settings::load(args, {{"CHOSO_DATABASE__URL", "a"}, {"CHOSO_DATABASE__OWNER_URL", "b"}})->database_owner_url, "b");
}

TEST(Settings, the_base_url_follows_the_port_and_ends_without_slash) {
    Args args;
    EXPECT_EQ(Settings::load(args, {{"CHOSO_HTTP__PORT", "9"}})->http_base_url, "http://localhost:9");
    EXPECT_EQ(Settings::load(args, {{"CHOSO_HTTP__BASE_URL", "https://a.vn/"}})->http_base_url, "https://a.vn");
}

TEST(Settings, an_unknown_key_names_the_nearest) {
    Args args;
    auto const settings = Settings::load(args, {{"CHOSO_HTTP__PROT", "9"}});
    ASSERT_FALSE(settings.ok());
    EXPECT_NE(settings.error().front().find("CHOSO_HTTP__PORT"), std::string::npos);
}

TEST(Settings, the_config_option_is_taken_out_wherever_it_stands) {
    for (auto args : {Args{"a", "--config", "/nowhere.toml", "b"}, Args{"a", "b", "--config=/nowhere.toml"}}) {
        auto const settings = Settings::load(args, {});
        EXPECT_EQ(args, (Args{"a", "b"}));
        ASSERT_FALSE(settings.ok());
        EXPECT_NE(settings.error().front().find("/nowhere.toml"), std::string::npos);
    }
    for (auto args : {Args{"--config"}, Args{"--config="}, Args{"--config", "a", "--config", "b"}})
        EXPECT_FALSE(Settings::load(args, {}).ok());
}

TEST(Settings, an_example_file_is_a_valid_one) { EXPECT_NE(Settings::schema().example().find("[http]"), std::string::npos); }

struct Row {
    char const* name;
    Args args;
    char const* complaint;  ///< how it begins; empty if there is none
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class OptionRules : public ::testing::TestWithParam<Row> {};

TEST_P(OptionRules, hold) {
    auto const options = Options::parse(GetParam().args, {"--flag", "--one=", "--many=*"});
    auto const complaint = options.ok() ? std::string{} : options.error().text;
    EXPECT_EQ(options.ok(), std::string_view{GetParam().complaint}.empty());
    EXPECT_TRUE(complaint.starts_with(GetParam().complaint)) << complaint;
}

INSTANTIATE_TEST_SUITE_P(
    Cli, OptionRules,
    ::testing::Values(Row{"all_kinds", {"word", "--flag", "--one", "1", "--many=a", "--many", "b"}, ""},
                      Row{"unknown", {"--two"}, "unknown option --two"}, Row{"short", {"-x"}, "unknown option -x"},
                      Row{"twice", {"--one=1", "--one=2"}, "given twice"}, Row{"no_value", {"--one"}, "needs a value"},
                      Row{"value_of_a_flag", {"--flag=1"}, "takes no value"}, Row{"a_dash_is_a_word", {"-"}, ""}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Options, keep_values_and_words) {
    auto const options = *Options::parse({"a", "--many=1", "b", "--many", "2"}, {"--many=*", "--one="});
    EXPECT_EQ(options.words(), (Args{"a", "b"}));
    EXPECT_EQ(options.all("--many"), (Args{"1", "2"}));
    EXPECT_EQ(options.value("--one"), std::nullopt);
}

}  // namespace
}  // namespace choso::cli
