#include <mutex>
#include <vector>

#include "gateway/api/show.hpp"
#include "gateway/counter/stall_session.hpp"
#include "gateway/payments/commands_stall.hpp"

namespace choso::counter {
namespace {

using api::Code;
using api::Problem;

/// How long a code that is on show can be paid, as every request of a stall.
constexpr auto on_show = Seconds{900};
/// How long a code may lie on a phone before it is shown.
constexpr auto lease_length = Seconds{48 * 3600};
constexpr std::int64_t leases_most = 40;
constexpr std::size_t key_most = 100;

payments::IdempotencyKey key_of(StallSession const& session, std::string_view what, std::string_view key, std::string_view body) {
    auto const scoped = std::string{what} + ":" + session.stall->id.text() + ":" + std::string{key};
    return api::SentKey{scoped, "POST", what, body}.of(session.merchant->id);
}

http::Response answer_of(payments::Answer const& answer, std::shared_ptr<merchants::Directory const> const& directory, std::string_view base_url,
                         api::Audience const& audience) {
    if (auto const problem = api::problem_in(answer)) return api::to_response(Problem{*problem}, audience);
    return api::json_response(200, api::to_json(*answer->request, *directory, base_url));
}

/// Answers once all codes of a lease were made; with the first problem, if one was not.
class Leases {
 public:
    Leases(std::size_t count, api::Audience audience, http::Responder respond)
        : left_{count}, audience_{std::move(audience)}, respond_{std::move(respond)} {}

    void take(payments::Answer const& answer) {
        auto const lock = std::lock_guard{mutex_};
        if (auto const problem = api::problem_in(answer)) problem_ = *problem;
        else made_.push_back(*answer->request);
        if (--left_ > 0) return;
        if (problem_) return respond_(api::to_response(Problem{*problem_}, audience_));
        auto out = std::string{};
        auto json = json::Writer{out};
        json.object().key("leases").array();
        for (auto const& each : made_)
            json.object().member("id", each.id.text()).member("reference", each.reference->text()).member("expires_at", to_rfc3339(*each.expires_at)).end();
        json.end().end();
        respond_(api::json_response(201, std::move(out)));
    }

 private:
    std::mutex mutex_;
    std::size_t left_;
    api::Audience audience_;
    http::Responder respond_;
    std::vector<payments::PaymentRequest> made_;
    std::optional<Code> problem_;
};

}  // namespace

/// Each is a request of an open amount: money that comes for it before we learn what was asked finds it all the same.
http::Handler lease_requests(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_order(edge, request, std::move(respond), {"count", "key"}, [&](StallSession const& session, json::Value const& body, http::Responder answer) {
            auto const audience = api::audience_of(request);
            auto const* given = body.find("count");
            auto const count = given != nullptr ? given->as_int().value_or(0) : 0;
            auto const key = text_of(body, "key", key_most);
            if (!key) return answer(api::to_response(key.error(), audience));
            if (count < 1 || count > leases_most)
                return answer(api::to_response(api::invalid("count", {"phải từ 1 đến 40", "must be 1 to 40"}), audience));
            if (session.account == nullptr) return answer(api::to_response(Problem{Code::bank_account_invalid, "account"}, audience));
            auto const gathered = std::make_shared<Leases>(static_cast<std::size_t>(count), audience, std::move(answer));
            for (auto i = std::int64_t{0}; i < count; ++i) {
                auto command = api::new_request(*session.directory, *session.merchant, *session.account, session.stall, edge.clock.now());
                command->expires_in = lease_length;
                command->late_policy = payments::LatePolicy::accept;
                command->metadata = R"({"leased":true})";
                command->idempotency = key_of(session, "/quay/leases", *key + ":" + std::to_string(i), request.body);
                edge.core.submit(std::move(command), [gathered](payments::Answer const& made) { gathered->take(made); });
            }
        });
    };
}

http::Handler ask_for_amount(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_order(edge, request, std::move(respond), {"request", "amount", "key"}, [&](StallSession const& session, json::Value const& body, http::Responder answer) {
            auto const audience = api::audience_of(request);
            auto const amount = amount_of(body);
            auto const key = text_of(body, "key", key_most);
            if (!amount) return answer(api::to_response(amount.error(), audience));
            if (!key) return answer(api::to_response(key.error(), audience));
            if (session.account == nullptr) return answer(api::to_response(Problem{Code::bank_account_invalid, "account"}, audience));
            auto const respond_later = [directory = session.directory, base_url = edge.base_url, audience, later = api::shared(std::move(answer))](
                                           payments::Answer const& made) { (*later)(answer_of(made, directory, base_url, audience)); };
            auto const idempotency = key_of(session, "/quay/asks", *key, request.body);
            auto const* named = body.find("request");
            if (named == nullptr || named->is_null()) {
                auto command = api::new_request(*session.directory, *session.merchant, *session.account, session.stall, edge.clock.now());
                command->amount = *amount;
                command->idempotency = idempotency;
                return edge.core.submit(std::move(command), respond_later);
            }
            auto const id = PaymentRequestId::parse(named->as_string().value_or(""));
            auto command = std::make_unique<payments::SetAmount>();
            command->id = id.value_or(PaymentRequestId::make(session.bucket, edge.clock.now()));
            if (command->id.bucket() != session.bucket) command->id = PaymentRequestId::make(session.bucket, edge.clock.now());
            command->merchant = session.merchant->id;
            command->stall = session.stall->id;
            command->amount = *amount;
            command->expires_in = on_show;
            command->idempotency = idempotency;
            edge.core.submit(std::move(command), respond_later);
        });
    };
}

http::Handler claim_payment(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_order(edge, request, std::move(respond), {"payment", "payment_request", "key"}, [&](StallSession const& session, json::Value const& body, http::Responder answer) {
            auto const audience = api::audience_of(request);
            auto const* payment_text = body.find("payment");
            auto const* request_text = body.find("payment_request");
            auto const payment = PaymentId::parse(payment_text != nullptr ? payment_text->as_string().value_or("") : "");
            auto const wants_request = request_text != nullptr && !request_text->is_null();
            auto const wanted = wants_request ? PaymentRequestId::parse(request_text->as_string().value_or("")) : std::nullopt;
            auto const key = text_of(body, "key", key_most);
            if (!key) return answer(api::to_response(key.error(), audience));
            // Into an account that several share, nobody at one counter can say whose money it is.
            auto const known = payment && payment->bucket() == session.bucket && (!wants_request || wanted) && session.owns_account();
            if (!known) return answer(api::to_response(Problem{Code::not_found, "payment"}, audience));
            auto command = std::make_unique<payments::ClaimPayment>();
            command->payment = *payment;
            command->request = wanted;
            command->account = session.directory->facts_of(*session.account);
            command->merchant = session.merchant->id;
            command->stall = session.stall->id;
            command->refund_id = RefundId::make(session.bucket, edge.clock.now());
            command->idempotency = key_of(session, "/quay/claims", *key, request.body);
            edge.core.submit(std::move(command), [audience, later = api::shared(std::move(answer))](payments::Answer const& made) {
                if (auto const problem = api::problem_in(made)) return (*later)(api::to_response(Problem{*problem}, audience));
                auto out = std::string{};
                json::Writer{out}.object().member("payment", made->payment->text()).end();
                (*later)(api::json_response(200, std::move(out)));
            });
        });
    };
}

}  // namespace choso::counter
