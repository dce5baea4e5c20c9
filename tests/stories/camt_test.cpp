// POST /feeds/camt: who may say what, what is taken, repeated and refused, and lines that take money back.
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

using Headers = std::vector<http::Header>;

/// A document made of entries on accounts.
class File {
 public:
    explicit File(std::string id = "M" + std::to_string(next_number())) : id_{std::move(id)} {}
    File& on(std::string const& account) {
        body_ += (body_.empty() ? "" : "</Ntfctn>") + ("<Ntfctn><Id>N</Id><Acct><Id><Othr><Id>" + account + "</Id></Othr></Id></Acct>");
        return *this;
    }
    File& entry(std::string const& amount, std::string const& side, std::string const& reference, std::string const& content, std::string const& more = {},
                std::string const& original = {}) {
        body_ += "<Ntry><Amt Ccy=\"VND\">" + amount + "</Amt><CdtDbtInd>" + side + "</CdtDbtInd>" + more + "<Sts><Cd>BOOK</Cd></Sts><BookgDt><DtTm>" + to_rfc3339(now()) +
                 "</DtTm></BookgDt><AcctSvcrRef>" + reference + "</AcctSvcrRef><NtryDtls><TxDtls><Refs>" +
                 (original.empty() ? "" : "<Prtry><Tp>ORIG</Tp><Ref>" + original + "</Ref></Prtry>") + "</Refs><RmtInf><Ustrd>" + content +
                 "</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>";
        return *this;
    }
    File& credit(std::int64_t amount, std::string const& reference, std::string const& content) { return entry(std::to_string(amount), "CRDT", reference, content); }
    File& taken_back(std::int64_t amount, std::string const& reference, std::string const& original) {
        return entry(std::to_string(amount), "DBIT", reference, "HOAN TRA", "<RvslInd>true</RvslInd>", original);
    }
    [[nodiscard]] std::string text() const {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\"><BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>" +
               id_ + "</MsgId></GrpHdr>" + body_ + "</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>";
    }

 private:
    std::string id_, body_;
};

class Camt : public SharedProvince {
 protected:
    static Headers by_key() { return {{"Authorization", "Apikey " + text_at(province().demo, "camt.api_key")}, {"Content-Type", "application/xml"}}; }
    static Answer post(std::string const& text, Headers const& headers = by_key()) { return post_to(province().port, "/feeds/camt", headers, text); }
    static Answer post(File const& file) { return post(file.text()); }
    static Stall stall() { return province().stall(); }
    static std::string payments() { return province().sql("select count(*) from payment"); }
    static void expect_counts(Answer const& answer, std::int64_t taken, std::int64_t repeated, std::int64_t refused) {
        ASSERT_EQ(answer.status(), 200) << answer.response.body << '\n' << province().gateway->log();
        EXPECT_EQ(answer.number("taken"), taken) << answer.response.body;
        EXPECT_EQ(answer.number("repeated"), repeated) << answer.response.body;
        EXPECT_EQ(answer.number("refused_count"), refused) << answer.response.body;
    }
    static std::string code_of_first(Answer const& answer) { return text_at(at(answer.body, "refused")->items()[0], "code"); }
    static std::string newest_refused() { return province().sql("select reason from refused_notice order by id desc limit 1"); }
};

