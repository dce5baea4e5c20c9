#include "platform/http/router.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "platform/http/url.hpp"

namespace choso::http {
namespace {

constexpr auto method_count = static_cast<std::size_t>(Method::other);
constexpr auto segments_max = std::size_t{32};

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }
bool is_tail(std::string_view segment) { return segment.ends_with("*}"); }

std::vector<std::string_view> split(std::string_view path) {
    auto segments = std::vector<std::string_view>{};
    path.remove_prefix(1);
    for (;;) {
        auto const end = path.find('/');
        segments.push_back(path.substr(0, end));
        if (end == std::string_view::npos || segments.size() > segments_max) return segments;
        path.remove_prefix(end + 1);
    }
}

/// The path's segments, decoded one by one so that `%2F` stays inside its segment; none if a segment is broken or
/// climbs (`.`, `..`).
std::optional<std::vector<std::string>> decode(std::string_view path) {
    auto decoded = std::vector<std::string>{};
    auto const raw = split(path);
    if (raw.size() > segments_max) return std::nullopt;
    decoded.reserve(raw.size());
    for (auto const segment : raw) {
        auto text = percent_decode(segment);
        if (!text || *text == "." || *text == "..") return std::nullopt;
        decoded.push_back(std::move(*text));
    }
    return decoded;
}

}  // namespace

/// A path that exists: its methods and the names of its parameters, in order.
struct Router::Place {
    std::array<std::optional<Route>, method_count> routes{};
    std::vector<std::string> names{};

    [[nodiscard]] Route const* route(Method method) const {
        if (method == Method::other) return nullptr;
        auto const& exact = routes[static_cast<std::size_t>(method)];
        if (exact) return &*exact;
        auto const& get = routes[static_cast<std::size_t>(Method::get)];
        return method == Method::head && get ? &*get : nullptr;
    }
    [[nodiscard]] std::string allow() const {
        auto text = std::string{};
        for (auto i = std::size_t{0}; i < method_count; ++i) {
            auto const method = static_cast<Method>(i);
            if (!route(method) && method != Method::options) continue;
            text.append(text.empty() ? "" : ", ").append(to_string(method));
        }
        return text;
    }
};

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals{};
    std::unique_ptr<Node> parameter{};
    std::unique_ptr<Place> here{};
    std::unique_ptr<Place> tail{};
};

Router::Router() : root_{std::make_unique<Node>()} {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

void Router::add(Method method, std::string pattern, std::string route_name, Handler handler, RouteLimits limits) {
    CHOSO_ASSERT(pattern.starts_with('/'));
    CHOSO_ASSERT(method != Method::other);
    CHOSO_ASSERT(handler != nullptr);
    auto const segments = split(pattern);
    auto names = std::vector<std::string>{};
    auto* node = root_.get();
    auto* slot = &node->here;
    for (auto i = std::size_t{0}; i < segments.size(); ++i) {
        auto const segment = segments[i];
        if (!is_parameter(segment)) {
            CHOSO_ASSERT(segment.find_first_of("{}*%") == std::string_view::npos);
            auto& next = node->literals[std::string{segment}];
            if (!next) next = std::make_unique<Node>();
            node = next.get();
            slot = &node->here;
            continue;
        }
        auto const tail = is_tail(segment);
        CHOSO_ASSERT(segment.ends_with('}') && (!tail || i + 1 == segments.size()));
        names.emplace_back(segment.substr(1, segment.size() - (tail ? 3 : 2)));
        CHOSO_ASSERT(is_token(names.back()));
        if (tail) {
            slot = &node->tail;
            break;
        }
        if (!node->parameter) node->parameter = std::make_unique<Node>();
        node = node->parameter.get();
        slot = &node->here;
    }
    if (!*slot) {
        *slot = std::make_unique<Place>();
        (*slot)->names = names;
    }
    auto& route = (*slot)->routes[static_cast<std::size_t>(method)];
    CHOSO_ASSERT(!route.has_value());
    CHOSO_ASSERT((*slot)->names == names);
    names_.insert(route_name);
    route = Route{.name = std::move(route_name), .handler = std::move(handler), .limits = limits};
}

std::set<std::string, std::less<>> Router::names() const { return names_; }

Router::Place const* Router::walk(Node const& node, std::vector<std::string> const& segments, std::size_t at,
                                  std::vector<std::string>& values) {
    if (at == segments.size()) return node.here.get();
    if (auto const literal = node.literals.find(segments[at]); literal != node.literals.end()) {
        if (auto const* found = walk(*literal->second, segments, at + 1, values)) return found;
    }
    if (node.parameter && !segments[at].empty()) {
        values.push_back(segments[at]);
        if (auto const* found = walk(*node.parameter, segments, at + 1, values)) return found;
        values.pop_back();
    }
    if (!node.tail) return nullptr;
    auto rest = segments[at];
    for (auto i = at + 1; i < segments.size(); ++i) rest.append("/").append(segments[i]);
    if (rest.empty()) return nullptr;
    values.push_back(std::move(rest));
    return node.tail.get();
}

Router::Match Router::find(Method method, std::string_view path) const {
    auto match = Match{};
    if (!path.starts_with('/')) return match;
    auto const segments = decode(path);
    if (!segments) return match;
    auto values = std::vector<std::string>{};
    auto const* place = walk(*root_, *segments, 0, values);
    if (!place) return match;
    match.route = place->route(method);
    if (!match.route) {
        match.allow = place->allow();
        return match;
    }
    CHOSO_ASSERT(values.size() == place->names.size());
    for (auto i = std::size_t{0}; i < values.size(); ++i) match.params.emplace(place->names[i], std::move(values[i]));
    return match;
}

}  // namespace choso::http
