#include "platform/gzip/gzip.hpp"

#include <zlib.h>

namespace choso::gzip {

std::optional<std::string> compress(std::string_view plain) {
    constexpr std::size_t most = 64U * 1024 * 1024;
    constexpr int window_bits = 15;
    constexpr int as_gzip = 16;  // added to the window's size: zlib's way to ask for gzip's head and tail
    constexpr int memory_level = 8;
    if (plain.size() > most) return std::nullopt;
    auto stream = z_stream{};
    if (deflateInit2(&stream, Z_BEST_SPEED + 5, Z_DEFLATED, window_bits + as_gzip, memory_level, Z_DEFAULT_STRATEGY) != Z_OK)
        return std::nullopt;
    auto out = std::string(deflateBound(&stream, plain.size()), '\0');
    // zlib reads through this pointer only; its type is older than const.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    auto const done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (!done) return std::nullopt;
    return out;
}

}  // namespace choso::gzip
