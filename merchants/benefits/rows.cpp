#include "merchants/benefits/rows.hpp"

#include "base/assert.hpp"
#include "merchants/benefits/commands.hpp"
#include "merchants/benefits/sql.hpp"

namespace choso::benefits {
namespace {

using payments::BatchBuckets;
using payments::BatchStatement;
using payments::RowBuckets;
using payments::with_buckets;
using postgres::Array;
using postgres::Bytes;
using postgres::Pipeline;
using postgres::Result;
using Type = postgres::Array::Type;

struct Statements {
    BatchStatement programmes{"load_benefit_programmes", sql::load_programmes};
    BatchStatement listed{"load_benefit_listed", sql::load_listed};
    BatchStatement files{"load_benefit_files", sql::load_files};
    BatchStatement lists{"load_benefit_lists", sql::load_lists};
    BatchStatement next{"load_benefit_next", sql::load_next};
    BatchStatement items{"load_benefit_items", sql::load_items};
    BatchStatement insert_programmes{"insert_benefit_programmes", sql::insert_programmes};
    BatchStatement insert_lists{"insert_benefit_lists", sql::insert_lists};
    BatchStatement insert_items{"insert_benefit_items", sql::insert_items};
    BatchStatement insert_people{"insert_benefit_people", sql::insert_people};
    BatchStatement update_lists{"update_benefit_lists", sql::update_lists};
    BatchStatement update_items{"update_benefit_items", sql::update_items};
};
Statements const& statements() {
    static auto const all = Statements{};
    return all;
}

std::optional<payments::Actor> read_actor(Result const& rows, int row, int kind) {
    if (rows.is_null(row, kind)) return std::nullopt;
    return payments::Actor{payments::actor_kind_of(rows.text(row, kind)).value(), rows.uuid(row, kind + 1)};
}

}  // namespace

List read_list_row(Result const& rows, int row, int c) {
    auto out = List{};
    out.id = rows.id<BenefitListId>(row, c);
    out.programme = rows.id<ProgrammeId>(row, c + 1);
    out.merchant = rows.id<MerchantId>(row, c + 2);
    out.account = rows.id<AccountId>(row, c + 3);
    out.period = rows.text(row, c + 4);
    out.file_name = rows.text(row, c + 5);
    out.file_hash = rows.text(row, c + 6);
    out.rows_all = static_cast<int>(rows.integer(row, c + 7));
    out.rows_good = static_cast<int>(rows.integer(row, c + 8));
    out.amount = rows.money(row, c + 9);
    out.cash_amount = rows.money(row, c + 10);
    out.status = list_status_of(rows.text(row, c + 11)).value();
    out.next = static_cast<int>(rows.integer(row, c + 12));
    out.maker = read_actor(rows, row, c + 13).value();
    out.approver = read_actor(rows, row, c + 15);
    out.created_at = rows.time(row, c + 17);
    out.decided_at = rows.maybe_time(row, c + 18);
    out.live = rows.boolean(row, c + 19);
    return out;
}

Item read_item_row(Result const& rows, int row, int c) {
    auto out = Item{};
    out.id = rows.id<BenefitItemId>(row, c);
    out.list = rows.id<BenefitListId>(row, c + 1);
    out.programme = rows.id<ProgrammeId>(row, c + 2);
    out.period = rows.text(row, c + 3);
    out.code = rows.text(row, c + 4);
    out.position = static_cast<int>(rows.integer(row, c + 5));
    out.round = static_cast<int>(rows.integer(row, c + 6));
    out.amount = rows.money(row, c + 7);
    out.way = way_of(rows.text(row, c + 8)).value();
    out.problem = rows.text(row, c + 9);
    out.warning = rows.text(row, c + 10);
    out.payout = rows.maybe_id<PayoutId>(row, c + 11);
    if (!rows.is_null(row, c + 12)) out.cash_paid = rows.boolean(row, c + 12);
    return out;
}

void BenefitRows::want_period(Bucket bucket, MerchantId merchant, std::string const& code, std::string const& period, std::string const& file_hash) {
    wanted_periods_.push_back({bucket, merchant, code, period, file_hash});
}

std::optional<ProgrammeId> BenefitRows::programme(MerchantId merchant, std::string const& code) const {
    auto const found = programmes_.find({merchant, code});
    return found == programmes_.end() ? std::nullopt : std::optional{found->second};
}

std::map<std::string, Listed> const& BenefitRows::listed(MerchantId merchant, std::string const& code, std::string const& period) const {
    static auto const nobody = std::map<std::string, Listed>{};
    auto const found = listed_.find({merchant, code, period});
    return found == listed_.end() ? nobody : found->second;
}

std::optional<BenefitListId> BenefitRows::same_file(MerchantId merchant, std::string const& code, std::string const& period, std::string const& hash) const {
    auto const found = files_.find({{merchant, code, period}, hash});
    return found == files_.end() ? std::nullopt : std::optional{found->second};
}

List* BenefitRows::find(BenefitListId id) {
    auto const found = lists_.find(id);
    return found == lists_.end() ? nullptr : &found->second;
}

std::vector<Item*> BenefitRows::next_of(BenefitListId list) {
    std::map<int, Item*> by_position;
    auto const* known = find(list);
    if (known == nullptr) return {};
    for (auto& [id, item] : items_)
        if (item.list == list && item.position >= known->next && item.way == Way::transfer && item.problem.empty() && !item.payout) by_position[item.position] = &item;
    std::vector<Item*> out;
    for (auto const& [position, item] : by_position) out.push_back(item);
    return out;
}

Item* BenefitRows::item(BenefitListId list, int position) {
    for (auto& [id, item] : items_)
        if (item.list == list && item.position == position) return &item;
    return nullptr;
}

void BenefitRows::add_programme(ProgrammeId id, MerchantId merchant, std::string const& code, std::string const& name, Instant now) {
    programmes_[{merchant, code}] = id;
    new_programmes_.push_back({id, merchant, code, name, now});
}

void BenefitRows::add_list(List list, std::vector<Item> items, std::vector<ListRow> const& people, std::string const& code, Instant now) {
    auto const key = PeriodKey{list.merchant, code, list.period};
    files_[{key, list.file_hash}] = list.id;
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto const& item = items[i];
        if (item.problem.empty()) listed_[key][item.code] = {item.round, false};
        new_people_.push_back({item.id, people[i].name, people[i].bin, people[i].account, now});
    }
    new_items_.insert(new_items_.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
    new_lists_.insert(list.id);
    lists_[list.id] = std::move(list);
}

void BenefitRows::take_list(Result const& rows, int row, bool with_accounts) {
    auto list = read_list_row(rows, row);
    if (with_accounts) {
        book_.want_account(list.id.bucket(), {payments::AccountKind::benefit, list.programme.uuid()});
        book_.want_account(list.id.bucket(), {payments::AccountKind::payout_in_flight, list.account.uuid()});
    }
    auto const id = list.id;
    lists_.try_emplace(id, std::move(list));
}

void BenefitRows::take_item(Result const& rows, int row) {
    auto item = read_item_row(rows, row);
    auto const id = item.id;
    items_.try_emplace(id, std::move(item));
}

void BenefitRows::load_periods(Pipeline& pipeline, BatchBuckets const& in) {
    RowBuckets buckets;
    Array merchants{Type::uuid}, codes{Type::text}, periods{Type::text}, hashes{Type::bytea};
    for (auto const& each : wanted_periods_) {
        buckets.add(each.bucket);
        merchants.add(each.merchant);
        codes.add(each.code);
        periods.add(each.period);
        hashes.add(Bytes{each.file_hash});
    }
    pipeline.add(statements().programmes.in(in), with_buckets(buckets, in, merchants, codes), [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row)
            programmes_[{rows.id<MerchantId>(row, 0), std::string{rows.text(row, 1)}}] = rows.id<ProgrammeId>(row, 2);
    });
    pipeline.add(statements().listed.in(in), with_buckets(buckets, in, merchants, codes, periods), [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) {
            auto& known = listed_[{rows.id<MerchantId>(row, 0), std::string{rows.text(row, 1)}, std::string{rows.text(row, 2)}}];
            auto const read = Listed{static_cast<int>(rows.integer(row, 4)), rows.boolean(row, 5)};
            auto& newest = known.try_emplace(std::string{rows.text(row, 3)}, read).first->second;
            if (read.round > newest.round) newest = read;
        }
    });
    pipeline.add(statements().files.in(in), with_buckets(buckets, in, merchants, codes, periods, hashes), [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row)
            files_[{{rows.id<MerchantId>(row, 0), std::string{rows.text(row, 1)}, std::string{rows.text(row, 2)}}, std::string{rows.text(row, 3)}}] =
                rows.id<BenefitListId>(row, 4);
    });
}

