#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>

#include "merchants/directory_reader.hpp"
#include "merchants/directory_watch.hpp"
#include "merchants/registry.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/process.hpp"

namespace choso::merchants {
namespace {

using support::Cluster;

/// Changes and reads the directory as the gateway does: as the restricted role, on a migrated database.
class DirectoryStory : public ::testing::Test {
 protected:
    support::Database database_ = Cluster::shared().fresh_database();
    postgres::Connection connection_{database_.server_url};
    Registry registry_{connection_};

    void TearDown() override { Cluster::shared().drop(database_); }

    template <class T>
    T made(Result<T, Refused> result) {
        EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().text());
        return std::move(result).value();
    }
    template <class T>
    static std::string field_of(Result<T, Refused> const& result) {
        return result.ok() ? "" : result.error().field;
    }
    CreatedCollector household(std::string const& name, bool live = false) {
        return made(registry_.create_collector({.name = name, .kind = "household", .live = live}));
    }
    AccountId account(CollectorId collector, std::string const& number) {
        return made(registry_.create_account({.collector = collector, .bin = "970436", .number = number, .holder = "Nguyễn Thị Hoa"}));
    }
    MarketId market() { return made(registry_.create_market({.name = "Chợ Thái", .ward = "Trưng Vương", .province = "Thái Nguyên"})); }
    [[nodiscard]] std::shared_ptr<Directory const> read() { return DirectoryReader::read(connection_); }
    [[nodiscard]] std::string count(std::string const& table) { return Cluster::shared().sql("select count(*) from " + table, database_.name); }
};

TEST_F(DirectoryStory, a_stall_is_found_by_its_link_and_its_reference_and_all_its_ids_share_one_bucket) {
    auto const hoa = household("Hoa");
    auto const into = account(hoa.id, "111");
    auto const stall = made(registry_.create_stall(
        {.merchant = hoa.owner, .market = market(), .account = into, .name = "Cô Hoa", .number = "A1", .takes_unreferenced = true}));
    auto const directory = read();
    auto const* const found = directory->stall_by_link(crypto::as_text(crypto::sha256(stall.link_token.reveal())));
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->id, stall.id);
    EXPECT_EQ(directory->stall_by_reference(stall.reference), found);
    EXPECT_EQ(directory->account(into)->holder, "NGUYEN THI HOA");
    EXPECT_EQ(directory->facts_of(*directory->account(into)).static_stall, stall.id);
    EXPECT_EQ(hoa.id.bucket(), hoa.bucket);
    EXPECT_EQ(hoa.owner.bucket(), hoa.bucket);
    EXPECT_EQ(into.bucket(), hoa.bucket);
    EXPECT_EQ(stall.id.bucket(), hoa.bucket);
    auto const key = DirectoryReader::read_installation(connection_).reference_key;
    ReferenceIssuer const issuer{*ReferenceKey::from_bytes({reinterpret_cast<std::uint8_t const*>(key.data()), key.size()})};
    auto const parts = issuer.open(stall.reference);
    ASSERT_TRUE(parts.has_value());
    EXPECT_EQ(parts->kind, ReferenceKind::stall);
    EXPECT_EQ(parts->bucket, hoa.bucket);
    EXPECT_FALSE(parts->live);
}

TEST_F(DirectoryStory, a_rotated_link_opens_and_the_old_one_does_not) {
    auto const hoa = household("Hoa");
    auto const stall = made(registry_.create_stall(
        {.merchant = hoa.owner, .market = market(), .account = account(hoa.id, "111"), .name = "Cô Hoa", .number = "A1"}));
    auto const fresh = made(registry_.rotate_stall_link(stall.id));
    auto const directory = read();
    EXPECT_EQ(directory->stall_by_link(crypto::as_text(crypto::sha256(stall.link_token.reveal()))), nullptr);
    EXPECT_NE(directory->stall_by_link(crypto::as_text(crypto::sha256(fresh.reveal()))), nullptr);
}

TEST_F(DirectoryStory, collectors_spread_over_the_buckets) {
    std::set<std::int16_t> buckets;
    for (auto n = 0; n < Bucket::count; ++n) buckets.insert(household("Hộ " + std::to_string(n)).bucket.number());
    EXPECT_EQ(buckets.size(), 64U);
}

TEST_F(DirectoryStory, a_number_in_use_is_refused_until_its_account_ends) {
    auto const hoa = household("Hoa");
    auto const binh = household("Bình");
    auto const first = account(hoa.id, "111");
    NewAccount const same{.collector = binh.id, .bin = "970436", .number = "111", .holder = "BINH"};
    EXPECT_EQ(field_of(registry_.create_account(same)), "number");
    made(registry_.create_virtual_account({.bin = "970436", .number = "VA1", .account = first, .stall = {}}));
    EXPECT_EQ(field_of(registry_.create_account({.collector = binh.id, .bin = "970436", .number = "VA1", .holder = "B"})), "number");
    made(registry_.close_account(first));
    EXPECT_EQ(field_of(registry_.close_account(first)), "account");
    auto const second = made(registry_.create_account(same));
    auto const directory = read();
    EXPECT_EQ(directory->account_by_number("970436", "111")->id, second);
    EXPECT_NE(directory->account(first), nullptr);
}

