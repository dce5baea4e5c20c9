// Orders in this process, on two cores of one database: what HTTP would not let in, and what no kill is needed for.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "gateway/payments/verify.hpp"
#include "marketplace/checkout/commands.hpp"
#include "platform/postgres/connection.hpp"
#include "tests/faults/core_words.hpp"
#include "tests/support/cluster.hpp"

namespace choso::faults {
namespace {

using namespace marketplace;
using payments::Refusal;

/// A marketplace's account, its operator, two sellers, and one thing of each.
struct Market {
    Bucket bucket = Bucket::of_bits(11);
    Instant start = SystemClock{}.now();
    MerchantId owner = MerchantId::make(bucket, start);
    std::vector<MerchantId> sellers{MerchantId::make(bucket, start), MerchantId::make(bucket, start)};
    std::vector<VariantId> goods{VariantId::make(bucket, start), VariantId::make(bucket, start)};
    payments::AccountFacts account;
    postgres::Connection database;
    std::int64_t told = 0;

    explicit Market(std::string const& super_url, std::int64_t units) : database{super_url} {
        account.id = AccountId::make(bucket, start);
        account.owner = owner;
        account.mode = payments::CollectorMode::pooled;
        std::ranges::sort(goods);  // as `stock` shows them
        for (auto const& id : goods)
            database.execute("insert into stock (bucket, variant, on_hand) values (11, '" + to_hyphenated(id.uuid()) + "', " + std::to_string(units) + ")");
    }
    [[nodiscard]] std::string ask(std::string const& sql) {
        auto const rows = database.execute(sql);
        return rows.rows() == 0 ? std::string{} : std::string{rows.text(0, 0)};
    }
    [[nodiscard]] std::unique_ptr<PlaceOrder> order(std::vector<std::int64_t> const& quantities, int phone) const {
        auto const now = SystemClock{}.now();
        auto out = std::make_unique<PlaceOrder>();
        auto request = create(OwnAccount{11}, 1);
        request->id = PaymentRequestId::make(bucket, now);
        request->in = bucket;
        request->merchant = owner;
        request->account = account.id;
        auto& order = out->order;
        order.id = order_of(request->id);
        order.merchant = owner;
        order.account = account.id;
        order.buyer = PersonId::make(bucket, now);
        order.phone_key = {static_cast<std::uint8_t>(phone), static_cast<std::uint8_t>(phone >> 8)};
        order.token = new_uuid(bucket, now);
        auto split = payments::Split{payments::FillRule::on_release, {}};
        for (std::size_t n = 0; n < quantities.size(); ++n) {
            if (quantities[n] == 0) continue;
            auto part = SellerOrder{};
            part.id = SellerOrderId::make(bucket, now);
            part.order = order.id;
            part.seller = sellers[n];
            part.position = static_cast<std::int16_t>(order.parts.size() + 1);
            part.commission_bp = 200;
            auto line = OrderLine{};
            line.variant = goods[n];
            line.product = ProductId::make(bucket, now);
            line.name = "Chè";
            line.unit = "gói";
            line.quantity = quantities[n];
            line.price = Money{10'000};
            if (n == 0) line.tax = {100, 50};
            part.goods = line.amount();
            part.lines.push_back(std::move(line));
            order.amount += part.total();
            split.lines.push_back({part.seller, part.total(), {}});
            order.parts.push_back(std::move(part));
        }
        request->amount = order.amount;
        request->split = std::move(split);
        out->request = std::move(request);
        out->buyer = {"Người mua", "0912345678", "thôn 1"};
        return out;
    }
    [[nodiscard]] std::unique_ptr<payments::RecordCredit> credit(payments::PaymentRequest const& request, Money amount, Instant at, std::int32_t source = 1,
                                                                 std::string const& bank_ref = {}) {
        auto out = std::make_unique<payments::RecordCredit>();
        auto const n = std::to_string(++told);
        out->account = account;
        out->in = bucket;
        out->id = PaymentId::make(bucket, at);
        out->source = source;
        out->source_id = n;
        out->amount = amount;
        out->occurred_at = at;
        out->bank_ref = bank_ref.empty() ? "FT" + n : bank_ref;
        out->content = request.reference->text();
        out->found = {{*request.reference, How::exact}};
        out->refund_id = RefundId::make(bucket, at);
        out->raw = n;
        return out;
    }
    [[nodiscard]] testing::AssertionResult sound() {
        auto out = testing::AssertionSuccess();
        for (auto const& it : payments::verify(database))
            if (it.broken > 0) out = testing::AssertionFailure() << it.name << ": " << (it.examples.empty() ? "" : it.examples.front());
        return out;
    }
    [[nodiscard]] std::string stock() { return ask("select string_agg(on_hand || '/' || reserved, ' ' order by variant) from stock"); }
    [[nodiscard]] std::string status(OrderId id) {
        return ask("select string_agg(status::text, ' ' order by position) from seller_order where \"order\" = '" + to_hyphenated(id.uuid()) + "'");
    }
    [[nodiscard]] std::string balance(std::string const& kind) {
        return ask("select coalesce(-sum(e.amount), 0)::text from ledger_account a join entry e on e.bucket = a.bucket and e.account = a.id where a.kind = '" + kind + "'");
    }
};

payments::Answer now_of(payments::Core& core, std::unique_ptr<payments::Command const> command) { return submit(core, std::move(command)).get(); }

TEST(Orders, are_paid_delivered_credited_and_partly_taken_back) {
    auto const place = support::Cluster::shared().fresh_database();
    auto market = Market{place.super_url, 10};
    auto core = payments::Core{core_options(place.server_url, 2), fixed_key(), {order_family()}, {}};
    auto placing = market.order({2, 3}, 1);
    auto const id = placing->order.id;
    auto const parts = placing->order.parts;
    auto const copy = *placing;
    auto const placed = now_of(core, std::move(placing));
    ASSERT_TRUE(placed.ok() && placed->request && !placed->refusal);
    EXPECT_EQ(market.stock(), "10/2 10/3");
    auto const again = now_of(core, std::make_unique<PlaceOrder>(copy));
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(again->replayed);

    ASSERT_TRUE(now_of(core, market.credit(*placed->request, Money{50'000}, market.start, 1, "FT-one")).ok());
    EXPECT_EQ(market.status(id), "paid paid");
    EXPECT_EQ(market.stock(), "8/0 7/0");
    EXPECT_EQ(market.balance("held"), "50000");
    EXPECT_TRUE(market.sound());

    auto const ship = [&](std::size_t n) {
        auto command = std::make_unique<ShipParcel>();
        command->order = id;
        command->part = parts[n].id;
        command->id = ParcelId::make(market.bucket, market.start);
        auto const parcel = command->id;
        EXPECT_TRUE(now_of(core, std::move(command)).ok());
        auto arrived = std::make_unique<DeliverParcel>();
        arrived->order = id;
        arrived->id = parcel;
        auto const answer = now_of(core, std::move(arrived));
        EXPECT_TRUE(answer.ok() && !answer->refusal);
    };
    ship(0);
    EXPECT_EQ(market.status(id), "delivered paid");
    EXPECT_EQ(market.balance("due_confirmed"), "0") << "told once";
    ASSERT_TRUE(now_of(core, market.credit(*placed->request, Money{50'000}, market.start, 2, "FT-one")).ok());
    EXPECT_EQ(market.balance("withheld_tax"), "300");
    EXPECT_EQ(market.balance("due_confirmed"), "19700") << "the seller's 19,300 and the operator's 400";
    EXPECT_EQ(market.balance("held"), "30000");
    EXPECT_TRUE(market.sound());
    ship(1);
    EXPECT_EQ(market.balance("held"), "0");

    auto back = std::make_unique<AskReturn>();
    back->order = id;
    back->part = parts[0].id;
    back->id = ReturnId::make(market.bucket, market.start);
    back->reason = "ẩm";
    back->lines = {{1, 1}};
    auto const return_id = back->id;
    auto const asked = now_of(core, std::move(back));
    ASSERT_TRUE(asked.ok() && !asked->refusal);
    auto answer = std::make_unique<AnswerReturn>();
    answer->order = id;
    answer->answer = {return_id, true, true, {}};
    auto const answered = now_of(core, std::move(answer));
    ASSERT_TRUE(answered.ok() && !answered->refusal);
    EXPECT_EQ(market.balance("held"), "10000");
    EXPECT_EQ(market.balance("withheld_tax"), "150");
    EXPECT_EQ(market.ask("select amount || ' ' || reason from refund"), "10000 order_returned");
    EXPECT_EQ(market.stock(), "9/0 7/0");
    EXPECT_TRUE(market.sound());
}

TEST(Orders, short_late_doubled_and_reversed_money_is_in_an_order_or_a_refund_task) {
    auto const place = support::Cluster::shared().fresh_database();
    auto market = Market{place.super_url, 4};
    auto core = payments::Core{core_options(place.server_url, 2), fixed_key(), {order_family()}, {}};
    auto const late_at = market.start + std::chrono::minutes{30};
    auto const place_one = [&](std::vector<std::int64_t> const& quantities, int phone) {
        auto const answer = now_of(core, market.order(quantities, phone));
        EXPECT_TRUE(answer.ok() && answer->request);
        return *answer->request;
    };
    auto const expire = [&](payments::PaymentRequest const& request) {
        auto command = std::make_unique<payments::ExpireRequest>();
        command->id = request.id;
        command->due_at = *request.expires_at + std::chrono::minutes{5};
        EXPECT_TRUE(now_of(core, std::move(command)).ok());
    };
    auto const twice = place_one({1, 0}, 1);
    for (auto n = 0; n < 2; ++n) ASSERT_TRUE(now_of(core, market.credit(twice, Money{10'000}, market.start)).ok());
    EXPECT_EQ(market.ask("select string_agg(amount || ' ' || reason, ', ') from refund"), "10000 overpaid");
    auto const short_one = place_one({1, 0}, 2);
    ASSERT_TRUE(now_of(core, market.credit(short_one, Money{4'000}, market.start)).ok());
    expire(short_one);
    EXPECT_EQ(market.status(order_of(short_one.id)), "expired");
    EXPECT_EQ(market.ask("select string_agg(amount || ' ' || reason, ', ' order by amount) from refund"), "4000 paid_after_expiry, 10000 overpaid");
    // Late: of the first there is enough left, of the second not.
    auto const late = place_one({3, 4}, 3);
    expire(late);
    auto const other = place_one({0, 1}, 4);
    ASSERT_TRUE(now_of(core, market.credit(late, Money{70'000}, late_at)).ok());
    EXPECT_EQ(market.status(order_of(late.id)), "paid no_stock");
    EXPECT_EQ(market.ask("select amount::text from refund where reason = 'paid_no_stock'"), "40000");
    ASSERT_TRUE(now_of(core, market.credit(other, Money{10'000}, market.start)).ok());
    EXPECT_EQ(market.status(order_of(other.id)), "paid");
    EXPECT_TRUE(market.sound());
    // What the bank takes back leaves the order short, and it is told.
    auto back = std::make_unique<payments::ReverseCredit>();
    back->id = new_uuid(market.bucket, market.start);
    back->account = market.account;
    back->occurred_at = market.start;
    back->reason = "bank";
    back->payment = PaymentId{from_hyphenated(market.ask("select id::text from payment where request = '" + to_hyphenated(other.id.uuid()) + "'")).value()};
    ASSERT_TRUE(now_of(core, std::move(back)).ok());
    EXPECT_EQ(market.ask("select short::text from shop_order where id = '" + to_hyphenated(other.id.uuid()) + "'"), "true");
    EXPECT_TRUE(market.sound());
}

TEST(Orders, on_two_cores_never_sell_a_unit_twice) {
    auto const place = support::Cluster::shared().fresh_database();
    auto market = Market{place.super_url, 50};
    auto cores = std::vector<std::unique_ptr<payments::Core>>{};
    for (auto n = 0; n < 2; ++n)
        cores.push_back(std::make_unique<payments::Core>(core_options(place.server_url, 2), fixed_key(), std::vector{order_family()}, payments::Lane::OnCommitted{}));
    auto answers = std::vector<std::future<payments::Answer>>{};
    for (auto n = 0; n < 400; ++n) answers.push_back(submit(*cores[static_cast<std::size_t>(n) % 2], market.order({n % 3 == 0 ? 0 : 1, n % 3 == 0 ? 1 : n % 2}, n)));
    auto taken = std::vector<payments::PaymentRequest>{};
    for (auto& each : answers) {
        auto const answer = each.get();
        ASSERT_TRUE(answer.ok());
        if (answer->refusal) EXPECT_EQ(*answer->refusal, Refusal::out_of_stock);
        else taken.push_back(*answer->request);
    }
    EXPECT_EQ(market.stock(), "50/50 50/50");
    auto paid = std::vector<std::future<payments::Answer>>{};
    for (std::size_t n = 0; n < taken.size(); ++n) paid.push_back(submit(*cores[n % 2], market.credit(taken[n], *taken[n].amount, market.start)));
    for (auto& each : paid) ASSERT_TRUE(each.get().ok());
    EXPECT_EQ(market.stock(), "0/0 0/0");
    EXPECT_TRUE(market.sound());
}

}  // namespace
}  // namespace choso::faults
