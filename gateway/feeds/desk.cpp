#include "gateway/feeds/desk.hpp"

#include "base/vietnamese.hpp"
#include "platform/log/log.hpp"

namespace choso::feeds {
namespace {

void tell_log(http::Request const& request, merchants::Feed const* feed, std::string_view verdict, std::string_view param) {
    auto const alarming = verdict == "stale_signature" || verdict == "account_not_allowed" || verdict == "conflict" || verdict == "original_unknown";
    log::write(alarming ? log::Level::error : log::Level::warn, "notice_refused",
               {{"alarm", alarming}, {"reason", verdict}, {"feed", feed != nullptr ? std::string_view{feed->name} : "-"}, {"param", param},
                {"remote", request.remote}},
               request.request_id);
}

}  // namespace

std::string headers_of(http::Request const& request) {
    auto out = std::string{};
    for (auto const* name : {"Content-Type", "User-Agent", "X-SePay-Timestamp", "X-Forwarded-For"})
        if (auto const value = request.header(name)) out += std::string{name} + ": " + fold(value->substr(0, 500)) + "\n";
    return out;
}

void Desk::refuse(http::Request const& request, merchants::Feed const* feed, std::string_view verdict, api::Problem problem,
                  std::shared_ptr<http::Responder> const& respond) const {
    observer.count_notice(verdict);
    tell_log(request, feed, verdict, problem.param);
    auto notice = RefusedNotice{feed != nullptr ? std::optional{feed->id} : std::nullopt, std::string{verdict}, request.remote,
                                headers_of(request), request.body};
    refused.keep(std::move(notice), [respond, problem = std::move(problem), audience = api::audience_of(request)] {
        (*respond)(api::to_response(problem, audience));
    });
}

void Desk::refuse_part(http::Request const& request, merchants::Feed const& feed, std::string_view verdict, std::string_view part) const {
    observer.count_notice(verdict);
    tell_log(request, &feed, verdict, {});
    refused.keep(RefusedNotice{feed.id, std::string{verdict}, request.remote, headers_of(request), std::string{part}}, [] {});
}

}  // namespace choso::feeds
