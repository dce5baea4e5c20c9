#include "platform/crypto/seal.hpp"

#include <openssl/evp.h>

#include <memory>

#include "base/assert.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::crypto {
namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;

struct Free {
    void operator()(EVP_CIPHER_CTX* it) const { EVP_CIPHER_CTX_free(it); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Free>;

unsigned char const* octets(std::string_view bytes) { return reinterpret_cast<unsigned char const*>(bytes.data()); }
unsigned char* octets(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace

std::string seal(std::string_view key, std::string_view plain, std::string_view about) {
    CHOSO_ASSERT(key.size() == key_bytes);
    auto const context = Context{EVP_CIPHER_CTX_new()};
    auto const nonce = random_bytes(nonce_bytes);
    auto cipher = std::string(plain.size(), '\0');
    auto tag = std::string(tag_bytes, '\0');
    auto length = 0;
    CHOSO_ASSERT(context != nullptr);
    CHOSO_ASSERT(EVP_EncryptInit_ex2(context.get(), EVP_aes_256_gcm(), octets(key), octets(nonce), nullptr) == 1);
    CHOSO_ASSERT(EVP_EncryptUpdate(context.get(), nullptr, &length, octets(about), static_cast<int>(about.size())) == 1);
    CHOSO_ASSERT(EVP_EncryptUpdate(context.get(), octets(cipher), &length, octets(plain), static_cast<int>(plain.size())) == 1);
    CHOSO_ASSERT(EVP_EncryptFinal_ex(context.get(), octets(cipher) + length, &length) == 1);
    CHOSO_ASSERT(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, tag.data()) == 1);
    return nonce + cipher + tag;
}

std::optional<std::string> open_sealed(std::string_view key, std::string_view sealed, std::string_view about) {
    CHOSO_ASSERT(key.size() == key_bytes);
    if (sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
    auto const nonce = sealed.substr(0, nonce_bytes);
    auto const cipher = sealed.substr(nonce_bytes, sealed.size() - nonce_bytes - tag_bytes);
    auto tag = std::string{sealed.substr(sealed.size() - tag_bytes)};
    auto const context = Context{EVP_CIPHER_CTX_new()};
    auto plain = std::string(cipher.size(), '\0');
    auto length = 0;
    CHOSO_ASSERT(context != nullptr);
    CHOSO_ASSERT(EVP_DecryptInit_ex2(context.get(), EVP_aes_256_gcm(), octets(key), octets(nonce), nullptr) == 1);
    CHOSO_ASSERT(EVP_DecryptUpdate(context.get(), nullptr, &length, octets(about), static_cast<int>(about.size())) == 1);
    CHOSO_ASSERT(EVP_DecryptUpdate(context.get(), octets(plain), &length, octets(cipher), static_cast<int>(cipher.size())) == 1);
    CHOSO_ASSERT(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, tag.data()) == 1);
    if (EVP_DecryptFinal_ex(context.get(), octets(plain) + length, &length) != 1) return std::nullopt;
    return plain;
}

}  // namespace choso::crypto
