#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace choso::pdf {

struct Size {
    double width_mm, height_mm;
};
inline constexpr Size a4{210, 297}, a5{148, 210}, a6{105, 148};

enum class Align { left, centre, right };

/// Each part from 0 to 1.
struct Colour {
    double red, green, blue;
};
inline constexpr Colour black{0, 0, 0}, white{1, 1, 1};

struct TextStyle {
    double size_pt = 10;
    bool bold = false;
    Align align = Align::left;
    Colour colour{0, 0, 0};
};

/// A PDF that is drawn page by page. Millimetres from the page's top left corner, downwards; what is drawn later lies on
/// top. One thread at a time; different documents may be drawn by different threads at once.
/// Fails only for want of memory, with std::bad_alloc.
class Document {
 public:
    /// `title`: what a reader shows in its frame (UTF-8).
    explicit Document(std::string title);
    Document(Document&&) noexcept;
    Document& operator=(Document&&) noexcept;
    Document(Document const&) = delete;
    Document& operator=(Document const&) = delete;
    ~Document();

    /// Begins the next page; there must be one before anything is drawn.
    void page(Size size);

    /// Sets UTF-8 in a column `width_mm` wide, its top at `y_mm`; breaks lines between words, or within one that is too
    /// long, and at `\n`. Bytes that are no UTF-8 are drawn as U+FFFD. Returns the height in mm that it took.
    double text(double x_mm, double y_mm, double width_mm, std::string_view utf8, TextStyle const& style = {});
    /// The height that text() would take, without drawing: for page breaks and for fitting.
    [[nodiscard]] double height_of(double width_mm, std::string_view utf8, TextStyle const& style = {}) const;
    /// How wide its longest line is when nothing breaks it.
    [[nodiscard]] double width_of(std::string_view utf8, TextStyle const& style = {}) const;

    void line(double x1_mm, double y1_mm, double x2_mm, double y2_mm, double width_mm = 0.2, Colour colour = {0, 0, 0});
    /// A filled rectangle.
    void box(double x_mm, double y_mm, double width_mm, double height_mm, Colour fill);
    /// A bit matrix of `modules`² squares, black ones where `dark(column, row)`; exactly `side_mm` wide. Draws no ground
    /// and no quiet zone.
    void symbol(double x_mm, double y_mm, double side_mm, std::size_t modules,
                std::function<bool(std::size_t column, std::size_t row)> const& dark);

    /// The pages begun so far.
    [[nodiscard]] std::size_t pages() const;
    /// The file. Nothing may be called after it.
    [[nodiscard]] std::string finish();

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace choso::pdf
