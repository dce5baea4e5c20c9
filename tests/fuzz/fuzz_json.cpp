#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "gateway/api/body.hpp"
#include "platform/json/json.hpp"
#include "platform/json/utf8.hpp"

// Any bytes as a body: what is read can be written again and reads the same; what the API takes off it keeps its rules.
namespace {

using namespace choso;

std::string written(json::Value const& value) {
    auto out = std::string{};
    json::Writer{out}.value(value);
    return out;
}

void is_bounded(json::Value const& value, int depth) {
    CHOSO_ASSERT(depth <= 32);
    if (auto const text = value.as_string()) {
        CHOSO_ASSERT(json::first_not_utf8(*text) == text->size());
        CHOSO_ASSERT(text->find('\0') == std::string_view::npos);
    }
    for (auto const& item : value.items()) is_bounded(item, depth + 1);
    for (auto const& member : value.members()) {
        CHOSO_ASSERT(value.find(member.key) == &member.value);
        is_bounded(member.value, depth + 1);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const bytes = std::string_view{reinterpret_cast<char const*>(data), size};
    auto const read = json::parse(bytes);
    auto const object = api::parse_object(bytes, {"merchant", "amount", "description"});
    if (!read) {
        CHOSO_ASSERT(read.error().offset <= size && !read.error().message.empty());
        CHOSO_ASSERT(!object.ok());
        return 0;
    }
    is_bounded(*read, 0);
    auto const once = written(*read);
    auto const again = json::parse(once, {.depth = 32, .bytes = std::size_t{8} << 20U});
    CHOSO_ASSERT(again.ok());
    CHOSO_ASSERT(written(*again) == once);
    if (object) {
        CHOSO_ASSERT(object->is_object());
        for (auto const& member : object->members()) CHOSO_ASSERT(member.key == "merchant" || member.key == "amount" || member.key == "description");
        if (auto const* amount = object->find("amount"); amount != nullptr && amount->as_int()) CHOSO_ASSERT(amount->as_number_text() == std::to_string(*amount->as_int()) || amount->as_number_text() == "-0");
    }
    return 0;
}
