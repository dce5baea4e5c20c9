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

struct Head {
    png_uint_32 width, height;
    int bits;  // of a pixel
};

/// libpng leaves by longjmp when it fails, so nothing here may own anything. Rows of a symbol repeat the one above: the
/// filter that subtracts it leaves noughts, and the quickest compression is as small as the best.
bool write(png_structp png, png_infop info, Head head, png_bytepp rows, std::string* out) {
    if (setjmp(png_jmpbuf(png)) != 0) return false;
    png_set_write_fn(png, out, append, flush_nothing);
    png_set_IHDR(png, info, head.width, head.height, head.bits, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
    png_set_compression_level(png, 3);
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

/// Two pixels a byte, the left one in the higher half.
std::vector<std::uint8_t> pack(Grey const& picture, std::size_t stride) {
    std::vector<std::uint8_t> packed(stride * picture.height, 0);
    for (std::size_t y = 0; y < picture.height; ++y)
        for (std::size_t x = 0; x < picture.width; ++x) {
            auto const shade = static_cast<unsigned>(picture.pixels[y * picture.width + x]) >> 4U;
            packed[y * stride + x / 2] |= static_cast<std::uint8_t>(x % 2 == 0 ? shade << 4U : shade);
        }
    return packed;
}

template <class Picture>
bool is_sound(Picture const& picture) {
    return picture.width > 0 && picture.height > 0 && picture.width <= side_max && picture.height <= side_max &&
           picture.pixels.size() == picture.width * picture.height;
}

Result<std::string, ImageError> file_of(std::vector<std::uint8_t> packed, std::size_t stride, Head head) {
    std::vector<png_bytep> rows(head.height);
    for (std::size_t y = 0; y < rows.size(); ++y) rows[y] = packed.data() + y * stride;
    Writer const writer;
    std::string out;
    if (!writer.ready() || !write(writer.png(), writer.info(), head, rows.data(), &out)) return ImageError::out_of_memory;
    return out;
}

}  // namespace

Result<std::string, ImageError> to_png(Bitmap const& bitmap) {
    if (!is_sound(bitmap)) return ImageError::bad_size;
    auto const stride = (bitmap.width + 7) / 8;
    return file_of(pack(bitmap, stride), stride, {static_cast<png_uint_32>(bitmap.width), static_cast<png_uint_32>(bitmap.height), 1});
}

Result<std::string, ImageError> to_png(Grey const& picture) {
    if (!is_sound(picture)) return ImageError::bad_size;
    auto const stride = (picture.width + 1) / 2;
    return file_of(pack(picture, stride), stride, {static_cast<png_uint_32>(picture.width), static_cast<png_uint_32>(picture.height), 4});
}

}  // namespace choso::image
