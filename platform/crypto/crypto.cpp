#include "platform/crypto/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/assert.hpp"

namespace choso::crypto {
namespace {

struct Free {
    void operator()(EVP_MD_CTX* it) const { EVP_MD_CTX_free(it); }
    void operator()(EVP_MAC_CTX* it) const { EVP_MAC_CTX_free(it); }
};
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Free>;

// Fetching an algorithm looks it up by name under a lock; once a process is enough, and they live as long as it does.
EVP_MD const* sha256_algorithm() {
    static auto const* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    CHOSO_ASSERT(algorithm != nullptr);
    return algorithm;
}

/// An HMAC that knows its digest and waits for a key; copied for each use, and itself never written again.
EVP_MAC_CTX const* hmac_with_sha256() {
    static auto const* const prepared = [] {
        auto* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
        CHOSO_ASSERT(algorithm != nullptr);
        auto* const context = EVP_MAC_CTX_new(algorithm);
        EVP_MAC_free(algorithm);  // the context holds on to it
        auto digest_name = std::to_array("SHA256");
        auto const parameters = std::array{
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name.data(), 0), OSSL_PARAM_construct_end()};
        CHOSO_ASSERT(context != nullptr && EVP_MAC_CTX_set_params(context, parameters.data()) == 1);
        return context;
    }();
    return prepared;
}

unsigned char const* octets(std::string_view bytes) { return reinterpret_cast<unsigned char const*>(bytes.data()); }

}  // namespace

struct Sha256::State {
    DigestContext context{EVP_MD_CTX_new()};

    void start() {
        CHOSO_ASSERT(context != nullptr && EVP_DigestInit_ex2(context.get(), sha256_algorithm(), nullptr) == 1);
    }
};

Sha256::Sha256() : state_{std::make_unique<State>()} { state_->start(); }
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

Sha256& Sha256::update(std::string_view bytes) {
    CHOSO_ASSERT(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1);
    return *this;
}

Digest Sha256::finish() {
    auto out = Digest{};
    unsigned length = 0;
    CHOSO_ASSERT(EVP_DigestFinal_ex(state_->context.get(), out.data(), &length) == 1 && length == out.size());
    state_->start();
    return out;
}

Digest sha256(std::string_view bytes) {
    auto out = Digest{};
    unsigned length = 0;
    CHOSO_ASSERT(EVP_Digest(bytes.data(), bytes.size(), out.data(), &length, sha256_algorithm(), nullptr) == 1 &&
                 length == out.size());
    return out;
}

std::array<std::uint8_t, 20> sha1(std::string_view bytes) {
    auto out = std::array<std::uint8_t, 20>{};
    unsigned length = 0;
    CHOSO_ASSERT(EVP_Digest(bytes.data(), bytes.size(), out.data(), &length, EVP_sha1(), nullptr) == 1 && length == out.size());
    return out;
}

Digest hmac_sha256(std::string_view key, std::string_view message) {
    auto const context = MacContext{EVP_MAC_CTX_dup(hmac_with_sha256())};
    CHOSO_ASSERT(context != nullptr);
    // A null key would mean "keep the one you have".
    auto const* const key_bytes = key.empty() ? reinterpret_cast<unsigned char const*>("") : octets(key);
    auto out = Digest{};
    std::size_t length = 0;
    CHOSO_ASSERT(EVP_MAC_init(context.get(), key_bytes, key.size(), nullptr) == 1);
    CHOSO_ASSERT(EVP_MAC_update(context.get(), octets(message), message.size()) == 1);
    CHOSO_ASSERT(EVP_MAC_final(context.get(), out.data(), &length, out.size()) == 1 && length == out.size());
    return out;
}

void fill_random(std::span<std::uint8_t> out) {
    CHOSO_ASSERT(out.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()));
    CHOSO_ASSERT(RAND_priv_bytes(out.data(), static_cast<int>(out.size())) == 1);
}

std::string random_bytes(std::size_t n) {
    auto out = std::string(n, '\0');
    fill_random({reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
    return out;
}

bool constant_time_equal(std::string_view a, std::string_view b) {
    return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

Secret::Secret(Secret&& other) noexcept {
    text_.swap(other.text_);
    other.wipe();
}

Secret& Secret::operator=(Secret const& other) {
    if (this != &other) {
        wipe();
        text_ = other.text_;
    }
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe();
        text_.swap(other.text_);
        other.wipe();
    }
    return *this;
}

Secret::~Secret() { wipe(); }

void Secret::wipe() {
    // All of the buffer: a short text that was moved away leaves its bytes behind in the string itself.
    text_.resize(text_.capacity());
    OPENSSL_cleanse(text_.data(), text_.size());
    text_.clear();
}

}  // namespace choso::crypto
