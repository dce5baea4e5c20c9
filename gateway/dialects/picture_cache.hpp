#pragma once
#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace choso::dialects {

/// Drawn pictures by what they were drawn from; the one that was not asked for longest goes first. Any thread.
class PictureCache {
 public:
    explicit PictureCache(std::size_t bytes_max) : bytes_max_{bytes_max} {}

    /// Null if it is not there.
    [[nodiscard]] std::shared_ptr<std::string const> find(std::string_view key);
    void keep(std::string key, std::shared_ptr<std::string const> picture);
    [[nodiscard]] std::size_t bytes() const;

 private:
    struct Entry {
        std::string key;
        std::shared_ptr<std::string const> picture;
    };
    [[nodiscard]] static std::size_t size_of(Entry const& entry);

    std::size_t const bytes_max_;
    mutable std::mutex mutex_;
    std::size_t bytes_ = 0;
    std::list<Entry> entries_;  // the latest asked for first
    std::unordered_map<std::string_view, std::list<Entry>::iterator> places_;  // keys point into entries_
};

}  // namespace choso::dialects
