#include "merchants/directory_reader.hpp"

#include <stdexcept>

#include "base/assert.hpp"
#include "merchants/directory_tables.hpp"
#include "merchants/sql.hpp"

namespace choso::merchants {
namespace {

using postgres::Result;
using postgres::Statement;

Statement statement(char const* name, std::string_view sql) { return {std::string{"directory_"} + name, std::string{sql}}; }

struct Statements {
    Statement begin = statement("begin", "begin isolation level repeatable read, read only");
    Statement commit = statement("commit", "commit");
    Statement state = statement("state", sql::load_state);
    Statement installation = statement("installation", sql::load_installation);
    Statement collectors = statement("collectors", sql::load_collectors);
    Statement markets = statement("markets", sql::load_markets);
    Statement merchants = statement("merchants", sql::load_merchants);
    Statement accounts = statement("accounts", sql::load_accounts);
    Statement stalls = statement("stalls", sql::load_stalls);
    Statement keys = statement("keys", sql::load_keys);
    Statement key_merchants = statement("key_merchants", sql::load_key_merchants);
    Statement feeds = statement("feeds", sql::load_feeds);
    Statement feed_accounts = statement("feed_accounts", sql::load_feed_accounts);
    Statement virtual_accounts = statement("virtual_accounts", sql::load_virtual_accounts);
    Statement payout_accounts = statement("payout_accounts", sql::load_payout_accounts);
};

Statements const& statements() {
    static Statements const all;
    return all;
}

std::string text(Result const& rows, int row, int column) { return std::string{rows.text(row, column)}; }

FeedAuth auth_of(std::string_view word) {
    if (word == "apikey") return FeedAuth::apikey;
    if (word == "hmac") return FeedAuth::hmac;
    CHOSO_ASSERT(word == "oauth2");
    return FeedAuth::oauth2;
}

Collector collector_of(Result const& rows, int i) {
    auto const pooled = rows.text(i, 3) == "pooled";
    return {.id = rows.id<CollectorId>(i, 0),
            .name = text(rows, i, 1),
            .bucket = rows.bucket(i, 2),
            .mode = pooled ? payments::CollectorMode::pooled : payments::CollectorMode::direct};
}

Market market_of(Result const& rows, int i) {
    return {.id = rows.id<MarketId>(i, 0), .name = text(rows, i, 1), .ward = text(rows, i, 2), .province = text(rows, i, 3)};
}

Merchant merchant_of(Result const& rows, int i) {
    return {.id = rows.id<MerchantId>(i, 0),
            .name = text(rows, i, 1),
            .kind = text(rows, i, 2),
            .live = rows.boolean(i, 3),
            .collector = rows.id<CollectorId>(i, 4),
            .is_owner = rows.boolean(i, 5)};
}

DirectoryRows::Account account_of(Result const& rows, int i) {
    return {.account = {.id = rows.id<AccountId>(i, 0),
                        .collector = rows.id<CollectorId>(i, 1),
                        .bin = text(rows, i, 2),
                        .number = text(rows, i, 3),
                        .holder = text(rows, i, 4),
                        .complete = rows.boolean(i, 5),
                        .keeps_unreferenced = rows.boolean(i, 6),
                        .static_stall = rows.maybe_id<StallId>(i, 7)},
            .valid = rows.boolean(i, 8),
            .valid_from = rows.time(i, 9)};
}

Stall stall_of(Result const& rows, int i) {
    auto const reference = Reference::parse_exact(rows.text(i, 6));
    // A stored reference that is no codeword means the row was changed by hand.
    CHOSO_ASSERT(reference.has_value());
    return {.id = rows.id<StallId>(i, 0),
            .merchant = rows.id<MerchantId>(i, 1),
            .market = rows.id<MarketId>(i, 2),
            .account = rows.id<AccountId>(i, 3),
            .name = text(rows, i, 4),
            .number = text(rows, i, 5),
            .reference = *reference,
            .link_hash = text(rows, i, 7)};
}

DirectoryRows::Key key_of(Result const& rows, int i) {
    auto const scopes = rows.text_array(i, 4);
    return {.key = {.id = rows.id<ApiKeyId>(i, 0),
                    .name = text(rows, i, 1),
                    .prefix = text(rows, i, 2),
                    .live = rows.boolean(i, 3),
                    .scopes = {scopes.begin(), scopes.end()},
                    .merchants = {}},
            .hash = text(rows, i, 5)};
}

Feed feed_of(Result const& rows, int i) {
    return {.id = rows.id<FeedId>(i, 0),
            .source = static_cast<std::int32_t>(rows.integer(i, 1)),
            .kind = text(rows, i, 2),
            .name = text(rows, i, 3),
            .auth = auth_of(rows.text(i, 4)),
            .client_id = rows.maybe_text(i, 5).value_or(""),
            .secret_hash = rows.maybe_text(i, 6).value_or(""),
            .secret = rows.maybe_text(i, 7).value_or(""),
            .accounts = {}};
}

DirectoryRows::Virtual virtual_of(Result const& rows, int i) {
    return {.bin = text(rows, i, 0),
            .number = text(rows, i, 1),
            .target = {.account = rows.id<AccountId>(i, 2), .stall = rows.maybe_id<StallId>(i, 3)}};
}

PayoutAccount payout_account_of(Result const& rows, int i) {
    return {.id = rows.id<PayoutAccountId>(i, 0),
            .merchant = rows.id<MerchantId>(i, 1),
            .bin = text(rows, i, 2),
            .number = text(rows, i, 3),
            .holder = text(rows, i, 4)};
}

/// A handler that turns each row into one element of `into`.
template <class T, class Read>
auto into(std::vector<T>& out, Read read) {
    return [&out, read](Result const& rows) {
        out.reserve(static_cast<std::size_t>(rows.rows()));
        for (auto i = 0; i < rows.rows(); ++i) out.push_back(read(rows, i));
    };
}

DirectoryState state_of(Result const& rows) {
    CHOSO_ASSERT(rows.rows() == 1);
    return {.version = rows.integer(0, 0), .clock_advance = std::chrono::microseconds{rows.integer(0, 1)}};
}

/// Ends a transaction that a failed statement left open, so that the connection can be used again.
void give_up(postgres::Connection& connection) {
    try {
        connection.execute("rollback");
    } catch (std::runtime_error const&) {
        // The first error is the one that tells; a dead connection stays dead.
    }
}

}  // namespace

std::shared_ptr<Directory const> DirectoryReader::read(postgres::Connection& connection) {
    auto const& all = statements();
    DirectoryRows rows;
    postgres::Pipeline pipeline{connection};
    pipeline.add(all.begin);
    pipeline.add(all.state, {}, [&](Result const& state) { rows.version = state_of(state).version; });
    pipeline.add(all.collectors, {}, into(rows.collectors, collector_of));
    pipeline.add(all.markets, {}, into(rows.markets, market_of));
    pipeline.add(all.merchants, {}, into(rows.merchants, merchant_of));
    pipeline.add(all.accounts, {}, into(rows.accounts, account_of));
    pipeline.add(all.stalls, {}, into(rows.stalls, stall_of));
    pipeline.add(all.keys, {}, into(rows.keys, key_of));
    pipeline.add(all.key_merchants, {}, into(rows.key_merchants, [](Result const& it, int i) {
        return DirectoryRows::KeyMerchant{it.id<ApiKeyId>(i, 0), it.id<MerchantId>(i, 1)};
    }));
    pipeline.add(all.feeds, {}, into(rows.feeds, feed_of));
    pipeline.add(all.feed_accounts, {}, into(rows.feed_accounts, [](Result const& it, int i) {
        return DirectoryRows::FeedAccount{it.id<FeedId>(i, 0), it.id<AccountId>(i, 1)};
    }));
    pipeline.add(all.virtual_accounts, {}, into(rows.virtual_accounts, virtual_of));
    pipeline.add(all.payout_accounts, {}, into(rows.payout_accounts, payout_account_of));
    pipeline.add(all.commit);
    try {
        pipeline.run();
    } catch (postgres::StatementFailed const&) {
        give_up(connection);
        throw;
    }
    return index(std::move(rows));
}

DirectoryState DirectoryReader::read_state(postgres::Connection& connection) {
    return state_of(connection.query(statements().state));
}

Installation DirectoryReader::read_installation(postgres::Connection& connection) {
    auto const rows = connection.query(statements().installation);
    if (rows.rows() != 1) throw postgres::StatementFailed{"", "the installation has no keys yet: run choso migrate"};
    return {.reference_key = text(rows, 0, 0), .session_key = text(rows, 0, 1)};
}

std::shared_ptr<Directory const> DirectoryReader::index(DirectoryRows rows) {
    auto out = std::make_shared<Directory>();
    out->version_ = rows.version;
    out->tables_ = std::make_shared<Directory::Tables const>(std::move(rows));
    return out;
}

}  // namespace choso::merchants
