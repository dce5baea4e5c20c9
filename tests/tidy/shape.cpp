#include "tests/tidy/shape.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "tests/tidy/braces.hpp"

namespace choso::tidy {
namespace {

constexpr auto npos = std::string_view::npos;

char before(std::string_view text, std::size_t at) {
    while (at > 0 && std::isspace(static_cast<unsigned char>(text[at - 1])) != 0) --at;
    return at == 0 ? '\0' : text[at - 1];
}

/// Where the word stands as a word, from `at` on.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t at) {
    for (at = text.find(word, at); at != npos; at = text.find(word, at + 1)) {
        auto const end = at + word.size();
        if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) return at;
    }
    return npos;
}

/// The full expression around `at`: from the last to the next border on its own level, where a border is `;`, a brace of
/// a block, or the parenthesis of an `if`, `while`, `for` or `switch`.
struct Span {
    std::size_t from;
    std::size_t to;
};

bool is_control(std::string_view text, std::size_t parenthesis) {
    auto end = parenthesis;
    while (end > 0 && std::isspace(static_cast<unsigned char>(text[end - 1])) != 0) --end;
    auto from = end;
    while (from > 0 && is_word(text[from - 1])) --from;
    auto const word = text.substr(from, end - from);
    return word == "if" || word == "while" || word == "for" || word == "switch" || word == "constexpr";
}

/// The `(` that the `)` at `close` belongs to; 0 when there is none.
std::size_t opening_of(std::string_view text, std::size_t close) {
    int depth = 0;
    for (auto i = close + 1; i > 0; --i) {
        if (text[i - 1] == ')') ++depth;
        if (text[i - 1] == '(' && --depth == 0) return i - 1;
    }
    return 0;
}

Span full_expression(std::string_view text, std::vector<Brace> const& braces, std::size_t at) {
    auto const opened_by = [&](std::size_t i) {
        return std::find_if(braces.begin(), braces.end(), [i](Brace const& brace) { return brace.open == i; });
    };
    auto const closed_by = [&](std::size_t i) {
        return std::find_if(braces.begin(), braces.end(), [i](Brace const& brace) { return brace.close == i; });
    };
    // A closed block before us ended the statement before; one within parentheses (a lambda's body) did not.
    auto from = at;
    for (int depth = 0; from > 0; --from) {
        auto const c = text[from - 1];
        if (c == ';' && depth == 0) break;
        if (c == ')' && depth == 0 && is_control(text, opening_of(text, from - 1))) break;
        if (c == ')' || c == ']') ++depth;
        if (c == '(' || c == '[') {
            if (depth == 0 && c == '(' && is_control(text, from - 1)) break;
            if (depth > 0) --depth;
        }
        if (c == '{' && opened_by(from - 1) != braces.end() && opened_by(from - 1)->kind != BraceKind::value) break;
        if (c == '}') {
            auto const brace = closed_by(from - 1);
            if (brace == braces.end()) break;
            if (brace->kind != BraceKind::value && depth == 0) break;
            from = brace->open + 1;
        }
    }
    auto to = from;
    for (int depth = 0; to < text.size(); ++to) {
        auto const c = text[to];
        if (c == ';' && depth == 0) break;
        if (c == '(' || c == '[') ++depth;
        // The parenthesis that closes an `if (` was opened before `from`.
        if ((c == ')' || c == ']') && --depth < 0) break;
        if (c == '{') {
            auto const brace = opened_by(to);
            if (brace == braces.end() || (brace->kind != BraceKind::value && depth == 0)) break;
            to = brace->close;
        } else if (c == '}') {
            break;
        }
    }
    return {from, to};
}

