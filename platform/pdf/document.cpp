#include "platform/pdf/document.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "base/assert.hpp"

namespace choso::pdf {
namespace {

constexpr double points_per_mm = 72.0 / 25.4;
constexpr std::size_t text_bytes_max = 64 * 1024;

struct Free {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* pen) const { cairo_destroy(pen); }
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

double points(double mm) { return mm * points_per_mm; }

/// Code points that are no characters (U+FDD0–FDEF, and the last two of each plane): cairo gives up a whole file for one.
bool is_noncharacter(gunichar c) { return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFEU) == 0xFFFEU; }

/// What may be drawn of any bytes: no controls but the line's end, and U+FFFD for what is no UTF-8 or no character.
std::string drawable(std::string_view text) {
    constexpr std::string_view instead = "\xEF\xBF\xBD";
    std::string out;
    text = text.substr(0, text_bytes_max);
    while (!text.empty()) {
        char const* end = nullptr;
        g_utf8_validate(text.data(), static_cast<gssize>(text.size()), &end);
        for (auto const* at = text.data(); at < end; at = g_utf8_next_char(at)) {
            auto const c = g_utf8_get_char(at);
            if (is_noncharacter(c))
                out += instead;
            else if (c >= 0x20 ? c != 0x7F : c == '\n')
                out.append(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
        }
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.empty()) break;
        if (text[0] != '\0') out += instead;
        text.remove_prefix(1);
    }
    return out;
}

PangoAlignment alignment_of(Align align) {
    switch (align) {
        case Align::left: return PANGO_ALIGN_LEFT;
        case Align::centre: return PANGO_ALIGN_CENTER;
        case Align::right: return PANGO_ALIGN_RIGHT;
    }
    return PANGO_ALIGN_LEFT;
}

/// cairo calls this with what it wants written. It is C: no exception may cross it.
cairo_status_t append(void* file, unsigned char const* bytes, unsigned count) {
    try {
        static_cast<std::string*>(file)->append(reinterpret_cast<char const*>(bytes), count);
        return CAIRO_STATUS_SUCCESS;
    } catch (std::exception const&) {
        return CAIRO_STATUS_NO_MEMORY;
    }
}

}  // namespace

struct Document::Impl {
    std::string file;  // outlives the surface, which writes its rest when it goes
    Owned<cairo_surface_t> surface;
    Owned<cairo_t> pen;
    std::size_t pages = 0;

