#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace choso::crypto {

/// A private RSA key with its certificate, for signing documents. Copies share the key; any thread may sign.
class SigningKey {
 public:
    /// Both in PEM. None if either cannot be read, is no RSA key of 2048 bits or more, or they do not belong together.
    [[nodiscard]] static std::optional<SigningKey> from_pem(std::string_view private_key, std::string_view certificate);

    /// PKCS #1 v1.5 with SHA-256 (RFC 8017).
    [[nodiscard]] std::string sign_rsa_sha256(std::string_view message) const;
    /// The certificate's DER in base64 without line breaks.
    [[nodiscard]] std::string certificate_base64() const;
    /// The certificate's subject (RFC 2253), escaped for XML.
    [[nodiscard]] std::string subject() const;

 private:
    struct State;
    explicit SigningKey(std::shared_ptr<State const> state) : state_{std::move(state)} {}
    std::shared_ptr<State const> state_;
};

}  // namespace choso::crypto
