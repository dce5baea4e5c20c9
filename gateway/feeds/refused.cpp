#include "gateway/feeds/refused.hpp"

#include <memory>
#include <utility>

#include "gateway/feeds/sql.hpp"
#include "platform/log/log.hpp"

namespace choso::feeds {
namespace {

constexpr std::size_t body_bytes_max = 64 * 1024;
constexpr std::size_t waiting_max = 256;
constexpr std::int64_t rows_kept = 10'000;
constexpr std::size_t trim_every = 100;

}  // namespace

bool KeepRate::take(std::chrono::steady_clock::time_point now) {
    if (taken_ == 0 || now - since_ >= std::chrono::minutes{1}) {
        since_ = now;
        taken_ = 0;
    }
    if (taken_ >= per_minute_) return false;
    ++taken_;
    return true;
}

RefusedNotices::RefusedNotices(std::string database_url) : database_url_{std::move(database_url)} {
    thread_ = std::thread{[this] { run(); }};
}

RefusedNotices::~RefusedNotices() {
    {
        auto const lock = std::lock_guard{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void RefusedNotices::keep(RefusedNotice notice, std::function<void()> done) {
    notice.body.resize(std::min(notice.body.size(), body_bytes_max));
    {
        auto const lock = std::lock_guard{mutex_};
        auto& rate = notice.feed ? known_ : unknown_;
        if (!stopping_ && waiting_.size() < waiting_max && rate.take(std::chrono::steady_clock::now())) {
            waiting_.push_back({std::move(notice), std::move(done)});
            wake_.notify_one();
            return;
        }
    }
    log::warn("refused_notice_not_kept", {{"reason", notice.reason}});
    done();
}

void RefusedNotices::store(std::unique_ptr<postgres::Connection>& connection, RefusedNotice const& notice) {
    static auto const insert = postgres::Statement{"feeds_keep_refused", std::string{sql::keep_refused}};
    static auto const trim = postgres::Statement{"feeds_trim_refused", std::string{sql::trim_refused}};
    if (!connection) connection = std::make_unique<postgres::Connection>(database_url_);
    connection->query(insert, postgres::Params::of(notice.feed, notice.reason, notice.remote, notice.headers, postgres::Bytes{notice.body}));
    if (stored_++ % trim_every != 0) return;
    for (auto const unknown : {true, false}) connection->query(trim, postgres::Params::of(unknown, rows_kept));
}

void RefusedNotices::run() {
    auto connection = std::unique_ptr<postgres::Connection>{};
    for (;;) {
        auto lock = std::unique_lock{mutex_};
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        auto const next = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        for (auto last = false;; last = true) {
            try {
                store(connection, next.notice);
                break;
            } catch (std::exception const& failed) {
                connection.reset();
                if (!last) continue;
                log::error("refused_notice_lost", {{"reason", next.notice.reason}, {"why", failed.what()}});
                break;
            }
        }
        next.done();
    }
}

}  // namespace choso::feeds