    explicit Impl(std::string const& title)
        : surface{cairo_pdf_surface_create_for_stream(append, &file, 1, 1)}, pen{cairo_create(surface.get())} {
        cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_5);
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, drawable(title).c_str());
        // Equal documents are equal bytes: no time of making.
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, nullptr);
        cairo_set_line_cap(pen.get(), CAIRO_LINE_CAP_BUTT);
    }

    /// Set in points, without rounding to a screen's pixels, so that lines break the same everywhere.
    [[nodiscard]] Owned<PangoLayout> layout(std::string_view utf8, TextStyle const& style, std::optional<double> width_mm) const {
        auto set = Owned<PangoLayout>{pango_cairo_create_layout(pen.get())};
        auto const hinting = Owned<cairo_font_options_t>{cairo_font_options_create()};
        cairo_font_options_set_hint_style(hinting.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(hinting.get(), CAIRO_HINT_METRICS_OFF);
        auto* const context = pango_layout_get_context(set.get());
        pango_cairo_context_set_font_options(context, hinting.get());
        pango_context_set_round_glyph_positions(context, FALSE);

        auto const font = Owned<PangoFontDescription>{pango_font_description_new()};
        pango_font_description_set_family_static(font.get(), "DejaVu Sans, sans-serif");
        pango_font_description_set_absolute_size(font.get(), style.size_pt * PANGO_SCALE);
        pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_layout_set_font_description(set.get(), font.get());
        if (width_mm) pango_layout_set_width(set.get(), static_cast<int>(points(*width_mm) * PANGO_SCALE));
        pango_layout_set_wrap(set.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_alignment(set.get(), alignment_of(style.align));
        auto const text = drawable(utf8);
        pango_layout_set_text(set.get(), text.data(), static_cast<int>(text.size()));
        return set;
    }

    void ink(Colour colour) const { cairo_set_source_rgb(pen.get(), colour.red, colour.green, colour.blue); }

    /// A library that is out of memory goes on silently; we do not.
    void check() const {
        if (cairo_status(pen.get()) != CAIRO_STATUS_SUCCESS || cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
            throw std::bad_alloc{};
    }
};

Document::Document(std::string title) : impl_{std::make_unique<Impl>(title)} {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

void Document::page(Size size) {
    CHOSO_ASSERT(size.width_mm > 0 && size.height_mm > 0 && size.width_mm <= 5000 && size.height_mm <= 5000);
    if (impl_->pages > 0) cairo_show_page(impl_->pen.get());
    cairo_pdf_surface_set_size(impl_->surface.get(), points(size.width_mm), points(size.height_mm));
    ++impl_->pages;
    impl_->check();
}

double Document::text(double x_mm, double y_mm, double width_mm, std::string_view utf8, TextStyle const& style) {
    CHOSO_ASSERT(impl_->pages > 0 && width_mm > 0);
    if (utf8.empty()) return 0;
    auto const set = impl_->layout(utf8, style, width_mm);
    impl_->ink(style.colour);
    cairo_move_to(impl_->pen.get(), points(x_mm), points(y_mm));
    pango_cairo_show_layout(impl_->pen.get(), set.get());
    cairo_new_path(impl_->pen.get());
    impl_->check();
    int height = 0;
    pango_layout_get_size(set.get(), nullptr, &height);
    return height / (PANGO_SCALE * points_per_mm);
}

double Document::height_of(double width_mm, std::string_view utf8, TextStyle const& style) const {
    CHOSO_ASSERT(width_mm > 0);
    if (utf8.empty()) return 0;
    int height = 0;
    pango_layout_get_size(impl_->layout(utf8, style, width_mm).get(), nullptr, &height);
    return height / (PANGO_SCALE * points_per_mm);
}

double Document::width_of(std::string_view utf8, TextStyle const& style) const {
    int width = 0;
    pango_layout_get_size(impl_->layout(utf8, style, std::nullopt).get(), &width, nullptr);
    return width / (PANGO_SCALE * points_per_mm);
}

void Document::line(double x1_mm, double y1_mm, double x2_mm, double y2_mm, double width_mm, Colour colour) {
    CHOSO_ASSERT(impl_->pages > 0);
    auto* const pen = impl_->pen.get();
    impl_->ink(colour);
    cairo_set_line_width(pen, points(width_mm));
    cairo_move_to(pen, points(x1_mm), points(y1_mm));
    cairo_line_to(pen, points(x2_mm), points(y2_mm));
    cairo_stroke(pen);
    impl_->check();
}

void Document::box(double x_mm, double y_mm, double width_mm, double height_mm, Colour fill) {
    CHOSO_ASSERT(impl_->pages > 0);
    impl_->ink(fill);
    cairo_rectangle(impl_->pen.get(), points(x_mm), points(y_mm), points(width_mm), points(height_mm));
    cairo_fill(impl_->pen.get());
    impl_->check();
}

void Document::symbol(double x_mm, double y_mm, double side_mm, std::size_t modules,
                      std::function<bool(std::size_t column, std::size_t row)> const& dark) {
    CHOSO_ASSERT(impl_->pages > 0 && modules > 0 && modules <= 1000);
    auto* const pen = impl_->pen.get();
    // In modules, and as one path: a reader that smooths edges then sees no seams between neighbours.
    cairo_save(pen);
    cairo_translate(pen, points(x_mm), points(y_mm));
    cairo_scale(pen, points(side_mm) / static_cast<double>(modules), points(side_mm) / static_cast<double>(modules));
    impl_->ink(black);
    for (std::size_t row = 0; row < modules; ++row)
        for (std::size_t column = 0; column < modules; ++column) {
            auto end = column;
            while (end < modules && dark(end, row)) ++end;
            if (end == column) continue;
            cairo_rectangle(pen, static_cast<double>(column), static_cast<double>(row), static_cast<double>(end - column), 1);
            column = end;
        }
    cairo_fill(pen);
    cairo_restore(pen);
    impl_->check();
}

std::size_t Document::pages() const { return impl_->pages; }

std::string Document::finish() {
    CHOSO_ASSERT(impl_->pages > 0);
    cairo_show_page(impl_->pen.get());
    cairo_surface_finish(impl_->surface.get());
    impl_->check();
    return std::move(impl_->file);
}

}  // namespace choso::pdf
