#include "gateway/cli/seed.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <ostream>

#include "base/assert.hpp"
#include "gateway/cli/context.hpp"
#include "gateway/cli/demo_bills.hpp"
#include "gateway/cli/demo_file.hpp"
#include "gateway/cli/demo_market.hpp"
#include "gateway/cli/demo_province.hpp"
#include "gateway/cli/options.hpp"
#include "gateway/cli/private_file.hpp"
#include "gateway/cli/sql.hpp"
#include "merchants/directory_reader.hpp"
#include "merchants/people/staff.hpp"
#include "merchants/people/transaction.hpp"
#include "merchants/registry.hpp"
#include "merchants/scopes.hpp"
#include "platform/crypto/one_time.hpp"
#include "platform/json/json.hpp"

namespace choso::cli {
namespace {

using merchants::Directory;
using merchants::Refused;
using merchants::Registry;

constexpr std::string_view help =
    R"(usage: choso seed demo [--file PATH] [--base-url URL] [--data-dir DIR] [--config FILE]

Makes the demo province (three markets, 24 stalls, a school, a hospital, a public office, a collector for others; all
invented, all test mode) and writes its keys and ids to a file of mode 0600 for scripts. Run again it creates nothing
and keeps every key. Refused where a live merchant exists.

  --file PATH       where to write; else demo.file of the configuration
  --base-url URL    how the gateway is reached; else http.base_url of the configuration
  --data-dir DIR    shown in the file as data_dir; else the file's folder
)";

/// What a step of the seeding was refused for; caught where the transaction is, which it undoes.
struct StepRefused {
    Refused why;
};

template <class T>
T taken(Result<T, Refused> result) {
    if (!result) throw StepRefused{result.error()};
    return std::move(result).value();
}

/// Makes each place, or takes the one that stands there already (by its account's number) with new secrets.
class Seeder {
 public:
    Seeder(postgres::Connection& connection, Directory const& directory)
        : connection_{connection}, registry_{connection}, directory_{directory} {}

    Result<merchants::Done, Refused> run(DemoFile& file, std::filesystem::path const& path) {
        return registry_.together([&]() -> Result<merchants::Done, Refused> {
            try {
                revoke_old_access();
                for (auto const& stall : demo::stalls()) file.stalls.push_back(place(stall));
                for (auto const& it : demo::institutions()) {
                    auto const [merchant, account] = place(it.name, it.kind, it.account);
                    file.institutions.push_back({.key = std::string{it.key}, .merchant = merchant, .account = account});
                    if (it.kind == "school") file.institutions.back().unit = demo_class(connection_, merchant);
                }
                place_pool(file);
                place_marketplace(file);
                make_access(file);
            } catch (StepRefused const& step) {
                return step.why;
            }
            // Before the commit: a file whose key is in no database is written anew at the next run, the other way round
            // the keys would be lost.
            if (auto why = write_private_file(path, file.text())) return Refused{"the file", "must be writable: " + *why};
            return merchants::Done{};
        });
    }

 private:
    void revoke_old_access() {
        static postgres::Statement const load{"seed_load_demo_access", std::string{sql::load_demo_access}};
        auto const rows = connection_.query(load);
        for (auto i = 0; i < rows.rows(); ++i) {
            if (rows.boolean(i, 0))
                taken(registry_.revoke_key(rows.id<ApiKeyId>(i, 1)));
            else
                taken(registry_.revoke_feed(rows.id<FeedId>(i, 1)));
        }
    }

    struct Placed {
        MerchantId merchant;
        DemoAccount account;
    };

    Placed place(std::string_view name, std::string_view kind, demo::Account const& wanted,
                 payments::CollectorMode mode = payments::CollectorMode::direct) {
        if (auto const* const account = directory_.account_by_number(wanted.bin, wanted.number)) {
            auto const merchant = directory_.payees_of(*account, 1).front();
            return remember({merchant, {account->id, account->bin, account->number, account->holder}});
        }
        auto const collector = taken(
            registry_.create_collector({.name = std::string{name}, .mode = mode, .kind = std::string{kind}, .live = false}));
        auto const id = taken(registry_.create_account({.collector = collector.id,
                                                        .bin = std::string{wanted.bin},
                                                        .number = std::string{wanted.number},
                                                        .holder = std::string{wanted.holder},
                                                        .complete = wanted.complete,
                                                        .keeps_unreferenced = wanted.keeps_unreferenced}));
        collectors_.emplace(collector.owner, collector.id);
        return remember({collector.owner,
                         {id, std::string{wanted.bin}, std::string{wanted.number}, merchants::holder_as_printed(wanted.holder)}});
    }

