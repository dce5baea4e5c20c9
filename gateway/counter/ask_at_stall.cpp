#include <algorithm>

#include "gateway/counter/stall_view.hpp"
#include "gateway/pages/layout.hpp"
#include "gateway/pages/pages.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/url.hpp"

namespace choso::counter {
namespace {

http::Response render(payments::Answer const& answer) {
    if (api::problem_in(answer))
        return pages::notice_page(api::kind_of(*api::problem_in(answer)).status, "Chưa tạo được mã",
                           "Hệ thống đang bận. Hãy quay lại và thử lần nữa; sẽ không bị tạo hai lần.");
    auto out = http::Response{303, "", "", {}};
    out.with("Location", "/quay?request=" + answer->request->id.text()).with("Cache-Control", "no-store");
    return out;
}

void refuse(api::Edge& edge, http::Request const& request, http::Responder respond, StallSession const& session, std::string typed) {
    edge.reads.run(std::move(respond), stall_audience(request), [&edge, session, typed = std::move(typed)](postgres::Connection& connection) {
        auto view = read_stall(connection, edge, session, {});
        view.request.reset();
        view.typed = typed;
        view.complaint = "Số tiền phải là số nguyên từ 1 đến 99.999.999.999 đồng.";
        return draw_stall(422, edge, session, view);
    });
}

}  // namespace

http::Handler ask_at_stall(api::Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const session = session_of(edge, request);
        if (!session) return respond(no_session_page());
        auto const form = http::parse_form(request.body);
        auto const csrf = form ? form->find("csrf") : std::nullopt;
        if (!csrf || !crypto::constant_time_equal(*csrf, session->csrf))
            return respond(pages::notice_page(403, "Trang đã cũ", "Hãy mở lại trang quầy rồi thử lại."));
        if (session->account == nullptr) return respond(pages::notice_page(422, "Chưa có tài khoản", "Sạp này chưa có tài khoản nhận tiền."));
        auto const typed = std::string{form->find("amount").value_or("")};
        auto const amount = pages::typed_amount(typed);
        if (!amount) return refuse(edge, request, std::move(respond), *session, typed.substr(0, 40));

        auto command = api::new_request(*session->directory, *session->merchant, *session->account, session->stall, edge.clock.now());
        command->amount = *amount;
        // The form's own key: sent twice, it makes one request.
        auto const key = "quay:" + session->stall->id.text() + ":" + std::string{form->find("key").value_or("")};
        command->idempotency = api::SentKey{key, "POST", "/quay/requests", typed}.of(session->merchant->id);
        edge.core.submit(std::move(command), [respond = api::shared(std::move(respond))](payments::Answer const& answer) {
            (*respond)(render(answer));
        });
    };
}

}  // namespace choso::counter
