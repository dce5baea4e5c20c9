#include "marketplace/catalogue/feed.hpp"

#include "base/money.hpp"
#include "marketplace/catalogue/sql.hpp"
#include "platform/html/html.hpp"

namespace choso::marketplace {
namespace {

using postgres::Params;
using postgres::Statement;

void element(std::string& out, std::string_view name, std::string_view text) {
    if (text.empty()) return;
    out.append("<").append(name).append(">").append(html::escaped(text)).append("</").append(name).append(">\n");
}

/// Google takes 150 characters of a title and 5,000 of a description; a letter is never cut in two.
std::string_view at_most(std::string_view text, std::size_t characters) {
    auto n = std::size_t{0};
    for (auto i = std::size_t{0}; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U && n++ == characters) return text.substr(0, i);
    return text;
}

}  // namespace

std::string google_feed(postgres::Connection& connection, MerchantId seller, std::string_view base_url, Instant now) {
    static Statement const load{"catalogue_feed", std::string{catalogue_sql::load_feed}};
    auto const rows = connection.query(load, Params::of(seller));
    auto out = std::string{"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss xmlns:g=\"http://base.google.com/ns/1.0\" version=\"2.0\">\n<channel>\n"};
    element(out, "title", rows.rows() > 0 ? rows.text(0, 3) : std::string_view{"Chợ Số"});
    element(out, "link", base_url);
    element(out, "description", "Sản phẩm đang bán");
    for (auto i = 0; i < rows.rows(); ++i) {
        auto const product = rows.id<ProductId>(i, 0);
        auto const variant = rows.id<VariantId>(i, 1);
        auto const several = rows.integer(i, 15) > 1;
        auto const title = several && !rows.text(i, 5).empty() ? std::string{rows.text(i, 4)}.append(" – ").append(rows.text(i, 5)) : std::string{rows.text(i, 4)};
        auto const address = std::string{base_url} + "/cho/sp/" + product.text();
        out += "<item>\n";
        element(out, "g:id", variant.text());
        element(out, "g:title", at_most(title, 150));
        element(out, "g:description", at_most(rows.text(i, 6).empty() ? std::string_view{title} : rows.text(i, 6), 5'000));
        element(out, "g:link", address);
        element(out, "g:image_link", std::string{base_url} + "/cho/hinh/" + rows.id<ImageId>(i, 7).text() + "/1280.jpg");
        element(out, "g:availability", rows.integer(i, 8) > 0 ? "in_stock" : "out_of_stock");
        element(out, "g:price", std::to_string(rows.integer(i, 9)) + ".00 VND");
        auto const sale = rows.maybe_money(i, 10);
        auto const from = rows.maybe_time(i, 11);
        auto const to = rows.maybe_time(i, 12);
        if (sale && (!to || now < *to)) {
            element(out, "g:sale_price", std::to_string(sale->dong()) + ".00 VND");
            if (from && to) element(out, "g:sale_price_effective_date", to_rfc3339(*from) + '/' + to_rfc3339(*to));
        }
        element(out, "g:condition", "new");
        element(out, "g:gtin", several ? std::string_view{} : rows.text(i, 13));
        element(out, "g:brand", rows.text(i, 14).empty() ? rows.text(i, 3) : rows.text(i, 14));
        element(out, "g:mpn", rows.text(i, 2));
        if (several) element(out, "g:item_group_id", product.text());
        element(out, "g:product_type", rows.text(i, 16));
        out += "</item>\n";
    }
    return out + "</channel>\n</rss>\n";
}

}  // namespace choso::marketplace
