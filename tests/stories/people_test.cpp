// Who signs in, with what, and for how long.
#include <atomic>
#include <thread>

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
    for (auto const* user : {"khong-co-ai", "nguoi-xem"}) {
        SCOPED_TRACE(user);
        for (auto i = 0; i < 6; ++i) EXPECT_EQ(Visitor{province().port}.signs_in(user, "khong phai mat khau nay").status(), 401);
        auto const waits = Visitor{province().port}.signs_in(user, "khong phai mat khau nay");
        EXPECT_EQ(waits.status(), 429) << waits.response.body;
        EXPECT_FALSE(waits.header("Retry-After").empty());
    }
    // Within that same wait the right password waits like the others, and is taken when the time has come.
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

TEST_F(People, what_is_revoked_is_refused_by_every_process) {
    auto const other = province().another_gateway();
    auto const person = province().signed_in("thu-phi");
    auto const there = person.at(other->port());
    ASSERT_EQ(there.get("/api/v1/session").status(), 200) << "a session is one session everywhere";
    EXPECT_EQ(province().choso({"admin", "staff", "revoke", "thu-phi"}).status, 0);
    // The very next request, at either: the database is asked each time.
    EXPECT_EQ(person.get("/api/v1/session").status(), 401);
    EXPECT_EQ(there.get("/api/v1/session").status(), 401);
    EXPECT_EQ(Visitor{other->port()}.signs_in("thu-phi", password_of("thu-phi")).status(), 401);

    auto mine = province().signed_in("chu-sap");
    auto const mine_there = mine.at(other->port());
    EXPECT_EQ(mine.send(http::Method::del, "/api/v1/session").status(), 204);
    EXPECT_EQ(mine_there.get("/api/v1/session").status(), 401);

    auto const made = province().choso_json({"admin", "key", "create", "--name", "two processes", "--merchant", province().stall().merchant, "--scope", "events:read"}).at(0);
    auto const here = Caller{province().port, text_at(made, "secret")};
    auto const key_there = Caller{other->port(), text_at(made, "secret")};
    for (auto const* caller : {&here, &key_there})
        ASSERT_TRUE(support::eventually(patience, [&] { return caller->get("/api/v1/merchants").status() == 200; }));
    EXPECT_EQ(province().choso({"admin", "key", "revoke", text_at(made, "key")}).status, 0);
    for (auto const* caller : {&here, &key_there})
        EXPECT_TRUE(support::eventually(std::chrono::seconds{1}, [&] { return caller->get("/api/v1/merchants").status() == 401; })) << "a second is promised";
}

TEST_F(People, a_role_that_is_taken_opens_nothing_any_more) {
    auto const person = province().signed_in("doi-soat");
    ASSERT_EQ(person.get("/nhat-ky").status(), 200);
    (void)province().sql("delete from staff_grant g using staff s where s.id = g.staff and s.login = 'doi-soat'");
    EXPECT_EQ(person.get("/nhat-ky").status(), 403);
}

TEST_F(People, a_lost_phone_is_an_operators_matter) {
    auto const made = province().choso_json({"admin", "staff", "reset", "ban-hang"}).at(0);
    auto person = Visitor{province().port};
    ASSERT_EQ(person.signs_in("ban-hang", text_at(made, "password")).status(), 201);
    auto const refused = person.get("/nhat-ky");
    EXPECT_EQ(refused.status(), 303);
    EXPECT_EQ(refused.header("Location"), "/tai-khoan/mat-khau") << "a password that somebody else gave is changed first";
    EXPECT_EQ(Visitor{province().port}.signs_in("ban-hang", password_of("ban-hang")).status(), 401);
}

TEST_F(People, rights_are_changed_only_with_a_fresh_second_factor) {
    auto person = province().signed_in("van-hanh");
    (void)province().sql("update staff_session set second_factor_at = now() - interval '6 minutes' where ended_at is null");
    auto const stale = person.send(http::Method::post, "/nguoi-dung/doi", {{"Content-Type", "application/x-www-form-urlencoded"}}, "what=revoke&user=duyet-chi");
    EXPECT_EQ(stale.status(), 303);
    EXPECT_TRUE(stale.header("Location").starts_with("/dang-nhap/buoc-2")) << stale.header("Location");
    EXPECT_EQ(person.gives(province().code_of("van-hanh")).status(), 200);
    auto const done = person.send(http::Method::post, "/nguoi-dung/doi", {{"Content-Type", "application/x-www-form-urlencoded"}}, "what=revoke&user=nguoi-ban");
    EXPECT_EQ(done.status(), 303) << done.response.body;
    EXPECT_EQ(done.header("Location"), "/nguoi-dung");
    EXPECT_EQ(Visitor{province().port}.signs_in("nguoi-ban", password_of("nguoi-ban")).status(), 401);
}

