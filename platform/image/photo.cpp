#include "platform/image/photo.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>

#include <vips/vips.h>

namespace choso::image {
namespace {

constexpr std::size_t bytes_most = std::size_t{12} << 20U;
constexpr double pixels_most = 40e6;
constexpr int side_least = 200;

struct Unref {
    void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

void start() {
    static std::once_flag once;
    std::call_once(once, [] {
        if (VIPS_INIT("choso") != 0) vips_error_exit(nullptr);
        vips_concurrency_set(1);
        vips_cache_set_max(0);
    });
}

/// The loader is chosen here, by the first bytes, so that no other of the library's many ever sees what came from outside.
Image opened(std::string_view file) {
    auto* const bytes = const_cast<char*>(file.data());   // the C interface takes it so; it only reads
    VipsImage* out = nullptr;
    auto failed = -1;
    if (file.starts_with("\xff\xd8\xff")) failed = vips_jpegload_buffer(bytes, file.size(), &out, nullptr);
    else if (file.starts_with("\x89PNG\r\n\x1a\n")) failed = vips_pngload_buffer(bytes, file.size(), &out, nullptr);
    else if (file.starts_with("RIFF") && file.size() > 12 && file.substr(8, 4) == "WEBP") failed = vips_webpload_buffer(bytes, file.size(), &out, nullptr);
    else if (file.starts_with("GIF87a") || file.starts_with("GIF89a")) failed = vips_gifload_buffer(bytes, file.size(), &out, nullptr);
    return Image{failed == 0 ? out : nullptr};
}

std::string saved(VipsImage* image, bool webp) {
    void* bytes = nullptr;
    auto size = std::size_t{0};
    auto const failed = webp ? vips_webpsave_buffer(image, &bytes, &size, "Q", 80, "effort", 2, "strip", TRUE, nullptr)
                             : vips_jpegsave_buffer(image, &bytes, &size, "Q", 82, "strip", TRUE, "optimize_coding", TRUE, "interlace", TRUE, nullptr);
    if (failed != 0) return {};
    auto out = std::string{static_cast<char const*>(bytes), size};
    g_free(bytes);
    return out;
}

/// sRGB of three bands on white, in memory: decoded once for all sizes.
Image plain_pixels(Image image) {
    VipsImage* next = nullptr;
    if (vips_autorot(image.get(), &next, nullptr) != 0) return nullptr;
    image.reset(next);
    if (vips_colourspace(image.get(), &next, VIPS_INTERPRETATION_sRGB, nullptr) != 0) return nullptr;
    image.reset(next);
    if (vips_image_hasalpha(image.get()) != 0) {
        auto const white = std::array{255.0, 255.0, 255.0};
        auto* const background = vips_array_double_new(white.data(), 3);
        auto const failed = vips_flatten(image.get(), &next, "background", background, nullptr);
        vips_area_unref(VIPS_AREA(background));
        if (failed != 0) return nullptr;
        image.reset(next);
    }
    next = vips_image_copy_memory(image.get());
    return Image{next};
}

Result<Photo, std::string> in_sizes(Image image, std::span<int const> sizes) {
    auto out = Photo{};
    auto const longest = std::max(vips_image_get_width(image.get()), vips_image_get_height(image.get()));
    auto before = 0;
    for (auto const size : sizes) {
        // Smaller than the size before already: the same files under one more name.
        if (before >= longest && out.files.size() >= 2) {
            auto const n = out.files.size();
            for (auto i = n - 2; i < n; ++i) out.files.push_back({size, out.files[i].webp, out.files[i].content});
            continue;
        }
        before = size;
        VipsImage* small = nullptr;
        if (vips_thumbnail_image(image.get(), &small, size, "height", size, "size", VIPS_SIZE_DOWN, nullptr) != 0) return std::string{"cannot be drawn smaller"};
        auto const owned = Image{small};
        for (auto const webp : {true, false}) {
            auto content = saved(small, webp);
            if (content.empty()) return std::string{"cannot be written"};
            out.files.push_back({size, webp, std::move(content)});
        }
        out.width = vips_image_get_width(small);
        out.height = vips_image_get_height(small);
    }
    return out;
}

}  // namespace

Result<Photo, std::string> remade(std::string_view uploaded, std::span<int const> sizes) {
    start();
    if (uploaded.empty()) return std::string{"must not be empty"};
    if (uploaded.size() > bytes_most) return std::string{"must be at most 12 MB"};
    auto image = opened(uploaded);
    vips_error_clear();
    if (!image) return std::string{"must be a JPEG, PNG, WebP or GIF"};
    // Only the head has been read so far.
    auto const width = vips_image_get_width(image.get());
    auto const height = vips_image_get_height(image.get());
    if (static_cast<double>(width) * height > pixels_most) return std::string{"must have at most 40 million pixels"};
    if (std::min(width, height) < side_least) return std::string{"must be at least 200 pixels on each side"};
    auto pixels = plain_pixels(std::move(image));
    vips_error_clear();
    if (!pixels) return std::string{"is damaged"};
    return in_sizes(std::move(pixels), sizes);
}

Result<Photo, std::string> drawn(std::string_view svg, std::span<int const> sizes) {
    start();
    VipsImage* out = nullptr;
    if (vips_svgload_buffer(const_cast<char*>(svg.data()), svg.size(), &out, nullptr) != 0) {
        vips_error_clear();
        return std::string{"is no drawing"};
    }
    auto pixels = plain_pixels(Image{out});
    if (!pixels) return std::string{"cannot be drawn"};
    return in_sizes(std::move(pixels), sizes);
}

}  // namespace choso::image
