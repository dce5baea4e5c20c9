#include "gateway/dialects/picture_cache.hpp"

#include <utility>

namespace choso::dialects {

std::size_t PictureCache::size_of(Entry const& entry) {
    constexpr std::size_t of_the_tables = 256;
    return entry.key.size() + entry.picture->size() + of_the_tables;
}

std::shared_ptr<std::string const> PictureCache::find(std::string_view key) {
    auto const lock = std::lock_guard{mutex_};
    auto const at = places_.find(key);
    if (at == places_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, at->second);
    return at->second->picture;
}

void PictureCache::keep(std::string key, std::shared_ptr<std::string const> picture) {
    auto entry = Entry{std::move(key), std::move(picture)};
    auto const size = size_of(entry);
    if (size > bytes_max_) return;
    auto const lock = std::lock_guard{mutex_};
    if (places_.contains(entry.key)) return;
    entries_.push_front(std::move(entry));
    places_.emplace(entries_.front().key, entries_.begin());
    for (bytes_ += size; bytes_ > bytes_max_;) {
        bytes_ -= size_of(entries_.back());
        places_.erase(entries_.back().key);
        entries_.pop_back();
    }
}

std::size_t PictureCache::bytes() const {
    auto const lock = std::lock_guard{mutex_};
    return bytes_;
}

}  // namespace choso::dialects