    Placed remember(Placed placed) {
        merchants_.insert(placed.merchant);
        accounts_.insert(placed.account.id);
        return placed;
    }

    DemoStall place(demo::Stall const& wanted) {
        auto const [merchant, account] = place(wanted.merchant, "household", wanted.account);
        DemoStall out{.id = {}, .merchant = merchant, .market = {}, .name = std::string{wanted.name},
                      .number = std::string{wanted.number}, .reference = {}, .link_token = {}, .account = account};
        auto const stalls = directory_.stalls();
        auto const at = std::ranges::find(stalls, account.id, [](auto const* stall) { return stall->account; });
        if (at != stalls.end()) {
            out.id = (*at)->id;
            out.market = (*at)->market;
            out.reference = (*at)->reference.text();
            out.link_token = std::string{taken(registry_.rotate_stall_link(out.id)).reveal()};
            return out;
        }
        out.market = market(wanted.market);
        auto const made = taken(registry_.create_stall({.merchant = merchant,
                                                        .market = out.market,
                                                        .account = account.id,
                                                        .name = out.name,
                                                        .number = out.number,
                                                        .takes_unreferenced = wanted.takes_unreferenced}));
        out.id = made.id;
        out.reference = made.reference.text();
        out.link_token = std::string{made.link_token.reveal()};
        return out;
    }

    MarketId market(std::size_t index) {
        if (auto const known = markets_.find(index); known != markets_.end()) return known->second;
        auto const& wanted = demo::markets()[index];
        for (auto const* const stall : directory_.stalls()) {
            auto const* const its = directory_.market(stall->market);
            if (its != nullptr && its->name == wanted.name && its->province == demo::province)
                return markets_.emplace(index, its->id).first->second;
        }
        auto const id = taken(registry_.create_market(
            {.name = std::string{wanted.name}, .ward = std::string{wanted.ward}, .province = std::string{demo::province}}));
        return markets_.emplace(index, id).first->second;
    }

    void place_pool(DemoFile& file) {
        auto const& wanted = demo::pool();
        auto const [owner, account] = place(wanted.name, wanted.kind, wanted.account, payments::CollectorMode::pooled);
        file.pool = owner;
        file.pool_account = account;
        auto const* const known = directory_.merchant(owner);
        auto const collector = known != nullptr ? known->collector : collectors_.at(owner);
        for (auto const& payee : wanted.payees) {
            auto const all = directory_.merchants();
            auto const at = std::ranges::find_if(all, [&](auto const* it) { return it->collector == collector && it->name == payee.name; });
            auto const id = at != all.end() ? (*at)->id
                                            : taken(registry_.create_merchant({.collector = collector,
                                                                               .name = std::string{payee.name},
                                                                               .kind = std::string{payee.kind}}));
            if (directory_.payout_account(id) == nullptr)
                taken(registry_.add_payout_account({.merchant = id,
                                                    .bin = std::string{payee.payout.bin},
                                                    .number = std::string{payee.payout.number},
                                                    .holder = std::string{payee.payout.holder}}));
            merchants_.insert(id);
            file.pool_payees.push_back(id);
        }
    }

    /// The marketplace's collector and its sellers, identified by the test provider and approved.
    void place_marketplace(DemoFile& file) {
        auto const& wanted = demo::marketplace();
        auto const [owner, account] = place(wanted.name, wanted.kind, wanted.account, payments::CollectorMode::pooled);
        file.marketplace = owner;
        file.marketplace_account = account;
        auto const* const known = directory_.merchant(owner);
        auto const collector = known != nullptr ? known->collector : collectors_.at(owner);
        auto const all = directory_.merchants();
        auto const now = SystemClock{}.now();
        auto sellers = marketplace::Sellers{connection_};
        for (auto const& shop : demo::shops()) {
            auto const at = std::ranges::find_if(all, [&](auto const* it) { return it->collector == collector && it->name == shop.name; });
            if (at != all.end()) {
                file.sellers.push_back((*at)->id);
                merchants_.insert((*at)->id);
                continue;
            }
            auto const is_firm = shop.kind == "company" || shop.kind == "cooperative";
            auto const id = taken(registry_.create_merchant({collector, std::string{shop.name}, is_firm ? "company" : "household"}));
            taken(registry_.add_payout_account({.merchant = id, .bin = std::string{shop.payout.bin}, .number = std::string{shop.payout.number},
                                                .holder = std::string{shop.payout.holder}}));
            auto seller = marketplace::NewSeller{};
            seller.merchant = id;
            seller.bucket = account.id.bucket();
            seller.kind = marketplace::seller_kind_of(shop.kind).value();
            seller.name = shop.name;
            seller.phone = shop.phone;
            seller.commune = shop.commune;
            seller.province = shop.province;
            seller.address = std::string{shop.commune} + ", " + std::string{shop.province};
            if (is_firm) seller.tax_code = "4600" + std::string{shop.phone.substr(shop.phone.size() - 6)};
            seller.introduction = std::string{shop.name} + " bán hàng nhà làm ở " + seller.address + ".";
            taken(sellers.open({seller}, now));
            taken(sellers.identify(id, {"test", std::string{shop.payout.number}, {}, now}, now));
            taken(sellers.decide(id, marketplace::SellerState::approved, std::nullopt, "demo", now));
            file.sellers.push_back(id);
            merchants_.insert(id);
        }
    }

