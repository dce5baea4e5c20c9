// The reconciliation desk: what does not match is taken, proposed on, approved by another, and undone by a counter-journal.
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

/// The demo's collector for others keeps all money that comes; a reconciler and an approver look after it.
class Desk : public testing::Test {
 protected:
    void SetUp() override {
        province.settings = {{"CHOSO_READERS__POLL_MS", "50"}};
        province.stop();
        province.start();
        reconciler = province.signed_in("doi-soat");
        approver = province.signed_in("duyet-chi");
    }
    void TearDown() override { EXPECT_TRUE(province.book().balances()); }

    [[nodiscard]] Asked asks(std::int64_t amount) const {
        auto const answer = province.caller().post("/api/v1/payment-requests", R"({"merchant":")" + payee + R"(","amount":)" + std::to_string(amount) + "}");
        EXPECT_EQ(answer.status(), 201) << answer.response.body;
        return {answer.text("id"), answer.text("reference"), answer.text("qr"), answer.text("pay_url"), account, answer.text("expires_at"), amount};
    }
    Notice comes(std::string const& content, std::int64_t amount) {
        auto const notice = bank.transfer(account, content, amount);
        EXPECT_EQ(bank.sends(notice).status(), 200);
        return notice;
    }
    void confirm(Notice notice) {
        auto const made = province.choso_json({"admin", "feed", "create", "--kind", "sepay", "--name", "f" + std::to_string(next_number()), "--auth", "apikey", "--account", account_id});
        notice.id = next_number();
        auto const key = "Apikey " + text_at(made.at(0), "secret");
        EXPECT_TRUE(support::eventually(patience, [&] {
            return post_to(province.port, "/feeds/sepay", {{"Authorization", key}, {"Content-Type", "application/json"}}, notice.json()).status() == 200;
        }));
    }
    /// The newest open exception of this kind, once it is there.
    std::string waits_for(std::string const& kind) {
        auto found = std::string{};
        EXPECT_TRUE(support::eventually(patience, [&] {
            auto const list = reconciler.get("/api/v1/exceptions?kind=" + kind);
            auto const* data = at(list.body, "data");
            if (data == nullptr || data->items().empty()) return false;
            found = text_at(data->items()[0], "id");
            return true;
        })) << kind;
        return found;
    }
    Answer propose(std::string const& id, std::string const& body) { return reconciler.post("/api/v1/exceptions/" + id + "/propose", body); }
    Answer decides(Visitor const& who, std::string const& id, std::string const& what) { return who.post("/api/v1/exceptions/" + id + "/" + what, ""); }
    [[nodiscard]] std::string state(std::string const& id) const { return reconciler.get("/api/v1/exceptions/" + id).text("state"); }
    [[nodiscard]] std::string status(Asked const& asked) const { return province.caller().get("/api/v1/payment-requests/" + asked.id).text("status"); }

    Province province;
    Bank bank = province.bank();
    std::string payee = std::string{at(province.demo, "pooled.payees")->items()[0].as_string().value()};
    std::string account = text_at(province.demo, "pooled.bank_account.account");
    std::string account_id = text_at(province.demo, "pooled.bank_account.id");
    Visitor reconciler{0}, approver{0};
};

