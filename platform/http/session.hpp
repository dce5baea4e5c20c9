#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/exchange.hpp"
#include "platform/http/gate.hpp"
#include "platform/http/link.hpp"
#include "platform/http/live_stream.hpp"
#include "platform/http/loop.hpp"

namespace choso::http::detail {

/// One connection: a coroutine that reads a request, has it answered, writes the answer, and begins anew. Everything
/// here runs on its loop's thread. Requests that arrived together are answered in order and leave in one write.
class Session : public std::enable_shared_from_this<Session> {
 public:
    using Clock = std::chrono::steady_clock;

    /// `peer` is the other end's address, counted already (Common::take_in).
    Session(Loop& loop, Link link, std::string peer, bool secure);
    Session(Session const&) = delete;
    Session& operator=(Session const&) = delete;
    ~Session();

    /// The connection's life. The coroutine owns the session.
    static boost::asio::awaitable<void> live(std::shared_ptr<Session> session);

    /// Something it may wait for has happened: an answer, bytes for its stream.
    void wake() { wake_.cancel(); }
    /// Looks at the deadline and the heartbeat.
    void tick(Clock::time_point now);
    /// The server stops: leave as soon as nothing is under way.
    void drain();
    /// Ends the connection now.
    void abort();
    /// The same for a peer that does not read: the kernel shall not keep what is left for it either.
    void cut();

    void set_place(std::size_t place) { place_ = place; }
    [[nodiscard]] std::size_t place() const { return place_; }

 private:
    enum class Phase : std::uint8_t { idle, head, body, handler, write, linger, stream };
    struct HeadRead {
        std::size_t bytes = 0;  ///< 0: there is none, the connection ends
        std::optional<gate::Refusal> refusal{};
    };

    boost::asio::awaitable<bool> serve_one();
    boost::asio::awaitable<HeadRead> read_head();
    boost::asio::awaitable<std::size_t> read_some(std::size_t bytes_max);
    boost::asio::awaitable<bool> read_body(Exchange& exchange, gate::Head const& head, std::size_t head_bytes);
    boost::asio::awaitable<void> await_answer(std::shared_ptr<Exchange> exchange);
    boost::asio::awaitable<void> stream(std::shared_ptr<Exchange> exchange);
    boost::asio::awaitable<void> pump(LiveStream& live);
    // Never `a && co_await b`: g++ 12 destroys b's temporary even when it was not made.
    boost::asio::awaitable<bool> flush(std::string_view more = {});
    boost::asio::awaitable<void> wait();
    boost::asio::awaitable<void> finish();

    [[nodiscard]] std::shared_ptr<Exchange> new_exchange();
    void fill_request(Exchange& exchange, gate::Head const& head);
    /// Finds the route, or answers for it (404, 405, OPTIONS). True if there is a handler to call.
    bool choose_route(Exchange& exchange, gate::Head const& head);
    [[nodiscard]] std::string client_of(gate::Head const& head) const;
    /// The product's word before the body is read.
    void ask_admission(Exchange& exchange);
    void refuse(gate::Refusal const& refusal);
    void fail(Exchange& exchange, ErrorKind kind, std::string_view detail = {});
    void dispatch(std::shared_ptr<Exchange> const& exchange);
    void append_answer(Exchange& exchange);
    void report(Exchange const& exchange);
    void enter(Phase phase, std::chrono::milliseconds time);
    [[nodiscard]] bool try_flush();
    [[nodiscard]] std::string_view unread() const { return std::string_view{in_}.substr(at_); }
    void watch_for_end();
    void rest_until_next_beat();

    Loop& loop_;
    Link link_;
    boost::asio::steady_timer wake_;
    std::string peer_;
    bool secure_;
    std::size_t place_ = 0;
    Phase phase_ = Phase::idle;
    bool is_new_ = true;
    bool expired_ = false;
    bool aborted_ = false;
    bool ended_ = false;  // the peer of a stream went away
    Clock::time_point deadline_ = Clock::time_point::max();
    Clock::time_point next_beat_ = Clock::time_point::max();
    std::string in_{};
    std::size_t at_ = 0;
    std::string out_{};
    std::size_t out_at_ = 0;
    std::shared_ptr<Exchange> running_{};
    std::shared_ptr<LiveStream> live_{};
    std::array<char, 512> arrived_{};
    std::function<void(std::string_view)> receive_{};
    std::string_view beat_ = ": \n\n";
};

}  // namespace choso::http::detail
