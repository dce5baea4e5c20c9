#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/faults/gateway.hpp"

namespace choso::faults {

/// One life cycle as its client saw it: asked for under one key, paid by one notice. Each is sent, byte for byte the same,
/// until it is answered; `sent…` counts how often.
struct Life {
    std::size_t payee = 0;
    std::int64_t amount = 0;
    std::string key, create_body, notice_body;
    std::string request, reference;  ///< of the first acknowledgement; empty before
    bool paid = false;
    int sent_creates = 0;
    int sent_notices = 0;
};

/// Threads that ask and pay through faults: an answer that does not come, or one that says “try again”, is followed by
/// the same request under the same key, to the next gateway of the list. Whatever else is answered is a complaint.
/// One life in four asks again after it was acknowledged and complains if the answer differs.
class Clients {
 public:
    /// `ports`: gateways that serve the same database; client n begins with the n-th.
    Clients(Province const& province, std::vector<std::uint16_t> ports, int threads,
            std::chrono::milliseconds patience = std::chrono::seconds{35});
    Clients(Clients const&) = delete;
    Clients& operator=(Clients const&) = delete;
    ~Clients();

    /// Lets each finish the life it is in, which needs a gateway that runs. False when one did not within `limit`.
    [[nodiscard]] bool finish(std::chrono::milliseconds limit = std::chrono::minutes{2});
    /// Acknowledged so far, creations and payments together.
    [[nodiscard]] std::int64_t acknowledged() const { return acknowledged_; }
    /// Waits for `more` acknowledgements from now on.
    [[nodiscard]] bool advance(std::int64_t more, std::chrono::milliseconds limit = std::chrono::seconds{60}) const;

    /// After finish().
    [[nodiscard]] std::vector<Life> const& lives() const { return lives_; }
    [[nodiscard]] std::vector<std::string> const& complaints() const { return complaints_; }
    /// Requests sent again because the outcome was not known.
    [[nodiscard]] std::int64_t resent() const { return resent_; }

 private:
    struct Answered {
        int status = 0;
        std::string body;
    };
    void live(std::size_t thread);
    Life begin(std::size_t thread);
    void ask(Life& life, std::size_t& at, http::Client& client);
    void pay(Life& life, std::size_t& at, http::Client& client);
    Answered send(std::string const& target, std::string const& body, std::vector<http::Header> const& headers, int& sent, std::size_t& at,
                  http::Client& client);
    void complain(std::string what);

    Province const& province_;
    std::vector<std::uint16_t> ports_;
    std::chrono::milliseconds patience_;
    std::string run_;
    std::atomic<std::int64_t> next_{0};
    std::atomic<std::int64_t> acknowledged_{0};
    std::atomic<std::int64_t> resent_{0};
    std::atomic<int> under_way_{0};
    std::atomic<bool> finishing_{false};
    std::atomic<bool> abandoned_{false};
    std::mutex mutex_;
    std::vector<Life> lives_;
    std::vector<std::string> complaints_;
    std::vector<std::thread> threads_;
};

}  // namespace choso::faults
