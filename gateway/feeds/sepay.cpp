#include "gateway/feeds/sepay.hpp"

#include "gateway/api/respond.hpp"
#include "gateway/feeds/desk.hpp"
#include "gateway/feeds/feed_credit.hpp"
#include "gateway/feeds/notice.hpp"
#include "gateway/feeds/sender.hpp"

namespace choso::feeds {
namespace {

using api::Code;
using api::Problem;
using Respond = std::shared_ptr<http::Responder>;

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
        auto const sender = sender_of(request, "sepay", *directory, edge.directory.installation().session_key, SystemClock{}.now());
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

}  // namespace choso::feeds
