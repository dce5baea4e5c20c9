// GS1 vectors, through CHOSO_CORPORA; and a few of our own that need none.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>

#include "marketplace/trace/gs1.hpp"
#include "platform/json/json.hpp"

namespace choso::marketplace::gs1 {
namespace {

TEST(gs1, a_link_is_written_and_read_back) {
    auto const elements = std::vector<Element>{{"01", "08936012345674"}, {"10", "L01"}, {"21", "7QK2M9XW4T1B5R8N"}, {"17", "270131"}};
    ASSERT_FALSE(check(elements)) << check(elements)->code;
    auto const uri = make_digital_link(elements, "https://choso.example");
    ASSERT_TRUE(uri);
    EXPECT_EQ(*uri, "https://choso.example/01/08936012345674/10/L01/21/7QK2M9XW4T1B5R8N?17=270131");
    auto const read = parse_digital_link(*uri);
    ASSERT_TRUE(read) << read.error().code;
    EXPECT_EQ(*read, elements);
}

TEST(gs1, a_wrong_check_digit_is_refused) {
    auto const read = parse_digital_link("https://choso.example/01/08936012345675");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error(), (Error{"check_digit", "01"}));
}

class Vectors : public ::testing::Test {
 protected:
    void SetUp() override {
        auto const* const folder = std::getenv("CHOSO_CORPORA");
        if (folder == nullptr) GTEST_SKIP() << "CHOSO_CORPORA is not set: no vectors";
        folder_ = std::string{folder} + "/marketplace/gs1/";
    }
    template <class Each>
    void each(std::string const& file, Each take) {
        auto in = std::ifstream{folder_ + file};
        ASSERT_TRUE(in) << file;
        auto n = 0;
        for (std::string line; std::getline(in, line);) {
            auto const tree = json::parse(line);
            // Our reader refuses control characters in texts, so no request can hold one; nothing to check here.
            if (!tree && (tree.error().code == json::ParseErrorCode::control_character || tree.error().code == json::ParseErrorCode::lone_surrogate)) continue;
            ASSERT_TRUE(tree) << line;
            take(*tree);
            ++n;
        }
        std::cout << file << ": " << n << " vectors\n";
        EXPECT_GT(n, 0);
    }
    static std::string text(json::Value const& tree, std::string_view key) {
        auto const* const value = tree.find(key);
        return value == nullptr ? std::string{} : std::string{value->as_string().value_or("")};
    }
    static bool yes(json::Value const& tree, std::string_view key) {
        auto const* const value = tree.find(key);
        return value != nullptr && value->as_bool().value_or(false);
    }
    static Options options_of(json::Value const& tree) {
        auto out = Options{};
        auto const* const flags = tree.find("flags");
        if (flags == nullptr) return out;
        out.short_gtins = text(*flags, "PermitZeroSuppressedGTINinDLuris") == "true";
        out.names_for_keys = text(*flags, "permitConvenienceAlphas") == "true";
        auto const strict = text(*flags, "ValidationEnabled:gs1_encoder_vUNKNOWN_AI_NOT_DL_ATTR") != "false";
        out.unknown_identifiers = text(*flags, "PermitUnknownAIs") == "true" && !strict;
        out.needs_are_checked = text(*flags, "ValidationEnabled:gs1_encoder_vREQUISITE_AIS") != "false";
        return out;
    }
    std::string folder_;
};

TEST_F(Vectors, links_are_read) {
    each("dl_parse.jsonl", [](json::Value const& row) {
        auto const read = parse_digital_link(text(row, "uri"), options_of(row));
        EXPECT_EQ(read.ok(), yes(row, "ok")) << json::to_text(row) << (read ? "" : read.error().code);
        if (read && yes(row, "ok")) { EXPECT_EQ(element_string(*read), text(row, "element_string")) << json::to_text(row); }
    });
}

TEST_F(Vectors, links_are_written) {
    each("dl_generate.jsonl", [](json::Value const& row) {
        auto lenient = Options{};
        lenient.unknown_identifiers = true;
        auto const elements = parse_bracketed(text(row, "ai_data"), lenient);
        ASSERT_TRUE(elements) << json::to_text(row);
        auto const uri = make_digital_link(*elements, text(row, "stem"));
        EXPECT_EQ(uri.ok(), yes(row, "ok")) << json::to_text(row) << (uri ? "" : uri.error().code);
        if (uri) { EXPECT_EQ(*uri, text(row, "uri")); }
    });
}

TEST_F(Vectors, percent_signs) {
    each("dl_uri_escape.jsonl", [](json::Value const& row) {
        EXPECT_EQ(escaped_path(text(row, "in")), text(row, "path"));
        EXPECT_EQ(escaped_query(text(row, "in")), text(row, "query"));
    });
}

TEST_F(Vectors, components) {
    auto unknown = 0;
    each("linters.jsonl", [&](json::Value const& row) {
        auto const name = text(row, "linter");
        auto const lint_name = std::string_view{name}.substr(name.starts_with("gs1_lint_") ? 9 : 0);
        // Not vectors: a placeholder of the generator, and an engine without its data source.
        if (text(row, "in") == "data" || text(row, "error").ends_with("DATASOURCE_OFFLINE")) return;
        if (!knows_lint(lint_name)) { ++unknown; return; }
        EXPECT_EQ(!lint(lint_name, text(row, "in")).has_value(), yes(row, "ok")) << json::to_text(row);
    });
    std::cout << unknown << " of checks that are not ours (coupons, package types)\n";
}

TEST_F(Vectors, identifiers_with_a_wrong_value) {
    each("ai_linters.jsonl", [](json::Value const& row) {
        auto const error = text(row, "expect");
        if (error.find("COUPON") != std::string::npos || error.find("PACKAGE") != std::string::npos) return;
        EXPECT_EQ(parse_bracketed(text(row, "ai_data")).ok(), error.ends_with("_OK")) << json::to_text(row);
    });
}

TEST_F(Vectors, what_goes_together) {
    each("ai_validate.jsonl", [](json::Value const& row) {
        auto lenient = Options{};
        lenient.unknown_identifiers = true;
        auto const elements = parse_bracketed(text(row, "ai_data"), lenient);
        ASSERT_TRUE(elements) << json::to_text(row) << elements.error().code;
        auto const rule = text(row, "rule");
        auto const wrong = rule == "validateAIrepeats" ? check_repeats(*elements)
                           : rule == "validateAImutex" ? check_exclusions(*elements)
                           : rule == "validateAIrequisites" ? check_needs(*elements)
                                                            : check_signature(*elements);
        EXPECT_EQ(!wrong.has_value(), yes(row, "ok")) << json::to_text(row);
    });
}

TEST_F(Vectors, element_strings) {
    each("ai_process_fnc1.jsonl", [](json::Value const& row) {
        if (text(row, "in") == "buf") return;   // the generator lost what stood there
        EXPECT_EQ(parse_element_string(text(row, "in"), options_of(row)).ok(), yes(row, "ok")) << json::to_text(row);
    });
    each("ai_parse_bracketed.jsonl", [](json::Value const& row) {
        auto lenient = options_of(row);
        auto const flags = row.find("flags");
        lenient.unknown_identifiers = flags != nullptr && text(*flags, "PermitUnknownAIs") == "true";
        auto const read = parse_bracketed(text(row, "in"), lenient);
        EXPECT_EQ(read.ok(), yes(row, "ok")) << json::to_text(row) << (read ? "" : read.error().code);
        if (read && yes(row, "ok")) { EXPECT_EQ(element_string(*read), text(row, "element_string")) << json::to_text(row); }
    });
}

}  // namespace
}  // namespace choso::marketplace::gs1
