#include "platform/log/log.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <ostream>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "platform/json/json.hpp"
#include "platform/log/scrub.hpp"

namespace choso::log {
namespace {

/// Catches what the log writes, and gives standard error back at the end.
class Log : public testing::Test {
 protected:
    Log() { set_output(fileno(file_.get())); }
    ~Log() override {
        set_output(STDERR_FILENO);
        set_level(Level::info);
    }
    std::string text() {
        auto out = std::string(static_cast<std::size_t>(::lseek(fileno(file_.get()), 0, SEEK_END)), '\0');
        EXPECT_EQ(::pread(fileno(file_.get()), out.data(), out.size(), 0), static_cast<ssize_t>(out.size()));
        return out;
    }
    std::vector<json::Value> lines() {
        auto out = std::vector<json::Value>{};
        auto const all = text();
        for (std::size_t at = 0; at < all.size();) {
            auto const end = all.find('\n', at);
            auto line = json::parse(std::string_view{all}.substr(at, end - at));
            if (!line.ok()) {
                ADD_FAILURE() << line.error().message << "\n" << all.substr(at, end - at);
                return out;
            }
            out.push_back(std::move(line).value());
            at = end + 1;
        }
        return out;
    }
    std::string shown(std::string_view key) {
        auto const all = lines();
        auto const* value = all.empty() ? nullptr : all.back().find(key);
        return value == nullptr ? "absent" : json::to_text(*value);
    }

