#pragma once
#include <functional>
#include <memory>

#include "platform/http/message.hpp"
#include "platform/http/stream.hpp"

namespace choso::http {

namespace detail {
/// What a Responder answers into; the server implements it.
class Reply {
 public:
    Reply() = default;
    Reply(Reply const&) = delete;
    Reply& operator=(Reply const&) = delete;
    virtual ~Reply() = default;
    virtual void answer(Response response) = 0;
    virtual void stream(StreamStart start) = 0;
    virtual void drop() = 0;
    [[nodiscard]] virtual bool abandoned() const = 0;
    [[nodiscard]] virtual Request const& request() const = 0;
};
}  // namespace detail

/// The one answer to one request. Move-only; called once, now or later, from any thread. Let go uncalled, it answers
/// 500: nobody is left waiting. The request it belongs to lives until then.
class Responder {
 public:
    explicit Responder(std::shared_ptr<detail::Reply> reply) : reply_{std::move(reply)} {}
    Responder(Responder&&) noexcept = default;
    Responder& operator=(Responder&& other) noexcept;
    Responder(Responder const&) = delete;
    Responder& operator=(Responder const&) = delete;
    ~Responder();

    /// Asserts that it was not called before. After the connection is gone the answer goes nowhere, quietly.
    void operator()(Response response);
    void operator()(StreamStart start);

    /// True once nobody waits for the answer any more: the client's connection broke or the handler's time ran out.
    [[nodiscard]] bool is_abandoned() const;
    /// The request to answer; only before the call.
    [[nodiscard]] Request const& request() const;

 private:
    std::shared_ptr<detail::Reply> reply_;
};

/// Called on the connection's thread; must not block: long work goes to another thread together with the responder.
/// The request lives until the responder was called or let go. An exception thrown before that becomes a 500.
using Handler = std::function<void(Request const&, Responder)>;

}  // namespace choso::http
