#include "qr/tlv.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace choso::qr {
namespace {

unsigned byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

void append_header(std::string& out, int id, std::size_t length) {
    CHOSO_ASSERT(id >= 0 && id <= 99 && length <= 99);
    auto const n = static_cast<int>(length);
    char const header[] = {static_cast<char>('0' + id / 10), static_cast<char>('0' + id % 10),
                           static_cast<char>('0' + n / 10), static_cast<char>('0' + n % 10)};
    out.append(header, sizeof header);
}

}  // namespace

std::size_t utf8_length(std::string_view text) {
    if (text.empty()) return 0;
    auto const first = byte_at(text, 0);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    std::size_t const length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte_at(text, i) & 0xC0U) != 0x80U) return 0;
    auto const second = byte_at(text, 1);
    // No overlong forms, no surrogates, nothing above U+10FFFF.
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || (first == 0xF0 && second < 0x90) ||
        (first == 0xF4 && second > 0x8F))
        return 0;
    return length;
}

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(std::max<std::size_t>(utf8_length(text), 1));
    return count;
}

Element const* Tlv::find(int id) const {
    auto const at = std::ranges::find(elements, id, &Element::id);
    return at == elements.end() ? nullptr : &*at;
}

std::size_t TlvCursor::extent(std::string_view text, std::size_t wanted) {
    std::size_t at = 0;
    for (; wanted > 0; --wanted) {
        if (at == text.size()) return text.size() + 1;
        at += std::max<std::size_t>(utf8_length(text.substr(at)), 1);
    }
    return at;
}

bool TlvCursor::is_inside(std::string_view text, std::size_t at) {
    for (std::size_t back = 1; back <= 3 && back <= at; ++back) {
        auto const length = utf8_length(text.substr(at - back));
        if (length > 0) return length > back;
    }
    return false;
}

bool TlvCursor::stop_at_header() {
    std::string_view const rest{at_, static_cast<std::size_t>(end_ - at_)};
    bool const few = rest.size() < 16 && count_characters(rest) < 4;
    return stop(few ? TlvFault::trailing : TlvFault::bad_header, std::nullopt);
}

bool TlvCursor::stop(TlvFault what, std::optional<int> id) {
    fault_ = Tlv::Fault{what, offset_, id};
    at_ = end_;
    return false;
}

Tlv read_tlv(std::string_view text, std::size_t offset, Counting counting) {
    Tlv read;
    TlvCursor cursor{text, offset, counting};
    for (Element element; cursor.next(element);) read.elements.push_back(element);
    read.fault = cursor.fault();
    return read;
}

std::string write_tlv(std::span<Element const> elements, Counting counting) {
    std::string out;
    for (auto const& element : elements) {
        auto const bytes = element.value.size();
        append_header(out, element.id, counting == Counting::bytes ? bytes : count_characters(element.value));
        out += element.value;
    }
    return out;
}

}  // namespace choso::qr
