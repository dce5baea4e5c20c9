// Who signs in, with what, and for how long.
#include "platform/crypto/crypto.hpp"
#include "platform/crypto/one_time.hpp"
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

class People : public SharedProvince {
 protected:
    static std::string password_of(std::string const& user) { return text_at(province().login(user), "password"); }
    /// As if nobody had tried anything yet.
    void SetUp() override { (void)province().sql("delete from sign_in_attempt"); }
};

TEST_F(People, a_password_and_a_code_open_a_session) {
    auto person = Visitor{province().port};
    auto const first = person.signs_in("duyet-chi", password_of("duyet-chi"));
    ASSERT_EQ(first.status(), 201) << first.response.body;
    EXPECT_EQ(first.text("standing"), "second_factor_due");
    auto const before = person.cookie;
    auto const second = person.gives(province().code_of("duyet-chi"));
    ASSERT_EQ(second.status(), 200) << second.response.body;
    EXPECT_EQ(second.text("standing"), "whole");
    EXPECT_EQ(second.text("second_factor_fresh"), "true");
    EXPECT_NE(person.cookie, before) << "the session goes on under a new token";
    EXPECT_EQ(person.get("/api/v1/session").text("user"), "duyet-chi");
    auto stale = Visitor{province().port};
    stale.cookie = before;
    EXPECT_EQ(stale.get("/api/v1/session").status(), 401) << "the token of the first step still opens";
}

TEST_F(People, a_code_is_taken_once) {
    auto person = province().signed_in("doi-soat");
    auto const code = province().code_of("doi-soat");
    EXPECT_EQ(person.gives(code).status(), 200);
    auto const again = person.gives(code);
    EXPECT_EQ(again.status(), 401);
    EXPECT_EQ(again.text("code"), "code_wrong");
}

TEST_F(People, an_absent_user_is_answered_as_a_wrong_password_is) {
    auto const wrong = Visitor{province().port}.signs_in("duyet-chi", "khong phai mat khau nay");
    auto const absent = Visitor{province().port}.signs_in("khong-co-ai", "khong phai mat khau nay");
    EXPECT_EQ(wrong.status(), 401);
    EXPECT_EQ(absent.status(), 401);
    auto const without_id = [](Answer const& answer) {
        auto text = answer.response.body;
        return text.replace(text.find(answer.text("request_id")), answer.text("request_id").size(), "");
    };
    EXPECT_EQ(without_id(wrong), without_id(absent));
}

TEST_F(People, whoever_guesses_waits_whether_the_user_exists_or_not) {
    for (auto const* user : {"nguoi-xem", "khong-co-ai"}) {
        SCOPED_TRACE(user);
        for (auto i = 0; i < 6; ++i) EXPECT_EQ(Visitor{province().port}.signs_in(user, "khong phai mat khau nay").status(), 401);
        auto const waits = Visitor{province().port}.signs_in(user, "khong phai mat khau nay");
        EXPECT_EQ(waits.status(), 429) << waits.response.body;
        EXPECT_FALSE(waits.header("Retry-After").empty());
    }
    // The right password waits like the others, and is taken when the time has come.
    EXPECT_EQ(Visitor{province().port}.signs_in("nguoi-xem", password_of("nguoi-xem")).status(), 429);
    EXPECT_TRUE(support::eventually(patience, [] { return Visitor{province().port}.signs_in("nguoi-xem", password_of("nguoi-xem")).status() == 201; }));
}

TEST_F(People, a_change_needs_the_sessions_token_and_our_own_page) {
    auto person = province().signed_in("nguoi-xem");
    auto without = person;
    without.csrf.clear();
    EXPECT_EQ(without.send(http::Method::del, "/api/v1/session").status(), 403);
    EXPECT_EQ(person.send(http::Method::del, "/api/v1/session", {{"Origin", "https://evil.example"}}).status(), 403);
    EXPECT_EQ(person.send(http::Method::del, "/api/v1/session", {{"Sec-Fetch-Site", "cross-site"}}).status(), 403);
    EXPECT_EQ(person.send(http::Method::del, "/api/v1/session", {{"Sec-Fetch-Site", "same-origin"}}).status(), 204);
    EXPECT_EQ(person.get("/api/v1/session").status(), 401);
}

TEST_F(People, secrets_are_kept_nowhere) {
    auto const person = province().signed_in("duyet-chi");
    auto const token = person.cookie.substr(person.cookie.find('=') + 1);
    auto const secret = text_at(province().login("duyet-chi"), "totp_secret");
    auto const dump = support::run({.arguments = {"pg_dump", "--inserts", province().database.super_url}, .environment = {}, .output = {}, .input = {}});
    ASSERT_EQ(dump.status, 0) << dump.output;
    EXPECT_EQ(dump.output.find(token), std::string::npos);
    EXPECT_EQ(dump.output.find(password_of("duyet-chi")), std::string::npos);
    EXPECT_EQ(dump.output.find(crypto::to_hex(*crypto::from_base32(secret))), std::string::npos);
    EXPECT_NE(dump.output.find("$argon2id$v=19$m=19456,t=2,p=1$"), std::string::npos);
}

}  // namespace
}  // namespace choso::stories
