#include <fstream>
#include <iterator>
#include <ostream>

#include "gateway/cli/catalogue.hpp"
#include "gateway/cli/context.hpp"
#include "gateway/cli/options.hpp"
#include "gateway/cli/table.hpp"
#include "marketplace/sellers/seller.hpp"
#include "merchants/directory_watch.hpp"
#include "merchants/people/transaction.hpp"
#include "merchants/registry.hpp"
#include "platform/sheet/sheet.hpp"

namespace choso::cli {
namespace {

using namespace marketplace;

constexpr std::string_view usage =
    "usage: choso seller open --marketplace col_… --name NAME [--kind household|individual|cooperative|company] [--phone N]\n"
    "                         [--address A] [--commune C] [--province P] [--tax-code N] [--json]\n"
    "       choso seller open-many --marketplace col_… FILE\n"
    "       choso seller identify ID --provider NAME --subject TEXT\n"
    "       choso seller approve|reinstate ID\n"
    "       choso seller suspend ID --reason TEXT\n"
    "       choso seller list [--state draft|identified|approved|suspended] [--json]\n"
    "\n"
    "A seller is a merchant of the marketplace's pooled collector. It opens as a draft, is identified, then approved; only then\n"
    "are its products shown. open-many reads a sheet (Tên, Loại, Điện thoại, Địa chỉ, Xã, Tỉnh, Mã số thuế) and opens all or none.\n";

struct Told {
    NewSeller seller;
    std::string_view kind;
};

/// Makes merchant and seller together.
Result<MerchantId, Refused> open_one(merchants::Registry& registry, postgres::Connection& connection, CollectorId marketplace, Bucket bucket,
                                     NewSeller seller, Instant now) {
    auto const is_company = seller.kind == SellerKind::company || seller.kind == SellerKind::cooperative;
    auto const made = registry.create_merchant({marketplace, seller.name, is_company ? "company" : "household"});
    if (!made) return made.error();
    seller.merchant = *made;
    seller.bucket = bucket;
    auto const opened = Sellers{connection}.open({seller}, now);
    if (!opened) return opened.error();
    return *made;
}

/// The marketplace that `--marketplace` names, or nothing, having said why.
merchants::Collector const* marketplace_named(Context const& context, merchants::Directory const& directory, Options const& options) {
    auto const id = CollectorId::parse(options.value("--marketplace").value_or(""));
    auto const* const collector = id ? directory.collector(*id) : nullptr;
    if (collector == nullptr) context.refused("--marketplace must name a collector col_…");
    else if (collector->mode != payments::CollectorMode::pooled) context.refused("a marketplace collects for others: its collector must be pooled");
    else return collector;
    return nullptr;
}

int open_seller(Context const& context, Options const& options) {
    auto clock = merchants::AdvancedClock{};
    auto const watch = merchants::DirectoryWatch{context.settings.database_url, clock};
    auto const directory = watch.current();
    auto const* const collector = marketplace_named(context, *directory, options);
    if (collector == nullptr) return exit_refused;
    auto const kind = seller_kind_of(options.value("--kind").value_or("household"));
    if (!kind) return context.misused("--kind must be household, individual, cooperative or company");
    auto seller = NewSeller{};
    seller.kind = *kind;
    seller.name = options.text("--name");
    seller.phone = options.text("--phone");
    seller.address = options.text("--address");
    seller.commune = options.text("--commune");
    seller.province = options.text("--province");
    seller.tax_code = options.text("--tax-code");
    auto connection = context.connect();
    auto registry = merchants::Registry{connection};
    auto const made = registry.together([&] { return open_one(registry, connection, collector->id, collector->bucket, seller, clock.now()); });
    if (!made) return context.refused(made.error().text());
    print_fields(context.out, {{"seller", made->text()}, {"state", "draft"}}, options.has("--json"));
    return exit_done;
}

int open_many(Context const& context, Options const& options, std::string const& file) {
    auto clock = merchants::AdvancedClock{};
    auto const watch = merchants::DirectoryWatch{context.settings.database_url, clock};
    auto const directory = watch.current();
    auto const* const collector = marketplace_named(context, *directory, options);
    if (collector == nullptr) return exit_refused;
    std::vector<NewSeller> sellers;
    auto wrong = std::optional<Refused>{};
    auto const problem = sheet::for_each_row(file, {}, [&](std::size_t row, std::span<std::string const> cells) {
        if (row == 1) return true;
        auto const cell = [&](std::size_t i) { return i < cells.size() ? cells[i] : std::string{}; };
        auto const kind = seller_kind_of(cell(1).empty() ? "household" : cell(1));
        if (!kind) wrong = Refused{"row " + std::to_string(row), "has no kind: household, individual, cooperative or company"};
        if (wrong) return false;
        auto seller = NewSeller{};
        seller.kind = *kind;
        seller.name = cell(0);
        seller.phone = cell(2);
        seller.address = cell(3);
        seller.commune = cell(4);
        seller.province = cell(5);
        seller.tax_code = cell(6);
        sellers.push_back(std::move(seller));
        return true;
    });
    if (wrong) return context.refused(wrong->text());
    if (problem) return context.refused("row " + std::to_string(problem->row) + ": " + problem->detail);
    auto connection = context.connect(std::chrono::minutes{5});
    auto registry = merchants::Registry{connection};
    auto row = 1;
    auto const done = registry.together([&]() -> Result<Done, Refused> {
        for (auto const& seller : sellers) {
            ++row;
            auto const made = open_one(registry, connection, collector->id, collector->bucket, seller, clock.now());
            if (!made) return made.error();
        }
        return Done{};
    });
    if (!done) return context.refused("row " + std::to_string(row) + ": " + done.error().text() + "; nobody was opened");
    context.out << sellers.size() << " sellers opened as drafts\n";
    return exit_done;
}

int change(Context const& context, Options const& options, std::string_view what) {
    if (options.words().size() != 2) return context.misused(std::string{what} + " which seller?");
    auto const id = MerchantId::parse(options.words()[1]);
    if (!id) return context.misused("a seller's id is mer_…");
    auto clock = merchants::AdvancedClock{};
    auto const watch = merchants::DirectoryWatch{context.settings.database_url, clock};
    auto connection = context.connect();
    auto transaction = people::Transaction{connection};
    auto sellers = Sellers{connection};
    auto const now = clock.now();
    auto const done = what == "identify"  ? sellers.identify(*id, {options.text("--provider"), options.text("--subject"), {}, now}, now)
                      : what == "suspend" ? sellers.decide(*id, SellerState::suspended, std::nullopt, options.text("--reason"), now)
                                          : sellers.decide(*id, SellerState::approved, std::nullopt, options.text("--reason"), now);
    if (!done) return context.refused(done.error().text());
    transaction.commit();
    return exit_done;
}

int list_sellers(Context const& context, Options const& options) {
    auto state = std::optional<SellerState>{};
    if (auto const value = options.value("--state")) {
        state = seller_state_of(*value);
        if (!state) return context.misused("--state must be draft, identified, approved or suspended");
    }
    auto connection = context.connect();
    auto sellers = Sellers{connection};
    auto after = std::optional<MerchantId>{};
    for (;;) {
        auto const page = sellers.list(state, after, 1'000);
        for (auto const& it : page)
            print_fields(context.out, {{"seller", it.merchant.text()}, {"name", it.name}, {"kind", std::string{word(it.kind)}}, {"state", std::string{word(it.state)}},
                                       {"commune", it.commune}, {"province", it.province}}, options.has("--json"));
        if (page.size() < 1'000) return exit_done;
        after = page.back().merchant;
    }
}

}  // namespace

int seller(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    return run_with_context("choso seller", usage, std::move(args), out, err, [](Context const& context, auto const& given) {
        auto const options = Options::parse(given, {"--marketplace=", "--name=", "--kind=", "--phone=", "--address=", "--commune=", "--province=",
                                                    "--tax-code=", "--provider=", "--subject=", "--reason=", "--state=", "--json"});
        if (!options) return context.misused(options.error().text);
        auto const what = options->words().empty() ? std::string_view{} : options->words().front();
        if (what == "open") return open_seller(context, *options);
        if (what == "open-many") {
            if (options->words().size() != 2) return context.misused("open-many which file?");
            auto file = std::ifstream{std::string{options->words()[1]}, std::ios::binary};
            if (!file) return context.refused("cannot read " + std::string{options->words()[1]});
            return open_many(context, *options, std::string{std::istreambuf_iterator<char>{file}, {}});
        }
        if (what == "identify" || what == "approve" || what == "reinstate" || what == "suspend") return change(context, *options, what);
        if (what == "list") return list_sellers(context, *options);
        return context.misused("do what? open, open-many, identify, approve, suspend, reinstate or list");
    });
}

}  // namespace choso::cli
