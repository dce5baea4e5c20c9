#include "gateway/pages/layout.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/pages/pay_page.hpp"

namespace choso::pages {

http::Response stall_problem_page(api::Problem const& problem, api::Audience const&) {
    auto const& kind = api::kind_of(problem.code);
    auto out = notice_page(kind.status, kind.status >= 500 ? "Tạm thời chưa mở được" : "Chưa làm được", kind.vi);
    if (kind.status == 503) out.with("Retry-After", "1");
    return out;
}

std::optional<http::Response> error_page(http::ErrorKind error, http::Request const* request) {
    if (request == nullptr) return std::nullopt;
    auto const problem = api::Problem{api::code_of(error)};
    auto const& path = request->path;
    // What a page's own script asks for is read by a program.
    if (path.starts_with("/t/") && !path.ends_with("/stream")) {
        auto const& kind = api::kind_of(problem.code);
        // Too busy, too many, too slow: the page is there, only not now.
        auto const later = kind.status >= 500 || kind.retryable;
        return nothing_page(language_of(*request), later ? PayState::unavailable : PayState::not_found, request->request_id);
    }
    if (path == "/quay" || path.starts_with("/quay/") || path.starts_with("/stall/")) return stall_problem_page(problem, {});
    return std::nullopt;
}

}  // namespace choso::pages
