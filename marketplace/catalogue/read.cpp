#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "marketplace/catalogue/table.hpp"
#include "platform/sheet/sheet.hpp"

namespace choso::marketplace {
namespace {

constexpr std::array<std::string_view, 4> formats{"ours", "shopify", "woocommerce", "household"};
constexpr std::size_t rows_most = 200'000;

/// A header's format, by names that no other has.
std::optional<Format> format_of_header(Columns const& columns) {
    if (columns.find({"Handle", "URL handle"}) || (columns.has("Title") && columns.find({"Variant Price", "Price"}) && !columns.has("name"))) return Format::shopify;
    if (columns.has("Type") && columns.has("Regular price") && columns.has("Name")) return Format::woocommerce;
    if (columns.find({"Tên sản phẩm", "Tên hàng"}) && columns.find({"Giá gốc", "Giá bán", "Giá"})) return Format::household;
    if (columns.has("name") && columns.has("price")) return Format::ours;
    return std::nullopt;
}

/// Rows as they come become products; what spoils one is kept with the rows.
class Gatherer {
 public:
    explicit Gatherer(ReadFile& file) : file_{file} {}

    std::optional<Refused> header(std::span<std::string const> cells) {
        columns_.emplace(cells);
        auto const format = format_of_header(*columns_);
        if (!format) return Refused{"header", "must be that of a product file: id,name,category,price,stock,unit,description, Shopify's, WooCommerce's, or Tên sản phẩm, Giá gốc, …"};
        file_.format = *format;
        file_.header.assign(cells.begin(), cells.end());
        taker_ = make_taker(*format);
        return std::nullopt;
    }

    void row(std::size_t number, std::span<std::string const> cells) {
        ++file_.rows;
        auto& kept = file_.cells[number];
        kept.assign(cells.begin(), cells.end());
        auto const row = Row{*columns_, number, cells};
        auto const key = taker_->key_of(row);
        if (key.empty()) {
            file_.bad.push_back({number, "id", "must be given", kept});
            return;
        }
        auto const [at, is_first] = at_.try_emplace(key, products_.size());
        if (is_first) products_.push_back({});
        auto& entry = products_[at->second];
        if (is_first) entry.read.product.external_id = key;
        // A flat file's second row of one id is wrong by itself; it does not spoil the first.
        auto const flat = file_.format == Format::ours || file_.format == Format::household;
        try {
            taker_->take(row, entry.read.product, is_first);
            entry.read.rows.push_back(number);
        } catch (RowRefused const& refused) {
            if (flat && !is_first) {
                file_.bad.push_back({number, refused.field, refused.rule, kept});
                return;
            }
            entry.read.rows.push_back(number);
            if (!entry.refused) entry.refused = {number, refused.field, refused.rule, {}};
        }
    }

    void finish() {
        for (auto& entry : products_) {
            auto& product = entry.read.product;
            if (product.category.empty()) product.category = category_unknown;
            if (!entry.refused)
                if (auto const wrong = check(product)) entry.refused = {entry.read.rows.front(), wrong->field, wrong->rule, {}};
            if (!entry.refused) {
                file_.products.push_back(std::move(entry.read));
                continue;
            }
            for (auto const number : entry.read.rows) {
                auto const its_own = number == entry.refused->row;
                file_.bad.push_back({number, its_own ? entry.refused->field : "product", its_own ? entry.refused->rule : "is refused for row " + std::to_string(entry.refused->row),
                                     file_.cells[number]});
            }
        }
        std::ranges::sort(file_.bad, {}, &BadRow::row);
    }

 private:
    struct Entry {
        ReadProduct read;
        std::optional<BadRow> refused;
    };
    ReadFile& file_;
    std::optional<Columns> columns_;
    std::unique_ptr<Taker> taker_;
    std::map<std::string, std::size_t, std::less<>> at_;
    std::vector<Entry> products_;
};

/// Shops' files hold stray control characters (a backspace in a name): a blank each, so that they cost no row. Not in XLSX, nor
/// in UTF-16, where such bytes are halves of letters.
std::optional<std::string> without_controls(std::string_view file) {
    auto const is_stray = [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte != 0 && byte < 0x20 && c != '\n' && c != '\r' && c != '\t';
    };
    if (sheet::looks_like_xlsx(file) || file.find('\0') != std::string_view::npos || std::ranges::none_of(file, is_stray)) return std::nullopt;
    auto out = std::string{file};
    std::ranges::replace_if(out, is_stray, ' ');
    return out;
}

}  // namespace

std::string_view word(Format format) { return formats[static_cast<std::size_t>(format)]; }
std::optional<Format> format_of(std::string_view text) {
    auto const at = std::ranges::find(formats, text);
    if (at == formats.end()) return std::nullopt;
    return static_cast<Format>(at - formats.begin());
}

Result<ReadFile, Refused> read_products(std::string_view file) {
    auto out = ReadFile{};
    auto gatherer = Gatherer{out};
    auto refused = std::optional<Refused>{};
    auto has_header = false;
    auto limits = sheet::Limits{};
    limits.rows_max = rows_most;
    limits.columns_max = 1'000;
    auto const cleaned = without_controls(file);
    auto const problem = sheet::for_each_row(cleaned ? std::string_view{*cleaned} : file, limits, [&](std::size_t number, std::span<std::string const> cells) {
        if (has_header) {
            gatherer.row(number, cells);
            return true;
        }
        has_header = true;
        refused = gatherer.header(cells);
        return !refused;
    });
    if (refused) return *refused;
    if (problem) return Refused{"file", "cannot be read at row " + std::to_string(problem->row) + " (" + problem->code + "): " + problem->detail};
    if (!has_header) return Refused{"file", "must have a header"};
    gatherer.finish();
    return out;
}

std::string write_bad_rows(ReadFile const& file) {
    std::string out;
    auto cells = std::vector<std::string>{"Dòng", "Lỗi"};
    cells.insert(cells.end(), file.header.begin(), file.header.end());
    sheet::append_csv_row(out, cells);
    for (auto const& bad : file.bad) {
        cells = {std::to_string(bad.row), bad.field + ' ' + bad.rule};
        cells.insert(cells.end(), bad.cells.begin(), bad.cells.end());
        sheet::append_csv_row(out, cells);
    }
    return out;
}

}  // namespace choso::marketplace
