#include <mutex>
#include <set>

#include "marketplace/sellers/seller.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::marketplace {
namespace {

constexpr auto code_holds = std::chrono::minutes{5};

std::string seconds_of(Instant at) { return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count()); }

std::string signed_part(std::string_view key, std::string_view citizen, std::string_view nonce, std::string_view at) {
    auto text = std::string{citizen}.append("\n").append(nonce).append("\n").append(at);
    return crypto::to_base64url(crypto::hmac_sha256(key, text));
}

class TestProvider final : public IdentityProvider {
 public:
    explicit TestProvider(std::string key) : key_{std::move(key)} {}

    [[nodiscard]] std::string name() const override { return "test"; }

    [[nodiscard]] std::string authorisation_url(std::string_view state, std::string_view nonce, std::string_view return_to) const override {
        return "/ban/dinh-danh-thu?state=" + std::string{state} + "&nonce=" + std::string{nonce} + "&return_to=" + std::string{return_to};
    }

    /// A code is `citizen.seconds.signature`.
    [[nodiscard]] Result<Identity, Refused> exchange(std::string_view code, std::string_view nonce, Instant now) override {
        auto const first = code.find('.');
        auto const second = code.find('.', first == std::string_view::npos ? first : first + 1);
        if (second == std::string_view::npos) return Refused{"code", "is none of this provider's"};
        auto const citizen = code.substr(0, first);
        auto const at = code.substr(first + 1, second - first - 1);
        if (!crypto::constant_time_equal(code.substr(second + 1), signed_part(key_, citizen, nonce, at))) return Refused{"code", "is none of this provider's"};
        auto const seconds = parse_dong(at);
        auto const made = seconds ? Instant{std::chrono::seconds{seconds->dong()}} : Instant{};
        if (now < made - code_holds || now > made + code_holds) return Refused{"code", "is too old"};
        auto const lock = std::lock_guard{mutex_};
        if (!used_.emplace(code).second) return Refused{"code", "was used already"};
        return Identity{name(), std::string{citizen}, {}, now};
    }

 private:
    std::string key_;
    std::mutex mutex_;
    std::set<std::string, std::less<>> used_;
};

}  // namespace

std::unique_ptr<IdentityProvider> test_identity_provider(std::string key) { return std::make_unique<TestProvider>(std::move(key)); }

std::string test_identity_code(std::string_view key, std::string_view citizen, std::string_view nonce, Instant now) {
    auto const at = seconds_of(now);
    return std::string{citizen} + '.' + at + '.' + signed_part(key, citizen, nonce, at);
}

}  // namespace choso::marketplace
