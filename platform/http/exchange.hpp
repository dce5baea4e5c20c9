#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/mailbox.hpp"
#include "platform/http/responder.hpp"
#include "platform/http/router.hpp"

namespace choso::http::detail {

class Session;

/// What the bodies of all requests in work hold together, in bytes.
using BodyBytes = std::shared_ptr<std::atomic<std::size_t>>;

/// One request's part of it; given back when the request is done with. One thread.
class BodyShare {
 public:
    BodyShare() = default;
    BodyShare(BodyShare const&) = delete;
    BodyShare& operator=(BodyShare const&) = delete;
    ~BodyShare() {
        if (all_) *all_ -= held_;
    }
    /// Counts `bytes` more; false, and counts them all the same, if all together are above `bytes_max` then.
    [[nodiscard]] bool take(BodyBytes const& all, std::size_t bytes, std::size_t bytes_max) {
        all_ = all;
        held_ += bytes;
        return (*all += bytes) <= bytes_max;
    }

 private:
    BodyBytes all_;
    std::size_t held_ = 0;
};

/// One request and its answer on the way back: what a Responder holds and a Session waits for. Whoever moves `state`
/// off `pending` first decides; the answering thread fills the answer and then mails it, so the loop's thread reads it
/// after the mailbox's lock.
class Exchange final : public Reply, public Mail, public std::enable_shared_from_this<Exchange> {
 public:
    Exchange(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Session> session)
        : mailbox_{std::move(mailbox)}, session_{std::move(session)} {}

    void answer(Response given) override;
    void stream(StreamStart given) override;
    void drop() override;
    [[nodiscard]] bool abandoned() const override { return state_.load() == State::abandoned; }
    [[nodiscard]] Request const& request() const override { return request_; }

    void deliver() override;

    /// Nobody waits any more. False if an answer is already on its way.
    bool abandon();

    // The loop's thread only, except that the answering thread writes `response`, `start`, `dropped` before mailing.
    Request request_{};
    BodyShare body_share;
    Route const* route = nullptr;
    std::chrono::steady_clock::time_point began{};
    int minor = 1;
    bool keep_alive = false;
    bool ready = false;
    bool dropped = false;
    Response response{};
    std::optional<StreamStart> start{};
    std::optional<ErrorKind> error{};
    std::string detail{};

 private:
    enum class State : std::uint8_t { pending, answered, abandoned };
    bool leave_pending(State to);

    std::shared_ptr<Mailbox> mailbox_;
    std::weak_ptr<Session> session_;
    std::atomic<State> state_{State::pending};
};

}  // namespace choso::http::detail
