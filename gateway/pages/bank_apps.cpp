#include "gateway/pages/bank_apps.hpp"

#include <array>

#include "base/vietnamese.hpp"
#include "platform/http/url.hpp"

namespace choso::pages {
namespace {

constexpr auto apps = std::to_array<BankApp>({
    {"bidv", "BIDV SmartBanking"},
    {"icb", "VietinBank iPay"},
    {"mb", "MBBank"},
    {"acb", "ACB ONE"},
    {"ocb", "OCB OMNI"},
});

std::string in_small_letters(std::string_view text) {
    auto out = std::string{text};
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

}  // namespace

std::span<BankApp const> bank_apps() { return apps; }

std::string app_link(BankApp const& app, qr::Bank const& bank, Transfer const& transfer) {
    auto out = std::string{"https://dl.vietqr.io/pay?app="}.append(app.code);
    out += "&ba=" + http::percent_encode(transfer.account) + '@' + in_small_letters(bank.code);
    if (transfer.amount) out += "&am=" + std::to_string(transfer.amount->dong());
    out += "&tn=" + http::percent_encode(transfer.note) + "&bn=" + http::percent_encode(fold(transfer.holder));
    return out;
}

}  // namespace choso::pages
