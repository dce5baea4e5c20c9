#include "platform/http/server.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

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
constexpr auto shed_at_once = 64;

bool is_out_of_descriptors(error_code const& error) {
    return error == asio::error::no_descriptors || error == error_code{ENFILE, boost::system::system_category()};
}

/// A descriptor kept back, so that when there are none left somebody can still be told.
int reserve_descriptor() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

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
        : common{std::move(options), std::move(router), std::move(hooks)},
          loops{make_loops(common)},
          acceptor{listen_at(loops.front()->io, common.options)},
          pause{loops.front()->io},
          port{acceptor.local_endpoint().port()},
          reserve{reserve_descriptor()} {}
    Impl(Impl const&) = delete;
    Impl& operator=(Impl const&) = delete;
    ~Impl() { give_up_reserve(); }

    static std::vector<std::unique_ptr<detail::Loop>> make_loops(detail::Common& common) {
        auto made = std::vector<std::unique_ptr<detail::Loop>>{};
        for (auto i = 0; i < std::max(common.options.threads, 1); ++i)
            made.push_back(std::make_unique<detail::Loop>(common));
        return made;
    }

    asio::awaitable<void> accept();
    void admit(detail::Loop& loop, tcp::socket socket);
    void turn_away(int socket, ErrorKind why);
    void shed();
    void give_up_reserve() {
        if (reserve >= 0) ::close(std::exchange(reserve, -1));
    }
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
    int reserve = -1;
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
        if (is_out_of_descriptors(error)) shed();
        // Out of descriptors or memory: trying again at once would spin at full load just when others need the CPU.
        wait = std::clamp(wait * 2, milliseconds{10}, milliseconds{1000});
        pause.expires_after(wait);
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
}

void Server::Impl::admit(detail::Loop& loop, tcp::socket socket) {
    auto error = error_code{};
    auto const endpoint = socket.remote_endpoint(error);
    if (error) return;  // gone before it was looked at
    auto peer = endpoint.address().to_string();
    if (auto const refused = common.take_in(peer)) {
        turn_away(socket.native_handle(), *refused);
        return;
    }
    // Made and run on its own loop's thread: only there may the loop's list of sessions change.
    asio::post(loop.io, [&loop, taken = std::move(socket), from = std::move(peer)]() mutable {
        auto const& certificates = loop.common.options.certificates;
        auto tls = certificates ? certificates->greet(taken.native_handle()) : nullptr;
        if (certificates && !tls) return loop.common.let_go(from);  // no memory for it: never plain where TLS was meant
        auto link = detail::Link{std::move(taken), std::move(tls)};
        auto session = std::make_shared<detail::Session>(loop, std::move(link), std::move(from), certificates != nullptr);
        asio::co_spawn(loop.io, detail::Session::live(std::move(session)), asio::detached);
    });
}

/// Says why if the socket takes it without waiting and no TLS stands between. The socket stays its owner's.
void Server::Impl::turn_away(int socket, ErrorKind why) {
    ++common.turned_away;
    if (common.options.certificates) return;
    auto const response = common.error(why, nullptr);
    auto text = std::string{};
    append_head(text, response, {.request_id = "-", .date = http_date(std::time(nullptr)), .keep_alive = false});
    text += response.body;
    auto const sent = ::send(socket, text.data(), text.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0) ::shutdown(socket, SHUT_WR);
}

/// No descriptor is left. Those who wait at the door are told at once, one by one through the reserve, instead of hanging
/// until somebody leaves.
void Server::Impl::shed() {
    give_up_reserve();
    for (auto told = 0; told < shed_at_once; ++told) {
        auto const socket = ::accept4(acceptor.native_handle(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0) break;
        turn_away(socket, ErrorKind::overloaded);
        ::close(socket);
    }
    reserve = reserve_descriptor();
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

std::uint64_t Server::turned_away() const { return impl_->common.turned_away; }

}  // namespace choso::http
