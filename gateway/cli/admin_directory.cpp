#include "gateway/cli/admin_parts.hpp"
#include "merchants/directory_reader.hpp"
#include "qr/banks.hpp"

namespace choso::cli {
namespace {

using merchants::Registry;
using payments::CollectorMode;

/// A BIN as it is, or the BIN of the bank that goes by this name.
std::string bin_of(Options const& options) {
    auto const given = needed(options, "--bank");
    auto const* const bank = qr::find_bank(given);
    if (bank == nullptr) throw BadOption{"--bank takes a BIN or a bank's name of the directory, not " + given};
    return std::string{bank->bin};
}

int create_market(Context const& context, Options const& options) {
    auto connection = context.connect();
    auto const made = Registry{connection}.create_market(
        {.name = needed(options, "--name"), .ward = needed(options, "--ward"), .province = needed(options, "--province")});
    return answer(context, options, made, [](MarketId id) { return std::vector<Field>{{"market", id.text()}}; });
}

int make_collector(Context const& context, Options const& options, CollectorMode mode) {
    auto connection = context.connect();
    auto const made = Registry{connection}.create_collector({.name = needed(options, "--name"),
                                                             .mode = mode,
                                                             .kind = needed(options, "--kind"),
                                                             .live = options.has("--live")});
    return answer(context, options, made, [](merchants::CreatedCollector const& it) {
        return std::vector<Field>{
            {"collector", it.id.text()}, {"merchant", it.owner.text()}, {"bucket", std::to_string(it.bucket.number())}};
    });
}

int create_collector(Context const& context, Options const& options) {
    return make_collector(context, options, options.has("--pooled") ? CollectorMode::pooled : CollectorMode::direct);
}

int create_merchant(Context const& context, Options const& options) {
    auto const collector = options.value("--collector");
    if (!collector) return make_collector(context, options, CollectorMode::direct);
    if (options.has("--live")) throw BadOption{"--live is the collector's to say: leave it out beside --collector"};
    auto connection = context.connect();
    auto const made = Registry{connection}.create_merchant({.collector = id_of<CollectorId>(*collector, "--collector", "col"),
                                                            .name = needed(options, "--name"),
                                                            .kind = needed(options, "--kind")});
    return answer(context, options, made, [](MerchantId id) { return std::vector<Field>{{"merchant", id.text()}}; });
}

/// `--collector`, or the collector of `--merchant`.
CollectorId collector_of(postgres::Connection& connection, Options const& options) {
    if (auto const given = options.value("--collector")) return id_of<CollectorId>(*given, "--collector", "col");
    auto const id = id_of<MerchantId>(needed(options, "--merchant"), "--merchant", "mer");
    auto const directory = merchants::DirectoryReader::read(connection);
    auto const* const merchant = directory->merchant(id);
    if (merchant == nullptr) throw BadOption{"--merchant must be one that exists"};
    return merchant->collector;
}

int create_account(Context const& context, Options const& options) {
    auto const bin = bin_of(options);
    auto connection = context.connect();
    auto const made = Registry{connection}.create_account({.collector = collector_of(connection, options),
                                                           .bin = bin,
                                                           .number = needed(options, "--number"),
                                                           .holder = needed(options, "--holder"),
                                                           .complete = options.has("--complete"),
                                                           .keeps_unreferenced = !options.has("--only-referenced")});
    return answer(context, options, made, [&](AccountId id) {
        return std::vector<Field>{{"account", id.text()}, {"bin", bin}, {"holder", merchants::holder_as_printed(options.text("--holder"))}};
    });
}

int revoke_account(Context const& context, Options const& options) {
    auto const id = id_of<AccountId>(options.words().front(), "account revoke", "ba");
    auto connection = context.connect();
    return answer(context, options, Registry{connection}.close_account(id),
                  [&](merchants::Done) { return std::vector<Field>{{"ended", id.text()}}; });
}

int add_payout_account(Context const& context, Options const& options) {
    merchants::NewPayoutAccount const wanted{.merchant = id_of<MerchantId>(needed(options, "--merchant"), "--merchant", "mer"),
                                             .bin = bin_of(options),
                                             .number = needed(options, "--number"),
                                             .holder = needed(options, "--holder")};
    auto connection = context.connect();
    return answer(context, options, Registry{connection}.add_payout_account(wanted), [&](PayoutAccountId id) {
        return std::vector<Field>{{"payout_account", id.text()}, {"merchant", wanted.merchant.text()}, {"bin", wanted.bin},
                                  {"holder", merchants::holder_as_printed(wanted.holder)}};
    });
}

int create_virtual_account(Context const& context, Options const& options) {
    merchants::NewVirtualAccount wanted{.bin = bin_of(options),
                                        .number = needed(options, "--number"),
                                        .account = id_of<AccountId>(needed(options, "--account"), "--account", "ba"),
                                        .stall = {}};
    if (auto const stall = options.value("--stall")) wanted.stall = id_of<StallId>(*stall, "--stall", "stall");
    auto connection = context.connect();
    return answer(context, options, Registry{connection}.create_virtual_account(wanted),
                  [&](merchants::Done) { return std::vector<Field>{{"bin", wanted.bin}, {"number", wanted.number}}; });
}

std::string link_of(Context const& context, std::string_view token) {
    return context.settings.http_base_url + "/stall/" + std::string{token};
}

int create_stall(Context const& context, Options const& options) {
    merchants::NewStall const wanted{.merchant = id_of<MerchantId>(needed(options, "--merchant"), "--merchant", "mer"),
                                     .market = id_of<MarketId>(needed(options, "--market"), "--market", "mkt"),
                                     .account = id_of<AccountId>(needed(options, "--account"), "--account", "ba"),
                                     .name = needed(options, "--name"),
                                     .number = needed(options, "--number"),
                                     .takes_unreferenced = options.has("--takes-unreferenced")};
    auto connection = context.connect();
    return answer(context, options, Registry{connection}.create_stall(wanted), [&](merchants::CreatedStall const& it) {
        return std::vector<Field>{
            {"stall", it.id.text()}, {"reference", it.reference.text()}, {"link", link_of(context, it.link_token.reveal())}};
    });
}

int rotate_stall(Context const& context, Options const& options) {
    auto const id = id_of<StallId>(options.words().front(), "stall rotate", "stall");
    auto connection = context.connect();
    return answer(context, options, Registry{connection}.rotate_stall_link(id), [&](crypto::Secret const& token) {
        return std::vector<Field>{{"stall", id.text()}, {"link", link_of(context, token.reveal())}};
    });
}

}  // namespace

std::vector<Action> directory_actions() {
    return {
        {"market", "create", {"--name=", "--ward=", "--province="}, false, create_market},
        {"collector", "create", {"--name=", "--kind=", "--pooled", "--live"}, false, create_collector},
        {"merchant", "create", {"--name=", "--kind=", "--collector=", "--live"}, false, create_merchant},
        {"account", "create",
         {"--merchant=", "--collector=", "--bank=", "--number=", "--holder=", "--complete", "--only-referenced"}, false, create_account},
        {"account", "revoke", {}, true, revoke_account},
        {"payout-account", "add", {"--merchant=", "--bank=", "--number=", "--holder="}, false, add_payout_account},
        {"virtual-account", "create", {"--account=", "--bank=", "--number=", "--stall="}, false, create_virtual_account},
        {"stall", "create", {"--merchant=", "--market=", "--account=", "--name=", "--number=", "--takes-unreferenced"}, false, create_stall},
        {"stall", "rotate", {}, true, rotate_stall},
    };
}

}  // namespace choso::cli
