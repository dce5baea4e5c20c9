// Parts of the payer's pages that can be looked at without a server.
#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/pages/bank_apps.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/pages/pay_page.hpp"
#include "platform/image/text.hpp"
#include "qr/render/card.hpp"

namespace choso::pages {
namespace {

TEST(bank_apps, a_link_fills_the_transfer_in) {
    auto const* bank = qr::find_by_bin("970415");
    ASSERT_NE(bank, nullptr);
    auto const apps = bank_apps();
    auto const mb = std::ranges::find(apps, std::string_view{"mb"}, &BankApp::code);
    ASSERT_NE(mb, apps.end());
    EXPECT_EQ(app_link(*mb, *bank, {"0123456789", "NGUYỄN THỊ HOA", Money{50'000}, "KX12345678MNFH"}),
              "https://dl.vietqr.io/pay?app=mb&ba=0123456789@icb&am=50000&tn=KX12345678MNFH&bn=NGUYEN%20THI%20HOA");
    EXPECT_EQ(app_link(*mb, *bank, {"1&am=9", "A", std::nullopt, "N"}), "https://dl.vietqr.io/pay?app=mb&ba=1%26am%3D9@icb&tn=N&bn=A");
}

struct Offer {
    char const* header;
    bool taken;
};
void PrintTo(Offer const& row, std::ostream* out) { *out << row.header; }
class TakesGzip : public testing::TestWithParam<Offer> {};

TEST_P(TakesGzip, as_the_browser_offers) {
    auto request = http::Request{};
    if (*GetParam().header != '\0') request.headers.push_back({"Accept-Encoding", GetParam().header});
    EXPECT_EQ(takes_gzip(request), GetParam().taken);
}

INSTANTIATE_TEST_SUITE_P(pages, TakesGzip,
                         testing::Values(Offer{"", false}, Offer{"gzip, deflate, br", true}, Offer{"br;q=1.0, GZIP;q=0.5", true}, Offer{"gzip;q=0", false},
                                         Offer{"gzip;q=0.0, br", false}, Offer{"identity", false}, Offer{"xgzip", false}));

TEST(pages, one_policy_for_all_and_only_the_pages_own_style) {
    auto frame = Frame{};
    frame.inline_style = "p{}";
    auto const out = page(200, frame, [](Html& html) { html.line("h1", "x"); });
    EXPECT_EQ(out.header("Cross-Origin-Opener-Policy").value_or(""), "same-origin");
    auto const policy = std::string{out.header("Content-Security-Policy").value_or("")};
    EXPECT_TRUE(policy.starts_with("default-src 'self'")) << policy;
    EXPECT_NE(policy.find("style-src 'self' 'sha256-"), std::string::npos) << policy;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos) << policy;
    EXPECT_EQ(out.header("X-Robots-Tag"), "noindex");
}

TEST(pages, a_token_that_names_nothing_and_a_bad_hour_both_say_whether_money_moved) {
    for (auto const language : {Language::vi, Language::en}) {
        auto const missing = nothing_page(language, PayState::not_found, "abc123");
        EXPECT_EQ(missing.status, 404);
        EXPECT_NE(missing.body.find(std::string{text(language, Text::not_found_money)}), std::string::npos);
        EXPECT_NE(missing.body.find("abc123"), std::string::npos);
        auto const away = problem_page(api::Problem{api::Code::not_ready}, {.request_id = "abc123", .english = language == Language::en, .page = nullptr});
        EXPECT_EQ(away.status, 503);
        EXPECT_NE(away.body.find(std::string{text(language, Text::unavailable_money)}), std::string::npos);
        EXPECT_NE(away.body.find("data-state=\"unavailable\""), std::string::npos);
    }
}

TEST(pages, the_servers_own_errors_are_pages_where_people_read_them) {
    auto request = http::Request{};
    request.request_id = "abc123";
    auto const drawn = [&](char const* path, http::ErrorKind error) {
        request.path = path;
        auto const out = error_page(error, &request);
        return out ? out->body : std::string{};
    };
    EXPECT_NE(drawn("/t/x", http::ErrorKind::overloaded).find("data-state=\"unavailable\""), std::string::npos);
    EXPECT_NE(drawn("/t/x", http::ErrorKind::handler_timeout).find("data-state=\"unavailable\""), std::string::npos);
    EXPECT_NE(drawn("/t/x/y", http::ErrorKind::not_found).find("data-state=\"not_found\""), std::string::npos);
    EXPECT_NE(drawn("/quay", http::ErrorKind::overloaded).find("<h1>"), std::string::npos);
    EXPECT_EQ(drawn("/t/x/stream", http::ErrorKind::overloaded), "") << "its reader is a program";
    EXPECT_EQ(drawn("/api/v1/payments", http::ErrorKind::not_found), "");
    EXPECT_FALSE(error_page(http::ErrorKind::bad_request, nullptr));
}

std::size_t ink(image::Bitmap const& bitmap) {
    return static_cast<std::size_t>(std::ranges::count_if(bitmap.pixels, [](auto pixel) { return pixel != 0; }));
}

TEST(picture, a_paragraph_draws_every_mark_and_breaks_where_it_must) {
    auto const plain = image::paragraph("Duoc", {.px = 40, .bold = false}, 400);
    auto const marked = image::paragraph("Được", {.px = 40, .bold = false}, 400);
    ASSERT_TRUE(plain && marked);
    EXPECT_GT(ink(*marked), ink(*plain)) << "the marks are drawn";
    // Composed or not, the same letters: đ has no decomposition, ư and ợ have.
    auto const decomposed = image::paragraph("\xC4\x90\x75\xCC\x9B\x6F\xCC\x9B\xCC\xA3\x63", {.px = 40, .bold = false}, 400);
    ASSERT_TRUE(decomposed);
    auto const difference = static_cast<double>(ink(*decomposed)) / static_cast<double>(ink(*marked));
    EXPECT_NEAR(difference, 1.0, 0.05);
    auto const narrow = image::paragraph("NGUYENTHIHOANGUYENTHIHOA", {.px = 40, .bold = true}, 200);
    ASSERT_TRUE(narrow);
    EXPECT_EQ(narrow->width, 200U);
    EXPECT_GT(narrow->height, 2 * plain->height - 10) << "a word that is too long is broken";
    EXPECT_FALSE(image::paragraph("", {}, 100));
    EXPECT_FALSE(image::paragraph("\xff", {}, 100));
}

}  // namespace
}  // namespace choso::pages
