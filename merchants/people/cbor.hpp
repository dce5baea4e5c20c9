#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace choso::people {

/// One CBOR item (RFC 8949) of those that authenticators write: whole numbers, bytes, texts, arrays, maps, true, false, null;
/// definite lengths only, as CTAP2's canonical form demands.
class Cbor {
 public:
    struct Bytes {
        std::string bytes;
    };
    using Array = std::vector<Cbor>;
    using Map = std::vector<std::pair<Cbor, Cbor>>;

    /// The item at the front of `text`, which is shortened by it; nullopt if there is none. Never reads past the end, whatever
    /// the lengths say; at most 8 deep, 1,000 items.
    [[nodiscard]] static std::optional<Cbor> read(std::string_view& text);

    [[nodiscard]] std::optional<std::int64_t> number() const;
    [[nodiscard]] std::optional<std::string_view> bytes() const;
    [[nodiscard]] std::optional<std::string_view> text() const;
    /// A map's value; nullptr if this is no map or has no such key.
    [[nodiscard]] Cbor const* find(std::int64_t key) const;
    [[nodiscard]] Cbor const* find(std::string_view key) const;

 private:
    static std::optional<Cbor> read(std::string_view& text, int depth, int& items);
    std::variant<std::monostate, bool, std::int64_t, Bytes, std::string, Array, Map> value_;
};

}  // namespace choso::people
