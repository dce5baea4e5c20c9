#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.hpp"

namespace choso::http {

/// A live answer (server-sent events) that stays open until one side closes it. Every call may come from any thread.
/// What waits to be written is bounded (ServerOptions::stream_buffer_bytes_max): a reader too slow for it is dropped,
/// and finds out what it missed by `Last-Event-ID`.
class Stream {
 public:
    Stream() = default;
    Stream(Stream const&) = delete;
    Stream& operator=(Stream const&) = delete;
    virtual ~Stream() = default;

    /// Queues bytes as they are (see sse_event); what is queued at once leaves in one write. False if the stream is
    /// closed, or was just dropped because this would pass its bound.
    virtual bool send(std::string_view chunk) = 0;
    [[nodiscard]] virtual bool open() const = 0;
    /// Writes what is queued, then ends the answer.
    virtual void close() = 0;
    /// `callback` runs once when the stream has ended, whoever ended it: on the connection's thread, or at once here if
    /// it has ended already. It must not block.
    virtual void on_close(std::function<void()> callback) = 0;
};

/// Answer with a live stream. `headers` are added to `Content-Type: text/event-stream` and `Cache-Control: no-store`.
/// `attach` gets the stream on the connection's thread as soon as its head is on the way.
///
/// With `websocket_accept` (websocket.hpp) the answer is 101 instead and the connection speaks WebSocket from then on: what is
/// sent must be frames, the heart beats as a ping, and `receive` gets the client's bytes as they come, on the connection's
/// thread; it must not block.
struct StreamStart {
    std::vector<Header> headers{};
    std::string websocket_accept{};
    std::function<void(std::string_view)> receive{};
    std::function<void(std::shared_ptr<Stream>)> attach{};
};

/// One event in the text/event-stream format of the HTML standard. `event` and `id` may be empty and must be one line;
/// each line of `data` becomes a `data:` line.
[[nodiscard]] std::string sse_event(std::string_view event, std::string_view data, std::string_view id = {});

}  // namespace choso::http
