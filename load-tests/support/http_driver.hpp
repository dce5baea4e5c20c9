#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "load-tests/support/measure.hpp"

namespace choso::load {

/// Many keep-alive connections from one thread, without a library between: the generator must cost less than what it
/// measures. Whoever uses it gives whole requests as bytes and is handed status and body.
class HttpDriver {
 public:
    struct Answer {
        int status = 0;
        std::string_view body;
    };
    using Done = std::function<void(Answer const&)>;

    HttpDriver(std::uint16_t port, int connections);
    HttpDriver(HttpDriver const&) = delete;
    HttpDriver& operator=(HttpDriver const&) = delete;
    ~HttpDriver();

    /// True while a connection is idle.
    [[nodiscard]] bool has_idle() const { return !idle_.empty(); }
    [[nodiscard]] std::size_t in_flight() const { return lines_.size() - idle_.size(); }
    /// Sends on an idle connection. Throws std::runtime_error if the server closes it.
    void send(std::string request, Done done);
    /// Handles what has come, waiting up to `timeout_ms` for something.
    void poll(int timeout_ms);

 private:
    struct Line {
        int socket = -1;
        std::string in;
        Done done;
    };
    void read(std::size_t at);
    static void send_all(int socket, std::string_view bytes);

    int epoll_ = -1;
    std::vector<Line> lines_;
    std::deque<std::size_t> idle_;  ///< the longest idle first: none is left until the gateway closes it
};

}  // namespace choso::load
