#include <algorithm>

#include "gateway/counter/sql.hpp"
#include "gateway/counter/stall_session.hpp"
#include "gateway/pages/pages.hpp"
#include "platform/log/log.hpp"
#include "qr/banks.hpp"
#include "qr/vietqr.hpp"

namespace choso::counter {
namespace {

using api::Problem;

constexpr std::size_t digits_least = 4;
constexpr std::size_t digits_most = 24;

struct Photo {
    std::optional<std::int64_t> amount;
    std::optional<std::string> digits;
};

/// What was typed off the picture: an amount, the last signs of the transaction's number, or both.
Result<Photo, Problem> photo_of(http::Request const& request) {
    auto out = Photo{};
    auto const amount = request.query_value("amount").value_or("");
    auto const digits = request.query_value("digits").value_or("");
    if (!amount.empty()) {
        auto const typed = pages::typed_amount(amount);
        if (!typed) return Problem{api::Code::amount_invalid, "amount"};
        out.amount = typed->dong();
    }
    auto const plain = std::ranges::all_of(digits, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    if (!digits.empty() && (!plain || digits.size() < digits_least || digits.size() > digits_most))
        return api::invalid("digits", {"phải là 4 đến 24 chữ hoặc số", "must be 4 to 24 letters or digits"});
    if (!digits.empty()) out.digits = digits;
    if (!out.amount && !out.digits) return api::invalid("amount", {"phải có số tiền hoặc các ký tự cuối", "must be given, or the last signs"});
    return out;
}

}  // namespace

http::Handler check_photo(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_session(edge, request, std::move(respond), [&](StallSession const& session, http::Responder answer) {
            auto const photo = photo_of(request);
            if (!photo) return answer(api::to_response(photo.error(), api::audience_of(request)));
            edge.reads.run(std::move(answer), api::audience_of(request), [&edge, session, photo = *photo](postgres::Connection& connection) {
                static auto const statement = api::named("counter_check_photo", sql::check_photo);
                auto const account = session.owns_account() ? std::optional{session.account->id} : std::nullopt;
                auto const since = api::least_id(start_of_day(edge.clock.now()));
                auto const rows = connection.query(statement, postgres::Params::of(session.bucket, session.merchant->id, since, session.stall->id, account,
                                                                                   photo.amount, photo.digits));
                auto out = std::string{};
                auto json = json::Writer{out};
                json.object().key("found").array();
                for (auto row = 0; row < rows.rows(); ++row)
                    json.object().member("payment", rows.id<PaymentId>(row, 0).text()).member("amount", rows.money(row, 1))
                        .member("at", to_rfc3339(rows.time(row, 2))).member("reversed", rows.boolean(row, 3)).end();
                json.end().end();
                return api::json_response(200, std::move(out));
            });
        });
    };
}

http::Handler report_sticker(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_order(edge, request, std::move(respond), {"payload"}, [&](StallSession const& session, json::Value const& body, http::Responder answer) {
            auto const payload = text_of(body, "payload", 512);
            if (!payload) return answer(api::to_response(payload.error(), api::audience_of(request)));
            auto const read = qr::parse(*payload);
            // What is no code of an account cannot take anybody's money; what pays this stall's account is no fraud.
            auto const elsewhere = read.bin && read.account && session.account != nullptr &&
                                   (*read.bin != session.account->bin || *read.account != session.account->number);
            auto render = [elsewhere] {
                auto out = std::string{};
                json::Writer{out}.object().member("pays_elsewhere", elsewhere).end();
                return api::json_response(200, std::move(out));
            };
            if (!elsewhere) return answer(render());
            log::warn("sticker_pays_elsewhere", {{"stall", session.stall->id.text()}, {"bin", *read.bin}});
            edge.reads.run(std::move(answer), api::audience_of(request),
                           [stall = session.stall->id, payload = *payload, bin = *read.bin, account = *read.account, render](postgres::Connection& connection) {
                               merchants::report_sticker(connection, stall, payload, bin, account);
                               return render();
                           });
        });
    };
}

http::Handler reject_account_change(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        with_order(edge, request, std::move(respond), {"change"}, [&](StallSession const& session, json::Value const& body, http::Responder answer) {
            auto const* member = body.find("change");
            auto const id = merchants::AccountChangeId::parse(member != nullptr ? member->as_string().value_or("") : "");
            if (!id) return answer(api::to_response(Problem{api::Code::not_found, "change"}, api::audience_of(request)));
            edge.reads.run(std::move(answer), api::audience_of(request),
                           [&edge, stall = session.stall->id, id = *id, audience = api::audience_of(request)](postgres::Connection& connection) {
                               auto const done = merchants::reject_account_change(connection, {}, id, stall, "the stall said no", edge.clock.now());
                               if (!done) return api::to_response(Problem{api::Code::not_found, "change"}, audience);
                               return api::json_response(200, "{}");
                           });
        });
    };
}

}  // namespace choso::counter
