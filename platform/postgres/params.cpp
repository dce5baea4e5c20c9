#include "platform/postgres/params.hpp"

#include "base/assert.hpp"
#include "platform/postgres/wire.hpp"

namespace choso::postgres {
namespace {

struct Oids {
    std::uint32_t element;
    std::uint32_t array;
};

/// From PostgreSQL's pg_type.dat; these numbers never change.
Oids oids_of(Array::Type type) {
    switch (type) {
        case Array::Type::int2: return {21, 1005};
        case Array::Type::int4: return {23, 1007};
        case Array::Type::int8: return {20, 1016};
        case Array::Type::boolean: return {16, 1000};
        case Array::Type::text: return {25, 1009};
        case Array::Type::bytea: return {17, 1001};
        case Array::Type::uuid: return {2950, 2951};
        case Array::Type::timestamptz: return {1184, 1185};
    }
    return {0, 0};
}

}  // namespace

void Array::length(std::uint32_t bytes) {
    wire::put_u32(elements_, bytes);
    ++count_;
}

void Array::add_null() {
    length(0xffffffffU);
    has_null_ = true;
}

void Array::add(std::int16_t value) {
    CHOSO_ASSERT(type_ == Type::int2);
    length(2);
    wire::put_u16(elements_, static_cast<std::uint16_t>(value));
}

void Array::add(std::int32_t value) {
    CHOSO_ASSERT(type_ == Type::int4);
    length(4);
    wire::put_u32(elements_, static_cast<std::uint32_t>(value));
}

void Array::add(std::int64_t value) {
    CHOSO_ASSERT(type_ == Type::int8);
    length(8);
    wire::put_u64(elements_, static_cast<std::uint64_t>(value));
}

void Array::add(bool value) {
    CHOSO_ASSERT(type_ == Type::boolean);
    length(1);
    elements_ += value ? '\1' : '\0';
}

void Array::add(std::string_view text) {
    CHOSO_ASSERT(type_ == Type::text);
    length(static_cast<std::uint32_t>(text.size()));
    elements_ += text;
}

void Array::add(Bytes bytes) {
    CHOSO_ASSERT(type_ == Type::bytea);
    length(static_cast<std::uint32_t>(bytes.data.size()));
    elements_ += bytes.data;
}

void Array::add(Uuid const& uuid) {
    CHOSO_ASSERT(type_ == Type::uuid);
    length(16);
    elements_.append(reinterpret_cast<char const*>(uuid.data()), 16);
}

void Array::add(Instant at) {
    CHOSO_ASSERT(type_ == Type::timestamptz);
    length(8);
    wire::put_u64(elements_, wire::to_server_time(at));
}

void Params::put(std::uint32_t oid, std::string value) {
    types_.push_back(oid);
    values_.emplace_back(std::move(value));
}

Params& Params::add_null() {
    types_.push_back(0);
    values_.emplace_back(std::nullopt);
    return *this;
}

Params& Params::add(std::int16_t value) {
    std::string out;
    wire::put_u16(out, static_cast<std::uint16_t>(value));
    put(21, std::move(out));
    return *this;
}

Params& Params::add(std::int32_t value) {
    std::string out;
    wire::put_u32(out, static_cast<std::uint32_t>(value));
    put(23, std::move(out));
    return *this;
}

Params& Params::add(std::int64_t value) {
    std::string out;
    wire::put_u64(out, static_cast<std::uint64_t>(value));
    put(20, std::move(out));
    return *this;
}

Params& Params::add(bool value) {
    put(16, std::string(1, value ? '\1' : '\0'));
    return *this;
}

Params& Params::add(std::string_view text) {
    put(25, std::string{text});
    return *this;
}

Params& Params::add(Bytes bytes) {
    put(17, std::string{bytes.data});
    return *this;
}

Params& Params::add(Uuid const& uuid) {
    put(2950, std::string{reinterpret_cast<char const*>(uuid.data()), 16});
    return *this;
}

Params& Params::add(Instant at) {
    std::string out;
    wire::put_u64(out, wire::to_server_time(at));
    put(1184, std::move(out));
    return *this;
}

Params& Params::add(Array const& array) {
    auto const oids = oids_of(array.type_);
    std::string out;
    out.reserve(20 + array.elements_.size());
    // An empty array has no dimension at all.
    wire::put_u32(out, array.empty() ? 0 : 1);
    wire::put_u32(out, array.has_null_ ? 1 : 0);
    wire::put_u32(out, oids.element);
    if (!array.empty()) {
        wire::put_u32(out, static_cast<std::uint32_t>(array.count_));
        wire::put_u32(out, 1);
        out += array.elements_;
    }
    put(oids.array, std::move(out));
    return *this;
}

}  // namespace choso::postgres
