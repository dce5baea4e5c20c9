#include "platform/http/live_stream.hpp"

#include <utility>

#include "platform/http/session.hpp"

namespace choso::http::detail {

void LiveStream::mail(std::unique_lock<std::mutex> lock) {
    if (std::exchange(mailed_, true)) return;
    lock.unlock();
    mailbox_->dispatch(shared_from_this());
}

bool LiveStream::send(std::string_view chunk) {
    auto lock = std::unique_lock{mutex_};
    if (state_ != State::open) return false;
    auto const fits = chunk.size() <= bytes_max_ && waiting_.size() + writing_ <= bytes_max_ - chunk.size();
    if (fits) {
        waiting_.append(chunk);
    } else {
        state_ = State::dropped;
        waiting_ = {};
    }
    mail(std::move(lock));
    return fits;
}

bool LiveStream::open() const {
    auto const lock = std::lock_guard{mutex_};
    return state_ == State::open;
}

void LiveStream::close() {
    auto lock = std::unique_lock{mutex_};
    if (state_ != State::open) return;
    state_ = State::closing;
    mail(std::move(lock));
}

void LiveStream::on_close(std::function<void()> callback) {
    {
        auto const lock = std::lock_guard{mutex_};
        if (state_ != State::finished) {
            callbacks_.push_back(std::move(callback));
            return;
        }
    }
    callback();
}

void LiveStream::deliver() {
    {
        auto const lock = std::lock_guard{mutex_};
        mailed_ = false;
    }
    auto const session = session_.lock();
    if (!session) return;
    if (dropped()) {
        session->cut();
    } else {
        session->wake();
    }
}

void LiveStream::take(std::string& out) {
    auto const lock = std::lock_guard{mutex_};
    out.swap(waiting_);
    writing_ = out.size();
}

bool LiveStream::ending() const {
    auto const lock = std::lock_guard{mutex_};
    return state_ != State::open && waiting_.empty();
}

bool LiveStream::dropped() const {
    auto const lock = std::lock_guard{mutex_};
    return state_ == State::dropped;
}

void LiveStream::finish() {
    auto callbacks = std::vector<std::function<void()>>{};
    {
        auto const lock = std::lock_guard{mutex_};
        if (std::exchange(state_, State::finished) == State::finished) return;
        callbacks.swap(callbacks_);
        waiting_ = {};
    }
    for (auto const& callback : callbacks) callback();
}

}  // namespace choso::http::detail
