#pragma once
#include <deque>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "load-tests/support/http_driver.hpp"

namespace choso::load {

/// A payee of the demo province, as the generator needs it.
struct Payee {
    std::string merchant;
    std::string account;
};

/// The life of one payment over HTTP: POST a request, then one bank notice for its reference. Remembers everything the
/// gateway acknowledged, so that it can be looked for afterwards.
class LifeCycles {
 public:
    LifeCycles(std::uint16_t port, std::string api_key, std::string sepay_key, std::vector<Payee> payees);

    /// As many as fit into `seconds` over that many connections, each connection one after the other. Per second.
    [[nodiscard]] double closed_loop(double seconds, int connections);

    struct Latencies {
        std::vector<double> create_ms;
        std::vector<double> credit_ms;
        double achieved_per_s = 0;
    };
    /// Both calls at a fixed rate whatever the answers do; latency counts from the intended time of sending.
    [[nodiscard]] Latencies open_loop(double seconds, double per_second, int connections);

    struct Paid {
        std::string request;
        std::int64_t amount;
    };
    [[nodiscard]] std::vector<std::string> const& created() const { return created_; }
    [[nodiscard]] std::vector<Paid> const& paid() const { return paid_; }
    [[nodiscard]] std::int64_t refused() const { return refused_; }
    [[nodiscard]] std::map<int, std::int64_t> const& statuses() const { return statuses_; }

 private:
    struct Made {
        std::size_t payee;
        std::string request;
        std::string reference;
        std::int64_t amount;
    };
    [[nodiscard]] std::string create_bytes(std::size_t payee, std::int64_t amount);
    [[nodiscard]] std::string credit_bytes(Made const& made);
    [[nodiscard]] bool take_created(HttpDriver::Answer const& answer, std::size_t payee, std::int64_t amount, Made& made);
    void take_paid(HttpDriver::Answer const& answer, Made const& made);

    std::uint16_t port_;
    std::string api_key_, sepay_key_;
    std::vector<Payee> payees_;
    std::string run_;
    std::int64_t next_ = 0;
    std::vector<std::string> created_;
    std::vector<Paid> paid_;
    std::int64_t refused_ = 0;
    std::map<int, std::int64_t> statuses_;
};

}  // namespace choso::load
