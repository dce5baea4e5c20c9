#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.hpp"
#include "platform/http/responder.hpp"

namespace choso::http {

/// What differs for one route; zero means the server's own limit (ServerOptions).
struct RouteLimits {
    std::size_t body_bytes_max = 0;
    std::chrono::milliseconds body_timeout{0};
    std::chrono::milliseconds handler_timeout{0};
};

struct Route {
    std::string name{};  ///< for logs and metrics
    Handler handler{};
    RouteLimits limits{};
};

/// Which handler answers which path. Filled once, before the server starts; reading it needs no lock.
///
/// A pattern is literal segments and parameters: `/api/v1/payment-requests/{id}`; a last `{rest*}` takes all that
/// follows, slashes included, at least one character. Literal segments win over parameters, parameters over `{rest*}`.
/// A path with a `.` or `..` segment, plain or encoded, is found by no pattern.
class Router {
 public:
    Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    Router(Router const&) = delete;
    Router& operator=(Router const&) = delete;
    ~Router();

    /// Asserts that the pattern is well-formed and that method and pattern are not taken.
    void add(Method method, std::string pattern, std::string route_name, Handler handler, RouteLimits limits = {});

    /// The names of all routes.
    [[nodiscard]] std::set<std::string, std::less<>> names() const;

    struct Match {
        Route const* route = nullptr;  ///< null: 404 if `allow` is empty, else 405 (or, for OPTIONS, the answer)
        std::map<std::string, std::string, std::less<>> params{};
        std::string allow{};  ///< the methods of the path, when it exists and the method has no route
    };

    /// `path` as it stands on the request line, without query. HEAD is answered by GET.
    [[nodiscard]] Match find(Method method, std::string_view path) const;

 private:
    struct Place;
    struct Node;
    [[nodiscard]] static Place const* walk(Node const& node, std::vector<std::string> const& segments, std::size_t at,
                                           std::vector<std::string>& values);
    std::unique_ptr<Node> root_;
    std::set<std::string, std::less<>> names_{};
};

}  // namespace choso::http
