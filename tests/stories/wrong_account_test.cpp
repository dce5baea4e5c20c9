// Whose money a credit is, the account decides: a valid reference in somebody else's account marks nothing paid.
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

std::string bucket_of(Province const& province, std::string const& merchant) {
    for (auto const& row : province.choso_json({"admin", "merchant", "list"}))
        if (text_at(row, "merchant") == merchant)
            for (auto const& collector : province.choso_json({"admin", "collector", "list"}))
                if (text_at(collector, "collector") == text_at(row, "collector")) return text_at(collector, "bucket");
    return "none";
}

TEST(wrong_account, marks_nothing_paid_and_is_shown_to_both_sides) {
    auto province = Province{};
    auto const asking = province.stall(0);
    auto const paid = province.stall(1);
    ASSERT_NE(bucket_of(province, asking.merchant), bucket_of(province, paid.merchant)) << "the story is about two buckets";
    auto live = province.listens();
    auto theirs = Stream{province.other_caller()};  // the second stall's own key

    auto const asked = asking.asks(50'000);
    auto notice = province.bank().transfer(asked, 50'000);
    notice.account = paid.account;
    EXPECT_EQ(province.bank().sends(notice).status(), 200);

    auto const at_theirs = theirs.hears("payment.wrong_account");
    EXPECT_EQ(text_at(at_theirs, "merchant"), paid.merchant);
    EXPECT_EQ(text_at(at_theirs, "amount"), "50000");
    EXPECT_EQ(text_at(at_theirs, "payment_request"), "") << "they are not told whose request it was";
    // The asking side lives in another bucket; the leased reader carries it there.
    auto const at_ours = live.hears("payment.wrong_account", asked.id);
    EXPECT_EQ(text_at(at_ours, "merchant"), asking.merchant);
    EXPECT_EQ(text_at(at_ours, "amount"), "50000");
    EXPECT_EQ(text_at(at_ours, "reference"), asked.reference);

    EXPECT_EQ(asking.status(asked), "open");
    EXPECT_EQ(asking.sees(asked).number("amount_paid"), 0);
    auto const list = province.other_caller().get("/api/v1/payments");
    ASSERT_EQ(at(list.body, "data")->items().size(), 1U) << list.response.body;
    auto const& payment = at(list.body, "data")->items()[0];
    EXPECT_EQ(text_at(payment, "wrong_account"), "true");
    EXPECT_EQ(text_at(payment, "status"), "unreferenced");

    // It is still payable, and by then only the right money counts.
    province.bank().credits(asked, 50'000);
    EXPECT_EQ(asking.status(asked), "paid");
    EXPECT_EQ(asking.sees(asked).number("amount_paid"), 50'000);
    EXPECT_TRUE(province.book().balances());
}

TEST(wrong_account, is_noted_once_however_often_it_is_told_and_whoever_reads) {
    auto province = Province{};
    auto const second = province.another_gateway();
    auto const asked = province.stall(0).asks(50'000);
    auto notice = province.bank().transfer(asked, 50'000);
    notice.account = province.stall(1).account;
    for (auto i = 0; i < 3; ++i) EXPECT_EQ(province.bank().sends(notice).status(), 200);
    auto const noted = [&] { return province.sql("select count(*) from misdirected"); };
    EXPECT_TRUE(support::eventually(patience, [&] { return noted() == "1"; }));
    // The readers of both gateways have gone past the event now or will never: each bucket's place says so.
    EXPECT_TRUE(support::eventually(patience, [&] {
        return province.sql("select count(*) from (select bucket, max(seq) seq from event where type = 'payment.wrong_account' group by 1) e "
                            "join reader r using (bucket) where r.name = 'wrong_account' and r.seq >= e.seq") == "2";
    }));
    EXPECT_EQ(noted(), "1");
    EXPECT_EQ(province.sql("select count(*) from event where type = 'payment.wrong_account'"), "2");
    EXPECT_TRUE(province.book().balances());
}

}  // namespace
}  // namespace choso::stories
