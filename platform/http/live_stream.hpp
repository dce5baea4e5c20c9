#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/mailbox.hpp"
#include "platform/http/stream.hpp"

namespace choso::http::detail {

class Session;

/// The queue between whoever sends and the connection that writes. `waiting + being written` never passes the bound.
class LiveStream final : public Stream, public Mail, public std::enable_shared_from_this<LiveStream> {
 public:
    LiveStream(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Session> session, std::size_t bytes_max)
        : mailbox_{std::move(mailbox)}, session_{std::move(session)}, bytes_max_{bytes_max} {}

    bool send(std::string_view chunk) override;
    [[nodiscard]] bool open() const override;
    void close() override;
    void on_close(std::function<void()> callback) override;

    void deliver() override;

    // For the session, on the loop's thread.

    /// Moves all that waits into `out` (empty) and counts it as being written until the next call.
    void take(std::string& out);
    /// Nothing more will come, once take() gives nothing.
    [[nodiscard]] bool ending() const;
    /// Too slow: to be cut at once, whatever waits.
    [[nodiscard]] bool dropped() const;
    /// The connection is done with it; runs the callbacks.
    void finish();

 private:
    enum class State { open, closing, dropped, finished };
    void mail(std::unique_lock<std::mutex> lock);

    std::shared_ptr<Mailbox> mailbox_;
    std::weak_ptr<Session> session_;
    std::size_t bytes_max_;
    mutable std::mutex mutex_{};
    State state_ = State::open;
    bool mailed_ = false;
    std::size_t writing_ = 0;
    std::string waiting_{};
    std::vector<std::function<void()>> callbacks_{};
};

}  // namespace choso::http::detail
