#include "gateway/serve.hpp"

#include <csignal>
#include <memory>
#include <ostream>
#include <pthread.h>
#include <sys/resource.h>
#include <thread>

#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/limits.hpp"
#include "gateway/api/observe.hpp"
#include "gateway/api/products.hpp"
#include "gateway/api/seller_catalogue.hpp"
#include "gateway/api/statements.hpp"
#include "gateway/cli/settings.hpp"
#include "gateway/api/fees/import.hpp"
#include "gateway/events/bill_reader.hpp"
#include "gateway/events/deposit_reader.hpp"
#include "gateway/events/receipt_reader.hpp"
#include "gateway/events/exception_reader.hpp"
#include "gateway/counter/counter.hpp"
#include "gateway/dialects/dialects.hpp"
#include "gateway/events/wrong_account_reader.hpp"
#include "gateway/feeds/camt.hpp"
#include "gateway/feeds/refused.hpp"
#include "gateway/feeds/routes.hpp"
#include "gateway/pages/fees/fee_pages.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/pages/trace_pages.hpp"
#include "gateway/pages/shop_pages.hpp"
#include "merchants/fees/commands.hpp"
#include "gateway/payouts/http_channel.hpp"
#include "gateway/payouts/worker.hpp"
#include "gateway/sound/box_channel.hpp"
#include "marketplace/checkout/commands.hpp"
#include "merchants/benefits/commands.hpp"
#include "merchants/complaints/commands.hpp"
#include "merchants/deposits/commands.hpp"
#include "merchants/receipts/rows.hpp"
#include "platform/http/server.hpp"
#include "platform/log/log.hpp"
#include "platform/postgres/connection.hpp"
#include "platform/tls/tls.hpp"
#include "settlement/exceptions/rows.hpp"

