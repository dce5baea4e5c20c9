#pragma once
#include <string>
#include <string_view>
#include <vector>

/// What gateway/web/build made, as it stands in the program.
namespace choso::web {

struct File {
    std::string_view name;  ///< `quay-Bx81kf.js`: carries its content's hash, so it may be kept for ever; `quay.sw.js` does not
    std::string_view type;
    std::string_view body;
};
[[nodiscard]] std::vector<File> const& files();

/// An app: names of the files that a page of it begins with; `style` may be empty.
struct Entry {
    std::string_view name, script, style;
};
[[nodiscard]] std::vector<Entry> const& entries();
/// Where an app's script and style are served: `/assets/…`. Asserts that there is such an app.
struct Links {
    std::string script, style;
};
[[nodiscard]] Links entry(std::string_view app);

/// A voice pack: `north`, `central`, `south`, and the file that says where in its recording each word stands.
struct Voice {
    std::string_view name, map;
};
[[nodiscard]] std::vector<Voice> const& voices();

/// The file of that name, or null.
[[nodiscard]] File const* find(std::string_view name);

}  // namespace choso::web
