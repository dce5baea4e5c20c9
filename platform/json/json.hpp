#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/money.hpp"
#include "base/result.hpp"

namespace choso::json {

struct Member;
class TreeBuilder;

/// One JSON value that was read: an immutable tree. It owns its texts, so the bytes it was read from may go;
/// views and pointers taken from it live as long as it does.
class Value {
 public:
    /// `null`.
    Value() = default;

    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(data_); }
    [[nodiscard]] bool is_bool() const { return std::holds_alternative<bool>(data_); }
    [[nodiscard]] bool is_number() const { return std::holds_alternative<Number>(data_); }
    [[nodiscard]] bool is_string() const { return std::holds_alternative<std::string>(data_); }
    [[nodiscard]] bool is_array() const { return std::holds_alternative<std::vector<Value>>(data_); }
    [[nodiscard]] bool is_object() const { return std::holds_alternative<std::vector<Member>>(data_); }

    [[nodiscard]] std::optional<bool> as_bool() const;
    /// A whole number written without fraction or exponent that fits 64 bits; `50000.0` and `5e4` are none.
    [[nodiscard]] std::optional<std::int64_t> as_int() const;
    /// Any number, exactly as it was written: nothing here ever goes through a float.
    [[nodiscard]] std::optional<std::string_view> as_number_text() const;
    [[nodiscard]] std::optional<std::string_view> as_string() const;

    /// An array's values; empty for everything else.
    [[nodiscard]] std::span<Value const> items() const;
    /// An object's members in the order they were written; empty for everything else.
    [[nodiscard]] std::span<Member const> members() const;
    /// The member of that name; nullptr if there is none or this is no object.
    [[nodiscard]] Value const* find(std::string_view key) const;

 private:
    friend class TreeBuilder;
    struct Number {
        std::string text;
    };
    std::variant<std::monostate, bool, Number, std::string, std::vector<Value>, std::vector<Member>> data_;
};

struct Member {
    std::string key;
    Value value;
};

/// Why a text was refused.
enum class ParseErrorCode {
    too_long,           ///< more bytes than the limit
    too_deep,           ///< objects and arrays nested deeper than the limit
    invalid_utf8,       ///< bytes that are not UTF-8 (RFC 3629)
    syntax,             ///< not RFC 8259
    duplicate_key,      ///< an object names a member twice: two readers could see two amounts
    control_character,  ///< U+0000–U+001F in a string, but for \n \r \t; PostgreSQL's text cannot hold NUL
    lone_surrogate,     ///< half of a \uD8xx\uDCxx pair
    number_too_large,   ///< beyond what any reader could hold (1e999)
};
/// The code as snake_case text, for answers and logs.
[[nodiscard]] std::string_view to_text(ParseErrorCode code);

struct ParseError {
    ParseErrorCode code;
    std::size_t offset;   ///< bytes read when it was met
    std::string message;  ///< one English sentence for a developer; quotes nothing of the input
};

struct Limits {
    std::size_t depth = 32;
    std::size_t bytes = std::size_t{1} << 20;
};

/// Reads one JSON text (RFC 8259), strictly: no comments, no trailing comma, nothing after the value.
[[nodiscard]] Result<Value, ParseError> parse(std::string_view text, Limits limits = {});

/// How strings are written. `html` also escapes < > & U+2028 U+2029, for JSON that stands inside a page.
enum class Escape { json, html };

/// Appends JSON to a string as it goes; no tree in between. Breaking the grammar (a value without its key, an `end`
/// too many) is our own bug: CHOSO_ASSERT. Bytes that are not UTF-8 become U+FFFD.
///
///     auto out = std::string{};
///     Writer{out}.object().member("id", id.text()).member("amount", amount).key("tags").array().end().end();
class Writer {
 public:
    static constexpr int depth_max = 64;

    /// `out` must outlive the writer; what is in it already stays.
    explicit Writer(std::string& out, Escape escape = Escape::json) : out_{out}, escape_{escape} {}

    Writer& object();
    Writer& array();
    /// Closes the innermost object or array.
    Writer& end();
    Writer& key(std::string_view name);

    Writer& value(std::string_view text);
    Writer& value(std::string const& text) { return value(std::string_view{text}); }
    Writer& value(char const* text) { return value(std::string_view{text}); }
    template <std::same_as<bool> T>
    Writer& value(T yes) { return boolean(yes); }
    /// Whole numbers of any width; an unsigned one beyond 2⁶³−1 is our own bug.
    template <std::integral T>
        requires(!std::same_as<T, bool> && !std::same_as<T, char>)
    Writer& value(T number) {
        CHOSO_ASSERT(std::in_range<std::int64_t>(number));
        return integer(static_cast<std::int64_t>(number));
    }
    /// Whole đồng, as every interface of ours shows money.
    Writer& value(Money amount) { return integer(amount.dong()); }
    /// A value that was read, written again: numbers keep their text.
    Writer& value(Value const& tree);
    /// `null` if there is none.
    template <class T>
    Writer& value(std::optional<T> const& maybe) { return maybe ? value(*maybe) : null(); }
    Writer& null();
    /// A finished JSON value, appended as it is.
    Writer& raw(std::string_view json);

    template <class T>
    Writer& member(std::string_view name, T const& it) { return key(name).value(it); }

    /// True once exactly one whole value has been written.
    [[nodiscard]] bool complete() const { return depth_ == 0 && done_; }

 private:
    Writer& boolean(bool yes);
    Writer& integer(std::int64_t number);
    void before_value();
    void after_value();
    void open(char bracket, bool is_object);
    [[nodiscard]] bool in_object() const;
    void quoted(std::string_view text);

    std::string& out_;
    Escape escape_;
    std::uint64_t objects_ = 0;  ///< bit n: is level n an object?
    int depth_ = 0;
    bool comma_ = false;    ///< the innermost level holds something already
    bool has_key_ = false;  ///< a key waits for its value
    bool done_ = false;
};

/// A value as JSON text.
[[nodiscard]] std::string to_text(Value const& value);

}  // namespace choso::json
