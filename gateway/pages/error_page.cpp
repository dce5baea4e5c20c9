#include "gateway/pages/layout.hpp"
#include "gateway/pages/pages.hpp"
#include "gateway/pages/pay_page.hpp"

namespace choso::pages {

namespace {

/// A person's browser, where no page of ours has a drawing of its own; a program names JSON, or nothing.
bool is_browser(http::Request const& request) {
    auto const accepted = request.header("Accept").value_or("");
    if (accepted.find("text/html") == std::string_view::npos) return false;
    return !request.path.starts_with("/api/") && !request.path.starts_with("/feeds/");
}

/// In both languages: whoever comes here came from anywhere.
http::Response plain_error_page(api::ProblemKind const& kind, std::string_view request_id) {
    auto sentence = std::string{kind.vi}.append(". ").append(kind.en).append(".");
    if (!request_id.empty()) sentence.append(" Mã yêu cầu (request id): ").append(request_id).append(".");
    return notice_page(kind.status, "Không mở được trang này", sentence);
}

}  // namespace

http::Response stall_problem_page(api::Problem const& problem, api::Audience const&) {
    auto const& kind = api::kind_of(problem.code);
    auto out = notice_page(kind.status, kind.status >= 500 ? "Tạm thời chưa mở được" : "Chưa làm được", kind.vi);
    if (kind.status == 503) out.with("Retry-After", "1");
    return out;
}

std::optional<http::Response> error_page(http::ErrorKind error, http::Request const* request) {
    if (request == nullptr) return std::nullopt;
    auto const problem = api::Problem{api::code_of(error)};
    auto const& kind = api::kind_of(problem.code);
    auto const& path = request->path;
    // What a page's own script asks for is read by a program.
    if (path.starts_with("/t/") && !path.ends_with("/stream")) {
        // Too busy, too many, too slow: the page is there, only not now.
        auto const later = kind.status >= 500 || kind.retryable;
        return nothing_page(language_of(*request), later ? PayState::unavailable : PayState::not_found, request->request_id);
    }
    if (path == "/quay" || path.starts_with("/quay/") || path.starts_with("/stall/")) return stall_problem_page(problem, {});
    if (is_browser(*request)) return plain_error_page(kind, request->request_id);
    return std::nullopt;
}

}  // namespace choso::pages
