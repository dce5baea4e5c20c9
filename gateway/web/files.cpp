#include "gateway/web/files.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace choso::web {

Links entry(std::string_view app) {
    auto const found = std::ranges::find(entries(), app, &Entry::name);
    CHOSO_ASSERT(found != entries().end());
    auto out = Links{"/assets/" + std::string{found->script}, {}};
    if (!found->style.empty()) out.style = "/assets/" + std::string{found->style};
    return out;
}

File const* find(std::string_view name) {
    auto const found = std::ranges::find(files(), name, &File::name);
    return found == files().end() ? nullptr : &*found;
}

}  // namespace choso::web
