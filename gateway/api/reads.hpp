#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "gateway/api/problem.hpp"
#include "platform/http/responder.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::api {

struct ReadsOptions {
    std::string database_url;
    int threads = 2;
    std::size_t queue = 512;  ///< what may wait; one more is told 503
    int niceness = 0;         ///< of its threads: above 0, they run when nothing else wants to
};

/// A few connections for reading, each on a thread of its own, so that no question holds up the loop of a connection or
/// a lane of money.
class Reads {
 public:
    /// Reads and renders. May throw what postgres::Connection throws; run once more if the connection broke.
    using Work = std::function<http::Response(postgres::Connection&)>;
    /// Reads, then answers itself, now or later; what it throws it must throw before it has answered.
    using Look = std::function<void(postgres::Connection&)>;

    explicit Reads(ReadsOptions options);
    Reads(Reads const&) = delete;
    Reads& operator=(Reads const&) = delete;
    /// Answers what waits, then ends.
    ~Reads();

    /// Answers with what `work` returns, or a problem: 503 when too many wait or the database is away, 500 when it refused.
    void run(http::Responder respond, Audience audience, Work work);
    /// The same for a question that only begins an answer: `respond` is used here for problems alone.
    void ask(std::shared_ptr<http::Responder> respond, Audience audience, Look look);

 private:
    struct Question {
        std::shared_ptr<http::Responder> respond;
        Audience audience;
        Look look;
    };
    void serve();
    [[nodiscard]] std::optional<Problem> answer(std::unique_ptr<postgres::Connection>& connection, Question const& question) const;

    ReadsOptions options_;
    std::mutex mutex_;
    std::condition_variable waiting_;
    std::deque<Question> questions_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace choso::api
