#include "tests/tidy/braces.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "tests/tidy/source.hpp"

namespace choso::tidy {
namespace {

constexpr auto npos = std::string_view::npos;

std::string_view trimmed(std::string_view text) {
    auto const from = text.find_first_not_of(" \t\n");
    if (from == npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\n") - from + 1);
}

bool has_word(std::string_view text, std::string_view word) {
    for (auto at = text.find(word); at != npos; at = text.find(word, at + 1)) {
        auto const end = at + word.size();
        if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) return true;
    }
    return false;
}

std::string_view last_word(std::string_view text) {
    auto from = text.size();
    while (from > 0 && is_word(text[from - 1])) --from;
    return text.substr(from);
}

/// Drops `<…>` so that `template <class T>` is not taken for a class.
std::string without_template_head(std::string_view head) {
    std::string out{head};
    for (auto at = out.find("template"); at != std::string::npos; at = out.find("template", at + 1)) {
        auto const open = out.find('<', at);
        if (open == std::string::npos) break;
        int depth = 0;
        for (auto i = open; i < out.size(); ++i) {
            if (out[i] == '<') ++depth;
            if (out[i] == '>' && --depth == 0) {
                std::fill(out.begin() + static_cast<std::ptrdiff_t>(at), out.begin() + static_cast<std::ptrdiff_t>(i) + 1, ' ');
                break;
            }
        }
    }
    return out;
}

/// A member initializer, `: n_{n}`: the head has a parameter list, then a lone colon, and the brace sits at a name.
bool is_member_initializer(std::string_view head) {
    auto const list = head.find(')');
    if (list == npos || head.empty() || !(is_word(head.back()) || head.back() == '>')) return false;
    for (auto at = head.find(':', list); at != npos; at = head.find(':', at + 1)) {
        if (at + 1 < head.size() && head[at + 1] == ':') { ++at; continue; }
        return true;
    }
    return false;
}

/// The last `)` and what follows it: `) const noexcept`, `) -> Result<A, B>`.
bool ends_like_a_function(std::string_view head) {
    auto const list = head.rfind(')');
    if (list == npos) return false;
    auto const rest = head.substr(list + 1);
    if (rest.find("->") != npos) return true;
    if (rest.find_first_of("=,") != npos) return false;
    static constexpr std::array<std::string_view, 7> words{"", "const", "noexcept", "override", "final", "mutable", "try"};
    return std::find(words.begin(), words.end(), last_word(trimmed(rest))) != words.end();
}

class Reader {
 public:
    explicit Reader(std::string_view text) : text_{text} {}

    std::vector<Brace> read() {
        for (std::size_t i = 0; i < text_.size(); ++i) step(i);
        while (!open_.empty()) close(text_.size());
        return std::move(found_);
    }

 private:
    struct Level {
        std::size_t brace;   ///< index in found_
        std::size_t head;    ///< of the level outside
        int parentheses;     ///< open ones of the level outside
    };

    void step(std::size_t i) {
        switch (text_[i]) {
            case '(': ++parentheses_; break;
            case ')': --parentheses_; break;
            case ';': if (parentheses_ == 0) head_ = i + 1; break;
            case ':': if (is_label(i)) head_ = i + 1; break;
            case '{': open(i); break;
            case '}': if (!open_.empty()) close(i); break;
            default: break;
        }
    }

    /// `public:`, `case 3:` end a head as `;` does.
    [[nodiscard]] bool is_label(std::size_t colon) const {
        if (parentheses_ != 0) return false;
        auto const head = trimmed(text_.substr(head_, colon - head_));
        return head == "public" || head == "private" || head == "protected" || head == "default" || head.starts_with("case ");
    }

    [[nodiscard]] bool inside_function() const {
        return std::any_of(open_.begin(), open_.end(), [&](Level const& level) {
            return found_[level.brace].kind == BraceKind::function || found_[level.brace].kind == BraceKind::block;
        });
    }

