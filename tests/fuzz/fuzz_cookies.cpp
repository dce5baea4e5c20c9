#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "gateway/api/auth.hpp"
#include "gateway/api/problem.hpp"
#include "gateway/api/session.hpp"
#include "merchants/directory_reader.hpp"
#include "platform/http/address.hpp"
#include "platform/http/url.hpp"

// Any bytes as the headers that say who somebody is: Cookie, Authorization, X-Forwarded-For, Accept-Language. Only the one
// true session opens the stall.
namespace {

using namespace choso;

struct World {
    std::string session_key = std::string(32, 'k');
    merchants::Stall stall{StallId{Uuid{1, 2, 3}}, MerchantId{Uuid{4}}, MarketId{Uuid{5}}, AccountId{Uuid{6}}, "Cô Hoa", "A1", reference(), std::string(32, 'h')};
    std::shared_ptr<merchants::Directory const> directory = indexed(stall);
    Instant now = Instant{std::chrono::seconds{1'800'000'000}};
    std::string session = api::stall_session(stall, now + std::chrono::hours{12}, session_key);

    static Reference reference() {
        auto const code = Reference::parse_exact("KXB4FP12XL5MZJ");
        CHOSO_ASSERT(code.has_value());
        return *code;
    }
    static std::shared_ptr<merchants::Directory const> indexed(merchants::Stall const& stall) {
        auto rows = merchants::DirectoryRows{};
        rows.stalls = {stall};
        return merchants::DirectoryReader::index(std::move(rows));
    }
};

World const& world() {
    static auto const one = World{};
    return one;
}

void opens_only_by_the_true_session(std::string_view cookie) {
    auto const& w = world();
    auto const* stall = api::stall_of_session(cookie, w.now, *w.directory, w.session_key);
    CHOSO_ASSERT((stall != nullptr) == (cookie == w.session));
    CHOSO_ASSERT(!api::feed_of_token(cookie, w.now, w.session_key));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto text = std::string{reinterpret_cast<char const*>(data), size};
    // `@` stands for the true session, so that mutation plays around it.
    for (auto at = text.find('@'); at != std::string::npos; at = text.find('@', at + world().session.size())) text.replace(at, 1, world().session);
    opens_only_by_the_true_session(text);
    auto request = http::Request{};
    for (auto const* name : {"Cookie", "Authorization", "X-Forwarded-For", "Accept-Language"}) request.headers.push_back({name, text});
    for (auto const* name : {"stall", "__Host-stall", ""}) {
        auto const cookie = request.cookie(name);
        if (!cookie) continue;
        CHOSO_ASSERT(text.find(*cookie) != std::string::npos && cookie->find(';') == std::string::npos);
        opens_only_by_the_true_session(*cookie);
    }
    for (auto const* scheme : {"Bearer", "Apikey", "Basic"})
        if (auto const shown = api::credential(request, scheme)) CHOSO_ASSERT(text.find(*shown) != std::string::npos);
    (void)api::audience_of(request);
    static auto const proxies = std::vector{*http::Network::parse("10.0.0.0/8")};
    auto const client = http::client_address("10.0.0.1", text, proxies);
    CHOSO_ASSERT(http::Address::parse(client).has_value());
    return 0;
}
