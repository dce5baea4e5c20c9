#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace choso::html {

struct Attribute {
    std::string_view name;
    std::string_view value;
};
using Attributes = std::initializer_list<Attribute>;

/// `text` with & < > " ' as entities: safe between tags and in a quoted attribute.
[[nodiscard]] std::string escaped(std::string_view text);

/// Writes HTML, escaping everything it is given by default; what is already HTML must say so (`trusted`). Tags close in
/// the order they were opened; leaving one open is our own bug.
class Html {
 public:
    /// `<name a="…">`; closed by `close`.
    Html& open(std::string_view name, Attributes attributes = {});
    Html& close();
    /// Closes the tag again at once: a line of text.
    Html& line(std::string_view name, std::string_view text, Attributes attributes = {});
    /// A tag that has no end: meta, input, link, br.
    Html& lone(std::string_view name, Attributes attributes = {});
    Html& text(std::string_view text);
    /// Appended as it is: our own SVG, nothing that came from outside.
    Html& trusted(std::string_view html);

    /// The document so far; every tag must be closed.
    [[nodiscard]] std::string take();

 private:
    void start(std::string_view name, Attributes attributes);
    std::string out_;
    std::vector<std::string> open_;
};

}  // namespace choso::html
