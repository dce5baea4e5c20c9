#include "gateway/cli/options.hpp"

#include <algorithm>

namespace choso::cli {
namespace {

enum class Kind { flag, one, many };

struct Found {
    std::string_view name;
    Kind kind;
};

/// What `name` (with its dashes) is among the known ones.
std::optional<Found> find(Options::Known const& known, std::string_view name) {
    for (auto const spec : known) {
        auto const bare = spec.substr(0, spec.find('='));
        if (bare != name) continue;
        if (bare.size() == spec.size()) return Found{bare, Kind::flag};
        return Found{bare, spec.ends_with("=*") ? Kind::many : Kind::one};
    }
    return std::nullopt;
}

Misuse misuse(std::string_view what, std::string_view which) { return {std::string{what} + std::string{which}}; }

}  // namespace

Result<Options, Misuse> Options::parse(std::vector<std::string_view> const& args, Known const& known) {
    Options out;
    for (auto i = std::size_t{0}; i < args.size(); ++i) {
        auto const arg = args[i];
        if (!arg.starts_with("--")) {
            if (arg.starts_with('-') && arg.size() > 1) return misuse("unknown option ", arg);
            out.words_.push_back(arg);
            continue;
        }
        auto const equals = arg.find('=');
        auto const found = find(known, arg.substr(0, equals));
        if (!found) return misuse("unknown option ", arg.substr(0, equals));
        auto& values = out.values_[found->name];
        if (!values.empty() && found->kind != Kind::many) return misuse("given twice: ", found->name);
        if (found->kind == Kind::flag) {
            if (equals != std::string_view::npos) return misuse("takes no value: ", found->name);
            values.emplace_back();
        } else if (equals != std::string_view::npos) {
            values.push_back(arg.substr(equals + 1));
        } else if (i + 1 < args.size()) {
            values.push_back(args[++i]);
        } else {
            return misuse("needs a value: ", found->name);
        }
    }
    return out;
}

std::optional<std::string_view> Options::value(std::string_view name) const {
    auto const at = values_.find(name);
    if (at == values_.end() || at->second.empty()) return std::nullopt;
    return at->second.front();
}

std::vector<std::string_view> Options::all(std::string_view name) const {
    auto const at = values_.find(name);
    return at == values_.end() ? std::vector<std::string_view>{} : at->second;
}

bool asks_for_help(std::vector<std::string_view> const& args) {
    return std::ranges::any_of(args, [](auto arg) { return arg == "--help" || arg == "-h"; });
}

}  // namespace choso::cli
