#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

#include "platform/tls/tls.hpp"

namespace choso::http::detail {

/// A connection's bytes, plain or through TLS: the one stream type that sessions know, so that they are compiled once.
/// On its loop's thread only. One read and one write may wait at a time.
class Link {
 public:
    using ErrorCode = boost::system::error_code;

    /// `tls` is null for a plain connection.
    Link(boost::asio::ip::tcp::socket socket, std::unique_ptr<tls::Session> tls);

    /// TLS's handshake; nothing for a plain connection. False: the peer speaks something else, or went.
    boost::asio::awaitable<bool> greet();
    /// At least one byte, or why not; `eof` when the peer has finished in order.
    boost::asio::awaitable<std::size_t> read_some(char* to, std::size_t bytes_max, ErrorCode& error);
    /// At least one byte of `first` and then `second`, or why not.
    boost::asio::awaitable<std::size_t> write_some(std::string_view first, std::string_view second, ErrorCode& error);
    /// What can be done without waiting; `would_block` if nothing can.
    std::size_t try_read(char* to, std::size_t bytes_max, ErrorCode& error);
    std::size_t try_write(std::string_view bytes, ErrorCode& error);
    /// `then` runs when the socket has something to read, or has ended, or with an error.
    void when_readable(std::function<void(ErrorCode const&)> then);

    [[nodiscard]] bool has_input() const;
    /// Reset or closed both ways; a client that only finished sending is still there.
    [[nodiscard]] bool peer_is_gone();
    void bound_send_buffer(int bytes);
    /// What waits ends with `operation_aborted`.
    void cancel();
    /// Nothing more will be sent; what the peer still says can be read.
    void finish_sending();
    void close();
    /// Closes with a reset: what the peer has not read is forgotten at once, here and in the kernel.
    void reset();

 private:
    boost::asio::awaitable<ErrorCode> wait_for(tls::Step step);

    boost::asio::ip::tcp::socket socket_;
    std::unique_ptr<tls::Session> tls_;
};

}  // namespace choso::http::detail
