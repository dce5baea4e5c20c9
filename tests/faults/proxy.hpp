#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace choso::faults {

/// What happens to the next COMMIT of a lane.
enum class CommitFault {
    none,
    answer_lost,      ///< it is carried out; its answer is dropped and both sides are closed
    commit_lost,      ///< it never reaches the server; both sides are closed
    answer_withheld,  ///< it is carried out; nothing more is heard, the connection stays open
    commit_withheld,  ///< it never reaches the server; nothing more is heard, the connection stays open
};

/// A TCP proxy before PostgreSQL that knows of its protocol (version 3, "Message Flow") as much as it takes to find the
/// Bind of a prepared statement whose name begins with `commit`. Threads of its own; ended by the destructor.
class Proxy {
 public:
    /// `server_url`: a database URL with 127.0.0.1 and a port.
    explicit Proxy(std::string const& server_url);
    Proxy(Proxy const&) = delete;
    Proxy& operator=(Proxy const&) = delete;
    ~Proxy();

    /// The same URL through this proxy.
    [[nodiscard]] std::string const& url() const { return url_; }
    /// The next COMMIT, of whichever connection, meets this fault; once.
    void arm(CommitFault fault) { armed_ = fault; }
    /// COMMITs that met a fault; COMMITs that passed.
    [[nodiscard]] int hits() const { return hits_; }
    [[nodiscard]] int passed() const { return passed_; }

 private:
    class Link;
    void listen();

    std::uint16_t server_port_ = 0;
    std::string url_;
    int listener_ = -1;
    std::atomic<CommitFault> armed_{CommitFault::none};
    std::atomic<int> hits_{0};
    std::atomic<int> passed_{0};
    std::atomic<bool> ending_{false};
    std::vector<std::unique_ptr<Link>> links_;
    std::thread thread_;
};

}  // namespace choso::faults
