#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "platform/http/exchange.hpp"
#include "platform/http/mailbox.hpp"
#include "platform/http/server.hpp"

namespace choso::http::detail {

class Session;

/// What all connections of a server share. Options, router and hooks never change after the start.
struct Common {
    Common(ServerOptions given, Router routes, Hooks hung_in)
        : options{std::move(given)}, router{std::move(routes)}, hooks{std::move(hung_in)} {}

    ServerOptions options;
    Router router;
    Hooks hooks;
    std::atomic<bool> draining{false};
    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> streams{0};
    BodyBytes body_bytes = std::make_shared<std::atomic<std::size_t>>(0);
    std::atomic<std::uint64_t> turned_away{0};
    std::mutex mutex{};
    std::condition_variable emptied{};  ///< a connection ended

    /// The server's own answer: the product's drawing with our status, or plain text if it has none or throws.
    [[nodiscard]] Response error(ErrorKind kind, Request const* request) const;

    /// Counts a connection of `address`, or says why it must be turned away.
    [[nodiscard]] std::optional<ErrorKind> take_in(std::string const& address);
    void let_go(std::string const& address);

 private:
    /// Under what name an address is counted; empty: it is not.
    [[nodiscard]] std::string counted_as(std::string const& address) const;
    std::unordered_map<std::string, std::size_t> by_address_{};  // under mutex
};

/// One thread's event loop, its connections and their clock: one ticker looks at all deadlines, so that a request
/// costs no timer and ten thousand quiet streams cost one pass over a list.
class Loop {
 public:
    explicit Loop(Common& shared);
    Loop(Loop const&) = delete;
    Loop& operator=(Loop const&) = delete;
    ~Loop();

    /// Runs until stopped; the loop belongs to this thread.
    void run();

    // On the loop's thread.
    void enter(Session& session);
    void leave(Session& session);
    void drain_all();
    void abort_all();
    [[nodiscard]] std::string const& date() const { return date_; }
    [[nodiscard]] std::string new_request_id();
    /// In [0, 1).
    [[nodiscard]] double random_part();

    Common& common;

 private:
    void tick();
    void arm_ticker();

    std::vector<Session*> sessions_{};
    std::mt19937_64 random_;
    std::chrono::milliseconds interval_;
    std::time_t date_at_ = 0;
    std::string date_{};

 public:
    // Destroyed first: it takes the waiting coroutines, and so the sessions, with it.
    boost::asio::io_context io{1};
    std::shared_ptr<Mailbox> mailbox;

 private:
    boost::asio::steady_timer ticker_;
};

}  // namespace choso::http::detail
