#pragma once
#include <string>
#include <string_view>
#include <vector>

/// The shapes that JSON readers are known to disagree on, written anew after the kinds that JSONTestSuite collects
/// (numbers, strings, structure, arrays, objects, encodings), with what our reader must say: seeds for the fuzzer, and a table.
namespace choso::json {

struct Shape {
    std::string name;
    std::string text;
    bool accepted;
};

inline std::vector<Shape> accepted_shapes() {
    auto const texts = std::vector<std::string>{
        "null", "true", " false ", "\"\"", "\"a\"", "42", "-0", "0", "-1", "0e1", "0E+1", "1E22", "1e-2", "1E-2", "1E+2", "123.456789", "-0.0", "1.5e3",
        "123456789012345678901234567890", "-123123123123123123123123123123", "0.000000000000000000000000000000000000000000000000001", "[]", "[ ]", "[[]]",
        "[[],[]]", "[null, 1, \"1\", {}]", "[1,null,null,null,2]", "[ 4]", "[2] ", "\t[1]\n", "[1\n,\r\n2]", "{}", "{ }", "{\"\":0}", "{\"a\":{}}", "{\"a\":[]}",
        "{\"a\":\"b\",\"c\":\"d\"}", "{\"a\":[{\"b\":[]}]}", "{\"a\" : 1 }", "{\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\":\"y\"}", "[\"\\\"\\\\\\/\\n\\r\\t\"]",
        "[\"\\u0060\\u012a\\u12AB\"]", "[\"\\uD801\\udc37\"]", "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]", "[\"\\u00e1\\u1ecb\"]", "[\"\\\\u0000\"]", "[\"\\\\a\"]",
        "[\"\xC4\x91\xE1\xBB\x93ng\"]", "[\"\xF0\x9F\x92\xB0\"]", "[\"\xE2\x80\xA8\xE2\x80\xA9\"]", "[\"\x7F\"]", "[\"\xEF\xBF\xBF\"]", "[\"\\uFFFF\\uFFFE\"]",
        "[\"/* no comment */\"]", "[\"a, b: [c] {d}\"]", std::string(32, '[') + std::string(32, ']')};
    auto out = std::vector<Shape>{};
    for (auto const& text : texts) out.push_back({"yes_" + std::to_string(out.size()), text, true});
    return out;
}

inline std::vector<Shape> refused_shapes() {
    auto const nul = std::string(1, '\0');
    auto const texts = std::vector<std::string>{
        // Structure.
        "", " ", "\xEF\xBB\xBF{}", "\xEF\xBB\xBF", "[", "]", "{", "}", "[[", "{\"a\":{", "[}", "{]", "[1]]", "{}}", "[] []", "{} 1", "1 2", "[1]x", "[1]#", "*", "<null>",
        "[<null>]", "[1}", "{\"a\":1]", "[\"a\"", "{\"a\":\"b\"", "nul", "tru", "fals", "nulll", "True", "TRUE", "None", "undefined", "[true false]", "\x0C[]", "[\x0B]",
        "\xC2\xA0[]", "\xE2\x81\xA0[]", "[]" + nul, nul + "[]", "[" + nul + "]", "//\n{}", "{}//", "{}/**/", "{/*x*/}", "{}#x", "'a'", "`a`", "a", "[a]", "{a:1}", "{'a':1}",
        // Arrays.
        "[,]", "[,1]", "[1,]", "[1,,2]", "[1,,]", "[\"\",]", "[1 2]", "[1:2]", "[\"a\":1]", "[1;2]", "[3[4]]", "[x", "[1,\n1\n,1", "[\"a\",\n4\n,1,", "[**]", "[1,*]",
        // Objects.
        "{,}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\":1,,}", "{\"a\",1}", "{\"a\" \"b\"}", "{:1}", "{\"a\"::1}", "{1:1}", "{null:1}", "{[]:1}", "{\"a\":1 \"b\":2}",
        "{\"a\":\"b\"}/", "{\"a\":\"b\",\"a\":\"c\"}", "{\"a\":1,\"\\u0061\":2}", "{\"a\":\"b\"", "{\"a\":b}", "{\"a\":1;}", "{a: \"b\"}", "{\"a\"=1}", "{{}}",
        // Numbers.
        "+1", "01", "-01", "00", "-", "--1", "++1", "+-1", "- 1", ".5", "-.5", "1.", "1.e1", "0.e1", "0.1.2", "1e", "1e+", "1e-", "1eE2", "1e1.5", "0e", "0E+", "1 000", "1_000", "1,000",
        "0x1F", "0b1", "1F", "1a", "1.2a", "0.3e+", "Infinity", "-Infinity", "+Inf", "NaN", "-NaN", "\xEF\xBC\x91", "[1+2]", "[1.8011670033376514H-308]", "[- ]", "[-a]", "[1e999]", "[-1e9999]",
        // Strings.
        "\"", "\"a", "\"\\\"", "\"\\", "\"\\\\\"\"", "[\"\\x41\"]", "[\"\\a\"]", "[\"\\'\"]", "[\"\\ \"]", "[\"\\\xF0\x9F\x8C\x80\"]", "[\"\\u\"]", "[\"\\u1\"]", "[\"\\u12\"]", "[\"\\u123\"]",
        "[\"\\u00G0\"]", "[\"\\U0041\"]", "[\"\\uD800\"]", "[\"\\uDC00\"]", "[\"\\uD800\\u0041\"]", "[\"\\uD800\\n\"]", "[\"\\uD800\\uD800\\udc00\"]", "[\"\\uDd1e\\uD834\"]", "[\"\\ud800abc\"]",
        "[\"\\u0000\"]", "[\"\\u001f\"]", "[\"\\b\"]", "[\"\\f\"]", "[\"a" + nul + "b\"]", "[\"a\nb\"]", "[\"a\tb\"]", "[\"a\rb\"]", "[\"\x1F\"]", "[\"", "[\"a\"b]", "[\\n]", "[\"\\u\xC3\xA9\"]",
        // Encodings.
        "[\"\xFF\"]", "[\"\x80\"]", "[\"\xC0\xAF\"]", "[\"\xE0\x80\xAF\"]", "[\"\xF0\x80\x80\xAF\"]", "[\"\xFC\x83\xBF\xBF\xBF\xBF\"]", "[\"\xED\xA0\x80\"]", "[\"\xED\xBF\xBF\"]", "[\"\xF4\xBF\xBF\xBF\"]",
        "[\"\xE6\x97\xA5\xD1\x88\xFA\"]", "[\"\xC3\"]", "[\"\xE1\xBB\"]", "[\xC3\xA9]", "[\xFF]", "{\"\xB9\":\"0\"}", "\xE5", std::string{"[\0\"\0\xE9\0\"\0]\0", 10}, std::string{"\0[\0\"\0\xE9\0\"\0]", 10},
        "\xFF\xFE[]", "\xFE\xFF[]",
        // Depth and length.
        std::string(33, '[') + std::string(33, ']'), std::string(1000, '['), std::string(500, '{'), "[" + std::string(200, ','), std::string(100, ']')};
    auto out = std::vector<Shape>{};
    for (auto const& text : texts) out.push_back({"no_" + std::to_string(out.size()), text, false});
    // A hundred objects deep, opened and never closed.
    auto deep = std::string{};
    for (auto i = 0; i < 100; ++i) deep += "[{\"\":";
    out.push_back({"no_open_for_ever", deep, false});
    return out;
}

inline std::vector<Shape> json_shapes() {
    auto out = accepted_shapes();
    for (auto& shape : refused_shapes()) out.push_back(std::move(shape));
    return out;
}

}  // namespace choso::json
