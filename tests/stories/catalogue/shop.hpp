#pragma once
#include <gtest/gtest.h>

#include "marketplace/catalogue/import.hpp"
#include "marketplace/catalogue/live_index.hpp"
#include "merchants/people/transaction.hpp"
#include "merchants/registry.hpp"
#include "tests/support/cluster.hpp"

namespace choso::marketplace {

/// A marketplace with one approved seller, on a migrated database, as the restricted role.
class ShopStory : public ::testing::Test {
 protected:
    support::Database database_ = support::Cluster::shared().fresh_database();
    postgres::Connection connection_{database_.server_url};
    merchants::Registry registry_{connection_};
    Instant now_ = *parse_rfc3339("2026-11-21T14:00:00+07:00");
    merchants::CreatedCollector marketplace_ = made(registry_.create_collector(
        {.name = "Sàn thử", .mode = payments::CollectorMode::pooled, .kind = "company", .live = false}));

    void TearDown() override { support::Cluster::shared().drop(database_); }

    template <class T>
    static T made(Result<T, Refused> result) {
        EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().text());
        return std::move(result).value();
    }
    MerchantId draft(std::string const& name) {
        auto const id = made(registry_.create_merchant({marketplace_.id, name, "household"}));
        auto seller = NewSeller{};
        seller.merchant = id;
        seller.bucket = marketplace_.bucket;
        seller.name = name;
        seller.commune = "Xã La Bằng";
        seller.province = "Thái Nguyên";
        made(Sellers{connection_}.open({seller}, now_));
        return id;
    }
    MerchantId seller(std::string const& name) {
        auto const id = draft(name);
        made(Sellers{connection_}.identify(id, {"test", name, {}, now_}, now_));
        made(Sellers{connection_}.decide(id, SellerState::approved, std::nullopt, "", now_));
        return id;
    }
    [[nodiscard]] PutOptions options(MerchantId of, bool publish = true) const { return {of, marketplace_.bucket, publish, std::nullopt, now_}; }
    static NewProduct product(std::string id, std::string name, std::int64_t price, std::int64_t stock = 10) {
        auto out = NewProduct{};
        out.external_id = std::move(id);
        out.name = std::move(name);
        out.category = "Chè";
        out.variants.emplace_back();
        out.variants[0].price = Money{price};
        out.variants[0].stock = stock;
        return out;
    }
    std::vector<std::string> found(LiveIndex& index, std::string const& text) {
        auto query = Query{};
        query.text = text;
        query.at = now_;
        std::vector<std::string> out;
        for (auto const& row : index.find(connection_, query).rows) out.push_back(row->name);
        return out;
    }
};

}  // namespace choso::marketplace
