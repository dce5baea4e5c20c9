#include "gateway/api/listing.hpp"

#include "gateway/api/respond.hpp"
#include "gateway/api/show.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::api {

Result<std::int64_t, Problem> limit_of(http::Request const& request) {
    auto const text = request.query_value("limit");
    if (!text) return limit_standard;
    auto const number = parse_dong(*text);
    if (!number || number->dong() < 1 || number->dong() > limit_max)
        return Problem{Code::parameter_invalid, "limit", {"limit phải là số nguyên từ 1 đến 100", "limit must be a whole number from 1 to 100"}};
    return number->dong();
}

Result<std::vector<merchants::Merchant const*>, Problem> merchants_of(http::Request const& request, Caller const& caller) {
    auto const text = request.query_value("merchant");
    if (!text) return caller.merchants();
    auto const* merchant = caller.merchant(MerchantId::parse(*text));
    if (merchant == nullptr) return Problem{Code::not_found, "merchant"};
    return std::vector<merchants::Merchant const*>{merchant};
}

std::string place_text(Uuid const& last) { return crypto::to_base64url(crypto::as_text(last)); }

std::optional<Uuid> place_of(std::string_view text) {
    if (text.size() > 32) return std::nullopt;
    auto const bytes = crypto::from_base64url(text);
    if (!bytes || bytes->size() != 16) return std::nullopt;
    auto out = Uuid{};
    for (auto i = 0U; i < 16; ++i) out[i] = static_cast<std::uint8_t>((*bytes)[i]);
    return out;
}

namespace {

/// `after`, `limit` and `status`, which must satisfy `is_status`.
Result<ListOptions, Problem> list_options(http::Request const& request, bool (*is_status)(std::string_view)) {
    auto out = ListOptions{};
    auto const limit = limit_of(request);
    if (!limit) return limit.error();
    out.limit = *limit;
    if (auto const after = request.query_value("after"); after && !after->empty()) {
        out.before = place_of(*after);
        if (!out.before) return Problem{Code::cursor_invalid, "after"};
    }
    out.status = request.query_value("status");
    if (out.status && !is_status(*out.status))
        return Problem{Code::parameter_invalid, "status", {"Trạng thái không được biết", "The status is not known"}};
    return out;
}

}  // namespace

http::Handler newest_first(Edge& edge, std::string_view scope, bool (*is_status)(std::string_view),
                           std::function<ListedRows(AskedList const& asked, postgres::Connection& connection)> read) {
    return [&edge, scope, is_status, read = std::move(read)](http::Request const& request, http::Responder respond) {
        auto const caller = enter(edge, request, respond, scope);
        if (!caller) return;
        auto const audience = audience_of(request);
        auto const merchants = merchants_of(request, *caller);
        if (!merchants) return respond(to_response(merchants.error(), audience));
        auto const options = list_options(request, is_status);
        if (!options) return respond(to_response(options.error(), audience));
        auto asked = AskedList{*caller, {}, owners_of(*merchants, *caller->directory), *options};
        for (auto const* merchant : *merchants) asked.merchants.push_back(merchant->id);
        std::sort(asked.merchants.begin(), asked.merchants.end());
        edge.reads.run(std::move(respond), audience, [asked = std::move(asked), read](postgres::Connection& connection) {
            auto const rows = read(asked, connection);
            auto list = ListJson{};
            for (auto const& [id, row] : rows) list.add(row);
            auto const full = static_cast<std::int64_t>(rows.size()) == asked.options.limit;
            return json_response(200, list.close(full ? std::optional{place_text(rows.back().first)} : std::nullopt));
        });
    };
}

}  // namespace choso::api
