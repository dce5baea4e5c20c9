#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace choso::qr {

/// What a length counts. The standard says characters (EMV QRCPS MPM 1.1 §4.4.1.1); some generators count bytes.
enum class Counting : std::uint8_t { characters, bytes };

/// One data object: two digits of id, two of length, then the value.
struct Element {
    int id = 0;              ///< 0–99
    std::string_view value;  ///< points into what was read
    std::size_t offset = 0;  ///< byte at which the id stands, counted from the start of the whole payload

    [[nodiscard]] std::size_t value_offset() const { return offset + 4; }
};

/// Why reading stopped before the end.
enum class TlvFault : std::uint8_t {
    bad_header,  ///< id and length are not four digits
    truncated,   ///< the length goes past the end
    trailing,    ///< fewer than four characters are left
    split_utf8,  ///< a length that counts bytes ends inside a character
};

/// The objects of one level, in their order, doubled and unknown ones included. Where `fault` is set they are those
/// that stood before it.
struct Tlv {
    struct Fault {
        TlvFault what;
        std::size_t offset;     ///< byte, counted as Element::offset
        std::optional<int> id;  ///< of the object that is truncated or split
    };
    std::vector<Element> elements;
    std::optional<Fault> fault;

    /// The first object with this id; nullptr if there is none.
    [[nodiscard]] Element const* find(int id) const;
};

/// Walks one level of objects; a template is opened by walking its value with `offset` = its value_offset().
/// Never recurses and never loses anything. `text` may hold any bytes; one that is not UTF-8 counts as a character of
/// its own. `offset` is where `text` begins in the payload. `text` must outlive the cursor and its elements.
class TlvCursor {
 public:
    TlvCursor(std::string_view text, std::size_t offset, Counting counting)
        : at_{text.data()}, end_{text.data() + text.size()}, offset_{offset}, counting_{counting} {}

    /// The next object; false at the end of the level, or where its structure breaks (then fault() says why).
    bool next(Element& element) {
        if (at_ == end_) return false;
        auto const left = static_cast<std::size_t>(end_ - at_);
        if (left < 4 || !is_digit(at_[0]) || !is_digit(at_[1]) || !is_digit(at_[2]) || !is_digit(at_[3]))
            return stop_at_header();
        element.id = two_digits(at_);
        auto length = static_cast<std::size_t>(two_digits(at_ + 2));
        std::string_view const body{at_ + 4, left - 4};
        if (counting_ == Counting::characters) length = extent(body, length);
        if (length > body.size()) return stop(TlvFault::truncated, element.id);
        if (tears_character(body, length)) return stop(TlvFault::split_utf8, element.id);
        element.value = {body.data(), length};
        element.offset = offset_;
        at_ = body.data() + length;
        offset_ += 4 + length;
        return true;
    }

    [[nodiscard]] std::optional<Tlv::Fault> const& fault() const { return fault_; }

 private:
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    static int two_digits(char const* text) { return (text[0] - '0') * 10 + (text[1] - '0'); }
    /// Bytes that the first `wanted` characters take; more than there are if they are fewer.
    static std::size_t extent(std::string_view text, std::size_t wanted);
    /// Whether a cut at `at` bytes falls inside a UTF-8 character.
    static bool tears_character(std::string_view text, std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U && is_inside(text, at);
    }
    static bool is_inside(std::string_view text, std::size_t at);
    bool stop_at_header();
    bool stop(TlvFault what, std::optional<int> id);

    char const* at_;
    char const* end_;
    std::size_t offset_;
    Counting counting_;
    std::optional<Tlv::Fault> fault_;
};

/// Reads a whole level. Without a fault, write_tlv() of the answer is `text`, byte for byte.
[[nodiscard]] Tlv read_tlv(std::string_view text, std::size_t offset, Counting counting);

/// The objects as text. Every value must be at most 99 long in `counting` (anything else is our own bug).
[[nodiscard]] std::string write_tlv(std::span<Element const> elements, Counting counting);

/// Bytes of the UTF-8 character (RFC 3629 §4) at the start of `text`; 0 if none stands there.
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// Characters in `text`; a byte that is not UTF-8 counts as one.
[[nodiscard]] std::size_t count_characters(std::string_view text);

}  // namespace choso::qr
