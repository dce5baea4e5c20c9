#pragma once
#include <atomic>
#include <string>
#include <vector>

#include "gateway/payments/core.hpp"

/// Drives the core without HTTP: the batch SQL bare, with as many lanes as the server has.
namespace choso::load {

struct BookRound {
    double creates_per_s = 0;
    double credits_per_s = 0;
    double lifecycles_per_s = 0;  ///< of one create and one credit each, done one kind after the other
    double mean_batch = 0;
    std::int64_t failed = 0;
};

/// `accounts` collectors spread over the buckets; each batch is at most `batch` commands.
class BookDriver {
 public:
    BookDriver(std::string database_url, int lanes, std::size_t batch, int accounts);
    /// As many life cycles as fit, half the time creating and half crediting; every command in flight is answered.
    [[nodiscard]] BookRound round(double seconds);

 private:
    struct Payee {
        payments::AccountFacts facts;
        MerchantId merchant;
        Bucket bucket;
    };
    double create(double seconds, std::vector<std::pair<std::size_t, Reference>>& made);
    double credit(double seconds, std::vector<std::pair<std::size_t, Reference>>& made);
    void wait_below(std::size_t limit);

    payments::Core core_;
    std::vector<Payee> payees_;
    std::size_t window_;
    std::atomic<std::int64_t> in_flight_{0};
    std::atomic<std::int64_t> failed_{0};
    std::int64_t next_ = 0;
};

}  // namespace choso::load
