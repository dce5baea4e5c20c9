#pragma once
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "gateway/payments/book.hpp"
#include "merchants/fees/bill.hpp"

namespace choso::fees {

/// A payer as the lane knows them.
struct Payer {
    PayerId id;
    MerchantId merchant;
    std::optional<FeeUnitId> unit;
    std::string code;
    std::vector<std::string> categories;
};

struct Change {
    BillId bill;
    std::int32_t revision = 1;
    Money amount;
    payments::Actor actor;
    std::string what, reason;
    Instant at;
};

/// Cash or kept credit that stands for a bill.
struct Cover {
    BillId bill;
    Uuid id{};
    std::string kind;
    Money amount;
    std::optional<Uuid> desk, undoes;
    payments::Actor actor;
    std::string outside_id, reason;
    Instant at;
};

struct Kept {
    BillId bill;
    RefundId refund;
    PayerId payer;
    Money amount;
    Instant at;
};

/// The bills of one batch, as its commands so far have left them, and what is to be stored of them.
class FeeRows final : public payments::Rows {
 public:
    // --- plan
    void want_bill(BillId id) { wanted_bills_.insert(id); }
    void want_code(Bucket bucket, MerchantId merchant, std::string const& code) { wanted_codes_.emplace_back(bucket, merchant, code); }
    void want_payer(Bucket bucket, MerchantId merchant, std::string const& code) { wanted_payers_.emplace_back(bucket, merchant, code); }
    void want_cover(Bucket bucket, Uuid const& id, BillId bill) { wanted_covers_.emplace_back(bucket, id, bill); }

    // --- what is there
    [[nodiscard]] std::optional<Bill> find(BillId id) const;
    [[nodiscard]] bool has_code(MerchantId merchant, std::string const& code) const { return codes_.contains({merchant, code}); }
    [[nodiscard]] std::optional<Payer> find_payer(MerchantId merchant, std::string const& code) const;
    [[nodiscard]] std::optional<Cover> find_cover(Uuid const& id) const;
    [[nodiscard]] bool is_undone(Uuid const& id) const { return undone_.contains(id); }

    // --- what follows
    void add(Bill bill);
    void change(Bill bill, Change change);
    /// The told status alone.
    void note(Bill bill);
    /// Its lines as a new revision.
    void add_lines(Bill const& bill);
    void add(Cover cover);
    void add(Kept kept) { new_kept_.push_back(std::move(kept)); }
    void add_group(PaymentRequestId request, std::vector<std::pair<BillId, Money>> const& lines);
    void put_payer(Payer payer, std::string name, std::string phone, Instant now);

    void load(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;
    void store(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) override;

 private:
    enum class Kept_ { loaded, inserted, changed };
    struct Slot {
        Bill bill;
        Kept_ kept = Kept_::loaded;
    };
    struct PersonRow {
        PayerId id;
        std::string name, phone;
        Instant at;
    };
    struct LineRow {
        BillId bill;
        std::int32_t revision;
        std::int16_t position;
        Line line;
    };
    struct GroupRow {
        PaymentRequestId request;
        std::int16_t position;
        BillId bill;
        Money amount;
    };
    void load_bills(postgres::Pipeline& pipeline, payments::BatchBuckets const& in);
    void store_payers(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) const;
    void store_bills(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) const;
    void store_lines(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) const;
    void store_money(postgres::Pipeline& pipeline, payments::BatchBuckets const& in) const;

    std::set<BillId> wanted_bills_;
    std::vector<std::tuple<Bucket, MerchantId, std::string>> wanted_codes_, wanted_payers_;
    std::vector<std::tuple<Bucket, Uuid, BillId>> wanted_covers_;

    std::map<BillId, Slot> bills_;
    std::set<std::pair<MerchantId, std::string>> codes_;
    std::map<std::pair<MerchantId, std::string>, Payer> payers_;
    std::map<Uuid, Cover> covers_;
    std::set<Uuid> undone_;

    std::map<std::pair<MerchantId, std::string>, Payer> new_payers_;
    std::map<PayerId, PersonRow> persons_;
    std::vector<LineRow> new_lines_;
    std::vector<std::pair<std::int32_t, Change>> new_changes_;
    std::vector<Cover> new_covers_;
    std::vector<Kept> new_kept_;
    std::vector<GroupRow> new_groups_;
};

}  // namespace choso::fees