    void make_access(DemoFile& file) {
        std::set<std::string, std::less<>> scopes;
        for (auto const& it : merchants::scope::all()) scopes.emplace(it.name);
        auto const& other = file.stalls.at(1);
        auto const key = [&](char const* name, std::set<MerchantId> of) {
            auto const made = taken(registry_.create_key({.name = name, .live = false, .scopes = scopes, .merchants = std::move(of)}));
            return std::string{made.secret.reveal()};
        };
        auto const feed = [&](char const* name, merchants::FeedAuth auth, std::set<AccountId> const& of, char const* kind = "sepay") {
            return taken(registry_.create_feed({.kind = kind, .name = name, .auth = auth, .accounts = of}));
        };
        file.api_key = key("demo", merchants_);
        file.other_api_key = key("demo other", {other.merchant});
        file.sepay_api_key = feed("demo sepay", merchants::FeedAuth::apikey, accounts_).secret.reveal();
        file.sepay_hmac_secret = feed("demo sepay hmac", merchants::FeedAuth::hmac, accounts_).secret.reveal();
        auto const oauth2 = feed("demo sepay oauth2", merchants::FeedAuth::oauth2, accounts_);
        file.sepay_client_id = oauth2.client_id;
        file.sepay_client_secret = oauth2.secret.reveal();
        file.camt_api_key = feed("demo camt", merchants::FeedAuth::apikey, accounts_, "camt").secret.reveal();
        file.other_sepay_api_key = feed("demo sepay other", merchants::FeedAuth::apikey, {other.account.id}).secret.reveal();
    }

