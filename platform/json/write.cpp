#include <array>
#include <charconv>

#include "base/assert.hpp"
#include "platform/json/json.hpp"
#include "platform/json/utf8.hpp"

namespace choso::json {
namespace {

enum Class : std::uint8_t { plain, escaped, html_escaped, not_ascii };

constexpr std::array<Class, 256> classes = [] {
    auto out = std::array<Class, 256>{};
    for (std::size_t c = 0; c < 0x20; ++c) out[c] = escaped;
    for (std::size_t c = 0x80; c < 0x100; ++c) out[c] = not_ascii;
    out['"'] = out['\\'] = escaped;
    out['<'] = out['>'] = out['&'] = html_escaped;
    return out;
}();

constexpr std::string_view replacement = "\xEF\xBF\xBD";         // U+FFFD
constexpr std::string_view line_separator = "\xE2\x80\xA8";       // U+2028
constexpr std::string_view paragraph_separator = "\xE2\x80\xA9";  // U+2029

void append_escape(std::string& out, char c) {
    switch (c) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default: break;
    }
    constexpr std::string_view hex = "0123456789abcdef";
    auto const code = static_cast<unsigned char>(c);
    out += "\\u00";
    out += hex[code >> 4U];
    out += hex[code & 15U];
}

}  // namespace

bool Writer::in_object() const { return depth_ > 0 && ((objects_ >> static_cast<unsigned>(depth_ - 1)) & 1U) != 0; }

void Writer::before_value() {
    if (depth_ == 0) {
        CHOSO_ASSERT(!done_);
        return;
    }
    CHOSO_ASSERT(in_object() == has_key_);
    if (comma_ && !has_key_) out_ += ',';
    has_key_ = false;
}

void Writer::after_value() {
    comma_ = true;
    done_ = depth_ == 0;
}

void Writer::open(char bracket, bool is_object) {
    before_value();
    CHOSO_ASSERT(depth_ < depth_max);
    auto const bit = std::uint64_t{1} << static_cast<unsigned>(depth_);
    objects_ = is_object ? objects_ | bit : objects_ & ~bit;
    ++depth_;
    comma_ = false;
    out_ += bracket;
}

Writer& Writer::object() {
    open('{', true);
    return *this;
}

Writer& Writer::array() {
    open('[', false);
    return *this;
}

Writer& Writer::end() {
    CHOSO_ASSERT(depth_ > 0 && !has_key_);
    out_ += in_object() ? '}' : ']';
    --depth_;
    after_value();
    return *this;
}

Writer& Writer::key(std::string_view name) {
    CHOSO_ASSERT(in_object() && !has_key_);
    if (comma_) out_ += ',';
    quoted(name);
    out_ += ':';
    has_key_ = true;
    return *this;
}

Writer& Writer::value(std::string_view text) {
    before_value();
    quoted(text);
    after_value();
    return *this;
}

Writer& Writer::boolean(bool yes) { return raw(yes ? "true" : "false"); }

Writer& Writer::null() { return raw("null"); }

Writer& Writer::integer(std::int64_t number) {
    auto digits = std::array<char, 24>{};
    auto const done = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return raw({digits.data(), static_cast<std::size_t>(done.ptr - digits.data())});
}

Writer& Writer::raw(std::string_view json) {
    CHOSO_ASSERT(!json.empty());
    before_value();
    out_ += json;
    after_value();
    return *this;
}

Writer& Writer::value(Value const& tree) {
    if (auto const text = tree.as_string()) return value(*text);
    if (auto const number = tree.as_number_text()) return raw(*number);
    if (auto const yes = tree.as_bool()) return boolean(*yes);
    if (tree.is_null()) return null();
    if (tree.is_array()) {
        array();
        for (auto const& item : tree.items()) value(item);
        return end();
    }
    object();
    for (auto const& member : tree.members()) key(member.key).value(member.value);
    return end();
}

void Writer::quoted(std::string_view text) {
    out_ += '"';
    auto run = std::size_t{0};  // what stands from here to `at` is written as it is, in one piece
    auto at = std::size_t{0};
    auto const flush = [&] { out_.append(text, run, at - run); };
    while (at < text.size()) {
        auto const kind = classes[static_cast<unsigned char>(text[at])];
        if (kind == plain || (kind == html_escaped && escape_ == Escape::json)) {
            ++at;
        } else if (kind != not_ascii) {
            flush();
            append_escape(out_, text[at]);
            run = ++at;
        } else if (auto const length = utf8_length(text, at); length == 0) {
            flush();
            out_ += replacement;
            run = ++at;
        } else {
            auto const symbol = text.substr(at, length);
            if (escape_ == Escape::html && (symbol == line_separator || symbol == paragraph_separator)) {
                flush();
                out_ += symbol == line_separator ? "\\u2028" : "\\u2029";
                run = at + length;
            }
            at += length;
        }
    }
    flush();
    out_ += '"';
}

std::string to_text(Value const& value) {
    auto out = std::string{};
    Writer{out}.value(value);
    return out;
}

}  // namespace choso::json
