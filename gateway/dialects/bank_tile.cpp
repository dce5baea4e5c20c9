#include <algorithm>

#include "gateway/api/respond.hpp"
#include "gateway/dialects/dialects.hpp"
#include "platform/image/text.hpp"

namespace choso::dialects {
namespace {

/// A bank's name where others show its logo, which is the bank's own: 320 × 120, in letters.
std::string tile_of(qr::Bank const& bank) {
    constexpr std::size_t width = 320, height = 120;
    constexpr int room = 300;
    auto out = image::Grey{width, height};
    auto const name = bank.display_name();
    auto px = 48;
    if (auto const wide = image::width_of(name, {.px = px, .bold = true}); wide > room) px = std::max(px * room / wide, 12);
    if (auto const line = image::line_of(name, {.px = px, .bold = true}))
        out.darken((static_cast<std::ptrdiff_t>(width) - static_cast<std::ptrdiff_t>(line->width)) / 2,
                   (static_cast<std::ptrdiff_t>(height) - static_cast<std::ptrdiff_t>(line->height)) / 2, *line);
    auto png = image::to_png(out);
    return png ? std::move(png).value() : std::string{};
}

}  // namespace

http::Handler bank_tile(Studio studio) {
    return [studio](http::Request const& request, http::Responder respond) {
        auto const& file = request.param("file");
        auto const* bank = file.ends_with(".png") ? qr::find_bank(file.substr(0, file.size() - 4)) : nullptr;
        if (bank == nullptr) return respond(api::to_response(api::Problem{api::Code::not_found, "file"}, api::audience_of(request)));
        auto const show = [](std::string const& picture) {
            auto out = http::Response{200, "image/png", picture, {}};
            out.with("Cache-Control", "public, max-age=86400").with("Access-Control-Allow-Origin", "*");
            return out;
        };
        auto key = "tile\n" + std::string{bank->bin};
        if (auto const picture = studio.cache->find(key)) return respond(show(*picture));
        auto work = [show, bank, pictures = studio.cache, key = std::move(key)](postgres::Connection&) {
            auto picture = std::make_shared<std::string const>(tile_of(*bank));
            if (picture->empty()) return api::to_response(api::Problem{api::Code::internal}, {});
            pictures->keep(key, picture);
            return show(*picture);
        };
        studio.edge.drawing.run(std::move(respond), api::audience_of(request), std::move(work));
    };
}

}  // namespace choso::dialects
