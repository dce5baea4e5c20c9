#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>

#include "platform/sheet/readers.hpp"
#include "platform/sheet/xml_part.hpp"

/// ECMA-376 Part 1, §18: workbook, its relations, styles, shared strings, then the sheet itself as a stream.
namespace choso::sheet {
namespace {

using Attributes = std::vector<PartHandler::Attribute>;

std::string_view attribute(Attributes const& list, std::string_view name) {
    for (auto const& each : list)
        if (each.name == name) return each.value;
    return {};
}

int whole(std::string_view text, int otherwise) {
    auto number = otherwise;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? number : otherwise;
}

/// xl/workbook.xml: which sheet is the first that shows, and from when days count.
class WorkbookPart final : public PartHandler {
 public:
    void begin(std::string_view name, Attributes const& attributes) override {
        if (name == "workbookPr") from_1904 = attribute(attributes, "date1904") == "1" || attribute(attributes, "date1904") == "true";
        if (name != "sheet") return;
        auto const hidden = !attribute(attributes, "state").empty() && attribute(attributes, "state") != "visible";
        if (relation.empty() || (first_is_hidden_ && !hidden)) {
            relation = attribute(attributes, "id");
            first_is_hidden_ = hidden;
        }
    }
    bool end(std::string_view, std::string const&) override { return true; }
    std::string relation;
    bool from_1904 = false;

 private:
    bool first_is_hidden_ = false;
};

class RelationsPart final : public PartHandler {
 public:
    void begin(std::string_view name, Attributes const& attributes) override {
        if (name == "Relationship") targets.emplace(attribute(attributes, "Id"), attribute(attributes, "Target"));
    }
    bool end(std::string_view, std::string const&) override { return true; }
    std::map<std::string, std::string, std::less<>> targets;
};

/// xl/styles.xml: which cell styles show dates.
class StylesPart final : public PartHandler {
 public:
    void begin(std::string_view name, Attributes const& attributes) override {
        if (name == "numFmt") formats_[whole(attribute(attributes, "numFmtId"), -1)] = is_date_format(attribute(attributes, "formatCode"));
        if (name == "cellXfs") in_cell_styles_ = true;
        if (name != "xf" || !in_cell_styles_) return;
        auto const format = whole(attribute(attributes, "numFmtId"), 0);
        auto const own = formats_.find(format);
        is_date.push_back(own != formats_.end() ? own->second : is_date_format(format));
    }
    bool end(std::string_view name, std::string const&) override {
        if (name == "cellXfs") in_cell_styles_ = false;
        return true;
    }
    std::vector<bool> is_date;

 private:
    std::map<int, bool> formats_;
    bool in_cell_styles_ = false;
};

/// xl/sharedStrings.xml, all in one string.
class StringsPart final : public PartHandler {
 public:
    void begin(std::string_view name, Attributes const&) override {
        if (name == "rPh") ++in_phonetic_;
    }
    bool end(std::string_view name, std::string const& text) override {
        if (name == "rPh") --in_phonetic_;
        if (name == "t" && in_phonetic_ == 0) all_ += text;
        if (name == "si") ends_.push_back(all_.size());
        return true;
    }
    [[nodiscard]] std::optional<std::string_view> at(int index) const {
        if (index < 0 || static_cast<std::size_t>(index) >= ends_.size()) return std::nullopt;
        auto const from = index == 0 ? 0 : ends_[static_cast<std::size_t>(index) - 1];
        return std::string_view{all_}.substr(from, ends_[static_cast<std::size_t>(index)] - from);
    }

 private:
    std::string all_;
    std::vector<std::size_t> ends_;
    int in_phonetic_ = 0;
};

/// `AB12` → 27; none if it names no column.
std::optional<std::size_t> column_of(std::string_view cell) {
    auto column = std::size_t{0};
    auto letters = 0;
    for (auto const c : cell) {
        if (c < 'A' || c > 'Z' || letters == 4) break;
        column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
        ++letters;
    }
    if (letters == 0) return std::nullopt;
    return column - 1;
}

class SheetPart final : public PartHandler {
 public:
    SheetPart(Limits const& limits, TakeRow const& take, StringsPart const& strings, StylesPart const& styles, bool from_1904)
        : limits_{limits}, take_{take}, strings_{strings}, styles_{styles}, from_1904_{from_1904} {}

