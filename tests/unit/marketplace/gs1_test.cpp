// GS1 vectors, through CHOSO_CORPORA; and a few of our own that need none.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>

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

TEST(gs1, a_scanner_reads_a_link_and_bars) {
    auto const link = parse_scan("]Q1https://choso.example/01/08936012345674/21/7QK2");
    ASSERT_TRUE(link);
    EXPECT_EQ(value_of(link->elements, "21"), "7QK2");
    auto const text = parse_scan("]Q1https://choso.example/cho");
    ASSERT_TRUE(text);
    EXPECT_TRUE(text->elements.empty());
    auto const bars = parse_scan("]C10108936012345674\x1d" "10L01");
    ASSERT_TRUE(bars) << bars.error().code;
    EXPECT_EQ(value_of(bars->elements, "10"), "L01");
    EXPECT_FALSE(parse_scan("08936012345674"));
}

TEST(gs1, a_coupon_is_read_field_by_field) {
    struct Row { char const* name; char const* text; std::string_view wrong; };
    for (auto const& row : {Row{"least", "012345612345611110123", ""}, Row{"a_field_out_of_order", "0123456123456111101234200229" "3200131", "too_long"},
                            Row{"ends_before_it_starts", "0123456123456111101233200131" "4200229", "not_together"},
                            Row{"ends_as_it_starts", "0123456123456111101233200131" "4200131", ""}, Row{"a_letter", "01234561234561111012a", "character"}})
        EXPECT_EQ(lint("couponcode", row.text).value_or(""), row.wrong) << row.name;
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
            auto const tree = json::parse(with_control_characters_set_aside(line));
            // Our reader takes no text that is not Unicode, so no request can hold one; nothing to check here.
            if (!tree && tree.error().code == json::ParseErrorCode::lone_surrogate) continue;
            ASSERT_TRUE(tree) << line;
            take(*tree);
            ++n;
        }
        std::cout << file << ": " << n << " vectors\n";
        EXPECT_GT(n, 0);
    }
    static std::string text(json::Value const& tree, std::string_view key) {
        auto const* const value = tree.find(key);
        auto out = value == nullptr ? std::string{} : std::string{value->as_string().value_or("")};
        for (auto at = out.find("\xee\x80"); at != std::string::npos; at = out.find("\xee\x80", at + 1))
            out.replace(at, 3, 1, static_cast<char>(static_cast<unsigned char>(out[at + 2]) - 0x80));
        return out;
    }
    /// Our reader refuses control characters in a text: `\u001d` and `\b` come as U+E01D and U+E008 through it, and text() gives
    /// them back.
    static std::string with_control_characters_set_aside(std::string_view line) {
        static auto const shorts = std::map<char, std::string>{{'b', "\\ue008"}, {'t', "\\ue009"}, {'n', "\\ue00a"}, {'f', "\\ue00c"}, {'r', "\\ue00d"}};
        auto out = std::string{};
        for (std::size_t at = 0; at < line.size(); ++at) {
            auto const escaped = line[at] == '\\' && at + 1 < line.size();
            auto const found = escaped ? shorts.find(line[at + 1]) : shorts.end();
            if (found != shorts.end()) {
                out += found->second;
            } else if (escaped && (line.substr(at).starts_with("\\u000") || line.substr(at).starts_with("\\u001"))) {
                out += "\\ue";
                ++at;
            } else {
                out += line[at];
                if (escaped) out += line[at + 1];
            }
            if (escaped) ++at;
        }
        return out;
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

// What of the vectors is not a rule but the state of the engine that wrote them down.
bool is_of_the_engine(json::Value const& row) {
    auto const text_of = [&](std::string_view key) {
        auto const* const value = row.find(key);
        return value == nullptr ? std::string_view{} : value->as_string().value_or("");
    };
    auto const error = text_of("error");
    return text_of("in") == "data"                           // a placeholder of the generator
           || error.ends_with("DATASOURCE_OFFLINE")          // without its list of company prefixes
           || error.ends_with("INVALID_GCP_PREFIX");         // with a list that calls the other vectors' good prefixes bad
}

TEST_F(Vectors, components) {
    auto passed_over = 0;
    each("linters.jsonl", [&](json::Value const& row) {
        auto const name = text(row, "linter");
        auto const lint_name = std::string_view{name}.substr(name.starts_with("gs1_lint_") ? 9 : 0);
        if (is_of_the_engine(row) || name == "linter") return void(++passed_over);
        ASSERT_TRUE(knows_lint(lint_name)) << lint_name;
        EXPECT_EQ(!lint(lint_name, text(row, "in")).has_value(), yes(row, "ok")) << json::to_text(row);
    });
    std::cout << passed_over << " of the engine, not of the rule\n";
}

TEST_F(Vectors, identifiers_with_a_wrong_value) {
    each("ai_linters.jsonl", [](json::Value const& row) {
        EXPECT_EQ(parse_bracketed(text(row, "ai_data")).ok(), text(row, "expect").ends_with("_OK")) << json::to_text(row);
    });
}

/// As the engine writes down what it read: a text's leading `^` behind a backslash, a separator as `^`, an item by its digits.
std::string as_the_engine_writes(Scanned const& scanned) {
    if (scanned.symbology == "EAN-13" || scanned.symbology == "EAN-8") {
        auto const digits = scanned.symbology == "EAN-13" ? 13U : 8U;
        auto out = scanned.elements.at(0).value.substr(14 - digits);
        auto const more = std::vector<Element>{scanned.elements.begin() + 1, scanned.elements.end()};
        return more.empty() ? out : out + '|' + element_string(more);
    }
    auto const holds_text = scanned.symbology == "QR" || scanned.symbology == "DataMatrix" || scanned.symbology == "DotCode";
    if (!holds_text) return element_string(scanned.elements);
    auto const first = scanned.text.find_first_not_of('\\');
    return (first != std::string::npos && scanned.text[first] == '^' ? "\\" : "") + scanned.text;
}

TEST_F(Vectors, what_scanners_send) {
    each("scandata_process.jsonl", [](json::Value const& row) {
        auto const read = parse_scan(text(row, "scan_data"));
        EXPECT_EQ(read.ok(), yes(row, "ok")) << json::to_text(row) << (read ? "" : read.error().code);
        if (read && yes(row, "ok")) { EXPECT_EQ(as_the_engine_writes(*read), text(row, "data_str")) << json::to_text(row); }
    });
}

/// The vectors show a byte as the Unicode character of its number.
std::string bytes_shown(std::string_view text) {
    std::string out;
    for (auto const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte < 0x80) out += c;
        else out.append(1, static_cast<char>(0xC0 | (byte >> 6))).append(1, static_cast<char>(0x80 | (byte & 0x3F)));
    }
    return out;
}

TEST_F(Vectors, percent_signs_back) {
    each("dl_uri_unescape.jsonl", [](json::Value const& row) {
        EXPECT_EQ(bytes_shown(unescaped(text(row, "in"), false)), text(row, "path")) << json::to_text(row);
        EXPECT_EQ(bytes_shown(unescaped(text(row, "in"), true)), text(row, "query")) << json::to_text(row);
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
