#include <algorithm>
#include <array>

#include "platform/sheet/readers.hpp"

namespace choso::sheet {
namespace {

constexpr std::string_view delimiters = ",;\t|";

/// How often each delimiter stands in each of the first records, quotes respected.
char find_delimiter(std::string_view text) {
    constexpr auto records_max = std::size_t{60};
    constexpr auto bytes_max = std::size_t{256} << 10U;
    std::array<std::vector<std::size_t>, delimiters.size()> counts;
    std::array<std::size_t, delimiters.size()> now{};
    auto quoted = false, any = false;
    auto const end_record = [&] {
        for (auto i = std::size_t{0}; any && i < now.size(); ++i) counts[i].push_back(now[i]);
        now = {};
        any = false;
    };
    for (auto const c : text.substr(0, bytes_max)) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n' || c == '\r') {
            end_record();
            if (counts[0].size() == records_max) break;
            continue;
        }
        any = true;
        if (auto const at = delimiters.find(c); at != std::string_view::npos) ++now[at];
    }
    end_record();
    // A delimiter is what most records hold equally often; commas within amounts and texts come in no constant number.
    auto best = std::size_t{0};
    auto best_score = std::size_t{0};
    for (auto i = std::size_t{0}; i < counts.size(); ++i) {
        auto sorted = counts[i];
        std::sort(sorted.begin(), sorted.end());
        auto score = std::size_t{0};
        for (auto at = sorted.begin(); at != sorted.end();) {
            auto const same = std::upper_bound(at, sorted.end(), *at);
            if (*at > 0) score = std::max(score, static_cast<std::size_t>(same - at) * std::size_t{8} + std::min<std::size_t>(*at, 7));
            at = same;
        }
        if (score > best_score) best = i, best_score = score;
    }
    return delimiters[best];
}

class CsvReader {
 public:
    CsvReader(std::string_view text, char delimiter, Limits const& limits, TakeRow const& take)
        : text_{text}, delimiter_{delimiter}, limits_{limits}, take_{take} {}

    std::optional<Problem> run() {
        while (at_ < text_.size()) {
            ++row_;
            cells_ = 0;
            auto more = true;
            while (more) {
                if (cells_ == limits_.columns_max) return Problem{"too_large", row_, "a row has more columns than are read"};
                if (row_cells_.size() == cells_) row_cells_.emplace_back();
                auto& cell = row_cells_[cells_];
                cell.clear();
                if (!read_cell(cell, more)) return Problem{"too_large", row_, "a cell is longer than is read; perhaps a quote is never closed"};
                ++cells_;
            }
            auto const cells = std::span<std::string const>{row_cells_.data(), cells_};
            if (std::all_of(cells.begin(), cells.end(), [](std::string const& cell) { return cell.empty(); })) continue;
            if (row_ > limits_.rows_max) return Problem{"too_large", row_, "more rows than are read"};
            if (!take_(row_, cells)) return std::nullopt;
        }
        return std::nullopt;
    }

 private:
    bool read_cell(std::string& cell, bool& more) {
        if (at_ < text_.size() && text_[at_] == '"') {
            ++at_;
            for (;;) {
                auto const quote = std::min(text_.find('"', at_), text_.size());
                if (cell.size() + (quote - at_) > limits_.cell_bytes_max) return false;
                cell += text_.substr(at_, quote - at_);
                at_ = std::min(quote + 1, text_.size());
                if (at_ >= text_.size() || text_[at_] != '"') break;
                cell += '"';
                ++at_;
            }
        }
        // What follows a closing quote is taken as it stands.
        auto end = at_;
        while (end < text_.size() && text_[end] != delimiter_ && text_[end] != '\n' && text_[end] != '\r') ++end;
        if (cell.size() + (end - at_) > limits_.cell_bytes_max) return false;
        cell += text_.substr(at_, end - at_);
        at_ = end;
        more = at_ < text_.size() && text_[at_] == delimiter_;
        if (more) {
            ++at_;
        } else if (at_ < text_.size()) {
            at_ += text_.substr(at_).starts_with("\r\n") ? 2 : 1;
        }
        return true;
    }

    std::string_view text_;
    char delimiter_;
    Limits const& limits_;
    TakeRow const& take_;
    std::size_t at_ = 0, row_ = 0, cells_ = 0;
    std::vector<std::string> row_cells_;
};

bool is_plain_number(std::string_view cell) {
    auto digits = false;
    for (auto i = std::size_t{0}; i < cell.size(); ++i) {
        auto const c = cell[i];
        if (c >= '0' && c <= '9') digits = true;
        else if (!(c == '.' || c == ',' || ((c == '-' || c == '+') && i == 0))) return false;
    }
    return digits;
}

}  // namespace

std::optional<Problem> read_csv(std::string_view text, Limits const& limits, TakeRow const& take) {
    while (!text.empty() && (text.back() == '\x1A' || text.back() == '\f')) text.remove_suffix(1);
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return Problem{"not_a_table", 0, "the file is empty"};
    // Excel's own hint stands alone on the first line.
    if (text.starts_with("sep=") && text.size() > 5 && (text[5] == '\r' || text[5] == '\n') && delimiters.find(text[4]) != std::string_view::npos)
        return CsvReader{text.substr(5), text[4], limits, take}.run();
    return CsvReader{text, find_delimiter(text), limits, take}.run();
}

void append_csv_row(std::string& out, std::span<std::string const> cells) {
    auto first = true;
    for (auto const& cell : cells) {
        if (!first) out += ',';
        first = false;
        auto const formula = !cell.empty() && std::string_view{"=+-@\t\r"}.find(cell.front()) != std::string_view::npos && !is_plain_number(cell);
        auto const quoted = formula || cell.find_first_of(",;\"\r\n\t") != std::string::npos || cell.starts_with(' ') || cell.ends_with(' ');
        if (!quoted) {
            out += cell;
            continue;
        }
        out += formula ? "\"'" : "\"";
        for (auto const c : cell) {
            if (c == '"') out += '"';
            out += c;
        }
        out += '"';
    }
    out += "\r\n";
}

}  // namespace choso::sheet