TEST_F(Desk, a_forced_match_needs_two_and_is_undone_by_a_counter_journal) {
    auto const asked = asks(50'000);
    auto const notice = comes("tien hang thang nay", 50'000);
    confirm(notice);
    auto const id = waits_for("unreferenced");
    EXPECT_EQ(decides(reconciler, id, "claim").text("state"), "claimed");
    auto const body = R"({"action":"match","payment_request":")" + asked.id + R"(","reason":"payer_told","note":"khách gọi điện"})";
    auto const proposed = propose(id, body);
    EXPECT_EQ(proposed.status(), 200) << proposed.response.body;
    EXPECT_EQ(proposed.text("state"), "proposed");
    EXPECT_EQ(status(asked), "open") << "nothing has moved";
    auto const maker = decides(reconciler, id, "approve");
    EXPECT_EQ(maker.status(), 403) << "a reconciler approves nothing";
    auto const approved = decides(approver, id, "approve");
    EXPECT_EQ(approved.status(), 200) << approved.response.body;
    EXPECT_EQ(approved.text("ended"), "approved");
    EXPECT_EQ(status(asked), "paid");
    EXPECT_EQ(province.sql("select string_agg(template::text, ',' order by id) from journal"), "credit_unreferenced,unreferenced_to_due,due_confirmed");
    EXPECT_EQ(decides(approver, id, "approve").status(), 409);
    EXPECT_TRUE(province.book().balances());

    EXPECT_EQ(decides(reconciler, id, "undo").text("state"), "claimed");
    EXPECT_EQ(status(asked), "open");
    EXPECT_EQ(province.sql("select status from payment"), "unreferenced");
    auto const trail = province.sql("select string_agg(action, ',' order by seq) from audit where action like 'exception.%' or action like 'payment.%'");
    EXPECT_EQ(trail, "exception.opened,exception.claimed,exception.noted,exception.proposed,payment.assigned,exception.approved,payment.released,exception.undone");
    auto const shown = reconciler.get("/api/v1/exceptions/" + id);
    EXPECT_EQ(text_at(at(shown.body, "notes")->items()[0], "text"), "khách gọi điện");
}

TEST_F(Desk, says_why_not_and_what_comes_nearest) {
    auto const asked = asks(70'000);
    auto damaged = asked.reference;
    for (auto const at : {4U, 9U}) damaged[at] = damaged[at] == '7' ? '8' : '7';
    comes("CT " + damaged + " rau", 70'000);
    auto const id = waits_for("unreferenced");
    auto const shown = reconciler.get("/api/v1/exceptions/" + id);
    auto const& nearest = at(shown.body, "candidates")->items()[0];
    EXPECT_EQ(text_at(nearest, "payment_request"), asked.id) << shown.response.body;
    EXPECT_EQ(text_at(nearest, "wrong_symbols"), "2");
    EXPECT_TRUE(at(nearest, "certain")->as_bool().value_or(false));
}

TEST_F(Desk, money_is_given_to_a_merchant_or_back_and_small_things_are_explained_by_one) {
    comes("mua rau", 30'000);
    auto const assign = waits_for("unreferenced");
    EXPECT_EQ(propose(assign, R"({"action":"assign","merchant":")" + payee + R"(","reason":"stall_known"})").text("state"), "proposed");
    EXPECT_EQ(decides(approver, assign, "approve").status(), 200);
    EXPECT_EQ(province.sql("select status from payment"), "allocated");

    confirm(comes("nham so", 40'000));
    auto const refund = waits_for("unreferenced");
    auto const proposed = propose(refund, R"({"action":"refund","reason":"not_for_us","destination":{"bin":"970436","account":"0011004455667","holder":"NGUYEN VAN A"}})");
    EXPECT_EQ(proposed.text("state"), "proposed") << proposed.response.body;
    auto const approved = decides(approver, refund, "approve");
    EXPECT_EQ(approved.status(), 200) << approved.response.body;
    EXPECT_EQ(province.sql("select status || ' ' || amount from refund"), "approved 40000");

    comes("tien gi do", 10'000);
    auto const kept = waits_for("unreferenced");
    EXPECT_EQ(propose(kept, R"({"action":"accept","reason":"kept"})").text("state"), "done");
    auto const work = reconciler.get("/api/v1/exceptions/work");
    EXPECT_EQ(work.number("count"), 0) << work.response.body;
}

TEST_F(Desk, a_proposal_that_is_rejected_waits_for_another_and_what_resolves_itself_ends) {
    auto const asked = asks(60'000);
    auto notice = comes("khong ma", 60'000);
    auto const id = waits_for("unreferenced");
    auto const proposed = propose(id, R"({"action":"assign","merchant":")" + payee + R"(","reason":"stall_known"})");
    EXPECT_EQ(decides(approver, id, "reject").text("state"), "claimed");
    EXPECT_EQ(decides(approver, id, "approve").text("code"), "proposal_missing");
    // The second feed's copy of the content still has the reference: the money finds its request.
    notice.content += " " + asked.reference;
    confirm(notice);
    EXPECT_EQ(status(asked), "paid");
    EXPECT_TRUE(support::eventually(patience, [&] { return state(id) == "done"; }));
    EXPECT_EQ(reconciler.get("/api/v1/exceptions/" + id).text("ended"), "found");
}

TEST_F(Desk, bad_input_is_refused_by_field_and_nobody_elses_work_is_seen) {
    comes("vu vo", 20'000);
    auto const id = waits_for("unreferenced");
    for (auto const& [body, status, param] : std::vector<std::tuple<std::string, int, std::string>>{
             {R"({"action":"steal","reason":"kept"})", 422, "action"}, {R"({"action":"accept","reason":"because"})", 422, "reason"},
             {R"({"action":"reverse","reason":"kept"})", 422, "action"}, {R"({"action":"match","payment_request":"pr_x","reason":"kept"})", 404, "payment_request"},
             {R"({"action":"assign","merchant":")" + province.stall(0).merchant + R"(","reason":"kept"})", 404, "merchant"}, {R"({"amount":1})", 400, "amount"}}) {
        auto const answer = propose(id, body);
        EXPECT_EQ(answer.status(), status) << body << ' ' << answer.response.body;
        EXPECT_EQ(answer.text("param"), param) << body;
    }
    EXPECT_EQ(reconciler.get("/api/v1/exceptions?state=odd").status(), 400);
    auto const of_a_school = province.signed_in("duyet-truong");
    EXPECT_EQ(of_a_school.get("/api/v1/exceptions/" + id).status(), 404);
    auto const list = of_a_school.get("/api/v1/exceptions?state=all");
    EXPECT_TRUE(at(list.body, "data")->items().empty()) << list.response.body;
}

}  // namespace
}  // namespace choso::stories
