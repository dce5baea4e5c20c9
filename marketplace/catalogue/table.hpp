#pragma once
#include <map>
#include <span>

#include "marketplace/catalogue/formats.hpp"

/// What the readers of formats share. Inside marketplace/catalogue only.
namespace choso::marketplace {

/// A header's names, without case, marks and blanks: `Tên sản phẩm` and `ten san pham` are one.
class Columns {
 public:
    explicit Columns(std::span<std::string const> header);
    /// The first of `names` that the header has.
    [[nodiscard]] std::optional<std::size_t> find(std::initializer_list<std::string_view> names) const;
    [[nodiscard]] bool has(std::string_view name) const { return find({name}).has_value(); }

 private:
    std::map<std::string, std::size_t, std::less<>> at_;
};

/// One row under its columns.
class Row {
 public:
    Row(Columns const& columns, std::size_t number, std::span<std::string const> cells) : columns_{columns}, number_{number}, cells_{cells} {}
    /// The cell under the first of these names that the header has; empty if none. Blanks at its ends and the mark that
    /// keeps spreadsheets from seeing a formula are gone.
    [[nodiscard]] std::string text(std::initializer_list<std::string_view> names) const;
    /// The same for a text of one line: control characters and runs of blanks are one blank.
    [[nodiscard]] std::string line(std::initializer_list<std::string_view> names) const;
    [[nodiscard]] std::size_t number() const { return number_; }

 private:
    Columns const& columns_;
    std::size_t number_;
    std::span<std::string const> cells_;
};

/// Why a row is none.
struct RowRefused {
    std::string field, rule;
};

/// An amount, or nothing if the cell is empty; throws RowRefused for anything else.
[[nodiscard]] std::optional<Money> amount_in(Row const& row, std::string_view field, std::initializer_list<std::string_view> names);
[[nodiscard]] std::optional<std::int64_t> whole_in(Row const& row, std::string_view field, std::initializer_list<std::string_view> names);
/// `YYYY-MM-DD` with or without a time; Vietnam's.
[[nodiscard]] std::optional<Instant> time_in(Row const& row, std::string_view field, std::initializer_list<std::string_view> names);
[[nodiscard]] std::string title_of(std::vector<std::pair<std::string, std::string>> const& attributes);

/// Takes rows of one format together to products. `take` may throw RowRefused.
class Taker {
 public:
    Taker() = default;
    Taker(Taker const&) = delete;
    Taker& operator=(Taker const&) = delete;
    virtual ~Taker() = default;
    /// Returns the key of the product that the row belongs to, if any: known before anything in it may be refused.
    [[nodiscard]] virtual std::string key_of(Row const& row) = 0;
    virtual void take(Row const& row, NewProduct& product, bool is_first) = 0;
};
[[nodiscard]] std::unique_ptr<Taker> make_taker(Format format);
[[nodiscard]] std::unique_ptr<Taker> make_shopify_taker();
[[nodiscard]] std::unique_ptr<Taker> make_woocommerce_taker();

inline constexpr std::string_view category_unknown = "Khác";

}  // namespace choso::marketplace
