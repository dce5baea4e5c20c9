#include "platform/crypto/cms.hpp"

#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

#include "base/assert.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::crypto {
namespace {

struct Free {
    void operator()(BIO* it) const { BIO_free(it); }
    void operator()(EVP_PKEY* it) const { EVP_PKEY_free(it); }
    void operator()(X509* it) const { X509_free(it); }
    void operator()(X509_EXTENSION* it) const { X509_EXTENSION_free(it); }
    void operator()(CMS_ContentInfo* it) const { CMS_ContentInfo_free(it); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

constexpr auto ten_years = 10L * 365 * 24 * 3600;

Owned<BIO> reading(std::string_view bytes) { return Owned<BIO>{BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))}; }

std::string written(BIO* out) {
    char* data = nullptr;
    auto const size = BIO_get_mem_data(out, &data);
    return {data, static_cast<std::size_t>(size)};
}

void extend(X509* certificate, int name, char const* value) {
    auto const extension = Owned<X509_EXTENSION>{X509V3_EXT_conf_nid(nullptr, nullptr, name, value)};
    CHOSO_ASSERT(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

}  // namespace

CertifiedKey make_signing_key(std::string_view name) {
    auto const key = Owned<EVP_PKEY>{EVP_EC_gen("P-256")};
    auto const certificate = Owned<X509>{X509_new()};
    CHOSO_ASSERT(key != nullptr && certificate != nullptr);
    auto serial = random_bytes(8);
    serial[0] = static_cast<char>(serial[0] & 0x7f);
    auto number = std::uint64_t{0};
    for (auto const c : serial) number = number << 8U | static_cast<std::uint8_t>(c);
    CHOSO_ASSERT(X509_set_version(certificate.get(), X509_VERSION_3) == 1);
    CHOSO_ASSERT(ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), number) == 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), ten_years);
    auto* subject = X509_get_subject_name(certificate.get());
    CHOSO_ASSERT(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<unsigned char const*>(name.data()), static_cast<int>(name.size()), -1, 0) == 1);
    CHOSO_ASSERT(X509_set_issuer_name(certificate.get(), subject) == 1 && X509_set_pubkey(certificate.get(), key.get()) == 1);
    extend(certificate.get(), NID_key_usage, "critical,digitalSignature,nonRepudiation");
    extend(certificate.get(), NID_ext_key_usage, "emailProtection");
    CHOSO_ASSERT(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
    auto const pem = Owned<BIO>{BIO_new(BIO_s_mem())};
    auto const secret = Owned<BIO>{BIO_new(BIO_s_mem())};
    CHOSO_ASSERT(PEM_write_bio_X509(pem.get(), certificate.get()) == 1);
    CHOSO_ASSERT(PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return {written(pem.get()), written(secret.get())};
}

std::string signed_file(CertifiedKey const& by, std::string_view bytes) {
    auto const pem = reading(by.certificate);
    auto const secret = reading(by.key);
    auto const certificate = Owned<X509>{PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr)};
    auto const key = Owned<EVP_PKEY>{PEM_read_bio_PrivateKey(secret.get(), nullptr, nullptr, nullptr)};
    if (!certificate || !key) throw std::runtime_error{"the signing certificate or its key cannot be read"};
    auto const content = reading(bytes);
    auto const made = Owned<CMS_ContentInfo>{CMS_sign(certificate.get(), key.get(), nullptr, content.get(), CMS_BINARY)};
    auto const out = Owned<BIO>{BIO_new(BIO_s_mem())};
    if (!made || i2d_CMS_bio(out.get(), made.get()) != 1) throw std::runtime_error{"the file cannot be signed"};
    return written(out.get());
}

}  // namespace choso::crypto
