#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bucket.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"

namespace choso::postgres {

/// Raw bytes for a bytea parameter (a string_view would be text).
struct Bytes {
    std::string_view data;
};

/// A column of an `unnest($n::type[], …)`: rows are appended one at a time, NULL by `std::nullopt`.
/// Encoded as PostgreSQL's binary array while it grows; `clear()` keeps the memory.
class Array {
 public:
    enum class Type { int2, int4, int8, boolean, text, bytea, uuid, timestamptz };

    explicit Array(Type type) : type_{type} {}

    void add_null();
    void add(std::int16_t value);
    void add(std::int32_t value);
    void add(std::int64_t value);
    void add(bool value);
    void add(std::string_view text);
    void add(char const* text) { add(std::string_view{text}); }
    void add(std::string const& text) { add(std::string_view{text}); }
    void add(Bytes bytes);
    void add(Uuid const& uuid);
    void add(Instant at);
    void add(Bucket bucket) { add(bucket.number()); }
    void add(Money money) { add(money.dong()); }
    template <class Tag>
    void add(Id<Tag> const& id) { add(id.uuid()); }
    template <class T>
    void add(std::optional<T> const& value) {
        if (value) add(*value);
        else add_null();
    }

    [[nodiscard]] std::size_t size() const { return count_; }
    [[nodiscard]] bool empty() const { return count_ == 0; }

 private:
    friend class Params;
    void length(std::uint32_t bytes);

    Type type_;
    bool has_null_ = false;
    std::size_t count_ = 0;
    std::string elements_;
};

/// The parameters of one statement, in the order of `$1, $2, …`, all binary.
class Params {
 public:
    Params() = default;
    template <class... T>
    static Params of(T const&... values) {
        Params out;
        (out.add(values), ...);
        return out;
    }

    Params& add(std::int16_t value);
    Params& add(std::int32_t value);
    Params& add(std::int64_t value);
    Params& add(bool value);
    Params& add(std::string_view text);
    Params& add(char const* text) { return add(std::string_view{text}); }
    Params& add(std::string const& text) { return add(std::string_view{text}); }
    Params& add(Bytes bytes);
    Params& add(Uuid const& uuid);
    Params& add(Instant at);
    Params& add(Array const& array);
    Params& add(Bucket bucket) { return add(bucket.number()); }
    Params& add(Money money) { return add(money.dong()); }
    template <class Tag>
    Params& add(Id<Tag> const& id) { return add(id.uuid()); }
    template <class T>
    Params& add(std::optional<T> const& value) {
        if (value) return add(*value);
        return add_null();
    }
    /// NULL of a type the server infers.
    Params& add_null();

    [[nodiscard]] int count() const { return static_cast<int>(types_.size()); }

 private:
    friend class Connection;
    friend class Pipeline;
    void put(std::uint32_t oid, std::string value);

    std::vector<std::uint32_t> types_;
    std::vector<std::optional<std::string>> values_;
};

}  // namespace choso::postgres
