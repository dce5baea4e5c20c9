#include "platform/http/body_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <functional>
#include <utility>

namespace choso::http {
namespace {

namespace beast_http = boost::beast::http;
using boost::system::error_code;
using Parser = beast_http::request_parser<beast_http::string_body>;

constexpr auto last_chunk_bytes_min = std::string_view{"0\r\n\r\n"}.size();
constexpr auto chunk_line_bytes_max = std::size_t{4 * 1024};

/// Beast and the gate must see the same frame; if they ever do not, neither is believed.
bool agrees(Parser const& parser, gate::Head const& head) {
    if (!parser.is_header_done()) return false;
    if (head.framing == gate::Framing::chunked) return parser.chunked() && !parser.content_length();
    auto const length = parser.content_length();
    return !parser.chunked() && length && *length == head.content_length;
}

/// Trailer fields are refused: nothing here reads them, and Beast would fold and bend them. `eaten` ends with the last
/// chunk, which Beast takes in one piece; without trailers the line before the final empty one is the chunk's own.
bool ends_without_trailers(std::string_view eaten) {
    if (!eaten.ends_with("\r\n\r\n")) return false;
    eaten.remove_suffix(4);
    auto const before = eaten.rfind('\n');
    auto const line = before == std::string_view::npos ? eaten : eaten.substr(before + 1);
    auto const size = line.substr(0, line.find(';'));
    return !size.empty() && size.find_first_not_of('0') == std::string_view::npos;
}

gate::Refusal refused(std::string_view rule) { return {ErrorKind::bad_request, rule}; }

}  // namespace

struct BodyReader::Impl {
    Parser parser{};
    std::function<void(std::uint64_t, boost::beast::string_view, error_code&)> on_chunk_header{};
    bool chunked = false;
    bool complete = false;
};

BodyReader::BodyReader(gate::Head const& head, std::string_view head_bytes, std::size_t bytes_max) : impl_{std::make_unique<Impl>()} {
    auto& parser = impl_->parser;
    impl_->chunked = head.framing == gate::Framing::chunked;
    parser.header_limit(static_cast<std::uint32_t>(head_bytes.size() + 1));
    parser.body_limit(bytes_max);
    impl_->on_chunk_header = [](std::uint64_t, auto extension, error_code& error) {
        if (!gate::is_chunk_extension({extension.data(), extension.size()})) error = beast_http::error::bad_chunk_extension;
    };
    parser.on_chunk_header(impl_->on_chunk_header);
    auto error = error_code{};
    auto const eaten = parser.put(boost::asio::buffer(head_bytes.data(), head_bytes.size()), error);
    if (error == beast_http::error::body_limit) {
        refusal_ = {ErrorKind::payload_too_large, "body"};
    } else if (error || eaten != head_bytes.size() || !agrees(parser, head)) {
        refusal_ = refused("the parsers disagree");
    }
    parser.eager(true);
    impl_->complete = !refusal_ && parser.is_done();
}

BodyReader::~BodyReader() = default;

bool BodyReader::complete() const { return impl_->complete; }

std::size_t BodyReader::feed(std::string_view arrived) {
    if (arrived.empty() || refusal_ || impl_->complete) return 0;
    // Beast 1.81 aborts by an assertion when the last chunk comes to it a second time in fewer than five bytes (`0 CR LF`,
    // then one more). No chunked body ends in fewer, so nothing is lost by waiting for them.
    if (impl_->chunked && arrived.size() < last_chunk_bytes_min) return 0;
    auto& parser = impl_->parser;
    auto error = error_code{};
    auto const eaten = parser.put(boost::asio::buffer(arrived.data(), arrived.size()), error);
    if (error && error != beast_http::error::need_more) {
        auto const too_large = error == beast_http::error::body_limit;
        refusal_ = too_large ? gate::Refusal{ErrorKind::payload_too_large, "body"} : refused("body");
    } else if (parser.is_done()) {
        if (impl_->chunked && !ends_without_trailers(arrived.substr(0, eaten))) {
            refusal_ = refused("trailers");
        } else {
            impl_->complete = true;
        }
    } else if (arrived.size() - eaten > chunk_line_bytes_max) {
        refusal_ = refused("chunk line too long");
    }
    return eaten;
}

std::string BodyReader::take() { return std::move(impl_->parser.get().body()); }

}  // namespace choso::http
