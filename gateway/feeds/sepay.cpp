#include "gateway/feeds/sepay.hpp"

#include "base/vietnamese.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/feeds/feed_credit.hpp"
#include "gateway/feeds/notice.hpp"
#include "platform/log/log.hpp"

namespace choso::feeds {
namespace {

using api::Audience;
using api::Code;
using api::Problem;
using Respond = std::shared_ptr<http::Responder>;

/// What may be kept of the head: nothing that lets anybody in.
std::string headers_of(http::Request const& request) {
    auto out = std::string{};
    for (auto const* name : {"Content-Type", "User-Agent", "X-SePay-Timestamp", "X-Forwarded-For"})
        if (auto const value = request.header(name)) out += std::string{name} + ": " + fold(value->substr(0, 500)) + "\n";
    return out;
}

struct Desk {
    RefusedNotices& refused;
    api::Observer& observer;

    /// Keeps the notice raw, then answers with the problem.
    void refuse(http::Request const& request, merchants::Feed const* feed, std::string_view verdict, Problem problem, Respond const& respond) const {
        observer.count_notice(verdict);
        auto notice = RefusedNotice{feed != nullptr ? std::optional{feed->id} : std::nullopt, std::string{verdict}, request.remote,
                                    headers_of(request), request.body};
        auto const alarming = verdict == "stale_signature" || verdict == "account_not_allowed" || verdict == "conflict";
        log::write(alarming ? log::Level::error : log::Level::warn, "notice_refused",
                   {{"alarm", alarming}, {"reason", verdict}, {"feed", feed != nullptr ? std::string_view{feed->name} : "-"},
                    {"param", problem.param}, {"remote", request.remote}},
                   request.request_id);
        refused.keep(std::move(notice), [respond, problem = std::move(problem), audience = api::audience_of(request)] {
            (*respond)(api::to_response(problem, audience));
        });
    }
};

void render(payments::Answer const& answer, Desk const& desk, merchants::Directory const& directory, FeedId feed_id, Respond const& respond) {
    auto const& request = respond->request();
    if (answer.ok() && answer->refusal)
        return desk.refuse(request, directory.feed(feed_id), "conflict", Problem{api::code_of(*answer->refusal)}, respond);
    if (!answer.ok()) {
        desk.observer.count_notice("failed");
        return (*respond)(api::to_response(Problem{api::code_of(answer.error())}, api::audience_of(request)));
    }
    desk.observer.count_notice(answer->replayed ? "repeated" : "accepted");
    (*respond)(api::json_response(200, R"({"success":true})"));
}

}  // namespace

http::Handler sepay(api::Edge& edge, RefusedNotices& refused, api::Observer& observer) {
    return [&edge, desk = Desk{refused, observer}](http::Request const& request, http::Responder respond_once) {
        auto const respond = api::shared(std::move(respond_once));
        auto const directory = edge.directory.current();
        auto const sender = sender_of(request, *directory, edge.directory.installation().session_key, SystemClock{}.now());
        if (sender.verdict == Sender::Verdict::unknown)
            return desk.refuse(request, nullptr, "unauthorized", Problem{Code::unauthorized}, respond);
        if (sender.verdict == Sender::Verdict::stale)
            return desk.refuse(request, sender.feed, "stale_signature", Problem{Code::signature_stale}, respond);

        auto const notice = parse_sepay(request.header("Content-Type").value_or("application/json"), request.body);
        if (!notice) return desk.refuse(request, sender.feed, "malformed", notice.error(), respond);
        auto const* account = directory->account_of_feed(*sender.feed, notice->account);
        if (account == nullptr)
            return desk.refuse(request, sender.feed, "account_not_allowed", Problem{Code::account_not_allowed, "accountNumber"}, respond);

        auto command = to_command(*notice, *sender.feed, *account, *directory, edge.core.issuer(), edge.clock.now());
        command->headers = headers_of(request);
        command->raw = request.body;
        edge.core.submit(std::move(command), [desk, directory, feed = sender.feed->id, respond](payments::Answer const& answer) {
            render(answer, desk, *directory, feed, respond);
        });
    };
}

void add_routes(http::Router& router, api::Edge& edge, RefusedNotices& refused, api::Observer& observer) {
    router.add(http::Method::post, "/feeds/sepay", "sepay", sepay(edge, refused, observer), {.body_bytes_max = 64 * 1024});
    router.add(http::Method::post, "/feeds/sepay/token", "sepay_token", sepay_token(edge), {.body_bytes_max = 4096});
}

}  // namespace choso::feeds