TEST_F(Camt, a_file_pays_and_may_be_sent_again) {
    auto const a = stall().asks(50'000), b = province().stall(1).asks(60'000);
    auto file = File{};
    file.on(a.account).credit(50'000, "FTA", "CT " + a.reference + " tien rau").on(b.account).credit(60'000, "FTB", b.reference);
    expect_counts(post(file), 2, 0, 0);
    EXPECT_EQ(stall().status(a), "paid");
    EXPECT_EQ(stall().status(b), "paid");
    expect_counts(post(file), 0, 2, 0);
    EXPECT_EQ(stall().sees(a).number("amount_paid"), 50'000);
}

TEST_F(Camt, a_thousand_movements_in_one_file) {
    auto const asked = stall().asks(1'000'000);
    auto file = File{};
    file.on(asked.account);
    for (auto i = 0; i < 1'000; ++i) file.credit(1'000, "K" + std::to_string(i), asked.reference);
    expect_counts(post(file), 1'000, 0, 0);
    EXPECT_EQ(stall().status(asked), "paid");
    expect_counts(post(file), 0, 1'000, 0);
}

TEST_F(Camt, it_confirms_what_a_notice_told) {
    auto const asked = stall().asks(51'000);
    auto const told = province().bank().credits(asked, 51'000);
    auto file = File{};
    file.on(asked.account).credit(51'000, told.bank_reference, told.content);
    auto const before = payments();
    expect_counts(post(file), 1, 0, 0);
    EXPECT_EQ(payments(), before);
    EXPECT_EQ(province().sql("select confirmed_at is not null from payment where bank_ref = '" + told.bank_reference + "'"), "t");
}

TEST_F(Camt, an_account_it_may_not_speak_for_refuses_the_whole_file) {
    auto const asked = stall().asks(52'000);
    auto file = File{};
    file.on(asked.account).credit(52'000, "FTC", asked.reference).on("12345678").credit(1'000, "FTD", "x");
    auto const answer = post(file);
    EXPECT_EQ(answer.status(), 403);
    EXPECT_EQ(answer.text("code"), "account_not_allowed");
    EXPECT_EQ(newest_refused(), "account_not_allowed");
    EXPECT_EQ(stall().status(asked), "open") << "nothing of a refused file happens";
}

TEST_F(Camt, only_its_own_kind_of_credential_opens_it) {
    auto const text = File{}.on(stall().account).credit(1'000, "FTE", "x").text();
    EXPECT_EQ(post(text, {}).status(), 401);
    EXPECT_EQ(post(text, {{"Authorization", "Apikey " + text_at(province().demo, "sepay.api_key")}}).status(), 401);
    auto const notice = province().bank().transfer(stall().account, "x", 1'000).json();
    EXPECT_EQ(post_to(province().port, "/feeds/sepay", by_key(), notice).status(), 401);
}

TEST_F(Camt, what_is_no_camt054_is_refused_and_kept) {
    auto const before = payments();
    auto const good = File{}.on(stall().account).credit(1'000, "FTF", "x").text();
    for (auto const& text : {std::string{}, std::string{"<a/>"}, good.substr(0, good.size() - 10), "<!DOCTYPE x [<!ENTITY a 'b'>]>" + good.substr(good.find("<Document")),
                             std::string(200'000, '<')}) {
        auto const answer = post(text);
        EXPECT_EQ(answer.status(), 422) << answer.response.body;
        EXPECT_EQ(newest_refused(), "malformed");
    }
    EXPECT_EQ(payments(), before);
}

TEST_F(Camt, a_bad_movement_is_refused_alone) {
    auto const asked = stall().asks(53'000);
    auto file = File{};
    file.on(asked.account).entry("100.50", "CRDT", "FTG", "x").credit(53'000, "FTH", asked.reference);
    auto const answer = post(file);
    expect_counts(answer, 1, 0, 1);
    EXPECT_EQ(code_of_first(answer), "amount_not_whole");
    EXPECT_EQ(stall().status(asked), "paid");
    EXPECT_NE(province().sql("select convert_from(body, 'UTF8') from refused_notice order by id desc limit 1").find("<TxDtls>"), std::string::npos);
}

TEST_F(Camt, a_line_takes_back_what_it_names_also_within_one_file) {
    auto const a = stall().asks(54'000), b = stall().asks(55'000);
    province().bank().credits(a, 54'000);
    auto const reference = province().sql("select bank_ref from payment where amount = 54000");
    auto file = File{};
    file.on(a.account).taken_back(54'000, "HT1", reference).credit(55'000, "FTI", b.reference).taken_back(55'000, "HT2", "FTI");
    expect_counts(post(file), 3, 0, 0);
    EXPECT_EQ(stall().status(a), "open");
    EXPECT_EQ(stall().status(b), "open");
    expect_counts(post(file), 0, 3, 0);
}

TEST_F(Camt, a_line_that_comes_before_what_it_takes_back_is_taken_when_sent_again) {
    auto const asked = stall().asks(56'000);
    auto back = File{};
    back.on(asked.account).taken_back(56'000, "HT3", "FTJ");
    auto const early = post(back);
    expect_counts(early, 0, 0, 1);
    EXPECT_EQ(code_of_first(early), "original_unknown");
    EXPECT_EQ(newest_refused(), "original_unknown");
    expect_counts(post(File{}.on(asked.account).credit(56'000, "FTJ", asked.reference)), 1, 0, 0);
    EXPECT_EQ(stall().status(asked), "paid");
    expect_counts(post(back), 1, 0, 0);
    EXPECT_EQ(stall().status(asked), "open");
}

TEST_F(Camt, where_every_line_is_fed_a_debit_told_first_is_the_same_money) {
    auto const account = text_at(province().demo, "school.bank_account.account");
    expect_counts(post(File{}.on(account).credit(57'000, "FTK", "hoc phi")), 1, 0, 0);
    auto debit = province().bank().transfer(account, "HOAN TRA FTK", 57'000);
    debit.type = "out";
    debit.bank_reference = "HT4";
    ASSERT_EQ(province().bank().sends(debit).status(), 200);
    expect_counts(post(File{}.on(account).taken_back(57'000, "HT4", "FTK")), 1, 0, 0);
    EXPECT_EQ(province().sql("select string_agg(status::text, ',' order by amount) from payment where bank_ref in ('FTK', 'HT4')"), "reversed,reversed");
    // And told only afterwards.
    expect_counts(post(File{}.on(account).credit(58'000, "FTL", "hoc phi").taken_back(58'000, "HT5", "FTL")), 2, 0, 0);
    debit = province().bank().transfer(account, "HOAN TRA FTL", 58'000);
    debit.type = "out";
    debit.bank_reference = "HT5";
    ASSERT_EQ(province().bank().sends(debit).status(), 200);
    EXPECT_EQ(province().sql("select string_agg(status::text, ',' order by amount) from payment where bank_ref in ('FTL', 'HT5')"), "reversed,reversed");
}

TEST_F(Camt, the_book_balances_after_all_of_it) { EXPECT_TRUE(province().book().balances()); }

}  // namespace
}  // namespace choso::stories
