#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "marketplace/catalogue/product.hpp"

/// Files of products, in and out. Pure: nothing here knows a database.
namespace choso::marketplace {

/// `ours`: id,name,category,price,stock,unit,description. `household`: the sheet sellers here know (Tên sản phẩm, Giá gốc, …).
enum class Format { ours, shopify, woocommerce, household };
[[nodiscard]] std::string_view word(Format format);
[[nodiscard]] std::optional<Format> format_of(std::string_view word);

/// A row that was not taken: where it stands in the file (the header is 1), the field at fault and the rule.
struct BadRow {
    std::size_t row;
    std::string field, rule;
    std::vector<std::string> cells;
};

struct ReadProduct {
    NewProduct product;
    std::vector<std::size_t> rows;   ///< of the file, that it was made of
};

struct ReadFile {
    Format format = Format::ours;
    std::vector<std::string> header;
    std::vector<ReadProduct> products;
    std::vector<BadRow> bad;
    std::size_t rows = 0;            ///< without the header
    /// The cells of each row that a product was made of, for its place among the bad if the database refuses it.
    std::map<std::size_t, std::vector<std::string>> cells;
};

/// Reads CSV or XLSX; the format is told by the header's names, old and new ones alike. A product that one row of spoils is
/// refused with all its rows, so that they can be mended and read again together.
[[nodiscard]] Result<ReadFile, Refused> read_products(std::string_view file);

/// Writes them so that reading gives the same again. The first two formats have no variants: products with several are left out
/// and counted in `left_out`.
[[nodiscard]] std::string write_csv(Format format, std::vector<NewProduct> const& products, std::size_t& left_out);
[[nodiscard]] std::string write_xlsx(std::vector<NewProduct> const& products, std::size_t& left_out);
/// The bad rows as CSV under their header, with two columns in front: what is wrong and where.
[[nodiscard]] std::string write_bad_rows(ReadFile const& file);

/// An amount as sellers write it: `250000`, `250.000`, `250,000 đ`, `250000.00`; none if it is no whole number of đồng.
[[nodiscard]] std::optional<Money> written_amount(std::string_view text);
/// The words of an HTML text, a line where it breaks one; and a text as HTML.
[[nodiscard]] std::string text_of_html(std::string_view html);
[[nodiscard]] std::string html_of_text(std::string_view text);

}  // namespace choso::marketplace
