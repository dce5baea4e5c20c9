#include <algorithm>
#include <charconv>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>

#include "platform/json/json.hpp"
#include "platform/json/utf8.hpp"

namespace choso::json {
namespace {

/// Reads bytes and leaves its place where the builder can see it: the SAX interface tells no offsets.
class Cursor {
 public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = char const*;
    using reference = char const&;

    explicit Cursor(char const*& at) : at_{&at} {}
    reference operator*() const { return **at_; }
    Cursor& operator++() {
        ++*at_;
        return *this;
    }
    // The input iterator's form asks for it; a copy shares the place, as input iterators may.
    Cursor operator++(int) {
        auto const before = *this;
        ++*at_;
        return before;
    }
    friend bool operator==(Cursor const& a, Cursor const& b) { return *a.at_ == *b.at_; }

 private:
    char const** at_;
};

bool has_forbidden_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
    });
}

bool has_duplicate(std::span<Member const> members) {
    constexpr std::size_t few = 12;
    if (members.size() <= few) {
        for (auto a = members.begin(); a != members.end(); ++a)
            for (auto b = members.begin(); b != a; ++b)
                if (a->key == b->key) return true;
        return false;
    }
    auto keys = std::vector<std::string_view>{};
    keys.reserve(members.size());
    for (auto const& member : members) keys.emplace_back(member.key);
    std::sort(keys.begin(), keys.end());
    return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

}  // namespace

/// nlohmann's SAX events made into our tree. Children wait on one stack until their parent closes, so a value is moved
/// once and no half-built parent is pointed to. An event that answers false stops the reading.
class TreeBuilder {
 public:
    using number_integer_t = std::int64_t;
    using number_unsigned_t = std::uint64_t;
    using number_float_t = double;
    using string_t = std::string;
    using binary_t = nlohmann::json::binary_t;

    explicit TreeBuilder(std::size_t depth_max) : depth_max_{depth_max} {
        waiting_.reserve(16);  // a request's usual size
        open_.reserve(4);
    }

    bool null() { return add({}); }
    bool boolean(bool yes) { return add(of(yes)); }
    bool number_integer(std::int64_t number) {
        // Zero is unsigned; the one signed zero is the one written "-0".
        return add(of(Value::Number{number == 0 ? "-0" : std::to_string(number)}));
    }
    bool number_unsigned(std::uint64_t number) { return add(of(Value::Number{std::to_string(number)})); }
    bool number_float(double /*unused: money is never a float*/, std::string const& text) {
        return add(of(Value::Number{text}));
    }
    bool string(std::string& text) {
        if (has_forbidden_control(text)) return fail(ParseErrorCode::control_character);
        return add(of(std::move(text)));
    }
    bool binary(binary_t& /*unused: JSON text has none*/) { return fail(ParseErrorCode::syntax); }

    bool key(std::string& name) {
        if (has_forbidden_control(name)) return fail(ParseErrorCode::control_character);
        open_.back().key = std::move(name);
        return true;
    }
    bool start_object(std::size_t /*unknown*/) { return open(); }
    bool start_array(std::size_t /*unknown*/) { return open(); }
    bool end_object() {
        auto members = std::vector<Member>{};
        auto const first = waiting_.begin() + static_cast<std::ptrdiff_t>(open_.back().first);
        members.assign(std::move_iterator{first}, std::move_iterator{waiting_.end()});
        if (has_duplicate(members)) return fail(ParseErrorCode::duplicate_key);
        return close(of(std::move(members)));
    }
    bool end_array() {
        auto items = std::vector<Value>{};
        items.reserve(waiting_.size() - open_.back().first);
        for (auto n = open_.back().first; n < waiting_.size(); ++n) items.push_back(std::move(waiting_[n].value));
        return close(of(std::move(items)));
    }
    bool parse_error(std::size_t /*position*/, std::string const& /*token*/, nlohmann::json::exception const& error) {
        // 406 is nlohmann's "number overflow"; a lone surrogate is told apart by its text alone.
        if (error.id == 406) return fail(ParseErrorCode::number_too_large);
        auto const surrogate = std::string_view{error.what()}.find("surrogate") != std::string_view::npos;
        if (surrogate) return fail(ParseErrorCode::lone_surrogate);
        auto const control = std::string_view{error.what()}.find("control character") != std::string_view::npos;
        return fail(control ? ParseErrorCode::control_character : ParseErrorCode::syntax);
    }

    [[nodiscard]] ParseErrorCode failure() const { return failure_; }
    [[nodiscard]] Value take() { return std::move(root_); }

 private:
    struct Open {
        std::size_t first;  ///< where its children start in waiting_
        std::string key;    ///< of the member being read, in an object
    };

