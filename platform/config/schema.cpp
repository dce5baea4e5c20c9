#include <algorithm>
#include <numeric>

#include "base/assert.hpp"
#include "platform/config/config.hpp"
#include "platform/config/toml_text.hpp"

namespace choso::config {
namespace {

bool is_key_name(std::string_view name) {
    auto const symbol = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; };
    return std::all_of(name.begin(), name.end(), symbol) && name.find('.') != std::string_view::npos &&
           !name.starts_with('.') && !name.ends_with('.') && name.find("..") == std::string_view::npos &&
           name.find("__") == std::string_view::npos && name.find("_.") == std::string_view::npos &&
           name.find("._") == std::string_view::npos;
}

/// Edits between two words: letters added, dropped, changed, or two neighbours swapped.
std::size_t edits(std::string_view a, std::string_view b) {
    auto before = std::vector<std::size_t>(b.size() + 1);
    auto last = before;
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto next = std::vector<std::size_t>(b.size() + 1, i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            auto const changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
            next[j] = std::min({last[j] + 1, next[j - 1] + 1, changed});
            auto const swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) next[j] = std::min(next[j], before[j - 2] + 1);
        }
        before = std::exchange(last, std::move(next));
    }
    return last.back();
}

std::string joined(List const& texts) {
    auto out = std::string{};
    for (auto const& text : texts) out += (out.empty() ? "" : ", ") + text;
    return out;
}

}  // namespace

Key::Key(std::string name, Value value, std::string doc)
    : name_{std::move(name)}, standard_{std::move(value)}, doc_{std::move(doc)} {
    CHOSO_ASSERT(is_key_name(name_));
}

Key Key::between(std::int64_t least, std::int64_t most) && {
    CHOSO_ASSERT(std::holds_alternative<std::int64_t>(standard_) && least <= most);
    least_ = least;
    most_ = most;
    return std::move(*this);
}

Key Key::one_of(List choices) && {
    CHOSO_ASSERT(std::holds_alternative<std::string>(standard_) || std::holds_alternative<List>(standard_));
    CHOSO_ASSERT(!choices.empty());
    choices_ = std::move(choices);
    return std::move(*this);
}

Key Key::required() && {
    required_ = true;
    return std::move(*this);
}

Key Key::secret() && {
    secret_ = true;
    return std::move(*this);
}

std::string Key::variable() const {
    auto out = std::string{"CHOSO_"};
    for (auto const c : name_) {
        if (c == '.') {
            out += "__";
        } else {
            out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
    }
    return out;
}

std::optional<std::string> Key::complaint(Value const& value) const {
    if (auto const* number = std::get_if<std::int64_t>(&value); number != nullptr && (*number < least_ || *number > most_)) {
        auto const got = secret_ ? std::string{} : ", not " + std::to_string(*number);
        return "must be from " + std::to_string(least_) + " to " + std::to_string(most_) + got;
    }
    if (choices_.empty()) return std::nullopt;
    auto const refused = [&](std::string const& text) -> std::optional<std::string> {
        if (std::find(choices_.begin(), choices_.end(), text) != choices_.end()) return std::nullopt;
        return "must be one of " + joined(choices_) + (secret_ ? std::string{} : ", not " + in_quotes(text));
    };
    if (auto const* text = std::get_if<std::string>(&value)) return refused(*text);
    if (auto const* list = std::get_if<List>(&value))
        for (auto const& text : *list)
            if (auto complaint = refused(text)) return complaint;
    return std::nullopt;
}

Schema::Schema(std::vector<Key> keys) : keys_{std::move(keys)} {
    CHOSO_ASSERT(!keys_.empty());
    for (auto const& key : keys_) {
        CHOSO_ASSERT(find(key.name()) == &key);
        CHOSO_ASSERT(key.is_required() || !key.complaint(key.standard()));
        // A key cannot also be a section.
        auto const is_below = [&](Key const& other) { return other.name().starts_with(key.name() + '.'); };
        CHOSO_ASSERT(std::none_of(keys_.begin(), keys_.end(), is_below));
    }
}

Key const* Schema::find(std::string_view name) const {
    auto const found = std::find_if(keys_.begin(), keys_.end(), [&](Key const& key) { return key.name() == name; });
    return found == keys_.end() ? nullptr : &*found;
}

Key const& Schema::nearest(std::string_view name) const {
    return *std::min_element(keys_.begin(), keys_.end(),
                             [&](Key const& a, Key const& b) { return edits(name, a.name()) < edits(name, b.name()); });
}

std::string Schema::example() const {
    auto out = std::string{};
    auto section = std::string{};
    for (auto const& key : keys_) {
        auto const dot = key.name().rfind('.');
        if (key.name().substr(0, dot) != section) {
            section = key.name().substr(0, dot);
            out += (out.empty() ? "[" : "\n[") + section + "]\n";
        }
        out += "# " + key.doc() + (key.is_required() ? " Required.\n" : "\n");
        out += "# " + key.name().substr(dot + 1) + " = " + toml_text(key.standard()) + '\n';
    }
    return out;
}

}  // namespace choso::config
