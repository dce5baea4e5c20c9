#include "gateway/api/auth.hpp"
#include "gateway/api/endpoints.hpp"
#include "gateway/api/listing.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"

namespace choso::api {

http::Handler list_merchants(Edge& edge) {
    return [&edge](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, "");
        if (!caller) return;
        auto const window = window_of(request, caller->merchants());
        if (!window) return respond(to_response(window.error(), audience_of(request)));
        auto list = ListJson{};
        for (auto const* merchant : window->rows) {
            std::string text;
            json::Writer{text}.object().member("id", merchant->id.text()).member("name", merchant->name).member("kind", merchant->kind)
                .member("mode", merchant->live ? "live" : "test").end();
            list.add(text);
        }
        respond(json_response(200, list.close(window->next)));
    };
}

}  // namespace choso::api
