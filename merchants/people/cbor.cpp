#include "merchants/people/cbor.hpp"

#include <limits>

namespace choso::people {
namespace {

constexpr int depth_max = 8;
constexpr int items_max = 1'000;

/// The argument behind an item's first byte.
std::optional<std::uint64_t> argument(std::string_view& text, unsigned low) {
    if (low < 24) return low;
    if (low > 27) return std::nullopt;
    auto const bytes = std::size_t{1} << (low - 24);
    if (text.size() < bytes) return std::nullopt;
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < bytes; ++i) out = (out << 8U) | static_cast<unsigned char>(text[i]);
    text.remove_prefix(bytes);
    return out;
}

}  // namespace

std::optional<Cbor> Cbor::read(std::string_view& text) {
    auto items = 0;
    return read(text, 0, items);
}

std::optional<Cbor> Cbor::read(std::string_view& text, int depth, int& items) {
    if (text.empty() || depth > depth_max || ++items > items_max) return std::nullopt;
    auto const first = static_cast<unsigned char>(text.front());
    text.remove_prefix(1);
    auto const kind = first >> 5U;
    auto const length = argument(text, first & 31U);
    if (!length) return std::nullopt;
    auto out = Cbor{};
    switch (kind) {
        case 0:
        case 1:
            if (*length > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
            out.value_ = kind == 0 ? static_cast<std::int64_t>(*length) : -1 - static_cast<std::int64_t>(*length);
            return out;
        case 2:
        case 3: {
            if (*length > text.size()) return std::nullopt;
            auto part = std::string{text.substr(0, *length)};
            text.remove_prefix(*length);
            if (kind == 2) out.value_ = Bytes{std::move(part)};
            else out.value_ = std::move(part);
            return out;
        }
        case 4: {
            auto array = Array{};
            for (std::uint64_t i = 0; i < *length; ++i) {
                auto item = read(text, depth + 1, items);
                if (!item) return std::nullopt;
                array.push_back(std::move(*item));
            }
            out.value_ = std::move(array);
            return out;
        }
        case 5: {
            auto map = Map{};
            for (std::uint64_t i = 0; i < *length; ++i) {
                auto key = read(text, depth + 1, items);
                auto value = key ? read(text, depth + 1, items) : std::nullopt;
                if (!value) return std::nullopt;
                map.emplace_back(std::move(*key), std::move(*value));
            }
            out.value_ = std::move(map);
            return out;
        }
        case 7:
            if ((first & 31U) == 20 || (first & 31U) == 21) out.value_ = (first & 31U) == 21;
            else if ((first & 31U) != 22) return std::nullopt;
            return out;
        default: return std::nullopt;  // tags: none is needed
    }
}

std::optional<std::int64_t> Cbor::number() const {
    auto const* number = std::get_if<std::int64_t>(&value_);
    return number == nullptr ? std::nullopt : std::optional{*number};
}

std::optional<std::string_view> Cbor::bytes() const {
    auto const* bytes = std::get_if<Bytes>(&value_);
    return bytes == nullptr ? std::nullopt : std::optional<std::string_view>{bytes->bytes};
}

std::optional<std::string_view> Cbor::text() const {
    auto const* text = std::get_if<std::string>(&value_);
    return text == nullptr ? std::nullopt : std::optional<std::string_view>{*text};
}

Cbor const* Cbor::find(std::int64_t key) const {
    auto const* map = std::get_if<Map>(&value_);
    if (map == nullptr) return nullptr;
    for (auto const& [name, value] : *map)
        if (name.number() == key) return &value;
    return nullptr;
}

Cbor const* Cbor::find(std::string_view key) const {
    auto const* map = std::get_if<Map>(&value_);
    if (map == nullptr) return nullptr;
    for (auto const& [name, value] : *map)
        if (name.text() == key) return &value;
    return nullptr;
}

}  // namespace choso::people
