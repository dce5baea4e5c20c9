#include "tests/tidy/source.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <set>

namespace choso::tidy {
namespace {

/// Turns [from, to) into blanks, keeping line ends.
void blank(std::string& text, std::size_t from, std::size_t to) {
    for (auto i = from; i < std::min(to, text.size()); ++i)
        if (text[i] != '\n') text[i] = ' ';
}

std::size_t end_of_line(std::string_view text, std::size_t at) { return std::min(text.find('\n', at), text.size()); }

/// From the opening quote to after the closing one.
std::size_t end_of_literal(std::string_view text, std::size_t at) {
    auto const quote = text[at];
    for (++at; at < text.size() && text[at] != quote && text[at] != '\n'; ++at)
        if (text[at] == '\\') ++at;
    return std::min(at + 1, text.size());
}

/// From the quote of R"tag( to after )tag".
std::size_t end_of_raw_literal(std::string_view text, std::size_t quote) {
    auto const open = text.find('(', quote);
    if (open == std::string_view::npos) return text.size();
    auto const close = ')' + std::string{text.substr(quote + 1, open - quote - 1)} + '"';
    auto const end = text.find(close, open);
    return end == std::string_view::npos ? text.size() : end + close.size();
}

/// A directive goes on over lines that end with a backslash.
std::size_t end_of_directive(std::string_view text, std::size_t at) {
    auto end = end_of_line(text, at);
    while (end < text.size() && end > at && text[end - 1] == '\\') end = end_of_line(text, end + 1);
    return end;
}

bool starts_line(std::string_view text, std::size_t at) {
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
    return at == 0 || text[at - 1] == '\n';
}

bool is_raw(std::string_view text, std::size_t quote) {
    if (quote == 0 || text[quote - 1] != 'R') return false;
    auto start = quote - 1;
    while (start > 0 && is_word(text[start - 1])) --start;
    auto const prefix = text.substr(start, quote - start);
    return prefix == "R" || prefix == "u8R" || prefix == "LR" || prefix == "uR" || prefix == "UR";
}

}  // namespace

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool Source::is_under(std::string_view folder) const {
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

int line_of(std::string_view text, std::size_t offset) {
    auto const before = text.substr(0, std::min(offset, text.size()));
    return 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
}

std::string without_prose(std::string_view cpp) {
    std::string out{cpp};
    std::size_t i = 0;
    while (i < cpp.size()) {
        auto const next = i + 1 < cpp.size() ? cpp[i + 1] : '\0';
        auto end = i + 1;
        if (cpp[i] == '/' && next == '/') {
            end = end_of_directive(cpp, i);
            blank(out, i, end);
        } else if (cpp[i] == '/' && next == '*') {
            auto const close = cpp.find("*/", i + 2);
            end = close == std::string_view::npos ? cpp.size() : close + 2;
            blank(out, i, end);
        } else if (cpp[i] == '#' && starts_line(cpp, i)) {
            end = end_of_directive(cpp, i);
            blank(out, i, end);
        } else if (cpp[i] == '"') {
            end = is_raw(cpp, i) ? end_of_raw_literal(cpp, i) : end_of_literal(cpp, i);
            blank(out, i + 1, end - 1);
        } else if (cpp[i] == '\'' && !(i > 0 && is_word(cpp[i - 1]))) {
            // After a word character it is the separator of 50'000.
            end = end_of_literal(cpp, i);
            blank(out, i + 1, end - 1);
        }
        i = end;
    }
    return out;
}

std::string sql_without_prose(std::string_view sql) {
    std::string out{sql};
    std::size_t i = 0;
    while (i < sql.size()) {
        auto end = i + 1;
        if (sql.substr(i, 2) == "--") {
            end = end_of_line(sql, i);
            blank(out, i, end);
        } else if (sql.substr(i, 2) == "/*") {
            int depth = 0;
            for (end = i; end < sql.size(); ++end) {
                if (sql.substr(end, 2) == "/*") { ++depth; ++end; }
                else if (sql.substr(end, 2) == "*/") { --depth; ++end; if (depth == 0) { ++end; break; } }
            }
            blank(out, i, end);
        } else if (sql[i] == '\'') {
            auto const close = sql.find('\'', i + 1);
            end = close == std::string_view::npos ? sql.size() : close + 1;
            blank(out, i + 1, end - 1);
        }
        i = end;
    }
    return out;
}

std::vector<Source> read_tree(std::filesystem::path const& root) {
    static std::set<std::string> const skipped{"build", "var", "node_modules"};
    std::vector<Source> sources;
    for (auto entry = std::filesystem::recursive_directory_iterator{root}; entry != std::filesystem::end(entry); ++entry) {
        auto const name = entry->path().filename().string();
        if (entry->is_directory() && (skipped.contains(name) || name.starts_with('.'))) {
            entry.disable_recursion_pending();
            continue;
        }
        auto const extension = entry->path().extension().string();
        if (!entry->is_regular_file() || (extension != ".cpp" && extension != ".hpp" && extension != ".sql")) continue;
        std::ifstream in{entry->path(), std::ios::binary};
        sources.push_back({std::filesystem::relative(entry->path(), root).generic_string(),
                           std::string{std::istreambuf_iterator<char>{in}, {}}});
    }
    std::sort(sources.begin(), sources.end(), [](auto const& a, auto const& b) { return a.path < b.path; });
    return sources;
}

}  // namespace choso::tidy
