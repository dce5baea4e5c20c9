#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"

/// Configuration: TOML below `CHOSO_SECTION__KEY` variables below nothing; what may be set is declared in one table, and
/// whatever is not in it is an error that names the nearest key. Durations and sizes are whole numbers whose unit ends
/// the name (`timeout_ms`).
namespace choso::config {

using List = std::vector<std::string>;
using Value = std::variant<std::int64_t, bool, std::string, List>;

/// One key that may be set: `Key{"http.port", 8080, "Port of the one listener."}.between(1, 65535)`. The type is the
/// default's. The name is `section.key`, or deeper, of [a-z0-9_], never with `__`.
class Key {
 public:
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    Key(std::string name, T value, std::string doc)
        : Key{std::move(name), Value{static_cast<std::int64_t>(value)}, std::move(doc)} {}
    Key(std::string name, std::same_as<bool> auto value, std::string doc)
        : Key{std::move(name), Value{value}, std::move(doc)} {}
    Key(std::string name, char const* value, std::string doc)
        : Key{std::move(name), Value{std::string{value}}, std::move(doc)} {}
    Key(std::string name, std::string value, std::string doc)
        : Key{std::move(name), Value{std::move(value)}, std::move(doc)} {}
    Key(std::string name, List value, std::string doc)
        : Key{std::move(name), Value{std::move(value)}, std::move(doc)} {}

    /// Of a whole number: the least and the most, both allowed.
    [[nodiscard]] Key between(std::int64_t least, std::int64_t most) &&;
    /// Of a text or each text of a list: the only ones allowed.
    [[nodiscard]] Key one_of(List choices) &&;
    /// Must be set by the file or the environment; the default only tells the type and stands in examples.
    [[nodiscard]] Key required() &&;
    /// Never shown by `print`, nor named in an error.
    [[nodiscard]] Key secret() &&;

    [[nodiscard]] std::string const& name() const { return name_; }
    [[nodiscard]] std::string const& doc() const { return doc_; }
    [[nodiscard]] Value const& standard() const { return standard_; }
    [[nodiscard]] bool is_required() const { return required_; }
    [[nodiscard]] bool is_secret() const { return secret_; }
    /// `CHOSO_HTTP__PORT` for `http.port`.
    [[nodiscard]] std::string variable() const;
    /// What is wrong with a value of the right type, as the end of "http.port …"; nothing if it is allowed.
    [[nodiscard]] std::optional<std::string> complaint(Value const& value) const;

 private:
    Key(std::string name, Value value, std::string doc);

    std::string name_;
    Value standard_;
    std::string doc_;
    std::int64_t least_ = std::numeric_limits<std::int64_t>::min();
    std::int64_t most_ = std::numeric_limits<std::int64_t>::max();
    List choices_;
    bool required_ = false;
    bool secret_ = false;
};

/// All keys, in the order they are shown. A name declared twice, or a default outside its own limits, is our own bug.
class Schema {
 public:
    Schema(std::initializer_list<Key> keys) : Schema{std::vector<Key>{keys}} {}
    explicit Schema(std::vector<Key> keys);

    [[nodiscard]] std::vector<Key> const& keys() const { return keys_; }
    [[nodiscard]] Key const* find(std::string_view name) const;
    /// The key with the fewest edits (letters added, dropped, changed or swapped) from `name`.
    [[nodiscard]] Key const& nearest(std::string_view name) const;
    /// A TOML file with every key, its doc and its default, commented out.
    [[nodiscard]] std::string example() const;

 private:
    std::vector<Key> keys_;
};

/// Names and values of variables; only those that start with `CHOSO_` are looked at.
using Environment = std::vector<std::pair<std::string, std::string>>;
/// The process's own `CHOSO_…` variables.
[[nodiscard]] Environment process_environment();

/// Everything that is wrong, a line each, `choso.toml:12: http.prot is not a known key; did you mean http.port?`. Never
/// empty.
struct LoadErrors {
    std::vector<std::string> lines;
    [[nodiscard]] std::string text() const;
};

/// The effective configuration. Asking for a key that is not declared, or as another type, is our own bug.
class Config {
 public:
    [[nodiscard]] std::int64_t get_int(std::string_view key) const;
    [[nodiscard]] bool get_bool(std::string_view key) const;
    [[nodiscard]] std::string const& get_string(std::string_view key) const;
    [[nodiscard]] List const& get_list(std::string_view key) const;

    /// Where a value comes from: `default`, `choso.toml:12` or `CHOSO_HTTP__PORT`.
    [[nodiscard]] std::string const& origin(std::string_view key) const;
    /// Every key as TOML, a line each, with its origin as a comment; secrets and passwords inside URLs as `***`.
    [[nodiscard]] std::string print() const;

 private:
    friend class Loader;
    struct Entry {
        Value value;
        std::string origin;
        bool secret;
    };
    [[nodiscard]] Entry const& entry(std::string_view key) const;

    std::map<std::string, Entry, std::less<>> entries_;
    std::vector<std::string> order_;
};

/// Reads the file, if one is named (naming one that cannot be read is an error), then the environment over it. Lists are
/// arrays of texts in TOML and comma-separated in a variable; an empty variable is an empty list.
[[nodiscard]] Result<Config, LoadErrors> load(Schema const& schema, std::optional<std::filesystem::path> const& file,
                                              Environment const& environment = process_environment());

}  // namespace choso::config