TEST_F(DirectoryStory, a_direct_collector_takes_no_second_merchant_and_no_foreign_account) {
    auto const hoa = household("Hoa");
    auto const binh = household("Bình");
    EXPECT_EQ(field_of(registry_.create_merchant({.collector = hoa.id, .name = "x", .kind = "household"})), "collector");
    EXPECT_EQ(field_of(registry_.create_stall({.merchant = hoa.owner, .market = market(), .account = account(binh.id, "222"),
                                               .name = "x", .number = "1"})),
              "account");
    auto const pool = made(registry_.create_collector(
        {.name = "Trung tâm", .mode = payments::CollectorMode::pooled, .kind = "public_office", .live = false}));
    auto const payee = made(registry_.create_merchant({.collector = pool.id, .name = "Nước sạch", .kind = "utility"}));
    auto const into = account(pool.id, "333");
    auto const directory = read();
    EXPECT_EQ(directory->account_for(*directory->merchant(payee), nullptr)->id, into);
    EXPECT_EQ(directory->facts_of(*directory->account(into)).owner, pool.owner);
}

TEST_F(DirectoryStory, two_keys_of_one_name_may_live_a_third_may_not) {
    auto const hoa = household("Hoa");
    NewKey const wanted{.name = "till", .live = false, .scopes = {"requests:write"}, .merchants = {hoa.owner}};
    auto const first = made(registry_.create_key(wanted));
    made(registry_.create_key(wanted));
    EXPECT_EQ(field_of(registry_.create_key(wanted)), "name");
    made(registry_.revoke_key(first.id));
    EXPECT_EQ(field_of(registry_.revoke_key(first.id)), "key");
    auto const third = made(registry_.create_key(wanted));
    auto const directory = read();
    EXPECT_EQ(directory->key_by_hash(crypto::as_text(crypto::sha256(first.secret.reveal()))), nullptr);
    auto const* const key = directory->key_by_hash(crypto::as_text(crypto::sha256(third.secret.reveal())));
    ASSERT_NE(key, nullptr);
    EXPECT_EQ(key->merchants, (std::set{hoa.owner}));
    EXPECT_EQ(key->prefix, third.prefix);
}

TEST_F(DirectoryStory, test_and_live_never_meet) {
    auto const test = household("Thử");
    auto const live = household("Thật", true);
    NewKey key{.name = "k", .live = false, .scopes = {"requests:read"}, .merchants = {test.owner, live.owner}};
    EXPECT_EQ(field_of(registry_.create_key(key)), "merchants");
    key.live = true;
    EXPECT_EQ(field_of(registry_.create_key(key)), "merchants");
    NewFeed const feed{.kind = "sepay", .name = "f", .auth = FeedAuth::apikey, .accounts = {account(test.id, "1"), account(live.id, "2")}};
    EXPECT_EQ(field_of(registry_.create_feed(feed)), "accounts");
    EXPECT_EQ(field_of(registry_.advance_clock(std::chrono::hours{1})), "advance");
}

TEST_F(DirectoryStory, no_live_merchant_where_the_clock_stands_ahead) {
    EXPECT_EQ(made(registry_.advance_clock(std::chrono::hours{1})), std::chrono::hours{1});
    EXPECT_EQ(field_of(registry_.create_collector({.name = "Thật", .kind = "household", .live = true})), "live");
}

TEST_F(DirectoryStory, each_kind_of_feed_is_known_by_its_own_secret) {
    auto const hoa = household("Hoa");
    auto const into = account(hoa.id, "111");
    auto const feed = [&](FeedAuth auth) {
        return made(registry_.create_feed({.kind = "sepay", .name = "f", .auth = auth, .accounts = {into}}));
    };
    auto const apikey = feed(FeedAuth::apikey);
    auto const hmac = feed(FeedAuth::hmac);
    auto const oauth2 = feed(FeedAuth::oauth2);
    auto const directory = read();
    auto const hash = [](CreatedFeed const& it) { return std::string{crypto::as_text(crypto::sha256(it.secret.reveal()))}; };
    EXPECT_EQ(directory->feed_by_secret_hash(FeedAuth::apikey, hash(apikey))->id, apikey.id);
    EXPECT_EQ(directory->feed_by_client_id(oauth2.client_id)->secret_hash, hash(oauth2));
    ASSERT_EQ(directory->hmac_feeds().size(), 1U);
    EXPECT_TRUE(hmac.secret.is(directory->hmac_feeds().front()->secret));
    EXPECT_EQ(directory->account_of_feed(*directory->feed(apikey.id), "111")->id, into);
    made(registry_.revoke_feed(hmac.id));
    EXPECT_TRUE(read()->hmac_feeds().empty());
}

