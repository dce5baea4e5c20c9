#pragma once
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/mailbox.hpp"
#include "platform/http/responder.hpp"
#include "platform/http/router.hpp"

namespace choso::http::detail {

class Session;

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
