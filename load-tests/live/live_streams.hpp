#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace choso::load {

/// Thousands of stall pages' live streams in one thread. Each is opened as a browser does: the stall's link gives the
/// cookie, the cookie opens the stream. Throws std::runtime_error where the gateway does not answer as it must.
class LiveStreams {
 public:
    struct Event {
        std::size_t stream;
        std::string_view type;
        std::string_view data;
    };

    LiveStreams(std::uint16_t port, std::function<void(Event const&)> heard);
    LiveStreams(LiveStreams const&) = delete;
    LiveStreams& operator=(LiveStreams const&) = delete;
    ~LiveStreams();

    /// Begins to open one; its number is the count before. At most some hundred should be on their way at once.
    void open(std::string const& link_token);
    /// Opens one by key that listens to all the key may hear and will never be read.
    void open_slow(std::string const& api_key);
    /// Cuts a stream; `come_back` opens it again where it stopped.
    void cut(std::size_t stream);
    void come_back(std::size_t stream);

    /// Handles what has come, waiting up to `timeout_ms` for something.
    void poll(int timeout_ms);
    [[nodiscard]] std::size_t opening() const { return opening_; }
    [[nodiscard]] std::size_t live() const { return live_; }
    /// Streams that the gateway ended.
    [[nodiscard]] std::size_t ended() const { return ended_; }
    /// A merchant's `n` that was not the one after its last.
    [[nodiscard]] std::size_t gaps() const { return gaps_; }
    /// The slow ones that the gateway has cut.
    [[nodiscard]] std::size_t slow_cut() const;

 private:
    enum class State : std::uint8_t { closed, asks_cookie, asks_stream, live };
    struct Line {
        int socket = -1;
        State state = State::closed;
        std::int64_t n = 0;
        std::string in, cookie, last_id;
    };
    void connect(std::size_t at);
    void read(std::size_t at);
    void take(std::size_t at);
    void take_event(std::size_t at, std::string_view text);
    void close(Line& line);

    std::uint16_t port_;
    std::function<void(Event const&)> heard_;
    int epoll_ = -1;
    std::vector<Line> lines_;
    std::vector<int> slow_;
    std::size_t opening_ = 0, live_ = 0, ended_ = 0, gaps_ = 0;
};

}  // namespace choso::load