namespace choso::cli {
namespace {

payments::CoreOptions core_options(Settings const& settings) {
    auto out = payments::CoreOptions{};
    out.database_url = settings.database_url;
    out.lanes = settings.core_lanes;
    out.queue.commands = settings.core_queue_commands;
    if (settings.core_queue_bytes > 0) out.queue.bytes = settings.core_queue_bytes;
    out.queue.batch = settings.core_batch;
    out.due_poll = settings.core_due_poll;
    return out;
}

http::ServerOptions server_options(Settings const& settings) {
    auto out = http::ServerOptions{};
    out.listen = settings.http_listen;
    out.port = static_cast<std::uint16_t>(settings.http_port);
    out.threads = settings.http_threads;
    out.proxies = settings.http_proxies;
    out.connections_max = settings.http_connections;
    out.tls_in_front = settings.http_base_url.starts_with("https://");
    out.connections_per_address_max = settings.connections_per_address;
    out.limits_loopback = settings.limits.loopback;
    if (!settings.http_tls_certificate.empty())
        out.certificates = std::make_shared<tls::Certificates>(settings.http_tls_certificate, settings.http_tls_key);
    return out;
}

ReferenceKey reference_key_of(merchants::Installation const& installation) {
    auto const& text = installation.reference_key;
    auto const key = ReferenceKey::from_bytes({reinterpret_cast<std::uint8_t const*>(text.data()), text.size()});
    if (!key) throw std::runtime_error{"the installation's reference key is missing: run `choso migrate`"};
    return *key;
}

/// The worker that hands payouts to the bank's connector; none where no connector is configured.
std::unique_ptr<payouts::Worker> start_payouts(Settings const& settings, events::Reading const& reading, payments::Core& core, merchants::DirectoryWatch const& directory) {
    if (settings.payouts_url.empty()) return nullptr;
    auto how = payouts::parse_channel_url(settings.payouts_url);
    if (!how) throw std::runtime_error{"payouts.url must be http://HOST[:PORT][/PATH]"};
    how->token = settings.payouts_token;
    how->total = settings.payouts_timeout;
    auto options = payouts::WorkerOptions{};
    options.from = reading;
    return std::make_unique<payouts::Worker>(std::move(options), core, directory, std::make_unique<payouts::HttpChannel>(std::move(*how)));
}

/// Every open stream and connection is a descriptor: take as many as the system lets us.
void raise_descriptor_limit() {
    auto limit = rlimit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/// What the limits need to know of a request and of the core.
api::Limits::World world_of(api::Edge const& edge, Settings const& settings) {
    auto out = api::Limits::World{};
    out.key_of = [&edge](http::Request const& request) -> std::optional<std::string> {
        auto caller = api::authenticate(edge, request, {});
        if (!caller) return std::nullopt;
        return caller->key_hash;
    };
    auto const places = static_cast<std::size_t>(settings.core_lanes) * settings.core_queue_commands;
    out.lanes_are_full = [&edge, places] { return edge.core.waiting() >= places; };
    return out;
}

/// A limit for a route that does not exist limits nothing, and somebody believes it does.
void check_names(api::LimitOptions const& limits, http::Router const& router) {
    auto const names = router.names();
    for (auto const* group : {&limits.routes, &limits.guarded})
        for (auto const& [name, rate] : *group)
            if (!names.contains(name)) throw std::runtime_error{"limits: there is no route '" + name + "'"};
}

void load_certificates_anew(tls::Certificates& certificates) {
    if (auto const wrong = certificates.reload()) {
        log::error("certificate_refused", {{"why", *wrong}, {"kept_until", certificates.valid_until()}});
    } else {
        log::info("certificate_loaded", {{"valid_until", certificates.valid_until()}});
    }
}

/// Reads the whole catalogue once, beside what else begins; a shopper who comes before its end waits for it.
void load_catalogue(std::string const& database_url, marketplace::LiveIndex& catalogue) {
    try {
        auto connection = postgres::Connection{database_url};
        catalogue.catch_up(connection);
        log::info("catalogue_loaded", {{"products", static_cast<int>(catalogue.size())}});
    } catch (std::exception const& failed) {
        log::warn("catalogue_not_loaded", {{"why", failed.what()}});
    }
}

/// Who writes rows of its own beside the book's, in the same commit.
std::vector<payments::Family> command_families() {
    return {fees::family(), receipts::family(), benefits::family(), deposits::family(), complaints::family(), settlement::exceptions_family(),
            marketplace::order_family()};
}

/// What is asked before a handler is, and how an error looks: a page where people read it, a problem document elsewhere.
auto hooks_of(api::Observer& observer, api::Limits& limits) {
    auto hooks = observer.hooks();
    hooks.admit = [&limits](http::Request const& request, http::Route const& route) { return limits.admit(request, route); };
    hooks.make_error = [for_programs = hooks.make_error](http::ErrorKind error, http::Request const* request) {
        auto drawn = pages::error_page(error, request);
        return drawn ? std::move(*drawn) : for_programs(error, request);
    };
    return hooks;
}

/// Builds each part once, in order; what stands later may use what stands before.
int run(Settings const& settings, sigset_t const& signals) {
    auto clock = merchants::AdvancedClock{};
    auto directory = merchants::DirectoryWatch{settings.database_url, clock};
    auto observer = api::Observer{};
    auto hub_options = events::HubOptions{};
    hub_options.database_url = settings.database_url;
    hub_options.directory_version = [&directory] { return directory.current()->version(); };
    auto hub = events::Hub{std::move(hub_options)};
    auto const on_committed = [&](std::vector<payments::StoredEvent> const& events) {
        observer.count_events(events);
        hub.publish(events);
    };
    auto core = std::make_unique<payments::Core>(core_options(settings), reference_key_of(directory.installation()),
                                                 command_families(), on_committed);
    auto reads = std::make_unique<api::Reads>(api::ReadsOptions{settings.database_url, 2, 512});
    auto hashing = std::make_unique<api::Reads>(api::ReadsOptions{settings.database_url, 2, 32, 10});
    auto drawing = std::make_unique<api::Reads>(api::ReadsOptions{settings.database_url, 1, 16, 10});
    auto tickets = api::Tickets{};
    auto edge = api::Edge{settings.http_base_url, clock, directory, *core, hub, *reads, *drawing, *hashing, tickets};
    auto refused = feeds::RefusedNotices{settings.database_url};

    auto catalogue = marketplace::LiveIndex{};
    auto warming = std::jthread{[&] { load_catalogue(settings.database_url, catalogue); }};

    auto router = http::Router{};
    api::add_routes(router, edge);
    api::add_product_routes(router, edge, catalogue);
    api::add_seller_catalogue_routes(router, edge);
    api::fees::add_routes(router, edge);
    auto statement_desk = api::StatementDesk{edge, settings.database_url, settings.statements_schemas};
    api::add_statement_routes(router, edge, statement_desk);
    auto files = feeds::add_routes(router, edge, refused, observer, settings.database_url);
    pages::add_routes(router, edge);
    pages::add_trace_routes(router, edge);
    pages::add_shop_routes(router, edge, catalogue);
    pages::fees::add_routes(router, edge);
    counter::add_routes(router, edge);
    dialects::add_routes(router, edge);
    sound::add_routes(router, edge);
    observer.add_routes(router, edge);
    check_names(settings.limits, router);
    auto limits = api::Limits{settings.limits, world_of(edge, settings)};
    auto const options = server_options(settings);
    auto server = http::Server{options, std::move(router), hooks_of(observer, limits)};
    observer.watch(server);
    auto const reading = events::Reading{settings.database_url, settings.readers_poll, [&hub](events::Heads const& since, std::span<std::string_view const> types) { return hub.recall(since, types); }};
    auto payouts = start_payouts(settings, reading, *core, directory);
    if (!payouts) observer.note("payouts: no channel, approved ones wait");
    auto importer = std::make_unique<api::fees::Importer>(edge, settings.database_url);
    auto exceptions = std::make_unique<events::ExceptionReader>(reading, clock, *core);
    auto wrong_account = events::start_wrong_account_reader(reading, *core);
    auto bill_reader = events::start_bill_reader(reading, *core, directory);
    auto follow_receipts = events::start_receipt_reader(reading, *core);
    auto follow_deposits = events::start_deposit_reader(reading, *core, directory);

    server.run_in_background();
    log::info("serving", {{"listen", settings.http_listen}, {"port", static_cast<int>(server.port())}, {"base_url", settings.http_base_url}});
    auto signal = 0;
    while (sigwait(&signals, &signal) == 0 && signal == SIGHUP)
        if (options.certificates) load_certificates_anew(*options.certificates);
    log::info("stopping", {{"signal", signal}});
    observer.begin_to_stop();
    server.stop();
    // What was taken is finished while those it may still answer to stand.
    payouts.reset();
    importer.reset();
    bill_reader.reset();
    wrong_account.reset();
    follow_receipts.reset();
    follow_deposits.reset();
    exceptions.reset();
    statement_desk.stop();
    files->stop();
    hashing.reset();
    drawing.reset();
    reads.reset();
    core.reset();
    log::info("stopped");
    return 0;
}

}  // namespace

int serve(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    for (auto const argument : args) {
        if (argument != "--help") continue;
        out << "usage: choso serve [--config FILE]\n\nRuns the gateway until SIGTERM or SIGINT; SIGHUP loads the TLS certificate anew. `choso config print` shows what may be set.\n";
        return 0;
    }
    auto const settings = Settings::load(args);
    if (!settings) {
        for (auto const& complaint : settings.error()) err << "choso serve: " << complaint << '\n';
        return 1;
    }
    if (!args.empty()) {
        err << "choso serve: unknown option '" << args.front() << "'\n";
        return 2;
    }
    log::set_level(settings->log_level);
    std::signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit();
    // Blocked before any thread begins, so that all inherit it and only sigwait sees them.
    auto signals = sigset_t{};
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    try {
        return run(*settings, signals);
    } catch (std::exception const& failed) {
        err << "choso serve: " << failed.what() << '\n';
        return 1;
    }
}

}  // namespace choso::cli
