#pragma once
#include <cstdint>
#include <string>

#include "base/clock.hpp"

/// PostgreSQL's binary forms: network byte order, times in microseconds since 2000-01-01 UTC.
namespace choso::postgres::wire {

inline void put_u16(std::string& out, std::uint16_t v) {
    out += static_cast<char>(v >> 8U);
    out += static_cast<char>(v);
}

inline void put_u32(std::string& out, std::uint32_t v) {
    put_u16(out, static_cast<std::uint16_t>(v >> 16U));
    put_u16(out, static_cast<std::uint16_t>(v));
}

inline void put_u64(std::string& out, std::uint64_t v) {
    put_u32(out, static_cast<std::uint32_t>(v >> 32U));
    put_u32(out, static_cast<std::uint32_t>(v));
}

inline std::uint64_t get(char const* in, int bytes) {
    std::uint64_t v = 0;
    for (auto i = 0; i < bytes; ++i) v = (v << 8U) | static_cast<unsigned char>(in[i]);
    return v;
}

inline constexpr auto epoch_offset_us = std::int64_t{946'684'800} * 1'000'000;

inline std::uint64_t to_server_time(Instant at) {
    return static_cast<std::uint64_t>(at.time_since_epoch().count() - epoch_offset_us);
}

inline Instant from_server_time(std::uint64_t v) {
    return Instant{std::chrono::microseconds{static_cast<std::int64_t>(v) + epoch_offset_us}};
}

}  // namespace choso::postgres::wire