    void begin(std::string_view name, Attributes const& attributes) override {
        if (name == "row") {
            auto const said = whole(attribute(attributes, "r"), 0);
            row_ = said > 0 ? static_cast<std::size_t>(said) : row_ + 1;
            used_ = 0;
            next_column_ = 0;
        } else if (name == "c") {
            column_ = column_of(attribute(attributes, "r")).value_or(next_column_);
            next_column_ = column_ + 1;
            type_ = attribute(attributes, "t");
            style_ = whole(attribute(attributes, "s"), 0);
            value_.clear();
        } else if (name == "rPh") {
            ++in_phonetic_;
        }
    }

    bool end(std::string_view name, std::string const& text) override {
        if (name == "rPh") --in_phonetic_;
        else if (name == "v") value_ = text;
        else if (name == "t" && in_phonetic_ == 0) value_ += text;
        else if (name == "c") return put_cell();
        else if (name == "row") return end_row();
        return name != "sheetData";  // nothing behind it is ours
    }

 private:
    bool put_cell() {
        if (value_.empty()) return true;
        if (column_ >= limits_.columns_max) return fail("too_large", "a row has more columns than are read");
        while (used_ <= column_) {
            if (cells_.size() == used_) cells_.emplace_back();
            cells_[used_++].clear();
        }
        auto& cell = cells_[column_];
        if (type_ == "s") {
            auto const shared = strings_.at(whole(value_, -1));
            if (!shared) return fail("not_a_table", "a cell names a text that the workbook does not hold");
            cell = *shared;
        } else if (type_.empty() || type_ == "n") {
            cell = number();
        } else if (type_ == "b") {
            cell = value_ == "1" ? "TRUE" : "FALSE";
        } else if (type_ == "d") {
            cell = value_;
            if (auto const t = cell.find('T'); t != std::string::npos) cell[t] = ' ';
        } else {
            cell = value_;  // str, inlineStr, e
        }
        if (cell.size() > limits_.cell_bytes_max) return fail("too_large", "a cell is longer than is read");
        return true;
    }

    [[nodiscard]] std::string number() const {
        auto const style = static_cast<std::size_t>(std::max(style_, 0));
        if (style < styles_.is_date.size() && styles_.is_date[style]) {
            auto const date = date_of_serial(std::strtod(value_.c_str(), nullptr), from_1904_);
            if (!date.empty()) return date;
        }
        return plain_decimal(value_);
    }

    bool end_row() {
        auto const cells = std::span<std::string const>{cells_.data(), used_};
        if (std::all_of(cells.begin(), cells.end(), [](std::string const& cell) { return cell.empty(); })) return true;
        if (++rows_ > limits_.rows_max) return fail("too_large", "more rows than are read");
        return take_(row_, cells);
    }

    bool fail(std::string code, std::string detail) {
        problem = Problem{std::move(code), row_, std::move(detail)};
        return false;
    }

    Limits const& limits_;
    TakeRow const& take_;
    StringsPart const& strings_;
    StylesPart const& styles_;
    bool from_1904_;
    std::size_t row_ = 0, rows_ = 0, used_ = 0, column_ = 0, next_column_ = 0;
    int in_phonetic_ = 0, style_ = 0;
    std::string type_, value_;
    std::vector<std::string> cells_;
};

/// A target as the relations name it: from the root, or from `xl/`.
std::string part_name(std::string_view target) {
    if (target.starts_with('/')) return std::string{target.substr(1)};
    return "xl/" + std::string{target};
}

}  // namespace

std::optional<Problem> read_xlsx(std::string_view file, Limits const& limits, TakeRow const& take) {
    auto package = Package{file, limits};
    if (package.problem()) return package.problem();
    if (!package.has("xl/workbook.xml")) return Problem{"not_a_table", 0, "a zip, but no workbook"};
    auto workbook = WorkbookPart{};
    auto relations = RelationsPart{};
    auto styles = StylesPart{};
    auto strings = StringsPart{};
    if (auto problem = package.read("xl/workbook.xml", workbook)) return problem;
    if (package.has("xl/_rels/workbook.xml.rels"))
        if (auto problem = package.read("xl/_rels/workbook.xml.rels", relations)) return problem;
    auto sheet = std::string{"xl/worksheets/sheet1.xml"};
    if (auto const target = relations.targets.find(workbook.relation); target != relations.targets.end()) sheet = part_name(target->second);
    if (package.has("xl/styles.xml"))
        if (auto problem = package.read("xl/styles.xml", styles)) return problem;
    if (package.has("xl/sharedStrings.xml"))
        if (auto problem = package.read("xl/sharedStrings.xml", strings)) return problem;
    auto rows = SheetPart{limits, take, strings, styles, workbook.from_1904};
    return package.read(sheet, rows);
}

}  // namespace choso::sheet
