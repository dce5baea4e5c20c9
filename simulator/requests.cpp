#include "simulator/requests.hpp"

#include "platform/http/client.hpp"
#include "simulator/book_line.hpp"

namespace choso::bank {

std::vector<OpenRequest> newest_requests(Place const& gateway, std::string const& key) {
    auto out = std::vector<OpenRequest>{};
    try {
        auto client = http::Client{gateway.host, gateway.port, std::chrono::seconds{2}};
        auto const answer = client.get(gateway.path, {{"Authorization", "Bearer " + key}});
        auto const read = json::parse(answer.body, {.depth = 16, .bytes = std::size_t{4} << 20U});
        auto const* data = answer.status == 200 && read ? read->find("data") : nullptr;
        if (data == nullptr) return out;
        for (auto const& row : data->items()) {
            auto const qr = text_in(row, "qr");
            auto const status = text_in(row, "status");
            if (qr.empty() || (status != "open" && status != "partially_paid")) continue;
            out.push_back({text_in(row, "id"), text_in(row, "reference"), text_in(row, "description"), qr, text_in(row, "pay_url"), Money{number_in(row, "amount")}});
        }
    } catch (http::ClientError const&) {
        // The gateway is away: a payload can still be pasted.
    }
    return out;
}

}  // namespace choso::bank
