// Lots, their events, stamps, and who checks one first.
#include <atomic>
#include <chrono>
#include <iostream>
#include <set>
#include <thread>

#include "marketplace/trace/epcis.hpp"
#include "marketplace/trace/lots.hpp"
#include "platform/json/json.hpp"
#include "tests/stories/catalogue/shop.hpp"

namespace choso::marketplace {
namespace {

class TraceStory : public ShopStory {
 protected:
    MerchantId seller_ = seller("HTX Suối Lăng");
    ProductId product_ = put_products(connection_, {product("1", "Chè Tân Cương", 90'000)}, options(seller_))[0].id;
    std::chrono::sys_days made_on_ = *parse_day("2026-11-01");
    LotId lot_ = made(create_lot(connection_, {product_, "L01", made_on_, *parse_day("2027-11-01"), "300 gói", "Xã Tân Cương"}, now_));

    std::vector<PrintedStamp> print(std::int64_t count, bool activate = true) {
        std::vector<PrintedStamp> out;
        batch_ = made(make_stamps(connection_, {lot_, count, true, activate}, "key", [&](auto const& some) {
            out.insert(out.end(), some.begin(), some.end());
            return true;
        }, now_));
        return out;
    }
    [[nodiscard]] Checked check(PrintedStamp const& stamp, bool with_secret, Instant at) {
        return check_stamp(connection_, {stamp.serial, with_secret ? stamp.secret : "", "Phường Đồng Quang", {}, {}}, "key", at);
    }
    StampBatchId batch_;
};

TEST_F(TraceStory, a_stamp_from_print_to_repeat) {
    auto const stamps = print(3, false);
    EXPECT_EQ(check(stamps[0], false, now_).state, StampState::not_activated);
    EXPECT_EQ(check(stamps[0], true, now_).state, StampState::not_activated) << "a claim before activation is none";
    made(activate_stamps(connection_, batch_, now_));
    EXPECT_EQ(check(stamps[0], false, now_).state, StampState::issued);
    EXPECT_EQ(check_stamp(connection_, {stamps[0].serial, stamps[1].secret, {}, {}, {}}, "key", now_).state, StampState::secret_wrong);
    auto const first = check(stamps[0], true, now_);
    EXPECT_EQ(first.state, StampState::first_check);
    EXPECT_EQ(first.first_at, now_);
    auto const later = now_ + std::chrono::hours{2};
    auto const again = check(stamps[0], true, later);
    EXPECT_EQ(again.state, StampState::repeated);
    EXPECT_EQ(again.first_at, now_);
    EXPECT_EQ(again.first_place, "Phường Đồng Quang");
    made(recall_lot(connection_, lot_, "Dư lượng thuốc", later));
    EXPECT_EQ(check(stamps[1], true, later).state, StampState::recalled);
    EXPECT_FALSE(recall_lot(connection_, lot_, "Hai lần", later));
    EXPECT_EQ(support::Cluster::shared().sql("select string_agg(kind, ',' order by kind) from trace_alert", database_.name), "not_activated,recalled");
}

TEST_F(TraceStory, an_expired_lot_is_told_and_an_unknown_stamp_too) {
    auto const stamps = print(1);
    EXPECT_EQ(check(stamps[0], true, *parse_rfc3339("2027-12-01T00:00:00+07:00")).state, StampState::expired);
    EXPECT_EQ(check_stamp(connection_, {new_serial(lot_.bucket()), "", {}, {}, {}}, "key", now_).state, StampState::unknown);
    EXPECT_EQ(check_stamp(connection_, {"short", "", {}, {}, {}}, "key", now_).state, StampState::unknown);
}

TEST_F(TraceStory, of_ten_thousand_claims_at_once_one_is_the_first) {
    auto const stamp = print(1)[0];
    constexpr auto threads = 8;
    constexpr auto claims = 1'250;
    std::atomic<int> first = 0, repeated = 0;
    std::vector<std::jthread> all;
    for (auto t = 0; t < threads; ++t)
        all.emplace_back([&] {
            auto connection = postgres::Connection{database_.server_url};
            connection.execute("set synchronous_commit = off");   // who is first does not hang on the disk
            for (auto i = 0; i < claims; ++i) {
                auto const state = check_stamp(connection, {stamp.serial, stamp.secret, {}, {}, {}}, "key", now_).state;
                first += state == StampState::first_check ? 1 : 0;
                repeated += state == StampState::repeated ? 1 : 0;
            }
        });
    all.clear();
    EXPECT_EQ(first, 1);
    EXPECT_EQ(repeated, threads * claims - 1);
    EXPECT_EQ(support::Cluster::shared().sql("select checks from stamp", database_.name), std::to_string(threads * claims));
}

TEST_F(TraceStory, the_same_stamp_in_two_far_places_is_an_alarm) {
    auto const stamp = print(1)[0];
    (void)check_stamp(connection_, {stamp.serial, {}, "Thái Nguyên", 21.59, 105.84}, "key", now_);
    (void)check_stamp(connection_, {stamp.serial, {}, "Thái Nguyên", 21.60, 105.85}, "key", now_ + std::chrono::minutes{5});
    EXPECT_EQ(support::Cluster::shared().sql("select count(*) from trace_alert", database_.name), "0");
    (void)check_stamp(connection_, {stamp.serial, {}, "Cà Mau", 9.18, 105.15}, "key", now_ + std::chrono::hours{1});
    EXPECT_EQ(support::Cluster::shared().sql("select kind from trace_alert", database_.name), "far_apart");
}

TEST_F(TraceStory, serials_are_many_random_and_of_their_bucket) {
    auto const begin = std::chrono::steady_clock::now();
    auto const stamps = print(50'000);
    std::cout << "50 000 stamps in " << std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() << " s\n";
    std::set<std::string> serials;
    for (auto const& stamp : stamps) {
        serials.insert(stamp.serial);
        ASSERT_EQ(bucket_of_serial(stamp.serial), lot_.bucket());
        ASSERT_EQ(stamp.secret.size(), 8U);
    }
    EXPECT_EQ(serials.size(), 50'000U);
    EXPECT_EQ(support::Cluster::shared().sql("select count(*), count(distinct secret_hash) from stamp", database_.name), "50000|50000");
    EXPECT_EQ(serial_as_typed(" " + stamps[0].serial.substr(0, 8) + "-" + stamps[0].serial.substr(8)), stamps[0].serial);
}

TEST_F(TraceStory, what_cannot_be_printed_is_not_stored) {
    auto const result = make_stamps(connection_, {lot_, 30'000, false, true}, "key", [n = 0](auto const&) mutable { return n++ == 0; }, now_);
    EXPECT_FALSE(result);
    EXPECT_EQ(support::Cluster::shared().sql("select count(*) from stamp", database_.name), "20000");
}

TEST_F(TraceStory, a_lots_way_is_told_as_epcis) {
    made(add_event(connection_, lot_, {"harvesting", now_ - std::chrono::days{3}, "Xã Tân Cương", "HTX Suối Lăng", "Hái sáng"}, now_));
    made(add_event(connection_, lot_, {"packing", now_ - std::chrono::days{2}, "Xã Tân Cương", "HTX Suối Lăng", ""}, now_));
    EXPECT_EQ(add_event(connection_, lot_, {"flying", now_, "A", "B", ""}, now_).error().field, "step");
    auto const lot = find_lot(connection_, lot_);
    ASSERT_TRUE(lot);
    EXPECT_EQ(find_lot_by_code(connection_, lot->code)->id, lot_);
    auto const text = epcis_document(*lot, events_of(connection_, lot_), "https://choso.example", now_);
    auto const tree = json::parse(text);
    ASSERT_TRUE(tree) << text;
    auto const events = tree->find("epcisBody")->find("eventList")->items();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].find("bizStep")->as_string(), "commissioning");
    EXPECT_EQ(text, epcis_document(*lot, events_of(connection_, lot_), "https://choso.example", now_)) << "the same event is the same id";
}

}  // namespace
}  // namespace choso::marketplace
