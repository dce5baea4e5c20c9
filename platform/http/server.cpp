#include "platform/http/server.hpp"

#include <sys/socket.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "platform/http/loop.hpp"
#include "platform/http/render.hpp"
#include "platform/http/session.hpp"

namespace choso::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

constexpr auto listen_backlog = 4096;

tcp::acceptor listen_at(asio::io_context& io, ServerOptions const& options) {
    try {
        auto const endpoint = tcp::endpoint{asio::ip::make_address(options.listen), options.port};
        auto acceptor = tcp::acceptor{io, endpoint.protocol()};
        acceptor.set_option(tcp::acceptor::reuse_address{true});
        acceptor.bind(endpoint);
        acceptor.listen(listen_backlog);
        return acceptor;
    } catch (boost::system::system_error const& failure) {
        throw std::runtime_error{"cannot listen at " + options.listen + " port " + std::to_string(options.port) + ": " +
                                 failure.code().message()};
    }
}

}  // namespace

struct Server::Impl {
    Impl(ServerOptions options, Router router, Hooks hooks)
        : common{.options = std::move(options), .router = std::move(router), .hooks = std::move(hooks)},
          loops{make_loops(common)},
          acceptor{listen_at(loops.front()->io, common.options)},
          pause{loops.front()->io},
          port{acceptor.local_endpoint().port()} {}

    static std::vector<std::unique_ptr<detail::Loop>> make_loops(detail::Common& common) {
        auto made = std::vector<std::unique_ptr<detail::Loop>>{};
        for (auto i = 0; i < std::max(common.options.threads, 1); ++i)
            made.push_back(std::make_unique<detail::Loop>(common));
        return made;
    }

    asio::awaitable<void> accept();
    void admit(detail::Loop& loop, tcp::socket socket);
    void turn_away(tcp::socket& socket);
    void stop();
    template <class Predicate>
    bool wait_for(milliseconds time, Predicate predicate) {
        auto lock = std::unique_lock{common.mutex};
        return common.emptied.wait_for(lock, time, predicate);
    }

    detail::Common common;
    std::vector<std::unique_ptr<detail::Loop>> loops;
    tcp::acceptor acceptor;
    asio::steady_timer pause;
    std::uint16_t port;
    std::vector<std::thread> threads{};
    bool stopped = false;
};

asio::awaitable<void> Server::Impl::accept() {
    auto wait = milliseconds{0};
    for (auto next = std::size_t{0}; !common.draining; ++next) {
        auto& loop = *loops[next % loops.size()];
        auto error = error_code{};
        auto socket = co_await acceptor.async_accept(loop.io, asio::redirect_error(asio::use_awaitable, error));
        if (!error) {
            wait = milliseconds{0};
            admit(loop, std::move(socket));
            continue;
        }
        if (common.draining || error == asio::error::operation_aborted || error == asio::error::bad_descriptor) break;
        if (error == asio::error::connection_aborted) continue;
        // Out of descriptors or memory: trying again at once would spin at full load just when others need the CPU.
        wait = std::clamp(wait * 2, milliseconds{10}, milliseconds{1000});
        pause.expires_after(wait);
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
}

void Server::Impl::admit(detail::Loop& loop, tcp::socket socket) {
    if (common.connections >= common.options.connections_max) {
        turn_away(socket);
        return;
    }
    ++common.connections;
    // Made and run on its own loop's thread: only there may the loop's list of sessions change.
    asio::post(loop.io, [&loop, taken = std::move(socket)]() mutable {
        auto session = std::make_shared<detail::Session>(loop, std::move(taken));
        asio::co_spawn(loop.io, detail::Session::live(std::move(session)), asio::detached);
    });
}

/// Says 503 if the socket takes it without waiting.
void Server::Impl::turn_away(tcp::socket& socket) {
    auto const response = common.error(ErrorKind::overloaded, nullptr);
    auto text = std::string{};
    append_head(text, response, {.request_id = "-", .date = http_date(std::time(nullptr)), .keep_alive = false});
    text += response.body;
    auto const sent = ::send(socket.native_handle(), text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    auto error = error_code{};
    if (sent > 0) socket.shutdown(tcp::socket::shutdown_send, error);
    socket.close(error);
}

void Server::Impl::stop() {
    if (std::exchange(stopped, true)) return;
    common.draining = true;
    if (!threads.empty()) {
        for (auto const& loop : loops) CHOSO_ASSERT(!loop->mailbox->on_loop_thread());
        asio::post(loops.front()->io, [this] {
            auto error = error_code{};
            acceptor.close(error);
            pause.cancel();
        });
        for (auto const& loop : loops) asio::post(loop->io, [&loop] { loop->drain_all(); });
        auto const empty = [this] { return common.connections == 0; };
        if (!wait_for(common.options.stop_timeout, empty)) {
            for (auto const& loop : loops) asio::post(loop->io, [&loop] { loop->abort_all(); });
            wait_for(milliseconds{1000}, empty);
        }
    }
    for (auto const& loop : loops) {
        loop->mailbox->close();
        loop->io.stop();
    }
    for (auto& thread : threads) thread.join();
    threads.clear();
}

Server::Server(ServerOptions options, Router router, Hooks hooks)
    : impl_{std::make_unique<Impl>(std::move(options), std::move(router), std::move(hooks))} {}

Server::~Server() { stop(); }

std::uint16_t Server::port() const { return impl_->port; }

void Server::run_in_background() {
    CHOSO_ASSERT(impl_->threads.empty() && !impl_->stopped);
    asio::co_spawn(impl_->loops.front()->io, impl_->accept(), asio::detached);
    for (auto const& loop : impl_->loops) impl_->threads.emplace_back([&loop] { loop->run(); });
}

void Server::stop() { impl_->stop(); }

std::size_t Server::connections() const { return impl_->common.connections; }

std::size_t Server::streams() const { return impl_->common.streams; }

}  // namespace choso::http