 private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::unique_ptr<std::FILE, Close> file_{std::tmpfile()};
};

TEST_F(Log, a_line_is_one_object_with_its_fields_in_order) {
    info("payment_received", {{"amount", Money{50'000}}, {"account", account("0123456789")}, {"ok", true},
                              {"note", "phở"}, {"took_ms", 1.5}, {"n", 3U}, {"left", nullptr}}, "req-1");
    auto const line = text();
    auto const after_time = line.find(",\"level\"");
    ASSERT_NE(after_time, std::string::npos);
    EXPECT_EQ(line.substr(after_time),
              ",\"level\":\"info\",\"event\":\"payment_received\",\"request_id\":\"req-1\",\"amount\":50000,"
              "\"account\":\"••••••6789\",\"ok\":true,\"note\":\"phở\",\"took_ms\":1.5,\"n\":3,\"left\":null}\n");
    auto const all = lines();
    ASSERT_EQ(all.size(), 1U);
    auto const ts = all[0].find("ts")->as_string();
    ASSERT_TRUE(ts.has_value());
    EXPECT_TRUE(ts->ends_with("+07:00"));
    EXPECT_TRUE(parse_rfc3339(*ts).has_value());
}

TEST_F(Log, levels_below_the_least_are_silent) {
    debug("hidden");
    set_level(Level::warn);
    info("hidden");
    warn("shown");
    error("shown");
    EXPECT_EQ(lines().size(), 2U);
}

TEST_F(Log, a_value_cannot_start_a_line_of_its_own) {
    info("said", {{"text", "x\n{\"level\":\"error\"}\r\n"}});
    EXPECT_EQ(lines().size(), 1U);
}

TEST_F(Log, a_request_id_is_held_to_harmless_symbols) {
    info("said", {}, "a b\n\"ế");
    EXPECT_EQ(shown("request_id"), "\"a?b?????\"");
    info("said", {}, std::string(100, 'a'));
    EXPECT_EQ(shown("request_id"), '"' + std::string(64, 'a') + '"');
    info("said", {}, "0123456789");
    EXPECT_EQ(shown("request_id"), "\"0123456789\"");
    info("said", {}, "sk_live_abc");
    EXPECT_EQ(shown("request_id"), "\"***\"");
    info("said");
    EXPECT_EQ(shown("request_id"), "absent");
}

TEST_F(Log, fields_named_like_secrets_show_nothing) {
    for (auto const* key : {"authorization", "Authorization", "api_key", "x-api-key", "password", "token", "link_token",
                            "client_secret", "Set-Cookie", "checksum_key"}) {
        info("said", {{key, "something"}});
        EXPECT_EQ(shown(key), "\"***\"") << key;
    }
    info("said", {{"tokens_left", 3}, {"token", 3}, {"secret", nullptr}});
    EXPECT_EQ(shown("tokens_left"), "3");
    EXPECT_EQ(shown("token"), "\"***\"");
    EXPECT_EQ(shown("secret"), "null");
}

TEST_F(Log, long_texts_are_cut_at_a_symbol) {
    auto text = std::string{"a"};
    while (text.size() < 5000) text += "ế";
    info("said", {{"text", text}});
    auto const value = shown("text");
    EXPECT_LE(value.size(), 2048U + 5U);
    EXPECT_TRUE(value.ends_with("ế…\""));
}

TEST_F(Log, lines_of_many_threads_stay_whole) {
    constexpr auto each = 500;
    {
        auto threads = std::vector<std::jthread>{};
        for (auto n = 0; n < 4; ++n)
            threads.emplace_back([n] {
                for (auto i = 0; i < each; ++i) info("counted", {{"thread", n}, {"i", i}});
            });
    }
    auto seen = std::array<int, 4>{};
    for (auto const& line : lines()) {
        auto const thread = line.find("thread")->as_int().value();
        // Each thread's lines keep their order.
        EXPECT_EQ(line.find("i")->as_int(), seen.at(static_cast<std::size_t>(thread))++);
    }
    EXPECT_EQ(seen, (std::array<int, 4>{each, each, each, each}));
}

TEST_F(Log, a_line_that_cannot_be_written_is_counted_and_errno_kept) {
    auto const before = lost();
    set_output(-1);
    errno = ENOENT;
    info("said");
    EXPECT_EQ(errno, ENOENT);
    EXPECT_EQ(lost(), before + 1);
}

TEST(LogLevel, is_read_as_it_is_written) {
    for (auto const level : {Level::debug, Level::info, Level::warn, Level::error}) EXPECT_EQ(parse_level(to_text(level)), level);
    EXPECT_EQ(parse_level("INFO"), std::nullopt);
}

struct Scrubbed {
    char const* name;
    std::string text;
    std::string expected;
};
void PrintTo(Scrubbed const& row, std::ostream* out) { *out << row.name; }

class Scrub : public testing::TestWithParam<Scrubbed> {};

TEST_P(Scrub, hides_what_is_secret_and_nothing_else) { EXPECT_EQ(scrub(GetParam().text), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    texts, Scrub,
    testing::Values(
        //       name                text                                     expected
        Scrubbed{"nothing",          "",                                      ""},
        Scrubbed{"plain",            "rau muống 50.000đ",                     "rau muống 50.000đ"},
        Scrubbed{"live_key",         "key=sk_live_ab-C_9 end",                "key=sk_live_*** end"},
        Scrubbed{"test_key_inside",  "xsk_test_abc",                          "xsk_test_***"},
        Scrubbed{"bearer",           "Authorization: Bearer abc.def-1",       "Authorization: Bearer ***"},
        Scrubbed{"apikey_any_case",  "apikey  s3cret\nnext",                  "apikey  ***\nnext"},
        Scrubbed{"bearer_alone",     "the bearer",                            "the bearer"},
        Scrubbed{"forbearer",        "forbearer of it",                       "forbearer of it"},
        Scrubbed{"bearer_of_a_key",  "Bearer sk_live_abc",                    "Bearer ***"},
        Scrubbed{"account",          "tk 0123456789.",                        "tk ••••••6789."},
        Scrubbed{"identity_card",    "014205001234",                          "••••••1234"},
        Scrubbed{"eight_digits",     "12345678",                              "12345678"},
        Scrubbed{"nine_digits",      "123456789",                             "••••••6789"},
        Scrubbed{"glued_account",    "KX12a0123456789b",                      "KX12a••••••6789b"},
        Scrubbed{"our_id",           "pr_01k0000000000abcdefghjkmnp",         "pr_01k0000000000abcdefghjkmnp"},
        Scrubbed{"too_long_for_id",  "pr_01k0000000000abcdefghjkmnpq",        "pr_01k••••••0000abcdefghjkmnpq"},
        Scrubbed{"digits_after_id_prefix", "pr_12345678901234567890123456",   "pr_••••••3456"},
        Scrubbed{"timestamp",        "2026-11-21T14:02:37.123456+07:00",      "2026-11-21T14:02:37.123456+07:00"}),
    [](auto const& row) { return row.param.name; });

TEST(Account, shows_four_digits_of_long_numbers_only) {
    auto const shown = [](std::string_view number) {
        auto out = std::string{};
        append_account(out, number);
        return out;
    };
    EXPECT_EQ(shown("0123456789"), "••••••6789");
    EXPECT_EQ(shown("96247KX1"), "••••••7KX1");
    EXPECT_EQ(shown("1234567"), "••••••");
    EXPECT_EQ(shown(""), "••••••");
    EXPECT_EQ(shown("123456789ế"), "••••••");
}

}  // namespace
}  // namespace choso::log
