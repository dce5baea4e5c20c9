// The payout channel as its callers see it. An order whose bank never answers is held open, not refused.
#include <deque>
#include <mutex>

#include "simulator/book_line.hpp"
#include "simulator/routes.hpp"

namespace choso::bank {
namespace {

using http::Request;
using http::Responder;

/// Callers who wait for an answer that does not come; the server's own patience ends with them.
class Unanswered {
 public:
    void hold(Responder respond) {
        auto const lock = std::lock_guard{mutex_};
        while (!held_.empty() && held_.front().is_abandoned()) held_.pop_front();
        held_.push_back(std::move(respond));
    }

 private:
    std::mutex mutex_;
    std::deque<Responder> held_;
};

bool is_let_in(Request const& request, Bank const& bank) {
    auto const header = request.header("Authorization");
    return header && header->starts_with("Bearer ") && bank.takes_token(header->substr(7));
}

http::Response shown(Payout const& payout) {
    auto text = std::string{};
    json::Writer{text}.object().member("id", payout.id).member("status", word(payout.status)).member("bank_reference", payout.reference)
        .member("reason", payout.reason).end();
    return json_answer(200, std::move(text));
}

http::Response never_heard_of(std::string_view id) {
    auto text = std::string{};
    json::Writer{text}.object().member("id", id).member("status", "unknown").end();
    return json_answer(404, std::move(text));
}

Result<Payout, std::string> order_in(std::string_view body) {
    using Failure = std::string;
    auto const read = json::parse(body);
    if (!read || !read->is_object()) return Failure{"the body is no JSON object"};
    auto out = Payout{};
    out.id = text_in(*read, "id");
    if (out.id.empty() || out.id.size() > 35) return Failure{"id: needs 1 to 35 characters"};
    auto const *from = read->find("from"), *to = read->find("to");
    if (from == nullptr || to == nullptr) return Failure{"from and to are needed"};
    out.from = {text_in(*from, "bin"), text_in(*from, "account")};
    out.to = {text_in(*to, "bin"), text_in(*to, "account"), text_in(*to, "holder")};
    if (out.to.bin.empty() || out.to.number.empty()) return Failure{"to: needs bin and account"};
    out.amount = Money{number_in(*read, "amount")};
    out.content = text_in(*read, "content");
    return out;
}

}  // namespace

void add_payouts(http::Router& router, Desk desk) {
    auto const unanswered = std::make_shared<Unanswered>();
    router.add(http::Method::post, "/payouts", "pay_out", [desk, unanswered](Request const& request, Responder respond) {
        if (!is_let_in(request, desk.bank)) return respond(failure(401, "the token is missing or wrong"));
        auto const order = order_in(request.body);
        if (!order) return respond(failure(422, order.error()));
        auto const answer = desk.bank.pay_out(*order);
        desk.clerk.nudge();
        if (answer.silent) return unanswered->hold(std::move(respond));
        respond(answer.payout ? shown(*answer.payout) : failure(answer.status, answer.problem));
    });
    router.add(http::Method::get, "/payouts/{id}", "payout", [desk](Request const& request, Responder respond) {
        if (!is_let_in(request, desk.bank)) return respond(failure(401, "the token is missing or wrong"));
        auto const payout = desk.bank.payout(request.param("id"));
        respond(payout ? shown(*payout) : never_heard_of(request.param("id")));
    });
}

}  // namespace choso::bank
