#pragma once
#include <string>
#include <string_view>

/// Signed files (CMS, RFC 5652): whoever has the certificate can prove later what we gave out.
namespace choso::crypto {

/// A key and its own certificate, both PEM; the key is a secret.
struct CertifiedKey {
    std::string certificate, key;
};
/// P-256, self-signed, good for ten years from now; `name` is its subject's common name.
[[nodiscard]] CertifiedKey make_signing_key(std::string_view name);

/// DER of a CMS SignedData that holds `bytes` and the certificate: `openssl cms -verify -inform DER` gives them back. Throws
/// std::runtime_error for a key or certificate that cannot be read.
[[nodiscard]] std::string signed_file(CertifiedKey const& by, std::string_view bytes);

}  // namespace choso::crypto
