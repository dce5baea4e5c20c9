#include "platform/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <ostream>

#include "base/assert.hpp"
#include "platform/config/toml_text.hpp"

namespace choso::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Schema const& schema() {
    static auto const it = Schema{
        Key{"http.port", 8080, "Port of the one listener."}.between(1, 65535),
        Key{"http.base_url", "http://localhost:8080", "How others reach us."},
        Key{"log.level", "info", "Least level shown."}.one_of({"debug", "info", "warn", "error"}),
        Key{"feeds.kinds", List{"sepay"}, "Feeds that are open."}.one_of({"sepay", "casso", "camt"}),
        Key{"events.signing_key", "", "Signs what we send."}.secret(),
        Key{"core.demo", false, "Seeds the demo province."},
    };
    return it;
}

/// A file in a folder of its own that goes away with the test.
class Files : public testing::Test {
 protected:
    Files() {
        auto pattern = (std::filesystem::temp_directory_path() / "choso_config_XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
    }
    ~Files() override { std::filesystem::remove_all(folder_); }
    std::filesystem::path file(std::string_view text) const {
        auto const path = folder_ / "choso.toml";
        std::ofstream{path} << text;
        return path;
    }
    /// The complaints, with the folder's name taken out.
    std::vector<std::string> complaints(Result<Config, LoadErrors> const& loaded) const {
        if (loaded.ok()) return {};
        auto lines = loaded.error().lines;
        for (auto& line : lines)
            if (auto const at = line.find(folder_.string() + '/'); at != std::string::npos) line.erase(at, folder_.string().size() + 1);
        return lines;
    }
    std::filesystem::path folder_;
};

class Config : public Files {};

TEST_F(Config, defaults_hold_until_told_otherwise) {
    auto const config = load(schema(), std::nullopt, {});
    ASSERT_TRUE(config.ok());
    EXPECT_EQ(config->get_int("http.port"), 8080);
    EXPECT_EQ(config->get_string("log.level"), "info");
    EXPECT_THAT(config->get_list("feeds.kinds"), ElementsAre("sepay"));
    EXPECT_FALSE(config->get_bool("core.demo"));
    EXPECT_EQ(config->origin("http.port"), "default");
}

TEST_F(Config, the_environment_wins_over_the_file_over_the_default) {
    auto const path = file("http.port = 9000\n[log]\nlevel = 'warn'\n[feeds]\nkinds = ['casso', 'camt']\n[core]\ndemo = true\n");
    auto const config = load(schema(), path, {{"CHOSO_HTTP__PORT", "9001"}, {"HOME", "/"}, {"CHOSO_FEEDS__KINDS", "camt,sepay"}});
    ASSERT_TRUE(config.ok()) << config.error().text();
    EXPECT_EQ(config->get_int("http.port"), 9001);
    EXPECT_EQ(config->origin("http.port"), "CHOSO_HTTP__PORT");
    EXPECT_EQ(config->get_string("log.level"), "warn");
    EXPECT_EQ(config->origin("log.level"), path.string() + ":3");
    EXPECT_THAT(config->get_list("feeds.kinds"), ElementsAre("camt", "sepay"));
    EXPECT_TRUE(config->get_bool("core.demo"));
}

TEST_F(Config, an_empty_file_changes_nothing_and_an_absent_one_is_an_error) {
    EXPECT_TRUE(load(schema(), file(""), {}).ok());
    EXPECT_THAT(complaints(load(schema(), folder_ / "absent.toml", {})), ElementsAre("absent.toml: cannot be read"));
    EXPECT_FALSE(load(schema(), folder_, {}).ok());
}

struct Wrong {
    char const* name;
    std::string file;
    Environment environment;
    std::vector<std::string> expected;
};
void PrintTo(Wrong const& row, std::ostream* out) { *out << row.name; }

class ConfigRefuses : public Files, public testing::WithParamInterface<Wrong> {};

TEST_P(ConfigRefuses, and_names_the_place) {
    EXPECT_EQ(complaints(load(schema(), file(GetParam().file), GetParam().environment)), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    files, ConfigRefuses,
    testing::Values(
        Wrong{"misspelt", "[http]\nprot = 1\n", {}, {"choso.toml:2: http.prot is not a known key; did you mean http.port?"}},
        Wrong{"wrong_section", "[htpt]\nport = 1\n", {}, {"choso.toml:2: htpt.port is not a known key; did you mean http.port?"}},
        Wrong{"top_level", "port = 1\n", {}, {"choso.toml:1: port is not a known key; did you mean http.port?"}},
        Wrong{"below_a_key", "[http.port]\nx = 1\n", {}, {"choso.toml:1: http.port must be a whole number, not a section"}},
        Wrong{"text_for_number", "[http]\nport = '80'\n", {}, {"choso.toml:2: http.port must be a whole number, not a text"}},
        Wrong{"fraction", "[http]\nport = 80.5\n", {},
              {"choso.toml:2: http.port must be a whole number, not a number with a fraction"}},
        Wrong{"number_for_yes", "[core]\ndemo = 1\n", {}, {"choso.toml:2: core.demo must be true or false, not a whole number"}},
        Wrong{"text_for_list", "[feeds]\nkinds = 'sepay'\n", {}, {"choso.toml:2: feeds.kinds must be a list of texts, not a text"}},
        Wrong{"mixed_list", "[feeds]\nkinds = ['sepay', 1]\n", {},
              {"choso.toml:2: feeds.kinds must be a list of texts, not a list"}},
        Wrong{"out_of_range", "[http]\nport = 65536\n", {}, {"choso.toml:2: http.port must be from 1 to 65535, not 65536"}},
        Wrong{"no_such_choice", "[log]\nlevel = 'all'\n", {},
              {"choso.toml:2: log.level must be one of debug, info, warn, error, not \"all\""}},
        Wrong{"no_such_choice_in_list", "[feeds]\nkinds = ['sepay', 'x']\n", {},
              {"choso.toml:2: feeds.kinds must be one of sepay, casso, camt, not \"x\""}},
        Wrong{"variable_misspelt", "", {{"CHOSO_HTTP__PROT", "1"}},
              {"CHOSO_HTTP__PROT is not a known variable; did you mean CHOSO_HTTP__PORT?"}},
        Wrong{"variable_with_one_line", "", {{"CHOSO_HTTP_PORT", "1"}},
              {"CHOSO_HTTP_PORT is not a known variable; did you mean CHOSO_HTTP__PORT?"}},
        Wrong{"variable_in_lower_case", "", {{"CHOSO_http__port", "1"}},
              {"CHOSO_http__port is not a known variable; did you mean CHOSO_HTTP__PORT?"}},
        Wrong{"variable_no_number", "", {{"CHOSO_HTTP__PORT", "80 "}}, {"CHOSO_HTTP__PORT must be a whole number"}},
        Wrong{"variable_no_yes", "", {{"CHOSO_CORE__DEMO", "yes"}}, {"CHOSO_CORE__DEMO must be true or false"}},
        Wrong{"variable_out_of_range", "", {{"CHOSO_HTTP__PORT", "0"}}, {"CHOSO_HTTP__PORT must be from 1 to 65535, not 0"}},
        Wrong{"all_at_once", "[http]\nport = 0\nbas_url = ''\n", {{"CHOSO_CORE__DEMO", ""}},
              {"choso.toml:2: http.port must be from 1 to 65535, not 0",
               "choso.toml:3: http.bas_url is not a known key; did you mean http.base_url?",
               "CHOSO_CORE__DEMO must be true or false"}}),
    [](auto const& row) { return row.param.name; });

TEST_F(Config, broken_toml_is_told_with_its_line) {
    auto const lines = complaints(load(schema(), file("[http]\nport = 1\nport = 2\n"), {}));
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_THAT(lines[0], testing::StartsWith("choso.toml:3: "));
}

TEST_F(Config, a_required_key_must_be_set) {
    auto const strict = Schema{Key{"database.url", "postgresql://localhost/choso", "The database."}.required(),
                               Key{"http.port", 1, "Port."}.between(1, 2).required()};
    EXPECT_THAT(complaints(load(strict, std::nullopt, {{"CHOSO_HTTP__PORT", "3"}})),
                ElementsAre("CHOSO_HTTP__PORT must be from 1 to 2, not 3",
                            "database.url is required: set it in the file or as CHOSO_DATABASE__URL"));
    EXPECT_TRUE(load(strict, std::nullopt, {{"CHOSO_HTTP__PORT", "2"}, {"CHOSO_DATABASE__URL", "x"}}).ok());
}

TEST_F(Config, print_shows_values_origins_and_no_secret) {
    auto const config = load(schema(), std::nullopt,
                             {{"CHOSO_EVENTS__SIGNING_KEY", "very secret"}, {"CHOSO_HTTP__BASE_URL", "https://me:pass@host/a"}});
    ASSERT_TRUE(config.ok());
    EXPECT_EQ(config->print(),
              "http.port = 8080  # default\n"
              "http.base_url = \"https://me:***@host/a\"  # CHOSO_HTTP__BASE_URL\n"
              "log.level = \"info\"  # default\n"
              "feeds.kinds = [\"sepay\"]  # default\n"
              "events.signing_key = \"***\"  # CHOSO_EVENTS__SIGNING_KEY\n"
              "core.demo = false  # default\n");
    EXPECT_EQ(config->get_string("events.signing_key"), "very secret");
}

TEST_F(Config, what_print_shows_can_be_loaded) {
    auto const config = load(schema(), std::nullopt, {{"CHOSO_HTTP__BASE_URL", "a\"b\\c\n\x01"}});
    ASSERT_TRUE(config.ok());
    auto const again = load(schema(), file(config->print()), {});
    ASSERT_TRUE(again.ok()) << again.error().text();
    EXPECT_EQ(again->get_string("http.base_url"), "a\"b\\c\n\x01");
}

TEST_F(Config, the_example_file_is_what_the_defaults_are) {
    auto text = schema().example();
    EXPECT_THAT(text, HasSubstr("[http]\n# Port of the one listener.\n# port = 8080\n"));
    for (auto at = text.find("\n# "); at != std::string::npos; at = text.find("\n# ", at + 1))
        if (text.find(" = ", at) < text.find('\n', at + 1)) text.erase(at + 1, 2);
    auto const config = load(schema(), file(text), {});
    ASSERT_TRUE(config.ok()) << config.error().text();
    EXPECT_EQ(config->get_int("http.port"), 8080);
    EXPECT_NE(config->origin("http.port"), "default");
}

TEST_F(Config, asking_wrongly_is_our_own_bug) {
    auto const config = load(schema(), std::nullopt, {});
    ASSERT_TRUE(config.ok());
    EXPECT_THROW((void)config->get_int("http.prot"), BrokenAssertion);
    EXPECT_THROW((void)config->get_string("http.port"), BrokenAssertion);
    EXPECT_THROW((void)Key("port", 1, ""), BrokenAssertion);
    EXPECT_THROW((void)Key("http.a__b", 1, ""), BrokenAssertion);
    EXPECT_THROW((Schema{Key{"a.b", 1, ""}, Key{"a.b", 1, ""}}), BrokenAssertion);
    EXPECT_THROW((Schema{Key{"a.b", 1, ""}, Key{"a.b.c", 1, ""}}), BrokenAssertion);
    EXPECT_THROW((Schema{Key{"a.b", 0, ""}.between(1, 2)}), BrokenAssertion);
}

struct Password {
    char const* name;
    std::string text;
    std::string expected;
};
void PrintTo(Password const& row, std::ostream* out) { *out << row.name; }

class WithoutPassword : public testing::TestWithParam<Password> {};

TEST_P(WithoutPassword, keeps_the_rest) { EXPECT_EQ(without_password(GetParam().text), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    texts, WithoutPassword,
    testing::Values(Password{"url", "postgresql://choso:p@ss@db:5432/choso", "postgresql://choso:***@db:5432/choso"},
                    Password{"no_password", "postgresql://choso@db:5432/choso", "postgresql://choso@db:5432/choso"},
                    Password{"no_user", "http://localhost:8080/a@b", "http://localhost:8080/a@b"},
                    Password{"query", "postgresql:///choso?host=/run&password=x&user=me", "postgresql:///choso?host=/run&password=***&user=me"},
                    Password{"libpq", "host=db password=x dbname=choso", "host=db password=*** dbname=choso"},
                    Password{"libpq_quoted", "password='a b' dbname=choso", "password=*** dbname=choso"},
                    Password{"nothing", "", ""}),
    [](auto const& row) { return row.param.name; });

}  // namespace
}  // namespace choso::config
