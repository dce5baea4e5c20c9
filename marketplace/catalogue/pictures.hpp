#pragma once
#include <optional>
#include <span>
#include <string>

#include "marketplace/sellers/seller.hpp"
#include "marketplace/ids.hpp"
#include "platform/image/photo.hpp"

namespace choso::marketplace {

/// Takes an uploaded picture of a product: decoded, turned upright, cut down to three sizes and written anew as WebP and
/// JPEG, without anything else that the file held. What was uploaded is not kept. Refuses what is no JPEG, PNG, WebP or GIF, is
/// over 12 MB, over 40 megapixels, or under 200 pixels on a side.
Result<ImageId, Refused> add_picture(postgres::Connection& connection, ProductId product, std::string_view uploaded, std::string_view alt, Instant now);
/// The sizes a picture is kept in.
[[nodiscard]] std::span<int const> picture_sizes();
/// A picture that is pixels of ours already (image::drawn of picture_sizes).
Result<ImageId, Refused> add_drawn(postgres::Connection& connection, ProductId product, image::Photo const& photo, std::string_view alt, Instant now);

/// `640.webp`, `1280.jpg`: which file of a picture.
struct PictureFile {
    int width = 640;
    bool webp = true;
};
[[nodiscard]] std::optional<PictureFile> picture_file_of(std::string_view name);
[[nodiscard]] std::optional<std::string> load_picture(postgres::Connection& connection, ImageId id, PictureFile file);

}  // namespace choso::marketplace
