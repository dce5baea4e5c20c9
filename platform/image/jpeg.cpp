#include "platform/image/jpeg.hpp"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

#include "base/assert.hpp"

namespace choso::image {
namespace {

constexpr std::size_t side_max = 20'000;

/// libjpeg's error handler, with a way back: its own would end the process.
struct Handler {
    jpeg_error_mgr base;
    std::jmp_buf back;
};

[[noreturn]] void leave(j_common_ptr library) { std::longjmp(reinterpret_cast<Handler*>(library->err)->back, 1); }
void say_nothing(j_common_ptr) {}

/// What libjpeg writes; freed by whoever asked.
struct Written {
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
};

/// libjpeg leaves by longjmp when it fails, so nothing here may own anything.
bool write(Grey const& picture, int quality, Written* out) {
    jpeg_compress_struct library;
    Handler handler;
    library.err = jpeg_std_error(&handler.base);
    handler.base.error_exit = leave;
    handler.base.output_message = say_nothing;
    if (setjmp(handler.back) != 0) {
        jpeg_destroy_compress(&library);
        return false;
    }
    jpeg_create_compress(&library);
    jpeg_mem_dest(&library, &out->bytes, &out->size);
    library.image_width = static_cast<JDIMENSION>(picture.width);
    library.image_height = static_cast<JDIMENSION>(picture.height);
    library.input_components = 1;
    library.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&library);
    jpeg_set_quality(&library, quality, TRUE);
    library.optimize_coding = TRUE;
    jpeg_start_compress(&library, TRUE);
    while (library.next_scanline < library.image_height) {
        auto* row = const_cast<JSAMPROW>(picture.pixels.data() + library.next_scanline * picture.width);
        jpeg_write_scanlines(&library, &row, 1);
    }
    jpeg_finish_compress(&library);
    jpeg_destroy_compress(&library);
    return true;
}

}  // namespace

Result<std::string, ImageError> to_jpeg(Grey const& picture, int quality) {
    CHOSO_ASSERT(quality >= 1 && quality <= 100);
    if (picture.width == 0 || picture.height == 0 || picture.width > side_max || picture.height > side_max ||
        picture.pixels.size() != picture.width * picture.height)
        return ImageError::bad_size;
    auto written = Written{};
    auto const whole = write(picture, quality, &written);
    auto out = std::string{};
    if (whole) out.assign(reinterpret_cast<char const*>(written.bytes), written.size);
    std::free(written.bytes);  // NOLINT: libjpeg's own malloc
    if (!whole) return ImageError::out_of_memory;
    return out;
}

}  // namespace choso::image
