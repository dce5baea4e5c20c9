#include "platform/http/link.hpp"

#include <poll.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/socket_base.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace choso::http::detail {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

bool must_wait(tls::Step step) { return step == tls::Step::reads || step == tls::Step::writes; }

error_code error_of(tls::Step step) {
    switch (step) {
        case tls::Step::done: return {};
        case tls::Step::reads:
        case tls::Step::writes: return asio::error::would_block;
        case tls::Step::ended: return asio::error::eof;
        case tls::Step::failed: break;
    }
    return asio::error::connection_reset;
}

}  // namespace

Link::Link(asio::ip::tcp::socket socket, std::unique_ptr<tls::Session> tls) : socket_{std::move(socket)}, tls_{std::move(tls)} {
    auto error = error_code{};
    socket_.set_option(asio::ip::tcp::no_delay{true}, error);
    socket_.non_blocking(true, error);
}

asio::awaitable<Link::ErrorCode> Link::wait_for(tls::Step step) {
    auto error = error_code{};
    auto const side = step == tls::Step::writes ? asio::socket_base::wait_write : asio::socket_base::wait_read;
    co_await socket_.async_wait(side, asio::redirect_error(asio::use_awaitable, error));
    co_return error;
}

asio::awaitable<bool> Link::greet() {
    if (!tls_) co_return true;
    for (;;) {
        auto const step = tls_->handshake();
        if (!must_wait(step)) co_return step == tls::Step::done;
        auto const error = co_await wait_for(step);
        if (error) co_return false;
    }
}

asio::awaitable<std::size_t> Link::read_some(char* to, std::size_t bytes_max, ErrorCode& error) {
    if (!tls_) {
        auto const room = asio::buffer(to, bytes_max);
        co_return co_await socket_.async_read_some(room, asio::redirect_error(asio::use_awaitable, error));
    }
    for (;;) {
        auto const read = tls_->read(to, bytes_max);
        error = must_wait(read.step) ? error_code{} : error_of(read.step);
        if (!must_wait(read.step)) co_return read.bytes;
        error = co_await wait_for(read.step);
        if (error) co_return 0;
    }
}

asio::awaitable<std::size_t> Link::write_some(std::string_view first, std::string_view second, ErrorCode& error) {
    if (!tls_) {
        auto const buffers = std::array<asio::const_buffer, 2>{asio::buffer(first.data(), first.size()), asio::buffer(second.data(), second.size())};
        co_return co_await socket_.async_write_some(buffers, asio::redirect_error(asio::use_awaitable, error));
    }
    for (;;) {
        auto const written = tls_->write(first.empty() ? second : first);
        error = must_wait(written.step) ? error_code{} : error_of(written.step);
        if (!must_wait(written.step)) co_return written.bytes;
        error = co_await wait_for(written.step);
        if (error) co_return 0;
    }
}

std::size_t Link::try_read(char* to, std::size_t bytes_max, ErrorCode& error) {
    if (!tls_) return socket_.read_some(asio::buffer(to, bytes_max), error);
    auto const read = tls_->read(to, bytes_max);
    error = error_of(read.step);
    return read.bytes;
}

std::size_t Link::try_write(std::string_view bytes, ErrorCode& error) {
    if (!tls_) return socket_.write_some(asio::buffer(bytes.data(), bytes.size()), error);
    auto total = std::size_t{0};
    // A record at a time; what is left of a full socket must be given again as it is, which `total` sees to.
    while (total < bytes.size()) {
        auto const written = tls_->write(bytes.substr(total));
        error = error_of(written.step);
        if (error) break;
        total += written.bytes;
    }
    return total;
}

void Link::when_readable(std::function<void(ErrorCode const&)> then) {
    socket_.async_wait(asio::socket_base::wait_read, std::move(then));
}

bool Link::has_input() const {
    auto error = error_code{};
    return (tls_ && tls_->holds_input()) || socket_.available(error) > 0;
}

bool Link::peer_is_gone() {
    auto watched = pollfd{.fd = socket_.native_handle(), .events = 0, .revents = 0};
    return ::poll(&watched, 1, 0) == 1 && (watched.revents & (POLLERR | POLLHUP)) != 0;
}

void Link::bound_send_buffer(int bytes) {
    auto error = error_code{};
    socket_.set_option(asio::socket_base::send_buffer_size{bytes}, error);
}

void Link::cancel() {
    auto error = error_code{};
    socket_.cancel(error);
}

void Link::finish_sending() {
    if (tls_) tls_->say_goodbye();
    auto error = error_code{};
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
}

void Link::reset() {
    auto error = error_code{};
    socket_.set_option(asio::socket_base::linger{true, 0}, error);
    close();
}

void Link::close() {
    auto error = error_code{};
    socket_.close(error);
}

}  // namespace choso::http::detail
