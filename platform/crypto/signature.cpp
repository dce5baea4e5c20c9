#include "platform/crypto/signature.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <memory>
#include <string>

#include "base/assert.hpp"

namespace choso::crypto {
namespace {

struct Free {
    void operator()(EVP_PKEY* it) const { EVP_PKEY_free(it); }
    void operator()(EVP_PKEY_CTX* it) const { EVP_PKEY_CTX_free(it); }
    void operator()(EVP_MD_CTX* it) const { EVP_MD_CTX_free(it); }
    void operator()(OSSL_PARAM_BLD* it) const { OSSL_PARAM_BLD_free(it); }
    void operator()(OSSL_PARAM* it) const { OSSL_PARAM_free(it); }
    void operator()(BIGNUM* it) const { BN_free(it); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

unsigned char const* octets(std::string_view bytes) { return reinterpret_cast<unsigned char const*>(bytes.data()); }

Owned<EVP_PKEY> key_of(char const* type, OSSL_PARAM_BLD* built) {
    auto const parameters = Owned<OSSL_PARAM>{OSSL_PARAM_BLD_to_param(built)};
    auto const context = Owned<EVP_PKEY_CTX>{EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)};
    CHOSO_ASSERT(parameters != nullptr && context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1);
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) return nullptr;
    return Owned<EVP_PKEY>{key};
}

bool verifies(EVP_PKEY* key, std::string_view message, std::string_view signature) {
    if (key == nullptr) return false;
    auto const context = Owned<EVP_MD_CTX>{EVP_MD_CTX_new()};
    CHOSO_ASSERT(context != nullptr);
    return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
           EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(message), message.size()) == 1;
}

}  // namespace

bool is_es256_signature(std::string_view x, std::string_view y, std::string_view message, std::string_view signature) {
    if (x.size() != 32 || y.size() != 32) return false;
    auto point = std::string{'\x04'};
    point += x;
    point += y;
    auto const built = Owned<OSSL_PARAM_BLD>{OSSL_PARAM_BLD_new()};
    CHOSO_ASSERT(built != nullptr && OSSL_PARAM_BLD_push_utf8_string(built.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1 &&
                 OSSL_PARAM_BLD_push_octet_string(built.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1);
    return verifies(key_of("EC", built.get()).get(), message, signature);
}

bool is_rs256_signature(std::string_view modulus, std::string_view exponent, std::string_view message, std::string_view signature) {
    if (modulus.size() < 256 || modulus.size() > 1024 || exponent.empty() || exponent.size() > 8) return false;
    auto const n = Owned<BIGNUM>{BN_bin2bn(octets(modulus), static_cast<int>(modulus.size()), nullptr)};
    auto const e = Owned<BIGNUM>{BN_bin2bn(octets(exponent), static_cast<int>(exponent.size()), nullptr)};
    auto const built = Owned<OSSL_PARAM_BLD>{OSSL_PARAM_BLD_new()};
    CHOSO_ASSERT(n != nullptr && e != nullptr && built != nullptr && OSSL_PARAM_BLD_push_BN(built.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1 &&
                 OSSL_PARAM_BLD_push_BN(built.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1);
    return verifies(key_of("RSA", built.get()).get(), message, signature);
}

}  // namespace choso::crypto