TEST_F(DirectoryStory, a_new_payout_account_ends_the_one_before) {
    auto const hoa = household("Hoa");
    auto const pool = made(registry_.create_collector({.name = "Thu hộ", .mode = payments::CollectorMode::pooled, .kind = "public_office", .live = false}));
    auto const water = made(registry_.create_merchant({.collector = pool.id, .name = "Nước", .kind = "utility"}));
    EXPECT_EQ(field_of(registry_.add_payout_account({.merchant = hoa.owner, .bin = "970436", .number = "1", .holder = "Hoa"})), "merchant");
    EXPECT_EQ(field_of(registry_.add_payout_account({.merchant = water, .bin = "000000", .number = "1", .holder = "Nước"})), "bin");
    EXPECT_EQ(read()->payout_account(water), nullptr);
    made(registry_.add_payout_account({.merchant = water, .bin = "970436", .number = "1", .holder = "Nước"}));
    made(registry_.add_payout_account({.merchant = water, .bin = "970415", .number = "2", .holder = "Nước"}));
    auto const directory = read();
    ASSERT_NE(directory->payout_account(water), nullptr);
    EXPECT_EQ(directory->payout_account(water)->number, "2");
    EXPECT_EQ(directory->payout_account(water)->holder, "NUOC");
    EXPECT_EQ(count("payout_account"), "2") << "what was paid to before is not forgotten";
}

TEST_F(DirectoryStory, what_is_done_together_stands_or_falls_together) {
    auto const result = registry_.together([&]() -> Result<Done, Refused> {
        household("Hoa");
        return Refused{"nothing", "must be done"};
    });
    EXPECT_FALSE(result.ok());
    EXPECT_EQ(count("collector"), "0");
    EXPECT_THROW((void)registry_.together([&]() -> Result<Done, Refused> {
        household("Hoa");
        throw std::runtime_error{"half way"};
    }),
                 std::runtime_error);
    EXPECT_EQ(count("collector"), "0");
    EXPECT_EQ(household("Hoa").bucket, Bucket::of_bits(0)) << "the connection goes on";
}

TEST_F(DirectoryStory, a_change_is_seen_by_a_watch_and_so_is_the_clock) {
    AdvancedClock clock;
    DirectoryWatch const watch{database_.server_url, clock, std::chrono::milliseconds{10}};
    auto const hoa = household("Hoa");
    ASSERT_TRUE(watch.wait_for(registry_.version()));
    EXPECT_NE(watch.current()->merchant(hoa.owner), nullptr);
    made(registry_.advance_clock(std::chrono::hours{2}));
    EXPECT_TRUE(support::eventually(std::chrono::seconds{10}, [&] { return clock.now() > SystemClock{}.now() + std::chrono::hours{1}; }));
    EXPECT_FALSE(watch.wait_for(registry_.version() + 1'000'000));
}

TEST_F(DirectoryStory, two_registries_at_once_take_turns) {
    std::thread other{[url = database_.server_url] {
        postgres::Connection connection{url};
        Registry registry{connection};
        for (auto n = 0; n < 32; ++n) (void)registry.create_collector({.name = "b", .kind = "household", .live = false});
    }};
    for (auto n = 0; n < 32; ++n) household("a");
    other.join();
    EXPECT_EQ(count("(select bucket from collector group by bucket) b"), "64") << "no two took the same one";
}

TEST_F(DirectoryStory, erasing_leaves_a_trace_and_no_text) {
    auto const at = SystemClock{}.now();
    auto const payment = PaymentId::make(Bucket::of_bits(5), at);
    auto const person = PersonId::make(Bucket::of_bits(5), at);
    auto const hex = [](Uuid const& uuid) { return "'" + to_hyphenated(uuid) + "'"; };
    Cluster::shared().sql("insert into person (id, bucket, name, phone, created_at) values (" + hex(person.uuid()) + ", 5, 'An', '09', now());" +
                              "insert into bank_text (payment, received_at, source, bucket, source_id, content, person, headers, raw) values (" +
                              hex(payment.uuid()) + ", now(), 1, 5, 'x', 'NGUYEN VAN AN', " + hex(person.uuid()) + ", 'h', 'raw')",
                          database_.name);
    EXPECT_EQ(field_of(registry_.erase({.subject = person, .by = "", .reason = "asked"})), "by");
    auto const erased = made(registry_.erase({.subject = person, .by = "Lan", .reason = "asked"}));
    EXPECT_EQ(erased.persons, 1);
    EXPECT_EQ(erased.texts, 1);
    EXPECT_EQ(field_of(registry_.erase({.subject = payment, .by = "Lan", .reason = "asked"})), "subject") << "it is erased already";
    EXPECT_EQ(count("bank_text where content is not null or raw is not null or headers is not null"), "0");
    EXPECT_EQ(count("person where name is not null or phone is not null"), "0");
    EXPECT_EQ(Cluster::shared().sql("select by_whom, reason from erasure", database_.name), "Lan|asked");
}

}  // namespace
}  // namespace choso::merchants
