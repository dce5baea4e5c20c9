#include "gateway/api/problem.hpp"

#include <algorithm>
#include <cctype>

#include "platform/json/json.hpp"

namespace choso::api {
namespace {

/// The weight `q` (thousandths) an Accept-Language gives a language; 0 where it does not name it.
int weight_of(std::string_view languages, std::string_view language) {
    auto best = 0;
    while (!languages.empty()) {
        auto const end = std::min(languages.find(','), languages.size());
        auto const part = http::trimmed(languages.substr(0, end));
        languages.remove_prefix(std::min(end + 1, languages.size()));
        auto const tag = http::trimmed(part.substr(0, part.find(';')));
        if (tag.size() < 2 || !http::equals_ignoring_case(tag.substr(0, 2), language) || (tag.size() > 2 && tag[2] != '-')) continue;
        auto weight = 1000;
        if (auto const q = part.find("q="); q != std::string_view::npos) {
            auto const number = part.substr(q + 2);
            weight = number.starts_with('1') ? 1000 : 0;
            auto scale = 100;
            for (auto i = std::size_t{2}; i < number.size() && scale > 0 && number[i] >= '0' && number[i] <= '9' && weight < 1000; ++i) {
                weight += (number[i] - '0') * scale;
                scale /= 10;
            }
        }
        best = std::max(best, weight);
    }
    return best;
}

}  // namespace

Audience audience_of(http::Request const& request) {
    auto const languages = request.header("Accept-Language").value_or("");
    return {.request_id = request.request_id, .english = weight_of(languages, "en") > weight_of(languages, "vi"), .page = nullptr};
}

http::Response to_response(Problem const& problem, Audience const& audience) {
    if (audience.page != nullptr) return audience.page(problem, audience);
    auto const& kind = kind_of(problem.code);
    auto const title = audience.english ? kind.en : kind.vi;
    auto const& detail = audience.english ? problem.detail.en : problem.detail.vi;
    auto out = http::Response{};
    out.status = kind.status;
    out.content_type = "application/problem+json";
    auto json = json::Writer{out.body};
    json.object().member("type", std::string{"urn:choso:problem:"}.append(kind.word)).member("title", title).member("status", kind.status);
    json.member("detail", detail.empty() ? title : std::string_view{detail}).member("code", kind.word);
    if (!problem.param.empty()) json.member("param", problem.param);
    json.member("request_id", audience.request_id).member("retryable", kind.retryable).member("money_moved", kind.money_moved).end();
    out.with("Content-Language", audience.english ? "en" : "vi");
    if (kind.status == 503 || kind.status == 429) out.with("Retry-After", std::to_string(problem.retry_after));
    if (kind.status == 401) out.with("WWW-Authenticate", R"(Bearer realm="choso")");
    return out;
}

http::Response to_response(http::ErrorKind error, http::Request const* request) {
    auto problem = Problem{code_of(error)};
    if (request != nullptr && !request->headers.empty()) return to_response(problem, audience_of(*request));
    // The head was not understood, or never read: nobody knows the reader's language, so both stand there.
    auto const& kind = kind_of(problem.code);
    problem.detail.vi = std::string{kind.vi}.append(" / ").append(kind.en);
    return to_response(problem, {request != nullptr ? request->request_id : "-", false});
}

}  // namespace choso::api
