#pragma once
#include <string>

#include "base/result.hpp"
#include "platform/image/grey.hpp"
#include "platform/image/png.hpp"

namespace choso::image {

/// The picture as a baseline JPEG in grey (ITU-T T.81); `quality` 1 to 100. No time stamp: equal pictures are equal bytes.
[[nodiscard]] Result<std::string, ImageError> to_jpeg(Grey const& picture, int quality = 92);

}  // namespace choso::image
