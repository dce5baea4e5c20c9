#pragma once
#include "gateway/dialects/qr_picture.hpp"
#include "platform/http/router.hpp"

/// Other gateways' routes; gateway/serve.cpp adds them to the router.
namespace choso::dialects {

void add_routes(http::Router& router, api::Edge& edge);

/// GET /image/{name}: "970415-113366668888-compact2.png".
[[nodiscard]] http::Handler quick_link(Studio studio);
/// GET /{bank}/{account}/{amount}/{memo}/{file}; amount and memo may be empty.
[[nodiscard]] http::Handler old_quick_link(Studio studio);
/// GET /img?acc=&bank=&amount=&des=&template=&download=
[[nodiscard]] http::Handler sepay_image(Studio studio);
/// GET /img/{file}: a bank's name as a picture, by its code.
[[nodiscard]] http::Handler bank_tile(Studio studio);
[[nodiscard]] http::Handler list_banks(api::Edge& edge);
[[nodiscard]] http::Handler list_templates(api::Edge& edge);
[[nodiscard]] http::Handler generate(Studio studio);
[[nodiscard]] http::Handler look_up(api::Edge& edge);

}  // namespace choso::dialects
