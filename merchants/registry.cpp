#include "merchants/registry.hpp"

#include <stdexcept>

#include "base/assert.hpp"
#include "gateway/payments/rows.hpp"
#include "merchants/directory_reader.hpp"
#include "merchants/registry_statements.hpp"
#include "platform/json/json.hpp"

namespace choso::merchants {
namespace {

using postgres::Bytes;
using postgres::Params;

/// Markets belong to no collector; their ids' bucket means nothing.
constexpr auto no_bucket = Bucket::of_bits(0);

template <class IdType>
IdType new_id(Bucket bucket) {
    return IdType::make(bucket, SystemClock{}.now());
}

std::string body_with(std::string_view name, std::string_view value) {
    std::string out;
    json::Writer{out}.object().member(name, value).end();
    return out;
}

Refused unknown(std::string_view field) { return {std::string{field}, "must be one that exists"}; }

}  // namespace

Registry::Transaction::Transaction(Registry& registry) : registry_{registry} {
    registry_.connection_.execute("begin");
    registry_.inside_ = true;
    try {
        registry_.connection_.query(registry_statements().lock_version);
    } catch (...) {
        registry_.inside_ = false;
        try {
            registry_.connection_.execute("rollback");
        } catch (std::runtime_error const&) {
            // The first error is the one that tells.
        }
        throw;
    }
}

Registry::Transaction::~Transaction() {
    registry_.inside_ = false;
    registry_.notes_.clear();
    if (committed_) return;
    try {
        registry_.connection_.execute("rollback");
    } catch (std::runtime_error const&) {
        // The connection is gone, and the transaction with it.
    }
}

void Registry::Transaction::commit() {
    auto const rows = registry_.connection_.query(registry_statements().load_version);
    // Last: the buckets' locks are also the lanes'.
    payments::append_audit(registry_.connection_, std::exchange(registry_.notes_, {}));
    registry_.connection_.execute("commit");
    committed_ = true;
    registry_.version_ = rows.integer(0, 0);
}

void Registry::note(Bucket bucket, std::string action, Uuid subject, std::string body) {
    notes_.emplace_back(bucket, payments::AuditDraft{actor_, std::move(action), subject, std::move(body)});
}

bool Registry::has_live_merchant() { return connection_.query(registry_statements().find_live_merchant).boolean(0, 0); }

Result<MarketId, Refused> Registry::create_market(NewMarket const& market) {
    if (auto complaint = check(market)) return *complaint;
    return together([&]() -> Result<MarketId, Refused> {
        auto const id = new_id<MarketId>(no_bucket);
        connection_.query(registry_statements().insert_market, Params::of(id, market.name, market.ward, market.province));
        note(no_bucket, "market.created", id.uuid());
        return id;
    });
}

Result<CreatedCollector, Refused> Registry::create_collector(NewCollector const& collector) {
    if (auto complaint = check(collector)) return *complaint;
    return together([&]() -> Result<CreatedCollector, Refused> {
        auto const& all = registry_statements();
        if (collector.live) {
            auto const state = DirectoryReader::read_state(connection_);
            if (state.clock_advance.count() != 0) return Refused{"live", "must wait: the test clock of this installation stands ahead"};
        }
        auto const use = connection_.query(all.load_bucket_use);
        std::array<std::int64_t, Bucket::count> collectors{};
        for (auto i = 0; i < use.rows(); ++i) collectors.at(static_cast<std::size_t>(use.integer(i, 0))) = use.integer(i, 1);
        auto const bucket = least_used(collectors);
        auto const id = new_id<CollectorId>(bucket);
        auto const owner = new_id<MerchantId>(bucket);
        connection_.query(all.insert_collector, Params::of(id, collector.name, bucket, word(collector.mode)));
        connection_.query(all.insert_merchant, Params::of(owner, collector.name, collector.kind, collector.live, id, true));
        note(bucket, "collector.created", id.uuid(), body_with("merchant", owner.text()));
        return CreatedCollector{.id = id, .owner = owner, .bucket = bucket};
    });
}

Result<MerchantId, Refused> Registry::create_merchant(NewMerchant const& merchant) {
    if (auto complaint = check(merchant)) return *complaint;
    return together([&]() -> Result<MerchantId, Refused> {
        auto const& all = registry_statements();
        auto const collector = connection_.query(all.find_collector, Params::of(merchant.collector));
        if (collector.rows() == 0) return unknown("collector");
        if (collector.text(0, 1) != "pooled")
            return Refused{"collector", "must be a pooled one: a direct collector collects for its own merchant alone"};
        auto const id = new_id<MerchantId>(collector.bucket(0, 0));
        auto const live = collector.boolean(0, 2);
        connection_.query(all.insert_merchant, Params::of(id, merchant.name, merchant.kind, live, merchant.collector, false));
        note(id.bucket(), "merchant.created", id.uuid(), body_with("collector", merchant.collector.text()));
        return id;
    });
}

std::optional<Refused> Registry::number_is_taken(std::string_view bin, std::string_view number) {
    if (!connection_.query(registry_statements().find_number, Params::of(bin, number)).boolean(0, 0)) return std::nullopt;
    return Refused{"number", "must not be in use: this bank's account of that number is registered already"};
}

Result<AccountId, Refused> Registry::create_account(NewAccount const& account) {
    if (auto complaint = check(account)) return *complaint;
    return together([&]() -> Result<AccountId, Refused> {
        auto const& all = registry_statements();
        auto const collector = connection_.query(all.find_collector, Params::of(account.collector));
        if (collector.rows() == 0) return unknown("collector");
        if (auto taken = number_is_taken(account.bin, account.number)) return *taken;
        auto const id = new_id<AccountId>(collector.bucket(0, 0));
        auto const coverage = account.complete ? "complete" : "credits_only";
        connection_.query(all.insert_account, Params::of(id, account.collector, account.bin, account.number,
                                                         holder_as_printed(account.holder), coverage, account.keeps_unreferenced));
        note(id.bucket(), "bank_account.created", id.uuid(), body_with("collector", account.collector.text()));
        return id;
    });
}

Result<Done, Refused> Registry::close_account(AccountId id) {
    return together([&]() -> Result<Done, Refused> {
        if (connection_.query(registry_statements().update_account_end, Params::of(id)).affected() == 0)
            return Refused{"account", "must be one that exists and has not ended"};
        note(id.bucket(), "bank_account.closed", id.uuid());
        return Done{};
    });
}

Result<Done, Refused> Registry::create_virtual_account(NewVirtualAccount const& account) {
    if (auto complaint = check(account)) return *complaint;
    return together([&]() -> Result<Done, Refused> {
        auto const& all = registry_statements();
        auto const target = connection_.query(all.find_account, Params::of(account.account));
        if (target.rows() == 0 || !target.boolean(0, 1)) return Refused{"account", "must be one that exists and has not ended"};
        if (account.stall) {
            auto const stall = connection_.query(all.find_stall, Params::of(*account.stall));
            if (stall.rows() == 0) return unknown("stall");
            if (stall.id<AccountId>(0, 1) != account.account) return Refused{"stall", "must be one that collects into the account"};
        }
        if (auto taken = number_is_taken(account.bin, account.number)) return *taken;
        connection_.query(all.insert_virtual_account, Params::of(account.bin, account.number, account.account, account.stall));
        note(account.account.bucket(), "virtual_account.created", account.account.uuid());
        return Done{};
    });
}

Result<PayoutAccountId, Refused> Registry::add_payout_account(NewPayoutAccount const& account) {
    if (auto complaint = check(account)) return *complaint;
    return together([&]() -> Result<PayoutAccountId, Refused> {
        auto const& all = registry_statements();
        auto const merchant = connection_.query(all.find_merchant, Params::of(account.merchant));
        if (merchant.rows() == 0) return unknown("merchant");
        auto const collector = connection_.query(all.find_collector, Params::of(merchant.id<CollectorId>(0, 0)));
        if (collector.text(0, 1) != "pooled")
            return Refused{"merchant", "must be one that somebody else collects for: its money comes into its own account"};
        auto const id = new_id<PayoutAccountId>(merchant.bucket(0, 1));
        connection_.query(all.update_payout_account_end, Params::of(account.merchant));
        connection_.query(all.insert_payout_account, Params::of(id, account.merchant, account.bin, account.number, holder_as_printed(account.holder)));
        return id;
    });
}

ReferenceIssuer const& Registry::issuer() {
    if (!issuer_) {
        auto const key = DirectoryReader::read_installation(connection_).reference_key;
        auto const* const bytes = reinterpret_cast<std::uint8_t const*>(key.data());
        auto const read = ReferenceKey::from_bytes({bytes, key.size()});
        CHOSO_ASSERT(read.has_value());
        issuer_.emplace(*read);
    }
    return *issuer_;
}

Reference Registry::draw_stall_reference(Bucket bucket, bool live) {
    // The sequence hands out blocks; what is left of this one is a gap, which nobody minds.
    auto const rows = connection_.query(registry_statements().load_reference_number, Params::of(bucket));
    auto const first = static_cast<std::uint64_t>(rows.integer(0, 0));
    for (auto number = first; number < first + payments::ReferenceNumbers::block; ++number)
        if (auto const reference = issuer().issue(ReferenceKind::stall, live, bucket, number)) return *reference;
    CHOSO_ASSERT(!"one number in 39 may not be issued, never a thousand in a row");
    return *Reference::from_data(0);
}

Result<CreatedStall, Refused> Registry::create_stall(NewStall const& stall) {
    if (auto complaint = check(stall)) return *complaint;
    return together([&]() -> Result<CreatedStall, Refused> {
        auto const& all = registry_statements();
        auto const merchant = connection_.query(all.find_merchant, Params::of(stall.merchant));
        if (merchant.rows() == 0) return unknown("merchant");
        if (connection_.query(all.find_market, Params::of(stall.market)).rows() == 0) return unknown("market");
        auto const account = connection_.query(all.find_account, Params::of(stall.account));
        if (account.rows() == 0 || !account.boolean(0, 1)) return Refused{"account", "must be one that exists and has not ended"};
        if (account.uuid(0, 0) != merchant.uuid(0, 0)) return Refused{"account", "must be of the merchant's own collector"};
        auto const bucket = merchant.bucket(0, 1);
        auto const id = new_id<StallId>(bucket);
        auto const reference = draw_stall_reference(bucket, merchant.boolean(0, 2));
        crypto::Secret token{crypto::new_link_token(bucket).text()};
        auto const hash = crypto::sha256(token.reveal());
        connection_.query(all.insert_stall, Params::of(id, stall.merchant, stall.market, stall.account, stall.name, stall.number,
                                                       reference.text(), Bytes{crypto::as_text(hash)}));
        if (stall.takes_unreferenced) connection_.query(all.update_account_stall, Params::of(stall.account, id));
        note(bucket, "stall.created", id.uuid(), body_with("merchant", stall.merchant.text()));
        return CreatedStall{.id = id, .reference = reference, .link_token = std::move(token)};
    });
}

Result<crypto::Secret, Refused> Registry::rotate_stall_link(StallId id) {
    return together([&]() -> Result<crypto::Secret, Refused> {
        crypto::Secret token{crypto::new_link_token(id.bucket()).text()};
        auto const hash = crypto::sha256(token.reveal());
        auto const changed =
            connection_.query(registry_statements().update_stall_link, Params::of(id, Bytes{crypto::as_text(hash)})).affected();
        if (changed == 0) return unknown("stall");
        note(id.bucket(), "stall.link_rotated", id.uuid());
        return token;
    });
}

Result<std::chrono::microseconds, Refused> Registry::advance_clock(std::chrono::microseconds by) {
    if (auto complaint = check_advance(by)) return *complaint;
    return together([&]() -> Result<std::chrono::microseconds, Refused> {
        if (has_live_merchant()) return Refused{"advance", "must not be asked where a live merchant exists: real money keeps real time"};
        auto const rows = connection_.query(registry_statements().update_clock, Params::of(by.count()));
        note(no_bucket, "clock.advanced", {}, body_with("advance_us", std::to_string(rows.integer(0, 0))));
        return std::chrono::microseconds{rows.integer(0, 0)};
    });
}

}  // namespace choso::merchants