    [[nodiscard]] BraceKind kind_of(std::string_view raw) const {
        auto const head_text = without_template_head(raw);
        auto const head = trimmed(head_text);
        auto const before = trimmed(raw).empty() ? '\0' : trimmed(raw).back();
        auto const in_function = inside_function();
        if (parentheses_ > 0) return is_lambda(head) ? BraceKind::block : BraceKind::value;
        if (before == '=' || before == ',' || before == '(') return BraceKind::value;
        if (!in_function) {
            if (head.starts_with("namespace") || has_word(head, "namespace") || head.starts_with("extern")) return BraceKind::space;
            if (is_member_initializer(head)) return BraceKind::value;
            if (ends_like_a_function(head) || is_body_after_initializers(head)) return BraceKind::function;
            for (auto const* word : {"class", "struct", "union", "enum"})
                if (has_word(head, word)) return BraceKind::type;
            return BraceKind::value;
        }
        if (head.empty() || is_lambda(head) || ends_like_a_function(head)) return BraceKind::block;
        auto const word = last_word(head);
        if (word == "else" || word == "do" || word == "try") return BraceKind::block;
        for (auto const* type : {"struct", "class", "enum", "union"})
            if (head.starts_with(type)) return BraceKind::type;
        return BraceKind::value;
    }

    /// After `: a_{1}, b_(2)` the body's head still holds the initializers and ends with one's closing bracket.
    [[nodiscard]] static bool is_body_after_initializers(std::string_view head) {
        return !head.empty() && head.back() == '}' && head.find(')') != npos && is_member_initializer(head.substr(0, head.rfind('{')));
    }

    /// `[…]`, `[…](…)`, `[…](…) mutable -> T` at the end of the head.
    [[nodiscard]] static bool is_lambda(std::string_view head) {
        if (head.empty()) return false;
        if (head.back() == ']') return true;
        auto const open = head.rfind('[');
        if (open == npos) return false;
        auto const close = head.find(']', open);
        if (close == npos) return false;
        auto const rest = trimmed(head.substr(close + 1));
        return rest.starts_with('(') && ends_like_a_function(head) && balanced_until_end(rest);
    }

    /// The parameter list that `rest` begins with is the last one on this level.
    [[nodiscard]] static bool balanced_until_end(std::string_view rest) {
        int depth = 0;
        for (std::size_t i = 0; i < rest.size(); ++i) {
            if (rest[i] == '(') ++depth;
            if (rest[i] == ')' && --depth == 0) {
                auto const tail = trimmed(rest.substr(i + 1));
                return tail.empty() || is_word(tail.front()) || tail.starts_with("->");
            }
        }
        return false;
    }

    void open(std::size_t i) {
        auto const kind = kind_of(text_.substr(head_, i - head_));
        open_.push_back({found_.size(), head_, parentheses_});
        found_.push_back({kind, first_word_from(head_), i, text_.size()});
        head_ = i + 1;
        parentheses_ = 0;
    }

    void close(std::size_t i) {
        auto const level = open_.back();
        open_.pop_back();
        found_[level.brace].close = i;
        parentheses_ = level.parentheses;
        // A value, and a lambda within parentheses, is part of a text that goes on; any other brace ends one.
        auto const goes_on = found_[level.brace].kind == BraceKind::value || level.parentheses > 0;
        head_ = goes_on ? level.head : i + 1;
    }

    [[nodiscard]] std::size_t first_word_from(std::size_t at) const {
        auto const found = text_.find_first_not_of(" \t\n", at);
        return found == npos ? at : found;
    }

    std::string_view text_;
    std::size_t head_ = 0;
    int parentheses_ = 0;
    std::vector<Level> open_;
    std::vector<Brace> found_;
};

}  // namespace

std::vector<Brace> braces_of(std::string_view text) { return Reader{text}.read(); }

}  // namespace choso::tidy
