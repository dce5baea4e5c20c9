#pragma once
#include <map>
#include <set>
#include <vector>

#include "gateway/payments/book.hpp"
#include "gateway/payments/rows.hpp"
#include "marketplace/checkout/decide.hpp"

namespace choso::marketplace {

/// The working set of one batch that is orders and stock: the rows its commands named, and the orders of every request
/// that the batch touches, since their state may have to follow.
class OrderRows final : public payments::Rows {
 public:
    explicit OrderRows(payments::Book& book) : book_{book} {}

    // --- plan
    void want_order(OrderId id) { wanted_.insert(id); }
    void want_stock(VariantId id) { wanted_stock_.insert(id); }
    /// What a phone has open and unpaid.
    void want_open(Bucket bucket, Uuid const& phone_key) { wanted_open_.insert({bucket, phone_key}); }

    // --- what is there
    [[nodiscard]] std::optional<Order> find(OrderId id) const;
    [[nodiscard]] std::optional<OrderView> view(OrderId id) const;
    [[nodiscard]] std::vector<Parcel> parcels_of(OrderId id) const;
    [[nodiscard]] std::vector<OrderReturn> returns_of(OrderId id) const;
    [[nodiscard]] StockOf const& stock() const { return stock_; }
    [[nodiscard]] std::int64_t open_of(Uuid const& phone_key) const;

    // --- what follows
    /// Money effects too: they go to the book.
    void apply(Bucket bucket, OrderEffects effects, Instant now);
    void keep_buyer(PersonId id, Buyer buyer) { buyers_.emplace_back(id, std::move(buyer)); }

    // --- around the batch
    void load(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;
    [[nodiscard]] bool load_more(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;
    void follow(Instant now) override;
    void store(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;

 private:
    enum class Kept { loaded, inserted, changed };
    struct Slot {
        Order order;
        Kept kept = Kept::loaded;
    };
    void load_orders(postgres::Pipeline& pipeline, payments::BatchBuckets const& in, std::set<OrderId> const& ids);
    void take_part(postgres::Result const& rows, int row);
    void store_orders(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) const;
    void store_lines(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) const;
    void store_after(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) const;
    void store_stock(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) const;

    payments::Book& book_;
    std::set<OrderId> wanted_, loaded_;
    std::set<VariantId> wanted_stock_;
    std::set<std::pair<Bucket, Uuid>> wanted_open_;

    std::map<OrderId, Slot> orders_;
    std::map<SellerOrderId, std::pair<OrderId, std::size_t>> places_;
    std::map<OrderId, std::vector<OrderRefund>> refunds_;
    std::map<ParcelId, Parcel> parcels_;
    std::map<ReturnId, OrderReturn> returns_;
    StockOf stock_;
    std::map<Uuid, std::int64_t> open_;
    Instant now_;

    std::map<VariantId, std::pair<Bucket, StockChange>> stock_changes_;
    std::vector<OrderRefund> new_refunds_;
    std::set<ParcelId> new_parcels_, changed_parcels_;
    std::set<ReturnId> new_returns_, changed_returns_;
    std::vector<std::pair<PersonId, Buyer>> buyers_;
};

}  // namespace choso::marketplace
