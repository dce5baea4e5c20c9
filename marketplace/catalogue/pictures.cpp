#include "marketplace/catalogue/pictures.hpp"

#include <array>

#include "marketplace/catalogue/sql.hpp"
#include "merchants/people/transaction.hpp"

namespace choso::marketplace {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Statement;

constexpr std::array<int, 3> widths{320, 640, 1280};

Result<ImageId, Refused> store(postgres::Connection& connection, ProductId product, image::Photo const& photo, std::string_view alt, Instant now) {
    static Statement const insert{"catalogue_insert_image", std::string{catalogue_sql::insert_image}};
    static Statement const insert_files{"catalogue_insert_files", std::string{catalogue_sql::insert_image_files}};
    if (!alt.empty())
        if (auto wrong = merchants::check_text("alt", alt, 250)) return *wrong;
    auto const id = ImageId::make(product.bucket(), now);
    auto width = Array{Array::Type::int4};
    auto format = Array{Array::Type::text};
    auto content = Array{Array::Type::bytea};
    for (auto const& file : photo.files) {
        width.add(static_cast<std::int32_t>(file.longest));
        format.add(file.webp ? "webp" : "jpeg");
        content.add(postgres::Bytes{file.content});
    }
    auto transaction = people::Transaction{connection};
    auto params = Params{};
    params.add(id.bucket()).add(id).add(product).add(alt).add(static_cast<std::int32_t>(photo.width)).add(static_cast<std::int32_t>(photo.height));
    if (connection.query(insert, params).rows() == 0) return Refused{"product", "does not exist or has 12 pictures already"};
    connection.query(insert_files, Params{}.add(id.bucket()).add(id).add(width).add(format).add(content));
    transaction.commit();
    return id;
}

}  // namespace

Result<ImageId, Refused> add_picture(postgres::Connection& connection, ProductId product, std::string_view uploaded, std::string_view alt, Instant now) {
    auto const photo = image::remade(uploaded, widths);
    if (!photo) return Refused{"picture", photo.error()};
    return store(connection, product, *photo, alt, now);
}

std::span<int const> picture_sizes() { return widths; }

Result<ImageId, Refused> add_drawn(postgres::Connection& connection, ProductId product, image::Photo const& photo, std::string_view alt, Instant now) {
    return store(connection, product, photo, alt, now);
}

std::optional<PictureFile> picture_file_of(std::string_view name) {
    for (auto const width : widths)
        for (auto const webp : {true, false})
            if (name == std::to_string(width) + (webp ? ".webp" : ".jpg")) return PictureFile{width, webp};
    return std::nullopt;
}

std::optional<std::string> load_picture(postgres::Connection& connection, ImageId id, PictureFile file) {
    static Statement const load{"catalogue_load_file", std::string{catalogue_sql::load_image_file}};
    auto const rows = connection.query(load, Params{}.add(id.bucket()).add(id).add(static_cast<std::int32_t>(file.width)).add(file.webp ? "webp" : "jpeg"));
    if (rows.rows() == 0) return std::nullopt;
    return std::string{rows.text(0, 0)};
}

}  // namespace choso::marketplace