void BenefitRows::load(Pipeline& pipeline, BatchBuckets const& in) {
    if (!wanted_periods_.empty()) load_periods(pipeline, in);
    auto const take_items = [this](Result const& rows) {
        for (auto row = 0; row < rows.rows(); ++row) take_item(rows, row);
    };
    if (!wanted_lists_.empty())
        pipeline.add(statements().lists.in(in), payments::of_ids(wanted_lists_, in), [this](Result const& rows) {
            for (auto row = 0; row < rows.rows(); ++row) take_list(rows, row, wanted_next_.contains(rows.id<BenefitListId>(row, 0)));
        });
    if (!wanted_next_.empty()) {
        auto params = payments::of_ids(wanted_next_, in);
        params.add(static_cast<std::int64_t>(PayBenefits::most) + 1);
        pipeline.add(statements().next.in(in), std::move(params), take_items);
    }
    if (wanted_items_.empty()) return;
    RowBuckets buckets;
    Array lists{Type::uuid}, positions{Type::int4};
    for (auto const& [list, position] : wanted_items_) {
        buckets.add(list.bucket());
        lists.add(list);
        positions.add(static_cast<std::int32_t>(position));
    }
    pipeline.add(statements().items.in(in), with_buckets(buckets, in, lists, positions), take_items);
}

