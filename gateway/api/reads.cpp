#include "gateway/api/reads.hpp"

#include <sys/resource.h>
#include <unistd.h>
#include <utility>

#include "platform/log/log.hpp"

namespace choso::api {

Reads::Reads(ReadsOptions options) : options_{std::move(options)} {
    for (auto n = 0; n < options_.threads; ++n) threads_.emplace_back([this] { serve(); });
}

Reads::~Reads() {
    {
        auto const lock = std::lock_guard{mutex_};
        stopping_ = true;
    }
    waiting_.notify_all();
    for (auto& thread : threads_) thread.join();
}

void Reads::run(http::Responder respond, Audience audience, Work work) {
    auto const later = std::make_shared<http::Responder>(std::move(respond));
    ask(later, std::move(audience), [later, work = std::move(work)](postgres::Connection& connection) {
        auto response = work(connection);
        (*later)(std::move(response));
    });
}

void Reads::ask(std::shared_ptr<http::Responder> respond, Audience audience, Look look) {
    {
        auto const lock = std::lock_guard{mutex_};
        if (questions_.size() < options_.queue) {
            questions_.push_back({std::move(respond), std::move(audience), std::move(look)});
            waiting_.notify_one();
            return;
        }
    }
    (*respond)(to_response(Problem{Code::overloaded}, audience));
}

/// The problem to answer with, if the question could not be.
std::optional<Problem> Reads::answer(std::unique_ptr<postgres::Connection>& connection, Question const& question) const {
    for (auto last = false;; last = true) {
        try {
            if (!connection) {
                connection = std::make_unique<postgres::Connection>(options_.database_url);
                connection->execute("set statement_timeout = '2s'");  // two readers serve all: no question may hold one long
            }
            question.look(*connection);
            return std::nullopt;
        } catch (postgres::ConnectionLost const& lost) {
            connection.reset();
            if (!last) continue;
            log::warn("read_without_database", {{"why", lost.what()}}, question.audience.request_id);
            return Problem{Code::not_ready};
        } catch (postgres::StatementFailed const& failed) {
            log::error("read_failed", {{"why", failed.what()}, {"state", failed.state()}}, question.audience.request_id);
            return Problem{failed.is_transient() ? Code::not_ready : Code::internal};
        }
    }
}

void Reads::serve() {
    // Linux keeps the niceness of each thread; where it is refused the work is done all the same.
    if (options_.niceness > 0) (void)setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), options_.niceness);
    auto connection = std::unique_ptr<postgres::Connection>{};
    for (;;) {
        auto lock = std::unique_lock{mutex_};
        waiting_.wait(lock, [this] { return stopping_ || !questions_.empty(); });
        if (questions_.empty()) return;
        auto const question = std::move(questions_.front());
        questions_.pop_front();
        lock.unlock();
        if (question.respond->is_abandoned()) continue;
        try {
            if (auto const problem = answer(connection, question)) (*question.respond)(to_response(*problem, question.audience));
        } catch (std::exception const& broken) {
            log::error("read_broken", {{"why", broken.what()}}, question.audience.request_id);
        }
    }
}

}  // namespace choso::api
