#include "gateway/events/event_json.hpp"

#include <chrono>

#include "base/fee_ids.hpp"
#include "platform/json/json.hpp"

namespace choso::events {
namespace {

std::string subject_text(payments::StoredEvent const& event) {
    if (event.type.starts_with("payment_request.")) return PaymentRequestId{event.subject}.text();
    if (event.type.starts_with("payment.")) return PaymentId{event.subject}.text();
    if (event.type.starts_with("refund.")) return RefundId{event.subject}.text();
    if (event.type.starts_with("bill.")) return BillId{event.subject}.text();
    return to_hyphenated(event.subject);
}

}  // namespace

std::string event_id(payments::StoredEvent const& event) {
    auto const ms = static_cast<std::uint64_t>(std::chrono::floor<std::chrono::milliseconds>(event.at.time_since_epoch()).count());
    auto const seq = static_cast<std::uint64_t>(event.seq);
    auto const rand_a = static_cast<std::uint64_t>(event.bucket.number()) << 6U;
    auto const high = (ms << 16U) | 0x7000U | rand_a;
    auto const low = (std::uint64_t{2} << 62U) | (seq & ((std::uint64_t{1} << 62U) - 1));
    auto uuid = Uuid{};
    for (auto i = 0U; i < 8; ++i) {
        uuid[i] = static_cast<std::uint8_t>(high >> (56 - 8 * i));
        uuid[8 + i] = static_cast<std::uint8_t>(low >> (56 - 8 * i));
    }
    return Id<EventTag>{uuid}.text();
}

std::string event_json(payments::StoredEvent const& event) {
    std::string out;
    out.reserve(256 + event.body.size());
    json::Writer{out}.object().member("id", event_id(event)).member("type", event.type).member("at", to_rfc3339(event.at))
        .member("merchant", event.merchant.text()).member("subject", subject_text(event)).end();
    auto const from = event.body.find('{');
    auto const to = event.body.rfind('}');
    if (from == std::string::npos || to == std::string::npos) return out;
    auto const members = std::string_view{event.body}.substr(from + 1, to - from - 1);
    if (members.find('"') == std::string_view::npos) return out;
    out.back() = ',';
    out += members;
    out += '}';
    return out;
}

std::optional<StallId> stall_of(payments::StoredEvent const& event) {
    // Bodies are our own text and carry no free text (gateway/payments/event_body.cpp), so a search is a parse.
    constexpr std::string_view key = "\"stall\":\"";
    auto const at = event.body.find(key);
    if (at == std::string::npos) return std::nullopt;
    auto const value = std::string_view{event.body}.substr(at + key.size());
    return StallId::parse(value.substr(0, value.find('"')));
}

bool is_about(payments::StoredEvent const& event, PaymentRequestId request, std::string_view text) {
    return event.subject == request.uuid() || event.body.find(text) != std::string::npos;
}

}  // namespace choso::events
