#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace choso::tidy {

/// A file of the repository: its path from the root, with `/`, and its bytes.
struct Source {
    std::string path;
    std::string text;

    [[nodiscard]] bool is_cpp() const { return path.ends_with(".cpp") || path.ends_with(".hpp"); }
    [[nodiscard]] bool is_sql() const { return path.ends_with(".sql"); }
    [[nodiscard]] bool is_under(std::string_view folder) const;
};

/// One broken rule. `line` counts from 1; 0 when the whole file is meant.
struct Violation {
    std::string path;
    int line = 0;
    std::string what;
};

/// Every C++ and SQL file of the checkout, sorted by path; what is built, installed or run (build/, var/,
/// node_modules/, hidden folders) is left out.
[[nodiscard]] std::vector<Source> read_tree(std::filesystem::path const& root);

/// The same text, byte for byte as long and with the same line ends, in which comments, the insides of string and
/// character literals and preprocessor lines are blanks. What is left is brackets, words and operators.
[[nodiscard]] std::string without_prose(std::string_view cpp);

/// The same for SQL: `--` and nested `/* */` comments, quoted strings. Dollar-quoted bodies stay: they are statements.
[[nodiscard]] std::string sql_without_prose(std::string_view sql);

[[nodiscard]] int line_of(std::string_view text, std::size_t offset);
[[nodiscard]] bool is_word(char c);

}  // namespace choso::tidy
