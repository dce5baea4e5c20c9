#include "gateway/dialects/dialects.hpp"

namespace choso::dialects {

http::Handler sepay_image(Studio studio) {
    return [studio](http::Request const& request, http::Responder respond) {
        auto const of = [&request](std::string_view name) { return request.query_value(name).value_or(""); };
        auto order = Order{};
        order.bank = of("bank");
        order.account = of("acc");
        order.amount = of("amount");
        order.purpose = of("des");
        auto const which = of("template");
        order.which = which == "qronly" || which == "qr_only" ? qr::Template::qr_only
                      : which == "compact"                    ? qr::Template::compact
                                                              : qr::Template::compact2;
        auto const download = of("download");
        auto const saved_as = download == "true" || download == "1" || download == "yes" ? std::string_view{"vietqr.png"} : std::string_view{};
        studio.draw(request, std::move(respond), order, {"bank", "acc", "amount", "des"}, Format::png, saved_as);
    };
}

}  // namespace choso::dialects
