#include <toml++/toml.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

#include "base/assert.hpp"
#include "platform/config/config.hpp"
#include "platform/config/toml_text.hpp"

namespace choso::config {
namespace {

constexpr std::string_view prefix = "CHOSO_";

std::string_view type_name(Value const& value) {
    switch (value.index()) {
        case 0: return "a whole number";
        case 1: return "true or false";
        case 2: return "a text";
        default: return "a list of texts";
    }
}

std::string_view type_name(toml::node const& node) {
    switch (node.type()) {
        case toml::node_type::table: return "a section";
        case toml::node_type::array: return "a list";
        case toml::node_type::string: return "a text";
        case toml::node_type::integer: return "a whole number";
        case toml::node_type::floating_point: return "a number with a fraction";
        case toml::node_type::boolean: return "true or false";
        case toml::node_type::none: return "nothing";
        default: return "a date or a time";
    }
}

/// The node as a value of the type that `like` has; nothing if it is of another.
std::optional<Value> value_of(toml::node const& node, Value const& like) {
    if (std::holds_alternative<std::int64_t>(like) && node.is_integer()) return Value{node.as_integer()->get()};
    if (std::holds_alternative<bool>(like) && node.is_boolean()) return Value{node.as_boolean()->get()};
    if (std::holds_alternative<std::string>(like) && node.is_string()) return Value{node.as_string()->get()};
    if (!std::holds_alternative<List>(like) || !node.is_array()) return std::nullopt;
    auto list = List{};
    for (auto const& item : *node.as_array()) {
        if (!item.is_string()) return std::nullopt;
        list.push_back(item.as_string()->get());
    }
    return Value{std::move(list)};
}

std::optional<Value> value_of(std::string const& text, Value const& like) {
    if (std::holds_alternative<std::string>(like)) return Value{text};
    if (std::holds_alternative<bool>(like)) {
        if (text == "true") return Value{true};
        return text == "false" ? std::optional{Value{false}} : std::nullopt;
    }
    if (std::holds_alternative<std::int64_t>(like)) {
        std::int64_t number = 0;
        auto const* end = text.data() + text.size();
        auto const [stop, failed] = std::from_chars(text.data(), end, number);
        return failed == std::errc{} && stop == end ? std::optional{Value{number}} : std::nullopt;
    }
    auto list = List{};
    for (std::size_t at = 0; at < text.size();) {
        auto const comma = std::min(text.find(',', at), text.size());
        list.push_back(text.substr(at, comma - at));
        at = comma + 1;
    }
    return Value{std::move(list)};
}

/// Nothing if there is no such file, it is a folder, or the disk fails half-way.
std::optional<std::string> contents(std::filesystem::path const& path) {
    auto in = std::ifstream{path, std::ios::binary};
    if (!in) return std::nullopt;
    try {
        return std::string{std::istreambuf_iterator<char>{in}, {}};
    } catch (std::ios_base::failure const&) {
        return std::nullopt;
    }
}

/// Variables by which scripts and tests talk to each other; no setting of the program.
bool is_for_scripts(std::string_view variable) {
    return variable == "CHOSO_CORPORA" || variable == "CHOSO_BINARY" || variable == "CHOSO_BUILD_DIR" || variable == "CHOSO_SOURCE_DIR" || variable.starts_with("CHOSO_TEST_") || variable.starts_with("CHOSO_LOAD_");
}

/// `CHOSO_HTTP__PORT` → `http.port`.
std::string key_of_variable(std::string_view variable) {
    auto out = std::string{};
    for (std::size_t at = prefix.size(); at < variable.size(); ++at) {
        if (variable.substr(at, 2) == "__") {
            out += '.';
            ++at;
        } else {
            auto const c = variable[at];
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return out;
}

}  // namespace

/// Gathers values and complaints; a file with five mistakes is told of all five at once.
class Loader {
 public:
    explicit Loader(Schema const& schema) : schema_{schema} {
        for (auto const& key : schema.keys()) {
            config_.order_.push_back(key.name());
            config_.entries_.emplace(key.name(), Config::Entry{key.standard(), std::string{by_default}, key.is_secret()});
        }
    }

    void read_file(std::filesystem::path const& path) {
        auto text = contents(path);
        if (!text) {
            errors_.push_back(path.string() + ": cannot be read");
            return;
        }
        try {
            read_table(toml::parse(*text, path.string()), path.string(), {});
            // toml++ keeps its tables sorted by name; a reader goes down the file.
            auto const by_line = [](auto const& a, auto const& b) { return a.first < b.first; };
            std::stable_sort(in_file_.begin(), in_file_.end(), by_line);
            for (auto& [line, complaint] : in_file_) errors_.push_back(std::move(complaint));
        } catch (toml::parse_error const& error) {
            auto const line = std::to_string(error.source().begin.line);
            errors_.push_back(path.string() + ':' + line + ": " + std::string{error.description()});
        }
    }

    void read_environment(Environment const& environment) {
        for (auto const& [variable, text] : environment) {
            if (!variable.starts_with(prefix) || is_for_scripts(variable)) continue;
            auto const name = key_of_variable(variable);
            auto const* key = schema_.find(name);
            if (key == nullptr || key->variable() != variable) {
                auto const meant = schema_.nearest(name).variable();
                errors_.push_back(variable + " is not a known variable; did you mean " + meant + '?');
            } else if (auto value = value_of(text, key->standard()); !value) {
                refused_.push_back(name);
                errors_.push_back(variable + " must be " + std::string{type_name(key->standard())});
            } else if (auto const complaint = set(*key, std::move(*value), variable)) {
                errors_.push_back(variable + ' ' + *complaint);
            }
        }
    }

    [[nodiscard]] Result<Config, LoadErrors> finish() && {
        for (auto const& key : schema_.keys())
            if (key.is_required() && config_.origin(key.name()) == by_default && !is_refused(key.name()))
                errors_.push_back(key.name() + " is required: set it in the file or as " + key.variable());
        if (!errors_.empty()) return LoadErrors{std::move(errors_)};
        return std::move(config_);
    }

 private:
    static constexpr std::string_view by_default = "default";

    void read_table(toml::table const& table, std::string const& file, std::string const& section) {
        for (auto const& [name, node] : table) {
            auto const path = section.empty() ? std::string{name.str()} : section + '.' + std::string{name.str()};
            auto const line = node.source().begin.line;
            auto const place = file + ':' + std::to_string(line);
            auto const complain = [&](std::string const& what) {
                in_file_.emplace_back(line, place + ": " + path + ' ' + what);
            };
            auto const* key = schema_.find(path);
            if (key == nullptr && node.is_table()) {
                read_table(*node.as_table(), file, path);
            } else if (key == nullptr) {
                complain("is not a known key; did you mean " + schema_.nearest(path).name() + '?');
            } else if (auto value = value_of(node, key->standard()); !value) {
                refused_.push_back(path);
                complain("must be " + std::string{type_name(key->standard())} + ", not " + std::string{type_name(node)});
            } else if (auto const complaint = set(*key, std::move(*value), place)) {
                complain(*complaint);
            }
        }
    }

    /// What is wrong with the value, if anything is.
    std::optional<std::string> set(Key const& key, Value value, std::string const& origin) {
        if (auto complaint = key.complaint(value)) {
            refused_.push_back(key.name());
            return complaint;
        }
        auto& entry = config_.entries_.at(key.name());
        entry.value = std::move(value);
        entry.origin = origin;
        return std::nullopt;
    }

    /// What was set wrongly is not complained of as missing, too.
    [[nodiscard]] bool is_refused(std::string const& name) const {
        return std::find(refused_.begin(), refused_.end(), name) != refused_.end();
    }

    Schema const& schema_;
    Config config_;
    std::vector<std::string> errors_;
    std::vector<std::pair<toml::source_index, std::string>> in_file_;  ///< complaints by line
    List refused_;
};

Environment process_environment() {
    auto out = Environment{};
    for (auto** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
        auto const text = std::string_view{*variable};
        auto const equals = text.find('=');
        if (text.starts_with(prefix) && equals != std::string_view::npos)
            out.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::string LoadErrors::text() const {
    auto out = std::string{};
    for (auto const& line : lines) out += line + '\n';
    return out;
}

Config::Entry const& Config::entry(std::string_view key) const {
    auto const found = entries_.find(key);
    CHOSO_ASSERT(found != entries_.end());
    return found->second;
}

std::int64_t Config::get_int(std::string_view key) const {
    auto const* value = std::get_if<std::int64_t>(&entry(key).value);
    CHOSO_ASSERT(value != nullptr);
    return *value;
}

bool Config::get_bool(std::string_view key) const {
    auto const* value = std::get_if<bool>(&entry(key).value);
    CHOSO_ASSERT(value != nullptr);
    return *value;
}

std::string const& Config::get_string(std::string_view key) const {
    auto const* value = std::get_if<std::string>(&entry(key).value);
    CHOSO_ASSERT(value != nullptr);
    return *value;
}

List const& Config::get_list(std::string_view key) const {
    auto const* value = std::get_if<List>(&entry(key).value);
    CHOSO_ASSERT(value != nullptr);
    return *value;
}

std::string const& Config::origin(std::string_view key) const { return entry(key).origin; }

std::string Config::print() const {
    auto out = std::string{};
    for (auto const& name : order_) {
        auto const& [value, origin, secret] = entry(name);
        auto const empty = value == Value{std::string{}} || value == Value{List{}};
        auto const shown = secret && !empty ? in_quotes("***") : without_password(toml_text(value));
        out += name + " = " + shown + "  # " + origin + '\n';
    }
    return out;
}

Result<Config, LoadErrors> load(Schema const& schema, std::optional<std::filesystem::path> const& file,
                                Environment const& environment) {
    auto loader = Loader{schema};
    if (file) loader.read_file(*file);
    loader.read_environment(environment);
    return std::move(loader).finish();
}

}  // namespace choso::config
