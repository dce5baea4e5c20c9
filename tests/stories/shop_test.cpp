// Orders of the shop, over HTTP: one transfer for several sellers, goods sold once, money held until they arrive. The bugs
// that other marketplaces found only by running the whole flow are tests here, by name.
#include <gmock/gmock.h>

#include "tests/stories/pooled.hpp"
#include "tests/support/payout_bank.hpp"
#include "tests/support/shop.hpp"

namespace choso::stories {
namespace {

using ::testing::HasSubstr;
using std::chrono::hours;
using std::chrono::minutes;

class Shop : public PooledStory {
 protected:
    std::vector<std::string> const& sellers = payees;
    support::RunSql sql = [this](std::string const& text) { return province.sql(text); };

    void SetUp() override {
        support::make_seller(sql, sellers[0], "household");
        support::make_seller(sql, sellers[1], "cooperative");
        support::make_seller(sql, sellers[2], "company");
    }
    [[nodiscard]] support::Goods goods(std::size_t seller, std::int64_t price, std::int64_t on_hand, std::string const& name = "Chè Tân Cương") {
        return support::put_goods(sql, sellers.at(seller), name, price, on_hand);
    }
    [[nodiscard]] static std::string body(std::vector<std::pair<support::Goods, int>> const& lines, std::string const& phone, std::string const& more = {}) {
        std::string out;
        for (auto const& [what, quantity] : lines)
            out += (out.empty() ? "" : ",") + std::string{R"({"product":")"} + what.product + R"(","quantity":)" + std::to_string(quantity) + "}";
        return R"({"lines":[)" + out + R"(],"buyer":{"name":"Nguyễn Thị Mua","phone":")" + phone + R"(","address":"12 phố Chè, Phường Phan Đình Phùng"})" +
               (more.empty() ? "" : "," + more) + "}";
    }
    [[nodiscard]] Answer places(std::string const& text, std::string const& key = {}) const {
        return post_to(province.port, "/api/v1/orders",
                       {{"Content-Type", "application/json"}, {"Idempotency-Key", key.empty() ? "o" + std::to_string(next_number()) : key}}, text);
    }
    [[nodiscard]] Answer buys(std::vector<std::pair<support::Goods, int>> const& lines) const {
        auto const answer = places(body(lines, "09" + std::to_string(10'000'000 + next_number())));
        EXPECT_EQ(answer.status(), 201) << answer.response.body;
        return answer;
    }
    [[nodiscard]] Asked asked(Answer const& order) const {
        return {order.text("id"), order.text("reference"), order.text("qr"), order.text("pay_url"), account, order.text("expires_at"), order.number("amount")};
    }
    [[nodiscard]] Answer sees(Answer const& order) const { return post_get("/api/v1/orders/" + order.text("id")); }
    [[nodiscard]] Answer post_get(std::string const& target) const { return Caller{province.port, ""}.send(http::Method::get, target); }
    [[nodiscard]] std::string state(Answer const& order) const { return sees(order).text("status"); }
    [[nodiscard]] std::vector<std::string> parts(Answer const& order, std::string_view member = "status") const {
        auto out = std::vector<std::string>{};
        auto const answer = sees(order);
        for (auto const& part : at(answer.body, "orders")->items()) out.push_back(text_at(part, member));
        return out;
    }
    [[nodiscard]] std::string stock_of(support::Goods const& it) const {
        return province.sql("select on_hand || '/' || reserved from stock where variant = '" + to_hyphenated(marketplace::VariantId::parse(it.variant).value().uuid()) + "'");
    }
    [[nodiscard]] Caller key_of(std::string const& merchant) const { return key_with(merchant, {"orders:read", "orders:write", "events:read"}); }
    [[nodiscard]] std::int64_t due(std::string const& merchant) const { return due_of(merchant, "confirmed"); }
    [[nodiscard]] std::string held() const {
        return province.sql("select coalesce(-sum(e.amount), 0) from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id where a.kind = 'held'");
    }
    [[nodiscard]] std::string refunds() const {
        return province.sql("select coalesce(string_agg(amount || ' ' || reason || ' ' || status, ', ' order by created_at, id), '') from refund");
    }
    /// What a run of all collectors proposes to pay; empty if there is nothing to settle.
    [[nodiscard]] std::string settled() const {
        for (auto const& run : province.choso_json({"settle"}))
            if (text_at(run, "settlement_batch") != "nothing to settle") return text_at(run, "amount");
        return {};
    }
    /// Sends all of a part, and it arrives.
    void delivers(Caller const& seller, std::string const& part) {
        auto const sent = seller.post("/api/v1/seller-orders/" + part + "/parcels", R"({"carrier":"Bưu điện","tracking":"VN123"})");
        ASSERT_EQ(sent.status(), 201) << sent.response.body;
        auto const parcel = text_at(at(sent.body, "parcels")->items()[0], "id");
        auto const arrived = seller.post("/api/v1/parcels/" + parcel + "/deliver", "{}");
        ASSERT_EQ(arrived.status(), 200) << arrived.response.body;
        EXPECT_EQ(arrived.text("status"), "delivered");
    }
    /// The buyer asks on the order's page; the return's id.
    [[nodiscard]] std::string asks_return(Answer const& order, std::string const& part, int quantity) const {
        auto const page = order.text("order_url").substr(order.text("order_url").find("/cho/don/"));
        auto const answer = post_to(province.port, page + "/tra-hang", {{"Content-Type", "application/x-www-form-urlencoded"}},
                                    "part=" + part + "&line-1=" + std::to_string(quantity) + "&reason=hong");
        EXPECT_EQ(answer.status(), 303) << answer.response.body;
        auto const shown = sees(order);
        for (auto const& it : at(shown.body, "orders")->items())
            if (text_at(it, "id") == part && !at(it, "returns")->items().empty()) return text_at(at(it, "returns")->items()[0], "id");
        return {};
    }
};

TEST_F(Shop, one_transfer_pays_an_order_of_two_sellers) {
    auto const tea = goods(0, 120'000, 10);
    auto const honey = goods(1, 80'000, 5, "Mật ong");
    auto const order = buys({{tea, 2}, {honey, 1}});
    EXPECT_EQ(order.number("amount"), 320'000);
    EXPECT_EQ(order.text("status"), "open");
    EXPECT_FALSE(order.text("qr").empty());
    EXPECT_EQ(at(order.body, "orders")->items().size(), 2U);
    EXPECT_EQ(stock_of(tea), "10/2");
    bank.credits(asked(order), 320'000);
    EXPECT_EQ(state(order), "paid");
    EXPECT_THAT(parts(order), ::testing::ElementsAre("paid", "paid"));
    EXPECT_EQ(stock_of(tea), "8/0");
    EXPECT_EQ(stock_of(honey), "4/0");
    EXPECT_EQ(held(), "320000") << "the sellers are owed nothing before the goods arrive";
    EXPECT_EQ(province.sql("select count(*) from journal where template = 'credit_held'"), "1") << "one transfer, one journal";
}

TEST_F(Shop, lines_of_one_thing_are_summed_before_they_reserve) {
    auto const tea = goods(0, 120'000, 3);
    EXPECT_EQ(places(body({{tea, 2}, {tea, 2}}, "0912000001")).text("code"), "out_of_stock");
    auto const order = buys({{tea, 2}, {tea, 1}});
    EXPECT_EQ(stock_of(tea), "3/3");
    EXPECT_EQ(order.number("amount"), 360'000);
}

TEST_F(Shop, a_repeat_is_answered_as_the_first_even_when_that_took_the_last) {
    auto const tea = goods(0, 50'000, 1);
    auto const text = body({{tea, 1}}, "0912000002");
    auto const first = places(text, "the-last-one");
    ASSERT_EQ(first.status(), 201) << first.response.body;
    auto const again = places(text, "the-last-one");
    EXPECT_EQ(again.status(), 201) << again.response.body;
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(again.text("id"), first.text("id"));
    EXPECT_EQ(places(body({{tea, 1}}, "0912000003"), "the-last-one").status(), 422);
    EXPECT_EQ(stock_of(tea), "1/1");
}

TEST_F(Shop, refusals_name_the_field) {
    auto const tea = goods(0, 50'000, 1);
    auto const no_key = post_to(province.port, "/api/v1/orders", {{"Content-Type", "application/json"}}, body({{tea, 1}}, "0912000002"));
    EXPECT_EQ(no_key.status(), 400);
    auto const refused = [&](std::string const& text) {
        auto const answer = places(text);
        return std::to_string(answer.status()) + " " + answer.text("code") + " " + answer.text("param");
    };
    EXPECT_EQ(refused(body({{tea, 2}}, "0912000002")), "409 out_of_stock lines[0].quantity");
    EXPECT_EQ(refused(body({{tea, 1}}, "12")), "422 field_invalid buyer.phone");
    EXPECT_EQ(refused(body({{tea, 0}}, "0912000002")), "422 field_invalid lines[0].quantity");
    EXPECT_EQ(refused(body({{support::Goods{"prod_00000000000000000000000000", "", "", 0}, 1}}, "0912000002")), "404 not_found lines[0].product");
    EXPECT_EQ(refused("{}"), "422 field_missing lines");
    EXPECT_EQ(refused("{"), "400 body_invalid ");
    EXPECT_EQ(stock_of(tea), "1/0");
}

TEST_F(Shop, a_phone_has_three_unpaid_orders_at_most) {
    auto const tea = goods(0, 50'000, 100);
    auto orders = std::vector<Answer>{};
    for (auto n = 0; n < 3; ++n) orders.push_back(places(body({{tea, 1}}, "0912 345.678")));
    EXPECT_EQ(orders[2].status(), 201);
    auto const fourth = places(body({{tea, 1}}, "+84912345678"));
    EXPECT_EQ(fourth.text("code"), "too_many_open_orders");
    EXPECT_EQ(fourth.text("param"), "buyer.phone");
    bank.credits(asked(orders[0]), 50'000);
    EXPECT_EQ(places(body({{tea, 1}}, "0912345678")).status(), 201);
}

TEST_F(Shop, an_unpaid_order_expires_and_its_goods_are_free_again) {
    auto live = province.listens();
    auto const tea = goods(0, 50'000, 2);
    auto const order = buys({{tea, 2}});
    province.advance_clock(minutes{25});
    EXPECT_FALSE(live.hears("payment_request.expired").is_null());
    EXPECT_EQ(state(order), "expired");
    EXPECT_THAT(parts(order), ::testing::ElementsAre("expired"));
    EXPECT_EQ(stock_of(tea), "2/0");
    EXPECT_EQ(refunds(), "");
}

TEST_F(Shop, money_after_expiry_takes_the_goods_if_they_are_still_there) {
    auto live = province.listens();
    auto const tea = goods(0, 50'000, 2);
    auto const order = buys({{tea, 2}});
    province.advance_clock(minutes{25});
    EXPECT_FALSE(live.hears("payment_request.expired").is_null());
    bank.credits(asked(order), 100'000, now() + minutes{25});
    EXPECT_EQ(state(order), "paid_late");
    EXPECT_THAT(parts(order), ::testing::ElementsAre("paid"));
    EXPECT_EQ(stock_of(tea), "0/0");
    EXPECT_EQ(refunds(), "");
}

TEST_F(Shop, money_after_expiry_becomes_a_refund_task_part_by_part) {
    auto live = province.listens();
    auto const tea = goods(0, 50'000, 2);
    auto const honey = goods(1, 80'000, 9, "Mật ong");
    auto const order = buys({{tea, 2}, {honey, 1}});
    province.advance_clock(minutes{25});
    EXPECT_FALSE(live.hears("payment_request.expired").is_null());
    auto const other = buys({{tea, 1}});
    bank.credits(asked(order), 180'000, now() + minutes{25});
    EXPECT_THAT(parts(order), ::testing::ElementsAre("no_stock", "paid"));
    EXPECT_EQ(refunds(), "100000 paid_no_stock proposed");
    EXPECT_EQ(stock_of(tea), "2/1");
    bank.credits(asked(other), 50'000, now() + minutes{25});
    EXPECT_EQ(stock_of(tea), "1/0");
}

TEST_F(Shop, short_doubled_and_late_money_is_never_silent) {
    auto live = province.listens();
    auto const tea = goods(0, 50'000, 5);
    auto const order = buys({{tea, 2}});
    bank.credits(asked(order), 60'000);
    EXPECT_EQ(state(order), "partially_paid");
    EXPECT_EQ(stock_of(tea), "5/2");
    bank.credits(asked(order), 40'000);
    EXPECT_EQ(state(order), "paid");
    bank.credits(asked(order), 100'000);
    EXPECT_EQ(refunds(), "100000 overpaid proposed");
    EXPECT_EQ(stock_of(tea), "3/0") << "paid twice is sold once";
    auto const short_one = buys({{tea, 1}});
    bank.credits(asked(short_one), 20'000);
    province.advance_clock(minutes{25});
    EXPECT_FALSE(live.hears("payment_request.expired", short_one.text("id")).is_null() && state(short_one) != "expired");
    EXPECT_TRUE(support::eventually(patience, [&] { return refunds() == "100000 overpaid proposed, 20000 paid_after_expiry proposed"; })) << refunds();
    EXPECT_EQ(stock_of(tea), "3/0");
}

TEST_F(Shop, a_seller_is_credited_when_its_parcel_arrives_and_only_then) {
    (void)province.sql("insert into shop_setting (collector, shipping_fee) select collector, 20000 from merchant where id = '" +
                 to_hyphenated(MerchantId::parse(owner).value().uuid()) + "'; insert into commission_rule (collector, position, rate_bp) select collector, 1, 200 from merchant where id = '" +
                 to_hyphenated(MerchantId::parse(owner).value().uuid()) + "'");
    auto const tea = goods(0, 100'000, 5);
    auto const honey = goods(1, 200'000, 5, "Mật ong");
    auto const order = buys({{tea, 1}, {honey, 1}});
    EXPECT_EQ(order.number("amount"), 340'000);
    auto const notice = bank.credits(asked(order), 340'000);
    auto const household = key_of(sellers[0]);
    auto const ids = parts(order, "id");
    delivers(household, ids[0]);
    EXPECT_EQ(due(sellers[0]), 0) << "told once: not confirmed";
    confirm(notice);
    // 100,000 goods: 2 % commission 2,000; VAT 1 % 1,000, income tax 0.5 % 500. Shipping 20,000: 3 % 600 and 1.5 % 300.
    EXPECT_EQ(due(sellers[0]), 120'000 - 2'000 - 1'500 - 900);
    EXPECT_EQ(due(owner), 2'000);
    EXPECT_EQ(due(sellers[1]), 0);
    EXPECT_EQ(held(), "220000");
    EXPECT_EQ(province.sql("select -sum(e.amount) from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id where a.kind = 'withheld_tax'"), "2400");
    delivers(key_of(sellers[1]), ids[1]);
    EXPECT_EQ(due(sellers[1]), 220'000 - 4'000) << "a cooperative: nothing is withheld";
    EXPECT_EQ(held(), "0");
    // Rates change later; what was sold does not.
    (void)province.sql("update commission_rule set rate_bp = 5000; update withholding_rate set vat_bp = 9000");
    auto const shown = household.get("/api/v1/seller-orders/" + ids[0]);
    EXPECT_EQ(shown.number("commission"), 2'000);
    EXPECT_EQ(shown.number("withheld_tax"), 2'400);
}

TEST_F(Shop, what_comes_back_is_refunded_from_its_own_part_alone) {
    auto const tea = goods(0, 100'000, 5);
    auto const honey = goods(1, 200'000, 5, "Mật ong");
    auto const order = buys({{tea, 2}, {honey, 1}});
    confirm(bank.credits(asked(order), 400'000));
    auto const ids = parts(order, "id");
    auto const household = key_of(sellers[0]);
    delivers(household, ids[0]);
    delivers(key_of(sellers[1]), ids[1]);
    EXPECT_EQ(due(sellers[0]), 200'000 - 3'000);
    auto const id = asks_return(order, ids[0], 1);
    ASSERT_FALSE(id.empty());
    auto const answer = household.post("/api/v1/returns/" + id + "/answer", R"({"received":true,"restock":true})");
    ASSERT_EQ(answer.status(), 200) << answer.response.body;
    EXPECT_EQ(refunds(), "100000 order_returned proposed");
    EXPECT_EQ(due(sellers[0]), 100'000 - 1'500) << "tax goes back with the goods";
    EXPECT_EQ(due(sellers[1]), 200'000) << "the other seller's part stays whole";
    EXPECT_EQ(stock_of(tea), "4/0");
    EXPECT_EQ(text_at(at(sees(order).body, "refunds")->items()[0], "status"), "proposed");
    // Back a second time, and more than was bought, it cannot come.
    auto const again = household.post("/api/v1/returns/" + id + "/answer", R"({"received":false})");
    EXPECT_EQ(again.text("code"), "return_not_open");
    EXPECT_EQ(due(sellers[0]), 100'000 - 1'500);
}

TEST_F(Shop, a_refund_after_the_payout_is_taken_from_the_next_one) {
    auto const tea = goods(1, 100'000, 5);
    auto const order = buys({{tea, 1}});
    confirm(bank.credits(asked(order), 100'000));
    auto const seller = key_of(sellers[1]);
    auto const part = parts(order, "id").at(0);
    delivers(seller, part);
    province.advance_clock(hours{24});
    EXPECT_EQ(settled(), "100000") << "the payout asks for what is there and no more";
    // Paid out by the operator's hand: the payout is in flight, the due is empty.
    auto const payout = text_at(at(province.caller().get("/api/v1/payouts?merchant=" + sellers[1]).body, "data")->items()[0], "id");
    auto approver = province.signed_in("duyet-chi");
    approver.gives(province.code_of("duyet-chi"));
    ASSERT_EQ(approver.post("/api/v1/payouts/" + payout + "/approve", "{}").status(), 200);
    EXPECT_EQ(due(sellers[1]), 0);
    auto const id = asks_return(order, part, 1);
    ASSERT_EQ(seller.post("/api/v1/returns/" + id + "/answer", R"({"received":true})").status(), 200);
    EXPECT_EQ(due(sellers[1]), -100'000) << "it owes";
    EXPECT_EQ(settled(), "");
}

TEST_F(Shop, a_payout_that_the_bank_refuses_is_owed_to_the_seller_again) {
    auto connector = support::PayoutBank{};
    connector.behaves(support::PayoutBank::Manner::refuses);
    province.settings = {{"CHOSO_PAYOUTS__URL", connector.url()}, {"CHOSO_PAYOUTS__TOKEN", "t"}, {"CHOSO_READERS__POLL_MS", "50"}, {"CHOSO_CORE__DUE_POLL_MS", "50"}};
    province.stop();
    province.start();
    auto const tea = goods(1, 100'000, 5);
    auto const order = buys({{tea, 1}});
    confirm(bank.credits(asked(order), 100'000));
    delivers(key_of(sellers[1]), parts(order, "id").at(0));
    province.advance_clock(hours{24});
    ASSERT_EQ(settled(), "100000");
    auto const payouts = [&] { return province.caller().get("/api/v1/payouts?merchant=" + sellers[1]); };
    auto const newest = [&] { return at(payouts().body, "data")->items()[0]; };
    auto approver = province.signed_in("duyet-chi");
    approver.gives(province.code_of("duyet-chi"));
    ASSERT_EQ(approver.post("/api/v1/payouts/" + text_at(newest(), "id") + "/approve", "{}").status(), 200);
    EXPECT_TRUE(support::eventually(patience, [&] { return text_at(newest(), "status") == "failed"; })) << payouts().response.body;
    EXPECT_EQ(due(sellers[1]), 100'000) << "it is owed again";
    province.advance_clock(hours{24});
    EXPECT_EQ(settled(), "100000") << "and the next run asks for it";
}

TEST_F(Shop, a_part_is_cancelled_alone_and_cannot_be_cancelled_once_sent) {
    auto const tea = goods(0, 100'000, 5);
    auto const honey = goods(1, 200'000, 5, "Mật ong");
    auto const order = buys({{tea, 1}, {honey, 1}});
    bank.credits(asked(order), 300'000);
    auto const ids = parts(order, "id");
    auto const first = key_of(sellers[0]);
    auto const second = key_of(sellers[1]);
    ASSERT_EQ(first.post("/api/v1/seller-orders/" + ids[0] + "/cancel", R"({"reason":"hết chè"})").status(), 200);
    EXPECT_THAT(parts(order), ::testing::ElementsAre("cancelled", "paid"));
    EXPECT_EQ(refunds(), "100000 order_cancelled proposed");
    EXPECT_EQ(stock_of(tea), "5/0");
    ASSERT_EQ(second.post("/api/v1/seller-orders/" + ids[1] + "/parcels", "{}").status(), 201) << "a part is sent although another was cancelled";
    auto const late = second.post("/api/v1/seller-orders/" + ids[1] + "/cancel", "{}");
    EXPECT_EQ(late.status(), 409);
    EXPECT_EQ(late.text("code"), "already_sent");
    EXPECT_FALSE(late.text("detail").empty()) << "the refusal says why";
}

TEST_F(Shop, splitting_a_parcel_prices_nothing_anew) {
    auto const tea = goods(0, 100'000, 9);
    auto const order = buys({{tea, 3}});
    auto const notice = bank.credits(asked(order), 300'000);
    confirm(notice);
    auto const seller = key_of(sellers[0]);
    auto const part = parts(order, "id").at(0);
    auto const path = "/api/v1/seller-orders/" + part + "/parcels";
    auto const one = seller.post(path, R"({"lines":[{"position":1,"quantity":1}]})");
    ASSERT_EQ(one.status(), 201) << one.response.body;
    EXPECT_EQ(seller.post(path, R"({"lines":[{"position":1,"quantity":3}]})").text("code"), "quantity_exceeds_order");
    auto const two = seller.post(path, "{}");
    ASSERT_EQ(two.status(), 201);
    EXPECT_EQ(two.number("amount"), 300'000);
    EXPECT_EQ(seller.post(path, "{}").text("code"), "already_sent");
    auto const parcels = at(two.body, "parcels")->items();
    ASSERT_EQ(parcels.size(), 2U);
    EXPECT_EQ(seller.post("/api/v1/parcels/" + text_at(parcels[0], "id") + "/deliver", "{}").text("status"), "shipped");
    EXPECT_EQ(due(sellers[0]), 0) << "half of it is not all of it";
    EXPECT_EQ(seller.post("/api/v1/parcels/" + text_at(parcels[1], "id") + "/deliver", "{}").text("status"), "delivered");
    EXPECT_EQ(due(sellers[0]), 300'000 - 4'500);
}

TEST_F(Shop, a_reversed_payment_stops_what_was_not_sent) {
    auto live = province.listens();
    auto const tea = goods(0, 100'000, 9);
    auto const order = buys({{tea, 1}});
    bank.credits(asked(order), 100'000);
    auto const payment = text_at(at(province.caller().get("/api/v1/payments?merchant=" + owner).body, "data")->items()[0], "id");
    ASSERT_EQ(province.choso({"admin", "payment", "reverse", payment, "--reason", "the bank's mistake"}).status, 0);
    EXPECT_FALSE(live.hears("order.payment_reversed").is_null());
    EXPECT_EQ(state(order), "open") << "it does not read as paid";
    auto const seller = key_of(sellers[0]);
    EXPECT_EQ(seller.post("/api/v1/seller-orders/" + parts(order, "id").at(0) + "/parcels", "{}").text("code"), "order_not_paid");
    bank.credits(asked(order), 100'000);
    EXPECT_EQ(seller.post("/api/v1/seller-orders/" + parts(order, "id").at(0) + "/parcels", "{}").status(), 201);
    EXPECT_EQ(stock_of(tea), "8/0");
}

TEST_F(Shop, a_seller_sees_its_own_part_and_nobody_elses_commission) {
    auto const tea = goods(0, 100'000, 9);
    auto const honey = goods(1, 200'000, 5, "Mật ong");
    auto const order = buys({{tea, 1}, {honey, 1}});
    auto const ids = parts(order, "id");
    auto const first = key_of(sellers[0]);
    EXPECT_EQ(first.get("/api/v1/seller-orders/" + ids[0]).status(), 200);
    auto const foreign = first.get("/api/v1/seller-orders/" + ids[1]);
    EXPECT_EQ(foreign.status(), 404);
    EXPECT_EQ(first.post("/api/v1/seller-orders/" + ids[1] + "/parcels", "{}").status(), 404);
    EXPECT_EQ(first.get("/api/v1/seller-orders?merchant=" + sellers[1]).status(), 404);
    auto const list = first.get("/api/v1/seller-orders?merchant=" + sellers[0]);
    EXPECT_EQ(at(list.body, "data")->items().size(), 1U);
    auto const open = sees(order).response.body;
    EXPECT_THAT(open, ::testing::Not(HasSubstr("commission")));
    EXPECT_THAT(open, ::testing::Not(HasSubstr("0910"))) << "no phone";
    EXPECT_THAT(open, ::testing::Not(HasSubstr("Nguyễn Thị Mua")));
}

TEST_F(Shop, the_buyer_cancels_what_is_not_paid) {
    auto const tea = goods(0, 100'000, 9);
    auto const order = buys({{tea, 4}});
    bank.credits(asked(order), 10'000);
    auto const page = order.text("order_url").substr(order.text("order_url").find("/cho/don/"));
    EXPECT_EQ(post_to(province.port, page + "/huy", {{"Content-Type", "application/x-www-form-urlencoded"}}, "").status(), 303);
    EXPECT_EQ(state(order), "cancelled");
    EXPECT_THAT(parts(order), ::testing::ElementsAre("cancelled"));
    EXPECT_EQ(stock_of(tea), "9/0");
    EXPECT_EQ(refunds(), "10000 request_cancelled proposed");
    bank.credits(asked(order), 400'000);
    EXPECT_EQ(refunds(), "10000 request_cancelled proposed, 400000 paid_after_cancel proposed");
}

TEST_F(Shop, a_refund_is_approved_sent_and_seen_and_the_order_no_longer_reads_as_whole) {
    auto const tea = goods(0, 100'000, 9);
    auto const order = buys({{tea, 1}});
    confirm(bank.credits(asked(order), 100'000));
    auto const page = order.text("order_url").substr(order.text("order_url").find("/cho/don/"));
    auto const part = parts(order, "id").at(0);
    auto const form = std::vector<http::Header>{{"Content-Type", "application/x-www-form-urlencoded"}};
    ASSERT_EQ(post_to(province.port, page + "/huy", form, "part=" + part).status(), 303);
    ASSERT_EQ(post_to(province.port, page + "/hoan-tien", form, "bin=970436&account=0123456789&holder=NGUYEN+THI+MUA").status(), 303);
    auto const refund = text_at(at(sees(order).body, "refunds")->items()[0], "id");
    auto approver = province.signed_in("duyet-chi");
    approver.gives(province.code_of("duyet-chi"));
    auto const approved = approver.post("/api/v1/refunds/" + refund + "/approve", "{}");
    ASSERT_EQ(approved.status(), 200) << approved.response.body;
    EXPECT_EQ(held(), "0") << "taken from what the order holds";
    EXPECT_EQ(province.sql("select taken_from from refund"), "held");
    EXPECT_THAT(parts(order), ::testing::ElementsAre("cancelled"));
    auto const shown = post_get(page);
    EXPECT_THAT(shown.response.body, HasSubstr("đã duyệt"));
    EXPECT_EQ(approver.post("/api/v1/refunds/" + refund + "/approve", "{}").status(), 200) << "asked twice it is given once";
    EXPECT_EQ(province.sql("select count(*) from payout"), "1");
}

TEST_F(Shop, orders_are_found_by_code_and_phone_alone) {
    auto const tea = goods(0, 100'000, 9);
    auto const order = places(body({{tea, 1}}, "0912345678"));
    auto const form = std::vector<http::Header>{{"Content-Type", "application/x-www-form-urlencoded"}};
    EXPECT_EQ(post_to(province.port, "/cho/tra-cuu", form, "code=" + order.text("reference") + "&phone=0912345678").status(), 303);
    EXPECT_EQ(post_to(province.port, "/cho/tra-cuu", form, "code=" + order.text("reference") + "&phone=0912345679").status(), 404);
    EXPECT_EQ(post_to(province.port, "/cho/tra-cuu", form, "code=KX00000000TBHC&phone=0912345678").status(), 404);
}

}  // namespace
}  // namespace choso::stories
