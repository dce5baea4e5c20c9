#include "marketplace/catalogue/table.hpp"

#include <algorithm>
#include <memory>

#include "base/vietnamese.hpp"
#include "platform/http/message.hpp"

namespace choso::marketplace {
namespace {

std::string without_guard(std::string_view cell) {
    // A formula's first letter behind an apostrophe: put there by whoever wrote the file for a spreadsheet.
    if (cell.size() > 1 && cell[0] == '\'' && std::string_view{"=+-@"}.find(cell[1]) != std::string_view::npos) cell.remove_prefix(1);
    return std::string{cell};
}

std::string_view without_blanks(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

Columns::Columns(std::span<std::string const> header) {
    for (auto i = std::size_t{0}; i < header.size(); ++i) at_.try_emplace(fold_for_match(header[i]), i);
}

std::optional<std::size_t> Columns::find(std::initializer_list<std::string_view> names) const {
    for (auto const name : names)
        if (auto const at = at_.find(fold_for_match(name)); at != at_.end()) return at->second;
    return std::nullopt;
}

std::string Row::text(std::initializer_list<std::string_view> names) const {
    auto const at = columns_.find(names);
    if (!at || *at >= cells_.size()) return {};
    auto out = without_guard(without_blanks(cells_[*at]));
    // Nothing to be seen, and no column could hold it.
    std::erase_if(out, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7f; });
    return out;
}

std::string Row::line(std::initializer_list<std::string_view> names) const {
    std::string out;
    for (auto const c : text(names)) {
        auto const blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!blank) out += c;
        else if (!out.empty() && out.back() != ' ') out += ' ';
    }
    return out;
}

std::optional<Money> written_amount(std::string_view text) {
    std::string digits;
    for (auto const c : fold(text)) {
        if (c == ' ') continue;
        digits += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    for (auto const* unit : {"vnd", "dong", "d", "₫"})
        if (digits.ends_with(unit)) { digits.resize(digits.size() - std::string_view{unit}.size()); break; }
    // The last separator is a decimal point if fewer than three digits follow; those must be zeros.
    auto const last = digits.find_last_of(".,");
    if (last != std::string::npos && digits.size() - last - 1 != 3) {
        if (digits.find_first_not_of('0', last + 1) != std::string::npos) return std::nullopt;
        digits.resize(last);
    } else if (last != std::string::npos && digits.find_last_of(".,", last - 1) == std::string::npos && last > 3 && last != std::string::npos) {
        // `250000.000`: no group of more than three digits stands before a thousands point.
        if (digits.find_first_not_of('0', last + 1) != std::string::npos) return std::nullopt;
        digits.resize(last);
    }
    std::string whole;
    auto group = std::size_t{0};
    auto grouped = false;
    for (auto const c : digits) {
        if (c == '.' || c == ',') {
            if ((grouped && group != 3) || group == 0 || group > 3) return std::nullopt;
            grouped = true;
            group = 0;
        } else if (c < '0' || c > '9') {
            return std::nullopt;
        } else {
            whole += c;
            ++group;
        }
    }
    if (whole.empty() || whole.size() > 15 || (grouped && group != 3)) return std::nullopt;
    auto const first = whole.find_first_not_of('0');
    return parse_dong(first == std::string::npos ? std::string_view{"0"} : std::string_view{whole}.substr(first));
}

std::optional<Money> amount_in(Row const& row, std::string_view field, std::initializer_list<std::string_view> names) {
    auto const text = row.line(names);
    if (text.empty()) return std::nullopt;
    auto const amount = written_amount(text);
    if (!amount) throw RowRefused{std::string{field}, "must be a whole number of đồng"};
    return amount;
}

std::optional<std::int64_t> whole_in(Row const& row, std::string_view field, std::initializer_list<std::string_view> names) {
    auto const text = row.line(names);
    if (text.empty()) return std::nullopt;
    auto const number = written_amount(text);
    if (!number) throw RowRefused{std::string{field}, "must be a whole number of 0 or more"};
    return number->dong();
}

std::optional<Instant> time_in(Row const& row, std::string_view field, std::initializer_list<std::string_view> names) {
    auto const text = row.line(names);
    if (text.empty()) return std::nullopt;
    if (auto const day = parse_day(text)) return Instant{*day} - vietnam_offset;
    if (auto const at = parse_rfc3339(text)) return at;
    if (auto const at = parse_vietnam_time(text)) return at;
    throw RowRefused{std::string{field}, "must be a day YYYY-MM-DD, with a time hh:mm:ss or without"};
}

std::string title_of(std::vector<std::pair<std::string, std::string>> const& attributes) {
    std::string out;
    for (auto const& [name, value] : attributes) out += (out.empty() ? "" : " / ") + value;
    return out;
}

std::string text_of_html(std::string_view html) {
    std::string out;
    auto const breaks = [](std::string_view tag) {
        return tag.starts_with("br") || tag.starts_with("/p") || tag.starts_with("/li") || tag.starts_with("/div") || tag.starts_with("/h");
    };
    for (auto at = std::size_t{0}; at < html.size();) {
        if (html[at] == '<' && at + 1 < html.size() && (std::isalpha(static_cast<unsigned char>(html[at + 1])) != 0 || html[at + 1] == '/' || html[at + 1] == '!')) {
            auto const end = html.find('>', at);
            if (end == std::string_view::npos) break;
            if (breaks(html.substr(at + 1, end - at - 1))) out += '\n';
            at = end + 1;
            continue;
        }
        if (html[at] == '&') {
            struct Entity { std::string_view name, text; };
            static constexpr std::array<Entity, 6> entities{{{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}}};
            auto const known = std::ranges::find_if(entities, [&](auto const& it) { return html.substr(at).starts_with(it.name); });
            if (known != entities.end()) {
                out += known->text;
                at += known->name.size();
                continue;
            }
        }
        out += html[at++];
    }
    return std::string{without_blanks(out)};
}

std::string html_of_text(std::string_view text) {
    std::string out;
    for (auto const c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '\n': out += "<br>"; break;
            default: out += c;
        }
    }
    return out;
}

namespace {

/// One row, one product: ours and the household's sheet.
class FlatTaker final : public Taker {
 public:
    explicit FlatTaker(Format format) : household_{format == Format::household} {}

