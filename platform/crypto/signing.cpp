#include "platform/crypto/signing.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/assert.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::crypto {
namespace {

template <auto free>
struct Freed {
    template <class T>
    void operator()(T* it) const { free(it); }
};
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Context = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;

Bio over(std::string_view text) { return Bio{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))}; }

/// A key with a pass phrase is none: nobody is there to type it.
int no_phrase(char*, int, int, void*) { return 0; }

}  // namespace

struct SigningKey::State {
    Key key;
    Certificate certificate;
};

std::optional<SigningKey> SigningKey::from_pem(std::string_view private_key, std::string_view certificate) {
    auto const key_text = over(private_key);
    auto const certificate_text = over(certificate);
    if (!key_text || !certificate_text) return std::nullopt;
    auto key = Key{PEM_read_bio_PrivateKey(key_text.get(), nullptr, no_phrase, nullptr)};
    auto shown = Certificate{PEM_read_bio_X509(certificate_text.get(), nullptr, no_phrase, nullptr)};
    auto const good = key && shown && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_RSA && EVP_PKEY_get_bits(key.get()) >= 2048 &&
                      X509_check_private_key(shown.get(), key.get()) == 1;
    if (!good) return std::nullopt;
    auto state = std::make_shared<State>();
    state->key = std::move(key);
    state->certificate = std::move(shown);
    return SigningKey{std::move(state)};
}

std::string SigningKey::sign_rsa_sha256(std::string_view message) const {
    auto const context = Context{EVP_MD_CTX_new()};
    auto const* bytes = reinterpret_cast<unsigned char const*>(message.data());
    auto length = std::size_t{0};
    CHOSO_ASSERT(context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, state_->key.get()) == 1);
    CHOSO_ASSERT(EVP_DigestSign(context.get(), nullptr, &length, bytes, message.size()) == 1);
    auto out = std::string(length, '\0');
    CHOSO_ASSERT(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &length, bytes, message.size()) == 1);
    out.resize(length);
    return out;
}

std::string SigningKey::certificate_base64() const {
    auto* bytes = static_cast<unsigned char*>(nullptr);
    auto const length = i2d_X509(state_->certificate.get(), &bytes);
    CHOSO_ASSERT(length > 0);
    auto const out = to_base64(std::string_view{reinterpret_cast<char const*>(bytes), static_cast<std::size_t>(length)});
    OPENSSL_free(bytes);
    return out;
}

std::string SigningKey::subject() const {
    auto const text = Bio{BIO_new(BIO_s_mem())};
    CHOSO_ASSERT(text && X509_NAME_print_ex(text.get(), X509_get_subject_name(state_->certificate.get()), 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) >= 0);
    char* data = nullptr;
    auto const length = BIO_get_mem_data(text.get(), &data);
    std::string out;
    for (auto const c : std::string_view{data, static_cast<std::size_t>(length)}) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else out += c;
    }
    return out;
}

}  // namespace choso::crypto