void BenefitRows::store_lists(Pipeline& pipeline, BatchBuckets const& in) const {
    RowBuckets fresh, known;
    Array id{Type::uuid}, programme{Type::uuid}, merchant{Type::uuid}, account{Type::uuid}, period{Type::text}, name{Type::text}, hash{Type::bytea},
        all{Type::int4}, good{Type::int4}, amount{Type::int8}, cash{Type::int8}, kind{Type::text}, maker{Type::uuid}, created{Type::timestamptz}, live{Type::boolean};
    Array id2{Type::uuid}, status{Type::text}, next{Type::int4}, kind2{Type::text}, approver{Type::uuid}, decided{Type::timestamptz};
    for (auto const& [key, list] : lists_) {
        if (new_lists_.contains(key)) {
            fresh.add(key.bucket());
            id.add(key);
            programme.add(list.programme);
            merchant.add(list.merchant);
            account.add(list.account);
            period.add(list.period);
            name.add(list.file_name);
            hash.add(Bytes{list.file_hash});
            all.add(static_cast<std::int32_t>(list.rows_all));
            good.add(static_cast<std::int32_t>(list.rows_good));
            amount.add(list.amount);
            cash.add(list.cash_amount);
            kind.add(payments::word(list.maker.kind));
            maker.add(list.maker.id);
            created.add(list.created_at);
            live.add(list.live);
        }
        if (!changed_lists_.contains(key)) continue;
        known.add(key.bucket());
        id2.add(key);
        status.add(word(list.status));
        next.add(static_cast<std::int32_t>(list.next));
        if (list.approver) kind2.add(payments::word(list.approver->kind));
        else kind2.add_null();
        approver.add(list.approver ? std::optional{list.approver->id} : std::nullopt);
        decided.add(list.decided_at);
    }
    if (!id.empty())
        pipeline.add(statements().insert_lists.in(in),
                     with_buckets(fresh, in, id, programme, merchant, account, period, name, hash, all, good, amount, cash, kind, maker, created, live));
    if (!id2.empty())
        pipeline.add(statements().update_lists.in(in),
                     with_buckets(known, in, id2, status, next, kind2, approver, decided, static_cast<std::int64_t>(id2.size())));
}

void BenefitRows::store_items(Pipeline& pipeline, BatchBuckets const& in) const {
    RowBuckets fresh, known;
    Array id{Type::uuid}, list{Type::uuid}, programme{Type::uuid}, period{Type::text}, code{Type::text}, position{Type::int4}, round{Type::int2},
        amount{Type::int8}, way{Type::text}, problem{Type::text}, warning{Type::text};
    for (auto const& item : new_items_) {
        fresh.add(item.id.bucket());
        id.add(item.id);
        list.add(item.list);
        programme.add(item.programme);
        period.add(item.period);
        code.add(item.code);
        position.add(static_cast<std::int32_t>(item.position));
        round.add(static_cast<std::int16_t>(item.round));
        amount.add(item.amount);
        way.add(word(item.way));
        problem.add(item.problem);
        warning.add(item.warning);
    }
    if (!id.empty())
        pipeline.add(statements().insert_items.in(in),
                     with_buckets(fresh, in, id, list, programme, period, code, position, round, amount, way, problem, warning));
    Array id2{Type::uuid}, payout{Type::uuid}, paid{Type::boolean};
    for (auto const& key : changed_items_) {
        auto const& item = items_.at(key);
        known.add(key.bucket());
        id2.add(key);
        payout.add(item.payout);
        paid.add(item.cash_paid);
    }
    if (!id2.empty())
        pipeline.add(statements().update_items.in(in), with_buckets(known, in, id2, payout, paid, static_cast<std::int64_t>(id2.size())));
}

void BenefitRows::store_people(Pipeline& pipeline, BatchBuckets const& in) const {
    if (!new_programmes_.empty()) {
        RowBuckets buckets;
        Array id{Type::uuid}, merchant{Type::uuid}, code{Type::text}, name{Type::text}, at{Type::timestamptz};
        for (auto const& each : new_programmes_) {
            buckets.add(each.id.bucket());
            id.add(each.id);
            merchant.add(each.merchant);
            code.add(each.code);
            name.add(each.name);
            at.add(each.at);
        }
        pipeline.add(statements().insert_programmes.in(in), with_buckets(buckets, in, id, merchant, code, name, at));
    }
    if (new_people_.empty()) return;
    RowBuckets buckets;
    Array id{Type::uuid}, name{Type::text}, bin{Type::text}, account{Type::text}, at{Type::timestamptz};
    for (auto const& each : new_people_) {
        buckets.add(each.id.bucket());
        id.add(each.id);
        name.add(each.name);
        bin.add(each.bin.empty() ? std::nullopt : std::optional{each.bin});
        account.add(each.account.empty() ? std::nullopt : std::optional{each.account});
        at.add(each.at);
    }
    pipeline.add(statements().insert_people.in(in), with_buckets(buckets, in, id, name, bin, account, at));
}

void BenefitRows::store(Pipeline& pipeline, BatchBuckets const& in) {
    store_people(pipeline, in);
    store_lists(pipeline, in);
    store_items(pipeline, in);
}

}  // namespace choso::benefits
