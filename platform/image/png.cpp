#include "platform/image/png.hpp"

#include <png.h>

#include <csetjmp>
#include <exception>

namespace choso::image {
namespace {

constexpr std::size_t side_max = 20'000;

/// libpng calls this with what it wants written. It is C: no exception may cross it.
void append(png_structp png, png_bytep bytes, std::size_t count) {
    bool appended = false;
    try {
        static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<char const*>(bytes), count);
        appended = true;
    } catch (std::exception const&) {
        appended = false;
    }
    if (!appended) png_error(png, "out of memory");
}

void ignore(png_structp, png_const_charp) {}
void flush_nothing(png_structp) {}

/// libpng leaves by longjmp when it fails, so nothing here may own anything.
bool write(png_structp png, png_infop info, png_uint_32 width, png_uint_32 height, png_bytepp rows, std::string* out) {
    if (setjmp(png_jmpbuf(png)) != 0) return false;
    png_set_write_fn(png, out, append, flush_nothing);
    png_set_IHDR(png, info, width, height, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    png_write_image(png, rows);
    png_write_end(png, nullptr);
    return true;
}

/// Eight pixels a byte, the leftmost in the highest bit; in a grey picture 0 is black and 1 white.
std::vector<std::uint8_t> pack(Bitmap const& bitmap, std::size_t stride) {
    std::vector<std::uint8_t> packed(stride * bitmap.height, 0);
    for (std::size_t y = 0; y < bitmap.height; ++y)
        for (std::size_t x = 0; x < bitmap.width; ++x)
            if (bitmap.pixels[y * bitmap.width + x] == 0)
                packed[y * stride + x / 8] |= static_cast<std::uint8_t>(0x80U >> (x % 8));
    return packed;
}

class Writer {
 public:
    Writer() : png_{png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, quit, ignore)} {
        if (png_ != nullptr) info_ = png_create_info_struct(png_);
    }
    Writer(Writer const&) = delete;
    Writer& operator=(Writer const&) = delete;
    ~Writer() { png_destroy_write_struct(&png_, &info_); }

    [[nodiscard]] bool ready() const { return png_ != nullptr && info_ != nullptr; }
    [[nodiscard]] png_structp png() const { return png_; }
    [[nodiscard]] png_infop info() const { return info_; }

 private:
    /// libpng's own handler, but silent: stderr is ours.
    static void quit(png_structp png, png_const_charp) { png_longjmp(png, 1); }

    png_structp png_;
    png_infop info_ = nullptr;
};

}  // namespace

Result<std::string, ImageError> to_png(Bitmap const& bitmap) {
    if (bitmap.width == 0 || bitmap.height == 0 || bitmap.width > side_max || bitmap.height > side_max ||
        bitmap.pixels.size() != bitmap.width * bitmap.height)
        return ImageError::bad_size;

    auto const stride = (bitmap.width + 7) / 8;
    auto packed = pack(bitmap, stride);
    std::vector<png_bytep> rows(bitmap.height);
    for (std::size_t y = 0; y < bitmap.height; ++y) rows[y] = packed.data() + y * stride;

    Writer const writer;
    std::string out;
    if (!writer.ready() ||
        !write(writer.png(), writer.info(), static_cast<png_uint_32>(bitmap.width),
               static_cast<png_uint_32>(bitmap.height), rows.data(), &out))
        return ImageError::out_of_memory;
    return out;
}

}  // namespace choso::image
