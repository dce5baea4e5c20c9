#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "platform/http/message.hpp"

/// The strict gate: what may pass from the open internet to Beast's parser, which by itself is too lenient (two Hosts,
/// `Transfer-Encoding: xchunked` beside a Content-Length, obs-fold, …). Pure functions over the raw bytes of a
/// request's head; after RFC 9112, and where that leaves a choice, the narrower one. Every refusal closes the
/// connection, since nobody can say where the next request would begin.
namespace choso::http::gate {

struct Limits {
    std::size_t head_bytes_max = 16 * 1024;
    std::size_t target_bytes_max = 8 * 1024;
    std::size_t fields_max = 100;
};

enum class Framing : std::uint8_t { none, length, chunked };

/// A head that passed. Every view looks into the bytes that were read.
struct Head {
    Method method = Method::other;
    std::string_view target{};  ///< as written
    std::string_view path{};    ///< begins with `/`; `*` for OPTIONS's asterisk-form
    std::string_view query{};
    int minor = 1;                                                        ///< HTTP/1.minor
    std::vector<std::pair<std::string_view, std::string_view>> fields{};  ///< values trimmed
    Framing framing = Framing::none;
    std::uint64_t content_length = 0;  ///< bytes, when framing is `length`
    bool keep_alive = true;
    bool expects_continue = false;
};

struct Refusal {
    ErrorKind kind;
    std::string_view rule;  ///< the rule that was broken, for the log
};

/// Reads one head, from the request line to the blank line, both included.
[[nodiscard]] Result<Head, Refusal> read(std::string_view head, Limits const& limits = {});

/// Finds the end of a head while it arrives, looking at each byte once, and refuses at the first line that cannot be
/// HTTP, so that nobody waits for a blank line that will never come.
class Finder {
 public:
    /// `arrived` is the head from its first byte on, longer at each call. Returns the head's size in bytes, 0 if it is
    /// not complete yet, or why it never can be.
    [[nodiscard]] Result<std::size_t, Refusal> look(std::string_view arrived, Limits const& limits = {});

 private:
    std::size_t seen_ = 0;
    std::size_t line_ = 0;
};

/// May a chunk's extension pass: at most 256 bytes, printable (Beast would let 64 KiB and a bare LF through).
[[nodiscard]] bool is_chunk_extension(std::string_view extension);

}  // namespace choso::http::gate
