#include "merchants/directory_watch.hpp"

#include <optional>
#include <stdexcept>

#include "merchants/directory_reader.hpp"
#include "platform/log/log.hpp"

namespace choso::merchants {
namespace {

constexpr auto longest_wait = std::chrono::seconds{1};

postgres::ConnectionOptions connection_options() {
    postgres::ConnectionOptions options;
    options.application_name = "choso directory";
    options.connect_timeout = std::chrono::seconds{2};
    options.answer_timeout = std::chrono::seconds{10};
    return options;
}

}  // namespace

Instant AdvancedClock::now() const {
    return SystemClock{}.now() + std::chrono::microseconds{advance_us_.load(std::memory_order_relaxed)};
}

DirectoryWatch::DirectoryWatch(std::string database_url, AdvancedClock& clock, std::chrono::milliseconds poll)
    : database_url_{std::move(database_url)}, clock_{clock}, poll_{poll} {
    postgres::Connection connection{database_url_, connection_options()};
    installation_ = DirectoryReader::read_installation(connection);
    clock_.set_advance(DirectoryReader::read_state(connection).clock_advance);
    current_ = DirectoryReader::read(connection);
    thread_ = std::thread{[this] { run(); }};
}

DirectoryWatch::~DirectoryWatch() {
    {
        std::lock_guard const lock{mutex_};
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

std::shared_ptr<Directory const> DirectoryWatch::current() const {
    std::lock_guard const lock{mutex_};
    return current_;
}

bool DirectoryWatch::wait_for(std::int64_t version) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, longest_wait, [&] { return stopping_ || current_->version() >= version; }) &&
           current_->version() >= version;
}

void DirectoryWatch::run() {
    std::optional<postgres::Connection> connection;
    auto away = false;
    std::unique_lock lock{mutex_};
    while (!changed_.wait_for(lock, poll_, [this] { return stopping_; })) {
        auto const known = current_->version();
        lock.unlock();
        std::shared_ptr<Directory const> newer;
        try {
            if (!connection) connection.emplace(database_url_, connection_options());
            auto const state = DirectoryReader::read_state(*connection);
            clock_.set_advance(state.clock_advance);
            if (state.version != known) newer = DirectoryReader::read(*connection);
            if (away) log::info("directory_back", {{"version", state.version}});
            away = false;
        } catch (std::exception const& failure) {
            // The last version serves. Told once, not four times a second.
            if (!away) log::warn("directory_away", {{"error", failure.what()}});
            away = true;
            connection.reset();
        }
        lock.lock();
        if (!newer) continue;
        current_ = std::move(newer);
        changed_.notify_all();
    }
}

}  // namespace choso::merchants
