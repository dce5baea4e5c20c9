#include "gateway/serve.hpp"

#include <csignal>
#include <memory>
#include <ostream>
#include <pthread.h>
#include <sys/resource.h>

#include "gateway/api/endpoints.hpp"
#include "gateway/api/observe.hpp"
#include "gateway/cli/settings.hpp"
#include "gateway/events/wrong_account_reader.hpp"
#include "gateway/feeds/refused.hpp"
#include "gateway/feeds/sepay.hpp"
#include "gateway/pages/pages.hpp"
#include "platform/http/server.hpp"
#include "platform/log/log.hpp"
#include "platform/postgres/connection.hpp"

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
    return out;
}

ReferenceKey reference_key_of(merchants::Installation const& installation) {
    auto const& text = installation.reference_key;
    auto const key = ReferenceKey::from_bytes({reinterpret_cast<std::uint8_t const*>(text.data()), text.size()});
    if (!key) throw std::runtime_error{"the installation's reference key is missing: run `choso migrate`"};
    return *key;
}

/// Every open stream and connection is a descriptor: take as many as the system lets us.
void raise_descriptor_limit() {
    auto limit = rlimit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
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
                                                 std::vector<payments::Family>{}, on_committed);
    auto reads = std::make_unique<api::Reads>(api::ReadsOptions{settings.database_url, 2, 512});
    auto tickets = api::Tickets{};
    auto edge = api::Edge{settings.http_base_url, clock, directory, *core, hub, *reads, tickets};
    auto refused = feeds::RefusedNotices{settings.database_url};

    auto router = http::Router{};
    api::add_routes(router, edge);
    feeds::add_routes(router, edge, refused, observer);
    pages::add_routes(router, edge);
    observer.add_routes(router, edge);
    auto hooks = observer.hooks();
    hooks.make_error = [for_programs = hooks.make_error](http::ErrorKind error, http::Request const* request) {
        auto drawn = pages::error_page(error, request);
        return drawn ? std::move(*drawn) : for_programs(error, request);
    };
    auto server = http::Server{server_options(settings), std::move(router), std::move(hooks)};
    observer.watch(server);
    auto wrong_account = events::start_wrong_account_reader(settings.database_url, settings.readers_poll, *core);

    server.run_in_background();
    log::info("serving", {{"listen", settings.http_listen}, {"port", static_cast<int>(server.port())}, {"base_url", settings.http_base_url}});
    auto signal = 0;
    sigwait(&signals, &signal);
    log::info("stopping", {{"signal", signal}});
    observer.begin_to_stop();
    server.stop();
    // What was taken is finished while those it may still answer to stand.
    wrong_account.reset();
    reads.reset();
    core.reset();
    log::info("stopped");
    return 0;
}

}  // namespace

int serve(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    for (auto const argument : args) {
        if (argument != "--help") continue;
        out << "usage: choso serve [--config FILE]\n\nRuns the gateway until SIGTERM or SIGINT. `choso config print` shows what may be set.\n";
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
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    try {
        return run(*settings, signals);
    } catch (std::exception const& failed) {
        err << "choso serve: " << failed.what() << '\n';
        return 1;
    }
}

}  // namespace choso::cli