TEST_F(People, money_goes_back_by_the_page_of_those_who_approve) {
    auto const stall = province().stall(0);
    auto const asked = stall.asks(50'000);
    province().bank().credits(asked, 50'000);
    ASSERT_TRUE(stall.comes_to(asked, "paid"));
    auto const payments = province().caller().get("/api/v1/payments?merchant=" + stall.merchant);
    auto const payment = text_at(at(payments.body, "data")->items()[0], "id");
    // As if a second feed had told it too: payouts_test.cpp tells how that comes.
    (void)province().sql("update payment set confirmed_at = now() where merchant = (select merchant from payment order by recorded_at desc limit 1)");
    auto const made = province().caller().post(
        "/api/v1/refunds", R"({"payment":")" + payment + R"(","amount":20000,"reason":"trả hàng","destination":{"bin":"970436","account":"0123456789","holder":"TRAN VAN B"}})");
    ASSERT_EQ(made.status(), 201) << made.response.body;
    auto const refund = made.text("id");
    auto const form = std::vector<http::Header>{{"Content-Type", "application/x-www-form-urlencoded"}};
    auto const yes = "what=approve&id=" + refund + "&destination=" + made.text("destination.id");

    auto const another = province().signed_in("duyet-truong");
    EXPECT_EQ(another.get("/duyet").response.body.find(refund), std::string::npos) << "another merchant's approver sees it";
    auto const foreign = another.send(http::Method::post, "/duyet", form, yes);
    auto const absent = another.send(http::Method::post, "/duyet", form, "what=approve&id=rf_00000000000000000000000000");
    EXPECT_EQ(foreign.status(), 404);
    EXPECT_EQ(foreign.response.body, absent.response.body);
    EXPECT_EQ(province().signed_in("van-hanh").send(http::Method::post, "/duyet", form, yes).status(), 403) << "an operator is no approver";

    auto approver = province().signed_in("duyet-chi");
    auto const page = approver.get("/duyet").response.body;
    EXPECT_NE(page.find("TRAN VAN B"), std::string::npos);
    EXPECT_NE(page.find(made.text("destination.id")), std::string::npos) << "a yes says where to";
    (void)province().sql("update staff_session set second_factor_at = now() - interval '6 minutes' where ended_at is null");
    EXPECT_TRUE(approver.send(http::Method::post, "/duyet", form, yes).header("Location").starts_with("/dang-nhap/buoc-2"));
    EXPECT_EQ(province().caller().get("/api/v1/refunds/" + refund).text("status"), "proposed");
    EXPECT_EQ(approver.gives(province().code_of("duyet-chi")).status(), 200);
    auto const done = approver.send(http::Method::post, "/duyet", form, yes);
    EXPECT_EQ(done.status(), 303) << done.response.body;
    EXPECT_EQ(done.header("Location"), "/duyet");
    EXPECT_NE(province().caller().get("/api/v1/refunds/" + refund).text("status"), "proposed");
    EXPECT_EQ(approver.get("/duyet").response.body.find(refund), std::string::npos);
    EXPECT_NE(province().choso({"audit", "export"}).output.find("refund.approved"), std::string::npos);
    EXPECT_TRUE(province().book().balances());
}

TEST_F(People, whoever_is_asked_again_in_the_middle_of_a_form_comes_back_to_its_page) {
    auto const person = province().signed_in("doi-soat");
    (void)province().sql("update staff_session set second_factor_at = now() - interval '6 minutes' where ended_at is null");
    auto const asked_again = [&](std::vector<http::Header> headers) {
        headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
        return person.send(http::Method::post, "/tai-khoan/xac-thuc/go", std::move(headers)).header("Location");
    };
    EXPECT_EQ(asked_again({{"Referer", province().base_url + "/nhat-ky"}}), "/dang-nhap/buoc-2?den=%2Fnhat-ky");
    EXPECT_EQ(asked_again({}), "/dang-nhap/buoc-2?den=%2Ftai-khoan") << "not /tai-khoan/xac-thuc/go, which is no page";
    EXPECT_EQ(asked_again({{"Referer", "https://evil.example//evil.example/"}}), "/dang-nhap/buoc-2?den=%2Ftai-khoan");
}

TEST_F(People, a_login_that_is_no_text_is_nobodys) {
    auto person = Visitor{province().port};
    auto const page = person.get("/dang-nhap");
    auto const field = std::string_view{R"(name="csrf" value=")"};
    auto const at = page.response.body.find(field);
    ASSERT_NE(at, std::string::npos);
    auto const csrf = page.response.body.substr(at + field.size(), page.response.body.find('"', at + field.size()) - at - field.size());
    person.take(page);
    for (auto const* user : {"%FF%FEhoa", "n%E1%BB", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%E1%BA%A3"}) {
        auto const answer = person.send(http::Method::post, "/dang-nhap", {{"Content-Type", "application/x-www-form-urlencoded"}},
                                        "csrf=" + csrf + "&password=khong+phai+mat+khau+nay&user=" + user);
        EXPECT_EQ(answer.status(), 401) << user << answer.response.body;
    }
}

TEST_F(People, a_session_left_alone_is_over) {
    auto const approver = province().signed_in("duyet-chi");
    auto const viewer = province().signed_in("nguoi-xem");
    (void)province().sql("update staff_session set seen_at = now() - interval '16 minutes'");
    EXPECT_EQ(approver.get("/api/v1/session").status(), 401);
    EXPECT_EQ(viewer.get("/api/v1/session").status(), 200);
    (void)province().sql("update staff_session set created_at = now() - interval '12 hours 1 minute'");
    EXPECT_EQ(viewer.get("/api/v1/session").status(), 401);
}

TEST_F(People, others_are_served_while_somebody_guesses) {
    auto stop = std::atomic<bool>{false};
    auto guesses = std::atomic<int>{0};
    auto threads = std::vector<std::thread>{};
    for (auto n = 0; n < 8; ++n)
        threads.emplace_back([&, n] {
            for (auto i = 0; !stop && i < 125; ++i, ++guesses)
                (void)Visitor{province().port}.signs_in("khong-co-" + std::to_string(n) + "-" + std::to_string(i), "khong phai mat khau nay");
        });
    auto served = 0;
    while (guesses < 1'000) {
        auto const asked = province().stall(0).asks(10'000);
        served += asked.id.empty() ? 0 : 1;
    }
    stop = true;
    for (auto& thread : threads) thread.join();
    EXPECT_GT(served, 0);
    EXPECT_EQ(province().sql("select coalesce(max(failures), 0) <= 60 from sign_in_attempt"), "t") << "nearly all of a thousand guesses were tried";
}

}  // namespace
}  // namespace choso::stories
