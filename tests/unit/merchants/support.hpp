#pragma once
#include <cstdint>
#include <string>

#include "merchants/directory_reader.hpp"

namespace choso::merchants::testing {

/// An id that is the same in each run: its last bytes are `n`, its bucket is given.
template <class IdType>
IdType id(std::uint64_t n, Bucket bucket = Bucket::of_bits(3)) {
    auto uuid = new_uuid(bucket, Instant{});
    for (auto i = std::size_t{8}; i < 16; ++i) uuid[i] = static_cast<std::uint8_t>(n >> (8 * (15 - i)));
    uuid[7] &= 0xc0U;
    return IdType{uuid};
}

inline Reference reference(std::uint64_t n) {
    auto out = *Reference::from_data(5'000'000'000 + n * 7);
    while (!out.may_be_issued()) out = *Reference::from_data(out.data_number() + 1);
    return out;
}

inline BankAccount account(std::uint64_t n, CollectorId collector, std::string bin, std::string number) {
    return {.id = id<AccountId>(n),
            .collector = collector,
            .bin = std::move(bin),
            .number = std::move(number),
            .holder = "NGUYEN THI HOA",
            .complete = false,
            .keeps_unreferenced = true,
            .static_stall = {}};
}

/// One household with a stall and an old, an ended and a new account; one pool with two payees.
struct SmallProvince {
    CollectorId household = id<CollectorId>(1);
    CollectorId pool = id<CollectorId>(2, Bucket::of_bits(9));
    MerchantId hoa = id<MerchantId>(11);
    MerchantId centre = id<MerchantId>(12), water = id<MerchantId>(13), waste = id<MerchantId>(14);
    AccountId ended = id<AccountId>(20), old = id<AccountId>(21), young = id<AccountId>(22), pooled = id<AccountId>(23);
    StallId stall = id<StallId>(31);
    ApiKeyId key = id<ApiKeyId>(41);
    FeedId apikey = id<FeedId>(51), hmac = id<FeedId>(52), oauth2 = id<FeedId>(53);

    [[nodiscard]] DirectoryRows rows() const {
        DirectoryRows out;
        out.version = 7;
        out.collectors = {{household, "Hoa", Bucket::of_bits(3), payments::CollectorMode::direct},
                          {pool, "Centre", Bucket::of_bits(9), payments::CollectorMode::pooled}};
        out.markets = {{id<MarketId>(61), "Chợ Thái", "Trưng Vương", "Thái Nguyên"}};
        out.merchants = {{hoa, "Hoa", "household", false, household, true},
                         {water, "Water", "utility", false, pool, false},
                         {centre, "Centre", "public_office", false, pool, true},
                         {waste, "Waste", "utility", false, pool, false}};
        auto const day = [](int n) { return Instant{std::chrono::hours{24 * n}}; };
        out.accounts = {{account(20, household, "970436", "100"), false, day(1)},
                        {account(21, household, "970436", "101"), true, day(2)},
                        {account(22, household, "970415", "102"), true, day(3)},
                        {account(23, pool, "970436", "100"), true, day(4)}};
        out.accounts[1].account.static_stall = stall;
        out.accounts[3].account.complete = true;
        out.stalls = {{stall, hoa, id<MarketId>(61), young, "Cô Hoa", "A01", reference(1), std::string(32, 's')}};
        out.keys = {{{key, "demo", "sk_test_12345678", false, {"requests:write"}, {}}, std::string(32, 'k')}};
        out.key_merchants = {{key, hoa}, {key, water}};
        out.feeds = {{apikey, 1, "sepay", "a", FeedAuth::apikey, "", std::string(32, 'a'), "", {}},
                     {hmac, 2, "sepay", "h", FeedAuth::hmac, "", "", "secret", {}},
                     {oauth2, 3, "sepay", "o", FeedAuth::oauth2, "client", std::string(32, 'o'), "", {}}};
        out.feed_accounts = {{apikey, old}, {apikey, young}, {hmac, ended}, {hmac, pooled}, {oauth2, ended}};
        out.virtual_accounts = {{"970436", "VA1", {old, stall}}};
        return out;
    }
    [[nodiscard]] std::shared_ptr<Directory const> directory() const { return DirectoryReader::index(rows()); }
};

}  // namespace choso::merchants::testing
