#include <algorithm>

#include "gateway/dialects/dialects.hpp"
#include "gateway/pages/pages.hpp"

namespace choso::dialects {
namespace {

constexpr FieldNames names{"BANK_ID", "ACCOUNT_NO", "amount", "addInfo"};

http::Response nothing_here(http::Request const& request) {
    auto page = pages::error_page(http::ErrorKind::not_found, &request);
    return page ? std::move(*page) : api::to_response(http::ErrorKind::not_found, &request);
}

/// `compact2.png` as template and format.
struct File {
    std::string_view which;
    Format format;
};
std::optional<File> file_of(std::string_view name) {
    auto const dot = name.rfind('.');
    if (dot == std::string_view::npos) return std::nullopt;
    auto const format = format_of(name.substr(dot + 1));
    if (!format) return std::nullopt;
    return File{name.substr(0, dot), *format};
}

/// Themes that people made for themselves at vietqr.io are not ours to know: those draw as compact2, the usual one, so that a
/// page whose address was changed goes on showing a code.
qr::Template template_or_usual(std::string_view name) { return qr::template_of(name).value_or(qr::Template::compact2); }

/// An old link writes blanks as `+`, also in its path.
std::string unplussed(std::string text) {
    std::ranges::replace(text, '+', ' ');
    return text;
}

}  // namespace

http::Handler quick_link(Studio studio) {
    return [studio](http::Request const& request, http::Responder respond) {
        auto const& name = request.param("name");
        auto const file = file_of(name);
        // On the first and the last dash: a bank's and an account's name hold none, a theme's may hold anything else.
        auto const first = file ? file->which.find('-') : std::string_view::npos;
        auto const last = file ? file->which.rfind('-') : std::string_view::npos;
        if (!file || first == std::string_view::npos || first == last) return respond(nothing_here(request));
        auto order = Order{};
        order.bank = file->which.substr(0, first);
        order.account = file->which.substr(first + 1, last - first - 1);
        order.which = template_or_usual(file->which.substr(last + 1));
        order.amount = request.query_value("amount").value_or("");
        order.purpose = request.query_value("addInfo").value_or("");
        order.name = request.query_value("accountName").value_or("");
        studio.draw(request, std::move(respond), order, names, file->format);
    };
}

http::Handler old_quick_link(Studio studio) {
    return [studio](http::Request const& request, http::Responder respond) {
        auto const file = file_of(request.param("file"));
        auto const part = [&request](std::string_view name) {
            auto const at = request.params.find(name);
            return at == request.params.end() ? std::string{} : at->second;
        };
        // Any path of five parts comes here: it is one of these only where it begins with a bank.
        if (!file || qr::find_bank(part("bank")) == nullptr) return respond(nothing_here(request));
        auto order = Order{};
        order.bank = part("bank");
        order.account = part("account");
        order.amount = part("amount");
        order.purpose = unplussed(part("memo"));
        order.name = request.query_value("accountName").value_or("");
        order.which = template_or_usual(file->which);
        studio.draw(request, std::move(respond), order, names, file->format);
    };
}

}  // namespace choso::dialects
