#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "base/id.hpp"
#include "gateway/api/limits.hpp"
#include "gateway/api/tickets.hpp"
#include "gateway/events/cursor.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/http/multipart.hpp"
#include "platform/http/url.hpp"

// Any bytes as what a client hands back: cursors and Last-Event-ID, tickets, ids, forms, rates in a configuration.
namespace {

using namespace choso;

void is_canonical(std::string_view text) {
    // A cursor has one way to be written: no two texts mean the same place.
    if (auto const cursor = events::Cursor::parse(text)) {
        CHOSO_ASSERT(cursor->text() == text);
        for (auto const& [bucket, seq] : cursor->places()) CHOSO_ASSERT(seq >= 0 && cursor->at(bucket) == seq);
    }
    if (auto const id = PaymentRequestId::parse(text)) CHOSO_ASSERT(id->text() == text);
    if (auto const bytes = crypto::from_base64url(text)) CHOSO_ASSERT(crypto::to_base64url(*bytes) == text);
}

void opens_nothing(std::string_view text) {
    static auto tickets = api::Tickets{};
    static auto const key_hash = std::string(32, 'x');
    auto const now = std::chrono::steady_clock::time_point{std::chrono::seconds{1'000'000}};
    auto const ticket = tickets.issue(key_hash, now);
    CHOSO_ASSERT(ticket.has_value());
    CHOSO_ASSERT(!tickets.redeem(text, now));
    CHOSO_ASSERT(tickets.redeem(*ticket, now) == key_hash);
    CHOSO_ASSERT(!tickets.redeem(*ticket, now));
}

void is_a_form_or_not(std::string_view text) {
    if (auto const decoded = http::percent_decode(text)) {
        CHOSO_ASSERT(decoded->size() <= text.size() && decoded->find('\0') == std::string::npos);
        CHOSO_ASSERT(http::percent_decode(http::percent_encode(*decoded)) == decoded);
    }
    if (auto const form = http::parse_form(text)) {
        for (auto const& [name, value] : form->fields()) CHOSO_ASSERT(name.size() <= 256 && value.size() <= 64 * 1024 && form->find(name).has_value());
    }
    if (auto const rate = api::Rate::parse(text)) CHOSO_ASSERT(rate->count > 0 && rate->period.count() > 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const text = std::string_view{reinterpret_cast<char const*>(data), size};
    is_canonical(text);
    opens_nothing(text);
    is_a_form_or_not(text);
    return 0;
}
