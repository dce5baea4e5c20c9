#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/money.hpp"

/// The process's log: one JSON object a line.
///
///     log::info("payment_received", {{"amount", amount}, {"account", log::account(number)}}, request_id);
///     {"ts":"2026-11-21T14:02:37.123456+07:00","level":"info","event":"payment_received","request_id":"…",…}
///
/// Any thread may write; a line is one write(2). Writing never throws and takes no lock;
/// a line that cannot be written is counted in `lost()`.
namespace choso::log {

enum class Level : std::uint8_t { debug, info, warn, error };
[[nodiscard]] std::string_view to_text(Level level);
/// `debug`, `info`, `warn` or `error`, as the configuration says it.
[[nodiscard]] std::optional<Level> parse_level(std::string_view text);

/// An account number that will be shown as `••••••6789`.
struct Account {
    std::string_view number;
};
[[nodiscard]] constexpr Account account(std::string_view number) { return {number}; }

/// A name and a value. Texts are scrubbed of what looks like a key or an account and cut at 2 KiB; the value of a
/// field named like a secret is not shown at all (scrub.hpp). Numbers, money too, are shown as they are.
/// A field only looks at its texts: it must not outlive the call it is written in.
class Field {
 public:
    using Data = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string_view, Account>;

    Field(std::string_view key, std::string_view text) : key_{key}, data_{text} {}
    Field(std::string_view key, std::string const& text) : key_{key}, data_{std::string_view{text}} {}
    Field(std::string_view key, char const* text) : key_{key}, data_{std::string_view{text}} {}
    Field(std::string_view key, std::same_as<bool> auto yes) : key_{key}, data_{yes} {}
    template <std::integral T>
        requires(!std::same_as<T, bool> && !std::same_as<T, char>)
    Field(std::string_view key, T number) : key_{key}, data_{static_cast<std::int64_t>(number)} {}
    Field(std::string_view key, double number) : key_{key}, data_{number} {}
    Field(std::string_view key, Money amount) : key_{key}, data_{amount.dong()} {}
    Field(std::string_view key, Account number) : key_{key}, data_{number} {}
    Field(std::string_view key, std::nullptr_t) : key_{key}, data_{nullptr} {}

    [[nodiscard]] std::string_view key() const { return key_; }
    [[nodiscard]] Data const& data() const { return data_; }

 private:
    std::string_view key_;
    Data data_;
};
using Fields = std::initializer_list<Field>;

/// What happened, in snake_case: a literal, checked when it is compiled, so that lines can be counted by it.
class Event {
 public:
    consteval Event(char const* name) : name_{name} {  // NOLINT: meant to convert
        if (name_.empty() || name_.front() < 'a' || name_.front() > 'z') throw "an event starts with a letter";
        for (auto const c : name_)
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) throw "an event is snake_case";
    }
    [[nodiscard]] constexpr std::string_view name() const { return name_; }

 private:
    std::string_view name_;
};

/// Writes a line if the level is shown. `request_id` is left out when empty; at most 64 of [A-Za-z0-9._-] are shown.
void write(Level level, Event event, Fields fields, std::string_view request_id = {});

inline void debug(Event event, Fields fields = {}, std::string_view request_id = {}) {
    write(Level::debug, event, fields, request_id);
}
inline void info(Event event, Fields fields = {}, std::string_view request_id = {}) {
    write(Level::info, event, fields, request_id);
}
inline void warn(Event event, Fields fields = {}, std::string_view request_id = {}) {
    write(Level::warn, event, fields, request_id);
}
inline void error(Event event, Fields fields = {}, std::string_view request_id = {}) {
    write(Level::error, event, fields, request_id);
}

/// From which level on lines are shown; `info` until told.
void set_level(Level least);
[[nodiscard]] bool shows(Level level);
/// Where lines go; standard error until told. The descriptor stays the caller's and must stay open.
void set_output(int descriptor);
/// Lines that could not be written since the process started.
[[nodiscard]] std::uint64_t lost();

}  // namespace choso::log