    postgres::Connection& connection_;
    Registry registry_;
    Directory const& directory_;
    std::map<std::size_t, MarketId> markets_;
    std::map<MerchantId, CollectorId> collectors_;
    std::set<MerchantId> merchants_;
    std::set<AccountId> accounts_;
};

std::string contents(std::filesystem::path const& file) {
    std::ifstream in{file, std::ios::binary};
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

bool is_still_valid(Directory const& directory, std::string const& demo_json) {
    auto const key = api_key_of(demo_json);
    return key && directory.key_by_hash(crypto::as_text(crypto::sha256(*key))) != nullptr;
}

std::string text_member(std::string_view demo_json, std::initializer_list<std::string_view> path) {
    auto const tree = json::parse(demo_json);
    auto const* here = tree ? &tree.value() : nullptr;
    for (auto const name : path) here = here == nullptr ? nullptr : here->find(name);
    auto const text = here == nullptr ? std::nullopt : here->as_string();
    return std::string{text.value_or("")};
}

/// Makes the demo's members anew, with passwords and app secrets that stand nowhere but in the file.
int write_with_logins(Context const& context, postgres::Connection& connection, std::filesystem::path const& path, std::string const& demo_json) {
    auto const stall = MerchantId::parse(text_member(demo_json, {"merchant"}));
    auto const institution = MerchantId::parse(text_member(demo_json, {demo::institutions().front().key, "merchant"}));
    if (!stall || !institution) return context.refused(path.string() + " is no demo.json");
    auto const key = merchants::DirectoryReader::read_installation(connection).session_key;
    std::vector<DemoLogin> logins;
    auto transaction = people::Transaction{connection};
    for (auto const& member : demo::members()) {
        auto const role = people::role_of(member.role);
        CHOSO_ASSERT(role.has_value());
        auto grant = people::Grant{*role, people::Reach::province, {}};
        if (member.about == demo::Member::About::stall) grant = {*role, people::Reach::merchant, stall->uuid()};
        // Who sells does so on the marketplace, if it is there.
        if (*role == people::Role::seller)
            if (auto const seller = MerchantId::parse(text_member(demo_json, {"seller"}))) grant = {*role, people::Reach::merchant, seller->uuid()};
        if (member.about == demo::Member::About::institution) grant = {*role, people::Reach::merchant, institution->uuid()};
        auto const password = crypto::to_base64url(crypto::random_bytes(15));
        auto const secret = member.has_app ? crypto::random_bytes(20) : std::string{};
        people::put_demo_staff(connection, {std::string{member.login}, std::string{member.name}, password, {grant}}, secret, key);
        logins.push_back({std::string{member.page}, std::string{member.login}, password, std::string{member.role}, crypto::to_base32(secret)});
    }
    auto const text = with_logins(demo_json, logins);
    CHOSO_ASSERT(text.has_value());
    // Before the commit, as in Seeder::run.
    if (auto const why = write_private_file(path, *text)) return context.refused(*why);
    transaction.commit();
    context.out << logins.size() << " people who sign in; see logins in " << path.string() << '\n';
    return exit_done;
}

int seed_demo(Context const& context, Options const& options) {
    auto const given = options.value("--file");
    if (!given && !context.settings.demo_file) return context.misused("where to? Give --file, or set demo.file");
    auto const path = std::filesystem::absolute(given ? std::filesystem::path{*given} : *context.settings.demo_file);
    auto base_url = options.has("--base-url") ? options.text("--base-url") : context.settings.http_base_url;
    while (base_url.ends_with('/')) base_url.pop_back();
    if (!base_url.starts_with("http://") && !base_url.starts_with("https://"))
        return context.misused("--base-url takes an address that begins with http:// or https://");
    DemoPlace const place{.base_url = base_url,
                          .data_dir = options.has("--data-dir") ? options.text("--data-dir") : path.parent_path().string(),
                          .database_url = context.settings.database_url};

    auto connection = context.connect();
    auto const directory = merchants::DirectoryReader::read(connection);
    auto const all = directory->merchants();
    if (std::ranges::any_of(all, [](auto const* merchant) { return merchant->live; }))
        return context.refused("a live merchant exists: the demo is for installations that move no real money");
    if (auto const before = contents(path); is_still_valid(*directory, before)) {
        auto const after = moved(before, place);
        if (!after) return context.refused(path.string() + " is no demo.json");
        if (!has_logins(before)) return write_with_logins(context, connection, path, *after);
        if (*after == before) {
            context.out << "the demo province is there already; " << path.string() << " stays as it is\n";
            return exit_done;
        }
        if (auto const why = write_private_file(path, *after)) return context.refused(*why);
        context.out << "the demo province is there already; new addresses written to " << path.string() << '\n';
        return exit_done;
    }
    DemoFile file;
    file.base_url = place.base_url;
    file.data_dir = place.data_dir;
    file.database_url = place.database_url;
    Seeder seeder{connection, *directory};
    auto const seeded = seeder.run(file, path);
    if (!seeded) return context.refused(seeded.error().text());
    if (auto const stocked = demo::stock_the_shops(connection, file.sellers, SystemClock{}.now()); !stocked) return context.refused(stocked.error().text());
    context.out << "the demo province: " << demo::markets().size() << " markets, " << file.stalls.size() << " stalls, "
                << file.institutions.size() << " institutions, one collector for " << file.pool_payees.size() << " others, "
                << file.sellers.size() << " sellers; wrote "
                << path.string() << '\n';
    if (auto const code = write_with_logins(context, connection, path, contents(path)); code != exit_done) return code;
    auto const school = std::ranges::find(file.institutions, std::string{"school"}, &DemoInstitution::key);
    CHOSO_ASSERT(school != file.institutions.end());
    return bill_demo_class(context, connection, school->merchant);
}

}  // namespace

int seed(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    return run_with_context("choso seed", help, std::move(args), out, err, [](Context const& context, auto const& rest) {
        auto const options = Options::parse(rest, {"--file=", "--base-url=", "--data-dir="});
        if (!options) return context.misused(options.error().text);
        auto const& words = options->words();
        if (words.size() != 1 || words[0] != "demo") return context.misused("seed what? Only demo is known");
        return seed_demo(context, *options);
    });
}

}  // namespace choso::cli