/// A lambda's `[` that captures something: not a subscript, not an attribute, not `[]`.
bool has_capture(std::string_view expression) {
    for (auto at = expression.find('['); at != npos; at = expression.find('[', at + 1)) {
        auto const previous = before(expression, at);
        if (is_word(previous) || previous == ')' || previous == ']' || previous == '[') {
            auto word_from = at;
            while (word_from > 0 && expression[word_from - 1] == ' ') --word_from;
            if (!expression.substr(0, word_from).ends_with("return")) continue;
        }
        if (expression.substr(at + 1).starts_with('[')) { ++at; continue; }
        auto const inside = expression.substr(at + 1, expression.find(']', at) - at - 1);
        if (inside.find_first_not_of(" \n\t") != npos) return true;
    }
    return false;
}

bool is_money_table(std::string_view word) {
    static constexpr std::array<std::string_view, 15> tables{"payment_request", "payment", "sighting", "allocation", "journal",
                                                             "entry", "event", "due", "idempotency", "refund",
                                                             "ledger_account", "bank_text", "quarantine",
                                                             "payout", "reversal"};
    return std::find(tables.begin(), tables.end(), word) != tables.end();
}

std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

}  // namespace

std::vector<Violation> too_long(Source const& source) {
    std::vector<Violation> found;
    if (!source.is_cpp() && !source.is_sql()) return found;
    auto const lines = static_cast<int>(std::count(source.text.begin(), source.text.end(), '\n'));
    if (lines > most_lines_of_a_file) found.push_back({source.path, 0, "has " + std::to_string(lines) + " lines"});
    if (!source.is_cpp()) return found;
    auto const code = without_prose(source.text);
    for (auto const& brace : braces_of(code)) {
        if (brace.kind != BraceKind::function) continue;
        auto const first = line_of(code, brace.head);
        auto const length = line_of(code, brace.close) - first + 1;
        if (length > most_lines_of_a_function)
            found.push_back({source.path, first, "a function of " + std::to_string(length) + " lines"});
    }
    return found;
}

std::vector<Violation> unsafe_co_await(Source const& source) {
    std::vector<Violation> found;
    if (!source.is_cpp()) return found;
    auto const code = without_prose(source.text);
    auto const braces = braces_of(code);
    for (auto at = find_word(code, "co_await", 0); at != npos; at = find_word(code, "co_await", at + 1)) {
        auto const [from, to] = full_expression(code, braces, at);
        auto const line = line_of(code, at);
        // What stands in a lambda's own body is another expression, but its captures belong to this one.
        auto const brace_inside = std::any_of(braces.begin(), braces.end(), [from = from, to = to](Brace const& brace) {
            return brace.kind == BraceKind::value && brace.open >= from && brace.open < to;
        });
        if (has_capture(std::string_view{code}.substr(from, to - from)))
            found.push_back({source.path, line, "co_await beside a lambda that captures: name the lambda first"});
        else if (brace_inside)
            found.push_back({source.path, line, "co_await beside a braced temporary: name it first"});
    }
    return found;
}

std::vector<Violation> money_without_bucket(Source const& source) {
    std::vector<Violation> found;
    if (!source.is_sql() || source.is_under("deploy/migrations")) return found;
    auto const ours = {"gateway", "merchants", "settlement", "marketplace"};
    if (std::none_of(ours.begin(), ours.end(), [&](char const* folder) { return source.is_under(folder); })) return found;
    auto const text = lower(sql_without_prose(source.text));
    std::size_t from = 0;
    while (from < text.size()) {
        auto const to = std::min(text.find(';', from), text.size());
        auto const statement = std::string_view{text}.substr(from, to - from);
        std::string table;
        bool says_bucket = false;
        for (std::size_t i = 0; i < statement.size();) {
            if (!is_word(statement[i])) { ++i; continue; }
            auto const start = i;
            while (i < statement.size() && is_word(statement[i])) ++i;
            auto const word = statement.substr(start, i - start);
            says_bucket = says_bucket || word == "bucket";
            if (table.empty() && is_money_table(word)) table = word;
        }
        auto const first = text.find_first_not_of(" \t\n", from);
        if (!table.empty() && !says_bucket)
            found.push_back({source.path, line_of(text, std::min(first, to)), "names " + table + " without bucket"});
        from = to + 1;
    }
    return found;
}

}  // namespace choso::tidy