    [[nodiscard]] std::string key_of(Row const& row) override {
        auto id = row.line({"id", "Mã sản phẩm", "Mã hàng", "SKU"});
        if (id.empty() && household_) id = slug_of(row.line({"Tên sản phẩm", "Tên hàng"}), 100);
        return id;
    }

    void take(Row const& row, NewProduct& product, bool is_first) override {
        if (!is_first) throw RowRefused{"id", "stands in the file twice"};
        product.name = row.line({"name", "Tên sản phẩm", "Tên hàng"});
        product.category = row.line({"category", "Danh mục", "Nhóm hàng"});
        product.unit = row.line({"unit", "Đơn vị", "Đơn vị tính"});
        product.description = row.text({"description", "Mô tả"});
        product.origin = row.line({"origin", "Xuất xứ"});
        product.brand = row.line({"brand", "Thương hiệu"});
        product.gtin = row.line({"gtin", "Mã vạch"});
        auto variant = NewVariant{};
        variant.sku = household_ ? std::string{} : row.line({"sku"});
        auto const price = amount_in(row, "price", {"price", "Giá gốc", "Giá bán", "Giá"});
        if (!price) throw RowRefused{"price", "must be given"};
        variant.price = *price;
        variant.sale_price = amount_in(row, "sale_price", {"sale_price", "Giá khuyến mãi"});
        variant.sale_from = time_in(row, "sale_from", {"sale_from", "Khuyến mãi từ"});
        variant.sale_to = time_in(row, "sale_to", {"sale_to", "Khuyến mãi đến"});
        variant.stock = whole_in(row, "stock", {"stock", "Tồn kho", "Số lượng"});
        product.variants.push_back(std::move(variant));
    }

 private:
    bool household_;
};

}  // namespace

std::unique_ptr<Taker> make_taker(Format format) {
    switch (format) {
        case Format::shopify: return make_shopify_taker();
        case Format::woocommerce: return make_woocommerce_taker();
        case Format::ours:
        case Format::household: break;
    }
    return std::make_unique<FlatTaker>(format);
}

}  // namespace choso::marketplace
