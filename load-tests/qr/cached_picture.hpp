#pragma once
#include <string>
#include <vector>

namespace choso::load {

struct CachedPicture {
    std::vector<double> ours;   ///< answers a second, a round each
    std::vector<double> nginx;
    std::size_t bytes = 0;      ///< of the picture
};

/// A picture of the gateway's cache against a static file of the same bytes at nginx, in turns. `folder` is the run's own.
[[nodiscard]] CachedPicture cached_picture(std::string const& folder, int rounds, int seconds);

}  // namespace choso::load
