#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/bucket.hpp"

namespace choso::events {

/// A position in the event table: for each bucket, the seq up to which everything was seen. What a caller gets as `next`
/// and as an SSE `id`, and gives back as `after` or `Last-Event-ID`. A bucket it does not name was not read at all.
class Cursor {
 public:
    [[nodiscard]] std::int64_t at(Bucket bucket) const;
    [[nodiscard]] bool names(Bucket bucket) const { return places_.contains(bucket); }
    void set(Bucket bucket, std::int64_t seq) { places_[bucket] = seq; }
    [[nodiscard]] std::map<Bucket, std::int64_t> const& places() const { return places_; }

    /// Opaque base64url; "0" for a cursor that names no bucket, so that it is never an empty text.
    [[nodiscard]] std::string text() const;
    /// nullopt for anything `text` would not write.
    [[nodiscard]] static std::optional<Cursor> parse(std::string_view text);

    friend bool operator==(Cursor const&, Cursor const&) = default;

 private:
    std::map<Bucket, std::int64_t> places_;
};

}  // namespace choso::events
