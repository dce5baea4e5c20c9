#pragma once
#include <optional>
#include <utility>
#include <variant>

#include "base/assert.hpp"

namespace choso {

/// A value, or the reason there is none. `E` is an enum or a small struct; the two types must differ.
template <class T, class E>
class [[nodiscard]] Result {
 public:
    Result(T value) : state_{std::in_place_index<0>, std::move(value)} {}  // NOLINT: meant to convert
    Result(E error) : state_{std::in_place_index<1>, std::move(error)} {}  // NOLINT: meant to convert

    [[nodiscard]] bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    [[nodiscard]] T const& value() const& { CHOSO_ASSERT(ok()); return std::get<0>(state_); }
    [[nodiscard]] T& value() & { CHOSO_ASSERT(ok()); return std::get<0>(state_); }
    [[nodiscard]] T&& value() && { CHOSO_ASSERT(ok()); return std::get<0>(std::move(state_)); }
    [[nodiscard]] E const& error() const { CHOSO_ASSERT(!ok()); return std::get<1>(state_); }

    T const& operator*() const& { return value(); }
    T const* operator->() const { return &value(); }

 private:
    std::variant<T, E> state_;
};

}  // namespace choso
