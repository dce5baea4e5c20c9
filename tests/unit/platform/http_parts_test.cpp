#include <gtest/gtest.h>

#include <ostream>
#include <random>

#include "platform/http/message.hpp"
#include "platform/http/multipart.hpp"
#include "platform/http/router.hpp"
#include "platform/http/url.hpp"

namespace choso::http {
namespace {

TEST(Url, encodes_and_decodes_any_bytes) {
    auto const seed = std::random_device{}();
    auto random = std::mt19937{seed};
    for (auto trial = 0; trial < 10'000; ++trial) {
        auto text = std::string{};
        for (auto size = random() % 40; size > 0; --size) text.push_back(static_cast<char>(1 + random() % 255));
        ASSERT_EQ(percent_decode(percent_encode(text)), text) << "seed " << seed;
        ASSERT_EQ(form_decode(percent_encode(text)), text) << "seed " << seed;
    }
}

struct Decoding {
    std::string name, text;
    std::optional<std::string> plain, form;
};
void PrintTo(Decoding const& row, std::ostream* out) { *out << row.name; }
class UrlDecoding : public testing::TestWithParam<Decoding> {};

TEST_P(UrlDecoding, is_strict) {
    EXPECT_EQ(percent_decode(GetParam().text), GetParam().plain);
    EXPECT_EQ(form_decode(GetParam().text), GetParam().form);
}

INSTANTIATE_TEST_SUITE_P(Texts, UrlDecoding,
                         testing::Values(Decoding{"plain", "abc", "abc", "abc"}, Decoding{"empty", "", "", ""},
                                         Decoding{"plus", "a+b", "a+b", "a b"},
                                         Decoding{"vietnamese", "%C4%90%e1%bb%93ng", "Đồng", "Đồng"},
                                         Decoding{"cut_short", "a%4", std::nullopt, std::nullopt},
                                         Decoding{"lone_percent", "100%", std::nullopt, std::nullopt},
                                         Decoding{"not_hex", "%zz", std::nullopt, std::nullopt},
                                         Decoding{"nul", "a%00b", std::nullopt, std::nullopt}),
                         [](auto const& param) { return param.param.name; });

TEST(Form, is_taken_whole_or_not_at_all) {
    auto const form = parse_form("a=1&b=x+y&&a=2&c&d=%3D");
    ASSERT_TRUE(form);
    EXPECT_EQ(form->find("a"), "1");
    EXPECT_EQ(form->find("b"), "x y");
    EXPECT_EQ(form->find("c"), "");
    EXPECT_EQ(form->find("d"), "=");
    EXPECT_FALSE(form->find("e"));
    EXPECT_EQ(form->fields().size(), 5U);
    EXPECT_FALSE(parse_form("a=1&b=%"));
    EXPECT_FALSE(parse_form("a=1&b=2", {.fields_max = 1}));
    EXPECT_FALSE(parse_form("a=12345", {.value_bytes_max = 4}));
    EXPECT_FALSE(parse_form("abcde=1", {.name_bytes_max = 4}));
}

TEST(Request, reads_its_headers_queries_and_cookies) {
    auto const request = Request{.query = "acc=0123&des=thu+phi%20&x=%",
                                 .headers = {{"Cookie", "a=1; b=\"two\";c=x=y"}, {"content-type", "t"}}};
    EXPECT_EQ(request.query_value("acc"), "0123");
    EXPECT_EQ(request.query_value("des"), "thu phi ");
    EXPECT_FALSE(request.query_value("x"));
    EXPECT_FALSE(request.query_value("y"));
    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("b"), "two");
    EXPECT_EQ(request.cookie("c"), "x=y");
    EXPECT_FALSE(request.cookie("A"));
    EXPECT_EQ(request.header("Content-Type"), "t");
}

struct Found {
    std::string name, path, route;
    std::map<std::string, std::string, std::less<>> params{};
};
void PrintTo(Found const& row, std::ostream* out) { *out << row.name; }
class Paths : public testing::TestWithParam<Found> {
 protected:
    Paths() {
        for (auto const* pattern : {"/", "/api/v1/stalls", "/api/v1/stalls/{id}", "/api/v1/stalls/{id}/qr",
                                    "/api/v1/stalls/default", "/assets/{path*}", "/01/{gtin}/{rest*}", "/{a}/x"}) {
            router_.add(Method::get, pattern, pattern, [](Request const&, Responder) {});
        }
    }
    Router router_{};
};

TEST_P(Paths, find_their_pattern) {
    auto const match = router_.find(Method::get, GetParam().path);
    EXPECT_EQ(match.route ? match.route->name : "", GetParam().route);
    EXPECT_EQ(match.params, GetParam().params);
}

INSTANTIATE_TEST_SUITE_P(
    Patterns, Paths,
    testing::Values(
        Found{"root", "/", "/"}, Found{"literal", "/api/v1/stalls", "/api/v1/stalls"},
        Found{"parameter", "/api/v1/stalls/st_1", "/api/v1/stalls/{id}", {{"id", "st_1"}}},
        Found{"literal_wins", "/api/v1/stalls/default", "/api/v1/stalls/default"},
        Found{"back_from_a_literal", "/api/v1/stalls/default/qr", "/api/v1/stalls/{id}/qr", {{"id", "default"}}},
        Found{"decoded", "/api/v1/stalls/a%2Fb", "/api/v1/stalls/{id}", {{"id", "a/b"}}},
        Found{"empty_parameter", "/api/v1/stalls/", ""},
        Found{"tail", "/assets/js/app.js", "/assets/{path*}", {{"path", "js/app.js"}}},
        Found{"tail_empty", "/assets/", ""}, Found{"tail_missing", "/assets", ""},
        Found{"tail_climbs", "/assets/../etc/passwd", ""}, Found{"tail_climbs_encoded", "/assets/%2e%2E/etc", ""},
        Found{"two", "/01/893/10/ab", "/01/{gtin}/{rest*}", {{"gtin", "893"}, {"rest", "10/ab"}}},
        Found{"first_parameter", "/anything/x", "/{a}/x", {{"a", "anything"}}},
        Found{"back_from_the_top", "/assets/x", "/assets/{path*}", {{"path", "x"}}}, Found{"double_slash", "//x", ""},
        Found{"no_slash", "api", ""}, Found{"deep", "/" + std::string(200, '/'), ""}),
    [](auto const& param) { return param.param.name; });

TEST(Router, refuses_patterns_that_cannot_be) {
    auto router = Router{};
    auto const add = [&](std::string pattern) {
        router.add(Method::get, std::move(pattern), "r", [](Request const&, Responder) {});
    };
    add("/a/{id}");
    EXPECT_ANY_THROW(add("/a/{id}"));
    EXPECT_ANY_THROW(add("a"));
    EXPECT_ANY_THROW(add("/{rest*}/a"));
    EXPECT_ANY_THROW(add("/{}"));
    EXPECT_ANY_THROW(add("/a{id}"));
    EXPECT_EQ(router.find(Method::post, "/a/1").allow, "GET, HEAD, OPTIONS");
}

std::string const type = "multipart/form-data; boundary=XX";
std::string part(std::string const& head, std::string const& value) {
    return "--XX\r\n" + head + "\r\n\r\n" + value + "\r\n";
}
std::string const end = "--XX--\r\n";
std::string const name_a = "Content-Disposition: form-data; name=\"a\"";

TEST(Multipart, gives_fields_and_files) {
    auto const bytes = std::string{"\x89PNG\r\n\x1A\n\0--X", 13};
    auto const body = part(name_a, "một") +
                      part(
                          "Content-Disposition: form-data; name=\"f\"; filename=\"C:\\x\\sổ "
                          "\\\"1\\\".png\"\r\nContent-Type: image/png",
                          bytes) +
                      part("content-disposition: form-data; name=b", "") + end;
    auto const parts = parse_multipart(type, body);
    ASSERT_TRUE(parts.ok());
    ASSERT_EQ(parts->size(), 3U);
    EXPECT_EQ(find_part(*parts, "a")->value, "một");
    EXPECT_FALSE(find_part(*parts, "a")->filename);
    EXPECT_EQ(find_part(*parts, "f")->value, bytes);
    EXPECT_EQ(find_part(*parts, "f")->filename, "sổ \"1\".png");
    EXPECT_EQ(find_part(*parts, "f")->content_type, "image/png");
    EXPECT_EQ(find_part(*parts, "b")->value, "");
    EXPECT_EQ(find_part(*parts, "c"), nullptr);
}

struct Body {
    std::string name, type, body;
    MultipartError error;
};
void PrintTo(Body const& row, std::ostream* out) { *out << row.name; }
class MultipartRefused : public testing::TestWithParam<Body> {};

TEST_P(MultipartRefused, for_a_reason) {
    auto const parts = parse_multipart(GetParam().type, GetParam().body, {.parts_max = 2, .part_head_bytes_max = 200});
    ASSERT_FALSE(parts.ok());
    EXPECT_EQ(parts.error(), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, MultipartRefused,
    testing::Values(
        Body{"other_type", "multipart/mixed; boundary=XX", end, MultipartError::not_multipart},
        Body{"no_boundary", "multipart/form-data", end, MultipartError::not_multipart},
        Body{"empty_boundary", "multipart/form-data; boundary=\"\"", end, MultipartError::not_multipart},
        Body{"long_boundary", "multipart/form-data; boundary=" + std::string(71, 'x'), end,
             MultipartError::not_multipart},
        Body{"two_boundaries", type + "; boundary=YY", end, MultipartError::not_multipart},
        Body{"odd_boundary", "multipart/form-data; boundary=\"a<b\"", end, MultipartError::not_multipart},
        Body{"empty_body", type, "", MultipartError::bad_boundary},
        Body{"preamble", type, "x\r\n" + part(name_a, "1") + end, MultipartError::bad_boundary},
        Body{"epilogue", type, part(name_a, "1") + end + "x", MultipartError::bad_boundary},
        Body{"not_ended", type, part(name_a, "1"), MultipartError::bad_boundary},
        Body{"longer_boundary", type, "--XXY\r\n" + name_a + "\r\n\r\n1\r\n--XX--", MultipartError::bad_boundary},
        Body{"no_name", type, part("Content-Disposition: form-data", "1") + end, MultipartError::bad_part},
        Body{"not_form_data", type, part("Content-Disposition: attachment; name=a", "1") + end,
             MultipartError::bad_part},
        Body{"no_disposition", type, part("Content-Type: a/b", "1") + end, MultipartError::bad_part},
        Body{"two_dispositions", type, part(name_a + "\r\n" + name_a, "1") + end, MultipartError::bad_part},
        Body{"open_quote", type, part("Content-Disposition: form-data; name=\"a", "1") + end, MultipartError::bad_part},
        Body{"long_head", type, part(name_a + "\r\nX: " + std::string(200, 'x'), "1") + end, MultipartError::bad_part},
        Body{"bare_lf", type, "--XX\n" + name_a + "\n\n1\n--XX--\n", MultipartError::bad_boundary},
        Body{"too_many", type, part(name_a, "1") + part(name_a, "2") + part(name_a, "3") + end,
             MultipartError::too_many_parts}),
    [](auto const& param) { return param.param.name; });

}  // namespace
}  // namespace choso::http
