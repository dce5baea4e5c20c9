#include "platform/json/json.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <random>

#include "base/assert.hpp"
#include "platform/json/utf8.hpp"

namespace choso::json {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using Code = ParseErrorCode;

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

struct Refused {
    char const* name;
    std::string text;
    Code code;
    std::size_t offset;
};
void PrintTo(Refused const& row, std::ostream* out) { *out << row.name; }

class JsonRefuses : public testing::TestWithParam<Refused> {};

TEST_P(JsonRefuses, with_a_code_and_a_place) {
    auto const read = parse(GetParam().text);
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(to_text(read.error().code), to_text(GetParam().code));
    EXPECT_EQ(read.error().offset, GetParam().offset);
    EXPECT_FALSE(read.error().message.empty());
}

INSTANTIATE_TEST_SUITE_P(
    texts, JsonRefuses,
    testing::Values(
        //      name               text                                code                      offset
        Refused{"nothing",         "",                                 Code::syntax,             0},
        Refused{"two_values",      "1 2",                              Code::syntax,             3},
        Refused{"trailing_comma",  "[1,]",                             Code::syntax,             4},
        Refused{"comment",         "/**/1",                            Code::syntax,             1},
        Refused{"single_quotes",   "{'a':1}",                          Code::syntax,             2},
        Refused{"leading_zero",    "012",                              Code::syntax,             3},
        Refused{"not_a_number",    "NaN",                              Code::syntax,             1},
        Refused{"half_a_text",     R"({"a":)",                         Code::syntax,             5},
        Refused{"byte_order_mark", "\xEF\xBB\xBF{}",                   Code::syntax,             0},
        Refused{"same_key_twice",  R"({"amount":1,"amount":2})",       Code::duplicate_key,      23},
        Refused{"same_key_spelt_otherwise", R"({"a":1,"\u0061":2})",   Code::duplicate_key,      18},
        Refused{"nul_escape",      R"({"a":"x\u0000y"})",              Code::control_character,  15},
        Refused{"nul_in_key",      R"({"\u0000":1})",                  Code::control_character,  9},
        Refused{"backspace",       R"(["\b"])",                        Code::control_character,  5},
        Refused{"escape_escape",   R"(["\u001b[0m"])",                 Code::control_character,  12},
        Refused{"raw_control",     "[\"\x01\"]",                       Code::control_character,  3},
        Refused{"raw_newline",     "[\"\n\"]",                         Code::control_character,  3},
        Refused{"high_alone",      R"(["\ud83d"])",                    Code::lone_surrogate,     9},
        Refused{"low_alone",       R"(["\ude00"])",                    Code::lone_surrogate,     8},
        Refused{"high_twice",      R"(["\ud83d\ud83d"])",              Code::lone_surrogate,     14},
        Refused{"overlong",        "[\"\xC0\x80\"]",                   Code::invalid_utf8,       2},
        Refused{"coded_surrogate", "[\"\xED\xA0\x80\"]",               Code::invalid_utf8,       2},
        Refused{"above_unicode",   "[\"\xF4\x90\x80\x80\"]",           Code::invalid_utf8,       2},
        Refused{"cut_in_symbol",   "[\"\xE1\xBB",                      Code::invalid_utf8,       2},
        Refused{"latin1",          "[\"caf\xE9\"]",                    Code::invalid_utf8,       5},
        Refused{"too_large",       "[1e999]",                          Code::number_too_large,   7},
        Refused{"too_deep",        nested(33),                         Code::too_deep,           33},
        Refused{"far_too_deep",    std::string(100'000, '['),          Code::too_deep,           33},
        Refused{"too_long",        '"' + std::string(1 << 20, 'a') + '"', Code::too_long,        std::size_t{1} << 20}),
    [](auto const& row) { return row.param.name; });

struct Whole {
    char const* name;
    std::string text;
    std::optional<std::int64_t> expected;
};
void PrintTo(Whole const& row, std::ostream* out) { *out << row.name; }

class JsonNumber : public testing::TestWithParam<Whole> {};

TEST_P(JsonNumber, is_whole_or_keeps_its_text) {
    auto const read = parse(GetParam().text);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->as_int(), GetParam().expected);
    EXPECT_EQ(read->as_number_text(), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(numbers, JsonNumber,
                         testing::Values(Whole{"zero", "0", 0}, Whole{"minus_zero", "-0", 0},
                                         Whole{"dong", "50000", 50'000}, Whole{"negative", "-1", -1},
                                         Whole{"most", "9223372036854775807", INT64_MAX},
                                         Whole{"least", "-9223372036854775808", INT64_MIN},
                                         Whole{"one_too_many", "9223372036854775808", {}},
                                         Whole{"one_too_few", "-9223372036854775809", {}},
                                         Whole{"past_unsigned", "18446744073709551616", {}},
                                         Whole{"fraction", "50000.0", {}}, Whole{"exponent", "5e4", {}},
                                         Whole{"small", "0.1", {}}, Whole{"long_fraction", "0.10000000000000000001", {}}),
                         [](auto const& row) { return row.param.name; });

TEST(Json, a_tree_is_read_as_it_was_written) {
    auto const read = parse(R"( {"b":null,"a":[true,"Chợ Đồng Quang \ud83d\ude00\n",{}],"n":-7} )");
    ASSERT_TRUE(read.ok());
    auto const& root = *read;
    ASSERT_TRUE(root.is_object());
    ASSERT_EQ(root.members().size(), 3U);
    EXPECT_EQ(root.members()[0].key, "b");
    EXPECT_TRUE(root.members()[0].value.is_null());
    ASSERT_NE(root.find("a"), nullptr);
    auto const items = root.find("a")->items();
    ASSERT_EQ(items.size(), 3U);
    EXPECT_EQ(items[0].as_bool(), true);
    EXPECT_EQ(items[1].as_string(), "Chợ Đồng Quang 😀\n");
    EXPECT_TRUE(items[2].is_object() && items[2].members().empty());
    EXPECT_EQ(root.find("n")->as_int(), -7);
    EXPECT_EQ(root.find("absent"), nullptr);
}

TEST(Json, a_value_of_another_kind_answers_nothing) {
    auto const text = *parse(R"("50000")");
    EXPECT_EQ(text.as_int(), std::nullopt);
    EXPECT_EQ(text.as_bool(), std::nullopt);
    EXPECT_EQ(text.find("a"), nullptr);
    EXPECT_TRUE(text.items().empty() && text.members().empty());
}

TEST(Json, limits_are_the_callers) {
    EXPECT_TRUE(parse(nested(32)).ok());
    EXPECT_EQ(parse(nested(3), {.depth = 2, .bytes = 100}).error().code, Code::too_deep);
    EXPECT_EQ(parse("[1,2]", {.depth = 2, .bytes = 4}).error().code, Code::too_long);
}

TEST(Json, many_members_are_checked_for_twins_too) {
    auto text = "{"s;
    for (auto n = 0; n < 500; ++n) text += "\"k" + std::to_string(n) + "\":1,";
    EXPECT_TRUE(parse(text + "\"last\":1}").ok());
    EXPECT_EQ(parse(text + "\"k250\":1}").error().code, Code::duplicate_key);
}

TEST(JsonWriter, writes_what_a_client_expects) {
    auto out = ""s;
    auto json = Writer{out};
    json.object().member("id", "pr_1"s).member("amount", Money{50'000}).member("live", false);
    json.member("note", std::optional<std::string>{}).member("n", std::size_t{7}).key("lines").array();
    json.value(1).value("hai").null().object().end().array().end().end().key("raw").raw("[1]").end();
    EXPECT_EQ(out, R"({"id":"pr_1","amount":50000,"live":false,"note":null,"n":7,)"
                   R"("lines":[1,"hai",null,{},[]],"raw":[1]})");
    EXPECT_TRUE(json.complete());
}

struct Escaped {
    char const* name;
    std::string text;
    std::string json;
    std::string html;
};
void PrintTo(Escaped const& row, std::ostream* out) { *out << row.name; }

class JsonEscape : public testing::TestWithParam<Escaped> {};

TEST_P(JsonEscape, is_exact) {
    auto json = ""s;
    auto html = ""s;
    Writer{json}.value(GetParam().text);
    Writer{html, Escape::html}.value(GetParam().text);
    EXPECT_EQ(json, '"' + GetParam().json + '"');
    EXPECT_EQ(html, '"' + GetParam().html + '"');
}

INSTANTIATE_TEST_SUITE_P(
    strings, JsonEscape,
    testing::Values(Escaped{"empty", "", "", ""}, Escaped{"vietnamese", "phở bò", "phở bò", "phở bò"},
                    Escaped{"quotes", R"(a"b\c/)", R"(a\"b\\c/)", R"(a\"b\\c/)"},
                    Escaped{"controls", "\n\r\t\x01\x1f"s + '\0', R"(\n\r\t\u0001\u001f\u0000)", R"(\n\r\t\u0001\u001f\u0000)"},
                    Escaped{"markup", "</script>&", "</script>&", R"(\u003c/script\u003e\u0026)"},
                    Escaped{"separators", "a\u2028b\u2029", "a\u2028b\u2029", R"(a\u2028b\u2029)"},
                    Escaped{"not_utf8", "a\xFFz\xE1\xBB", "a\uFFFDz\uFFFD\uFFFD", "a\uFFFDz\uFFFD\uFFFD"}),
    [](auto const& row) { return row.param.name; });

TEST(JsonWriter, broken_grammar_is_our_own_bug) {
    auto out = ""s;
    EXPECT_THROW(Writer{out}.end(), BrokenAssertion);
    EXPECT_THROW(Writer{out}.key("a"), BrokenAssertion);
    EXPECT_THROW(Writer{out}.object().value(1), BrokenAssertion);
    EXPECT_THROW(Writer{out}.object().key("a").end(), BrokenAssertion);
    EXPECT_THROW(Writer{out}.object().key("a").key("b"), BrokenAssertion);
    EXPECT_THROW(Writer{out}.array().key("a"), BrokenAssertion);
    EXPECT_THROW(Writer{out}.value(1).value(2), BrokenAssertion);
    EXPECT_THROW(Writer{out}.value(UINT64_MAX), BrokenAssertion);
}

/// A random value, written; half of the strings are what breaks careless writers.
void write_random(Writer& out, std::mt19937_64& dice, int depth) {
    static constexpr auto words = std::array{"a"sv, "đồng"sv, "\""sv, "\\"sv, "\n"sv, "</"sv, "\u2028"sv, "😀"sv, ""sv};
    auto const word = [&] { return std::string{words[dice() % words.size()]} + std::string{words[dice() % words.size()]}; };
    switch (dice() % (depth > 0 ? 6 : 4)) {
        case 0: out.null(); break;
        case 1: out.value(dice() % 2 == 0); break;
        case 2: out.value(static_cast<std::int64_t>(dice())); break;
        case 3: out.value(word()); break;
        case 4:
            out.array();
            for (auto n = dice() % 5; n > 0; --n) write_random(out, dice, depth - 1);
            out.end();
            break;
        default:
            out.object();
            for (auto n = dice() % 16; n > 0; --n) {
                out.key(word() + std::to_string(n));
                write_random(out, dice, depth - 1);
            }
            out.end();
    }
}

TEST(Json, what_is_written_is_read_and_written_the_same) {
    for (auto seed = 1U; seed <= 500; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        auto dice = std::mt19937_64{seed};
        auto written = ""s;
        auto writer = Writer{written, seed % 2 == 0 ? Escape::html : Escape::json};
        write_random(writer, dice, 5);
        ASSERT_TRUE(writer.complete());
        auto const read = parse(written);
        ASSERT_TRUE(read.ok()) << read.error().message << "\n" << written;
        auto again = ""s;
        Writer{again, seed % 2 == 0 ? Escape::html : Escape::json}.value(*read);
        ASSERT_EQ(again, written);
    }
}

TEST(Json, damaged_texts_are_refused_or_read_but_never_crash) {
    auto const sound = R"({"a":[1,-2.5e3,"\u1ed3ng đ",{"b":null}],"c":true})"s;
    for (auto seed = 1U; seed <= 3000; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        auto dice = std::mt19937_64{seed};
        auto text = sound;
        for (auto n = 1 + dice() % 4; n > 0; --n) text[dice() % text.size()] = static_cast<char>(dice());
        if (auto const read = parse(text)) {
            ASSERT_TRUE(parse(to_text(*read)).ok());
        } else {
            ASSERT_LE(read.error().offset, text.size());
        }
    }
}

TEST(Utf8, long_ascii_is_skipped_to_the_first_bad_byte) {
    for (std::size_t at = 0; at < 40; ++at) {
        auto text = std::string(40, 'a');
        EXPECT_EQ(first_not_utf8(text), 40U);
        text[at] = '\x80';
        EXPECT_EQ(first_not_utf8(text), at);
    }
}

}  // namespace
}  // namespace choso::json