    template <class T>
    static Value of(T data) {
        auto value = Value{};
        value.data_ = std::move(data);
        return value;
    }
    bool add(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
        } else {
            waiting_.push_back({std::move(open_.back().key), std::move(value)});
        }
        return true;
    }
    bool open() {
        if (open_.size() >= depth_max_) return fail(ParseErrorCode::too_deep);
        open_.push_back({waiting_.size(), {}});
        return true;
    }
    bool close(Value value) {
        waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(open_.back().first), waiting_.end());
        open_.pop_back();
        return add(std::move(value));
    }
    bool fail(ParseErrorCode code) {
        failure_ = code;
        return false;
    }

    std::size_t depth_max_;
    std::vector<Member> waiting_;
    std::vector<Open> open_;
    Value root_;
    ParseErrorCode failure_ = ParseErrorCode::syntax;
};

namespace {

std::string_view sentence(ParseErrorCode code) {
    switch (code) {
        case ParseErrorCode::too_long: return "The text is longer than allowed.";
        case ParseErrorCode::too_deep: return "Objects and arrays are nested deeper than allowed.";
        case ParseErrorCode::invalid_utf8: return "The text is not valid UTF-8.";
        case ParseErrorCode::syntax: return "The text is not valid JSON (RFC 8259).";
        case ParseErrorCode::duplicate_key: return "An object names the same member twice.";
        case ParseErrorCode::control_character: return "A string holds a control character other than \\n, \\r and \\t.";
        case ParseErrorCode::lone_surrogate: return "A string holds half of a surrogate pair.";
        case ParseErrorCode::number_too_large: return "A number is too large.";
    }
    return "The text is not valid JSON.";
}

ParseError error_at(ParseErrorCode code, std::size_t offset) {
    auto message = std::string{sentence(code)};
    message.back() = ' ';
    message += "(byte " + std::to_string(offset) + ").";
    return {code, offset, std::move(message)};
}

}  // namespace

std::string_view to_text(ParseErrorCode code) {
    switch (code) {
        case ParseErrorCode::too_long: return "too_long";
        case ParseErrorCode::too_deep: return "too_deep";
        case ParseErrorCode::invalid_utf8: return "invalid_utf8";
        case ParseErrorCode::syntax: return "syntax";
        case ParseErrorCode::duplicate_key: return "duplicate_key";
        case ParseErrorCode::control_character: return "control_character";
        case ParseErrorCode::lone_surrogate: return "lone_surrogate";
        case ParseErrorCode::number_too_large: return "number_too_large";
    }
    return "syntax";
}

Result<Value, ParseError> parse(std::string_view text, Limits limits) {
    if (text.size() > limits.bytes) return error_at(ParseErrorCode::too_long, limits.bytes);
    if (auto const bad = first_not_utf8(text); bad != text.size()) return error_at(ParseErrorCode::invalid_utf8, bad);
    // nlohmann takes a byte order mark; RFC 8259 §8.1 lets a reader refuse it, and one meaning is enough.
    if (text.starts_with("\xEF\xBB\xBF")) return error_at(ParseErrorCode::syntax, 0);

    auto const* at = text.data();
    auto const* end = text.data() + text.size();
    auto builder = TreeBuilder{limits.depth};
    auto const read = nlohmann::json::sax_parse(Cursor{at}, Cursor{end}, &builder);
    if (!read) return error_at(builder.failure(), static_cast<std::size_t>(at - text.data()));
    // nlohmann takes a NUL for the end of the text; what stands behind it would be read by others and not by us.
    if (auto const nul = text.find('\0'); nul != std::string_view::npos) return error_at(ParseErrorCode::syntax, nul);
    return builder.take();
}

std::optional<bool> Value::as_bool() const {
    auto const* yes = std::get_if<bool>(&data_);
    return yes != nullptr ? std::optional{*yes} : std::nullopt;
}

std::optional<std::int64_t> Value::as_int() const {
    auto const* number = std::get_if<Number>(&data_);
    if (number == nullptr) return std::nullopt;
    auto const* end = number->text.data() + number->text.size();
    std::int64_t value = 0;
    auto const [stop, failed] = std::from_chars(number->text.data(), end, value);
    if (failed != std::errc{} || stop != end) return std::nullopt;
    return value;
}

std::optional<std::string_view> Value::as_number_text() const {
    auto const* number = std::get_if<Number>(&data_);
    return number != nullptr ? std::optional<std::string_view>{number->text} : std::nullopt;
}

std::optional<std::string_view> Value::as_string() const {
    auto const* text = std::get_if<std::string>(&data_);
    return text != nullptr ? std::optional<std::string_view>{*text} : std::nullopt;
}

std::span<Value const> Value::items() const {
    auto const* items = std::get_if<std::vector<Value>>(&data_);
    return items != nullptr ? std::span<Value const>{*items} : std::span<Value const>{};
}

std::span<Member const> Value::members() const {
    auto const* members = std::get_if<std::vector<Member>>(&data_);
    return members != nullptr ? std::span<Member const>{*members} : std::span<Member const>{};
}

Value const* Value::find(std::string_view key) const {
    for (auto const& member : members())
        if (member.key == key) return &member.value;
    return nullptr;
}

}  // namespace choso::json
