// The main job, end to end: a stall asks, a bank tells, the stall hears.
#include "qr/vietqr.hpp"
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

TEST(stall_is_paid, ask_tell_hear_and_book) {
    auto province = Province{};
    auto const stall = province.stall();
    auto live = province.listens();
    auto const asked = stall.asks(50'000, R"("description":"rau muống")");

    EXPECT_EQ(stall.status(asked), "open");
    EXPECT_EQ(asked.pay_url.rfind(province.base_url + "/t/", 0), 0U) << asked.pay_url;
    auto const created = live.hears("payment_request.created", asked.id);
    EXPECT_EQ(text_at(created, "amount"), "50000");
    EXPECT_EQ(text_at(created, "merchant"), stall.merchant);

    province.bank().credits(asked, 50'000);
    auto const heard = live.hears("payment.received", asked.id);
    EXPECT_EQ(text_at(heard, "amount"), "50000");
    EXPECT_EQ(text_at(heard, "status"), "paid");
    EXPECT_EQ(text_at(heard, "merchant"), stall.merchant);
    EXPECT_FALSE(live.hears("payment_request.paid", asked.id).is_null());

    auto const seen = stall.sees(asked);
    EXPECT_EQ(seen.text("status"), "paid");
    EXPECT_EQ(seen.number("amount_paid"), 50'000);
    EXPECT_EQ(seen.number("overpaid_by"), 0);
    EXPECT_EQ(seen.text("description"), "rau muống");
    EXPECT_TRUE(province.book().balances());
}

TEST(stall_is_paid, the_code_asks_for_the_right_account_amount_and_reference) {
    auto province = Province{};
    auto const stall = province.stall();
    auto const asked = stall.asks(1'151'800);
    auto const code = qr::parse(asked.qr);
    ASSERT_TRUE(code.ok()) << asked.qr;
    EXPECT_EQ(code.kind, qr::Kind::vietqr);
    EXPECT_EQ(code.method, qr::Method::dynamic_code);
    EXPECT_EQ(code.bin, stall.bin);
    EXPECT_EQ(code.account, stall.account);
    EXPECT_EQ(code.amount, 1'151'800);
    EXPECT_EQ(code.purpose, asked.reference);
}

/// How banks and payers' apps mangle what stands in the code; every one must still find the request.
struct Mangled {
    std::string name;
    std::string before, after;
    bool lower_case = false;
    std::size_t split_after = 0;  ///< a blank inside the reference
};
void PrintTo(Mangled const& row, std::ostream* out) { *out << row.name; }

class MangledContent : public SharedProvince, public testing::WithParamInterface<Mangled> {};

TEST_P(MangledContent, finds_its_request) {
    auto const& row = GetParam();
    auto const stall = province().stall();
    auto const asked = stall.asks(20'000);
    auto reference = asked.reference;
    if (row.split_after > 0) reference.insert(row.split_after, " ");
    if (row.lower_case)
        for (auto& c : reference) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    auto const notice = province().bank().transfer(asked.account, row.before + reference + row.after, 20'000);
    auto const answer = province().bank().sends(notice);
    EXPECT_EQ(answer.status(), 200) << answer.response.body;
    EXPECT_EQ(answer.response.body, R"({"success":true})");
    EXPECT_EQ(stall.status(asked), "paid");
}

INSTANTIATE_TEST_SUITE_P(stories, MangledContent,
                         testing::Values(Mangled{"vietcombank", "MBVCB.6994946307.", ".CT tu 0123 NGUYEN VAN A toi 0456 tai VCB"},
                                         Mangled{"vietinbank_lower_case", "ct nhanh 247 den ", " gd 998877", true},
                                         Mangled{"a_blank_inside", "NGUYEN VAN A chuyen tien ", " FT26325", false, 6},
                                         Mangled{"glued_on_both_sides", "IBFT", "GD123456"},
                                         Mangled{"bare", "", ""}, Mangled{"dashes", "QR-", "-end of text-"},
                                         Mangled{"vietnamese_letters", "Trả tiền rau ", " cảm ơn cô Hoa"}),
                         [](auto const& tested) { return tested.param.name; });

TEST(stall_is_paid, a_transfer_without_any_reference_is_shown_and_marks_nothing) {
    auto province = Province{};
    auto const stall = province.stall();
    auto const asked = stall.asks(50'000);
    auto live = province.listens();
    auto const answer = province.bank().sends(province.bank().transfer(stall.account, "tien rau hom qua", 50'000));
    EXPECT_EQ(answer.status(), 200);
    EXPECT_EQ(text_at(live.hears("payment.unreferenced"), "amount"), "50000");
    EXPECT_EQ(stall.status(asked), "open");
    EXPECT_TRUE(province.book().balances());
}

TEST(stall_is_paid, an_open_amount_is_met_by_what_comes) {
    auto province = Province{};
    auto const stall = province.stall();
    auto const made = province.caller().post("/api/v1/payment-requests", R"({"merchant":")" + stall.merchant + R"(","amount":null})");
    ASSERT_EQ(made.status(), 201) << made.response.body;
    EXPECT_TRUE(at(made.body, "amount")->is_null());
    auto asked = Asked{made.text("id"), made.text("reference"), made.text("qr"), {}, stall.account, {}, 0};
    EXPECT_FALSE(qr::parse(asked.qr).amount.has_value());
    province.bank().credits(asked, 12'345);
    EXPECT_EQ(stall.status(asked), "paid");
    EXPECT_EQ(stall.sees(asked).number("amount_paid"), 12'345);
}

TEST(stall_is_paid, above_one_transfer_there_is_no_code_and_the_reason_is_told) {
    auto province = Province{};
    auto const stall = province.stall();
    auto const made =
        province.caller().post("/api/v1/payment-requests", R"({"merchant":")" + stall.merchant + R"(","amount":500000000})");
    ASSERT_EQ(made.status(), 201) << made.response.body;
    EXPECT_TRUE(at(made.body, "qr")->is_null());
    EXPECT_EQ(made.text("qr_unavailable"), "over_limit");
    EXPECT_FALSE(made.text("reference").empty());
}

}  // namespace
}  // namespace choso::stories
