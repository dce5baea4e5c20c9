// SePay's notices: three bodies, three ways to say who it is, and everything that is refused but kept.
#include "platform/crypto/crypto.hpp"
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

constexpr auto target = "/feeds/sepay";

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (auto const c : bytes) {
        out += digits[static_cast<unsigned char>(c) >> 4U];
        out += digits[static_cast<unsigned char>(c) & 15U];
    }
    return out;
}

class Sepay : public SharedProvince {
 protected:
    using Headers = std::vector<http::Header>;

    static Answer post(std::string const& body, Headers headers, std::string const& type = "application/json") {
        headers.push_back({"Content-Type", type});
        return post_to(province().port, target, headers, body);
    }
    static Headers by_key() { return {{"Authorization", "Apikey " + text_at(province().demo, "sepay.api_key")}}; }
    static Headers by_signature(std::string const& body, std::chrono::seconds off = {}) {
        auto const at = std::to_string(std::chrono::floor<std::chrono::seconds>(now() + off).time_since_epoch().count());
        auto const secret = text_at(province().demo, "sepay.hmac_secret");
        auto const signature = crypto::hmac_sha256(secret, at + "." + body);
        return {{"X-SePay-Timestamp", at}, {"X-SePay-Signature", "sha256=" + hex(crypto::as_text(signature))}};
    }
    static Headers by_token() {
        auto const answer = post_to(province().port, "/feeds/sepay/token", {{"Content-Type", "application/x-www-form-urlencoded"}},
                                    "grant_type=client_credentials&client_id=" + text_at(province().demo, "sepay.client_id") +
                                        "&client_secret=" + text_at(province().demo, "sepay.client_secret"));
        EXPECT_EQ(answer.status(), 200) << answer.response.body;
        EXPECT_EQ(answer.text("token_type"), "Bearer");
        return {{"Authorization", "Bearer " + answer.text("access_token")}};
    }
    static void expect_taken(Answer const& answer) {
        EXPECT_EQ(answer.status(), 200) << answer.response.body;
        EXPECT_EQ(answer.response.body, R"({"success":true})");
    }
    /// The newest refused notice as an operator sees it.
    static json::Value newest_refused() { return province().choso_json({"admin", "notices", "list", "--limit", "1"}).at(0); }
    static std::string newest_refused_body() {
        return province().sql("select encode(body, 'hex') from refused_notice order by id desc limit 1");
    }
    static std::string payments() { return province().sql("select count(*) from payment"); }
    static Notice notice(std::int64_t amount = 30'000) { return province().bank().transfer(stall().asks(amount), amount); }
    static Stall stall() { return province().stall(); }
};

TEST_F(Sepay, a_json_a_form_and_a_multipart_body_say_the_same) {
    struct {
        std::string name, type;
        std::function<std::string(Notice const&)> write;
    } const rows[] = {
        {"json", "application/json; charset=utf-8", [](Notice const& it) { return it.json(); }},
        {"form", "application/x-www-form-urlencoded", [](Notice const& it) { return it.form(); }},
        {"multipart", "multipart/form-data; boundary=\"--x y\"", [](Notice const& it) { return it.multipart("--x y"); }},
    };
    for (auto const& row : rows) {
        SCOPED_TRACE(row.name);
        auto const asked = stall().asks(30'000);
        expect_taken(post(row.write(province().bank().transfer(asked, 30'000)), by_key(), row.type));
        EXPECT_EQ(stall().status(asked), "paid");
    }
}

TEST_F(Sepay, three_ways_to_say_who_it_is) {
    for (auto const* way : {"apikey", "hmac", "oauth2"}) {
        SCOPED_TRACE(way);
        auto const asked = stall().asks(30'000);
        auto const body = province().bank().transfer(asked, 30'000).json();
        auto const headers = std::string_view{way} == "apikey" ? by_key() : std::string_view{way} == "hmac" ? by_signature(body) : by_token();
        expect_taken(post(body, headers));
        EXPECT_EQ(stall().status(asked), "paid");
    }
}

TEST_F(Sepay, a_repeat_is_answered_as_the_first_and_books_nothing) {
    auto const body = notice().json();
    expect_taken(post(body, by_key()));
    auto const before = payments();
    for (auto i = 0; i < 3; ++i) expect_taken(post(body, by_key()));
    EXPECT_EQ(payments(), before);
}

TEST_F(Sepay, a_second_feed_confirms_what_the_first_told) {
    auto const body = notice().json();
    expect_taken(post(body, by_key()));
    auto const before = payments();
    expect_taken(post(body, by_signature(body)));
    EXPECT_EQ(payments(), before) << "one fact, told by two sources";
    EXPECT_EQ(province().sql("select count(*) from payment where confirmed_at is not null and cardinality(later_sources) = 1"), "1");
}

TEST_F(Sepay, the_raw_bytes_are_kept_as_they_came) {
    auto told = notice();
    told.content += " – tiền rau\t\"ngon\"";
    auto const body = "  " + told.json() + "\r\n ";
    expect_taken(post(body, by_key()));
    EXPECT_EQ(province().sql("select encode(raw, 'hex') from bank_text where source_id = '" + std::to_string(told.id) + "'"), hex(body));
    EXPECT_EQ(province().sql("select count(*) from bank_text where headers ilike '%apikey%' or headers ilike '%signature%'"), "0");
}

TEST_F(Sepay, forged_ones_are_refused_and_kept) {
    auto const body = notice().json();
    auto const wrong_signature = by_signature(body + " ");
    struct {
        std::string name;
        Headers headers;
    } const rows[] = {
        {"nothing", {}},
        {"wrong_key", {{"Authorization", "Apikey " + std::string(43, 'x')}}},
        {"empty_key", {{"Authorization", "Apikey "}}},
        {"our_own_api_key", {{"Authorization", "Bearer " + province().caller().key()}}},
        {"hmac_secret_as_key", {{"Authorization", "Apikey " + text_at(province().demo, "sepay.hmac_secret")}}},
        {"oauth2_secret_as_key", {{"Authorization", "Apikey " + text_at(province().demo, "sepay.client_secret")}}},
        {"signature_of_other_bytes", wrong_signature},
        {"signature_without_a_time", {wrong_signature[1]}},
        {"signature_no_hex", {wrong_signature[0], {"X-SePay-Signature", "sha256=zz"}}},
        {"made_up_token", {{"Authorization", "Bearer " + std::string(75, 'A')}}},
    };
    auto const before = payments();
    for (auto const& row : rows) {
        SCOPED_TRACE(row.name);
        auto const answer = post(body, row.headers);
        EXPECT_EQ(answer.status(), 401) << answer.response.body;
        EXPECT_EQ(answer.text("code"), "unauthorized");
        EXPECT_EQ(text_at(newest_refused(), "reason"), "unauthorized");
        EXPECT_EQ(newest_refused_body(), hex(body));
    }
    EXPECT_EQ(payments(), before);
}

TEST_F(Sepay, a_wrong_secret_gets_no_token) {
    auto const type = Headers{{"Content-Type", "application/x-www-form-urlencoded"}};
    auto const id = text_at(province().demo, "sepay.client_id");
    EXPECT_EQ(post_to(province().port, "/feeds/sepay/token", type, "grant_type=client_credentials&client_id=" + id + "&client_secret=x").status(), 401);
    EXPECT_EQ(post_to(province().port, "/feeds/sepay/token", type, "grant_type=password&client_id=" + id).status(), 400);
    EXPECT_EQ(post_to(province().port, "/feeds/sepay/token", type, "").status(), 400);
}

TEST_F(Sepay, a_stale_signature_is_refused_and_shown) {
    auto const asked = stall().asks(30'000);
    auto const body = province().bank().transfer(asked, 30'000).json();
    for (auto const off : {std::chrono::seconds{-400}, std::chrono::seconds{400}}) {
        auto const answer = post(body, by_signature(body, off));
        EXPECT_EQ(answer.status(), 401) << answer.response.body;
        EXPECT_EQ(answer.text("code"), "signature_stale");
        auto const shown = newest_refused();
        EXPECT_EQ(text_at(shown, "reason"), "stale_signature");
        EXPECT_FALSE(text_at(shown, "feed").empty());
        EXPECT_NE(text_at(shown, "body").find(asked.reference), std::string::npos) << text_at(shown, "body");
    }
    EXPECT_EQ(stall().status(asked), "open");
    expect_taken(post(body, by_signature(body)));
    EXPECT_EQ(stall().status(asked), "paid");
}

TEST_F(Sepay, a_feed_may_not_speak_for_anothers_account) {
    auto const asked = stall().asks(30'000);
    auto const body = province().bank().transfer(asked, 30'000).json();
    auto const others = Headers{{"Authorization", "Apikey " + text_at(province().demo, "other_sepay.api_key")}};
    auto const answer = post(body, others);
    EXPECT_EQ(answer.status(), 403) << answer.response.body;
    EXPECT_EQ(answer.text("code"), "account_not_allowed");
    EXPECT_EQ(text_at(newest_refused(), "reason"), "account_not_allowed");
    EXPECT_EQ(newest_refused_body(), hex(body));
    EXPECT_EQ(stall().status(asked), "open");
    // An account that nobody has is answered like one of somebody else.
    auto unknown = province().bank().transfer(asked, 30'000);
    unknown.account = "1234567";
    EXPECT_EQ(post(unknown.json(), others).text("code"), "account_not_allowed");
}

TEST_F(Sepay, malformed_ones_are_refused_by_field_and_kept) {
    struct {
        std::string name, find, replace, param;
    } const rows[] = {
        {"not_json", "{", "", ""},
        {"id_text", "\"id\":", "\"id\":\"x\",\"was\":", "id"},
        {"id_absent", "\"id\":", "\"was\":", "id"},
        {"no_such_day", R"("transactionDate":")", R"("transactionDate":"13-)", "transactionDate"},
        {"amount_negative", "\"transferAmount\":", "\"transferAmount\":-", "transferAmount"},
        {"amount_fraction", "\"transferAmount\":30000", "\"transferAmount\":30000.5", "transferAmount"},
        {"amount_exponent", "\"transferAmount\":30000", "\"transferAmount\":3e4", "transferAmount"},
        {"amount_zero", "\"transferAmount\":30000", "\"transferAmount\":0", "transferAmount"},
        {"amount_beyond_any", "\"transferAmount\":30000", "\"transferAmount\":92233720368547758080", "transferAmount"},
        {"direction", "\"transferType\":\"in\"", "\"transferType\":\"sideways\"", "transferType"},
        {"account_blank", "\"accountNumber\":\"", "\"accountNumber\":\" ", "accountNumber"},
        {"nul", "\"content\":\"", "\"content\":\"\\u0000", ""},
    };
    for (auto const& row : rows) {
        SCOPED_TRACE(row.name);
        auto body = notice().json();
        auto const where = body.find(row.find);
        ASSERT_NE(where, std::string::npos);
        body.replace(where, row.find.size(), row.replace);
        auto const answer = post(body, by_key());
        EXPECT_EQ(answer.status(), 422) << answer.response.body;
        EXPECT_EQ(answer.text("param"), row.param);
        EXPECT_EQ(text_at(newest_refused(), "reason"), "malformed");
        EXPECT_EQ(newest_refused_body(), hex(body));
    }
}

TEST_F(Sepay, the_same_id_with_another_amount_is_a_conflict_and_kept) {
    auto told = notice();
    expect_taken(post(told.json(), by_key()));
    auto const before = payments();
    told.amount = 31'000;
    auto const answer = post(told.json(), by_key());
    EXPECT_EQ(answer.status(), 409) << answer.response.body;
    EXPECT_EQ(answer.text("code"), "sighting_conflict");
    EXPECT_EQ(text_at(newest_refused(), "reason"), "conflict");
    EXPECT_EQ(payments(), before);
}

TEST_F(Sepay, money_that_leaves_is_booked_where_every_line_is_fed) {
    auto out = province().bank().transfer(stall().account, "chuyen tien cho con", 70'000);
    out.type = "out";
    auto const before = payments();
    expect_taken(post(out.json(), by_key()));
    EXPECT_EQ(payments(), before) << "what leaves a household's account is none of our business";

    out.account = text_at(province().demo, "school.bank_account.account");
    out.id = next_number();
    expect_taken(post(out.json(), by_key()));
    auto const list = province().caller().get("/api/v1/payments?merchant=" + text_at(province().demo, "school.merchant"));
    ASSERT_EQ(at(list.body, "data")->items().size(), 1U) << list.response.body;
    EXPECT_EQ(text_at(at(list.body, "data")->items()[0], "amount"), "-70000");
    EXPECT_EQ(text_at(at(list.body, "data")->items()[0], "status"), "outside");
}

TEST_F(Sepay, a_body_beyond_the_limit_is_refused) {
    auto told = notice();
    told.content.append(70'000, 'x');
    EXPECT_EQ(post(told.json(), by_key()).status(), 413);
}

TEST_F(Sepay, the_book_balances_after_all_of_it) { EXPECT_TRUE(province().book().balances()); }

}  // namespace
}  // namespace choso::stories
