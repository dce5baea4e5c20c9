#include "platform/crypto/password.hpp"

#include <argon2.h>

#include <algorithm>

#include "base/assert.hpp"
#include "platform/crypto/crypto.hpp"

namespace choso::crypto {
namespace {

constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;
constexpr std::size_t encoded_max = 160;
constexpr unsigned lanes = 1;

}  // namespace

std::string hash_password(std::string_view password) {
    auto const salt = random_bytes(salt_bytes);
    auto out = std::string(encoded_max, '\0');
    CHOSO_ASSERT(argon2id_hash_encoded(password_passes, password_memory_kib, lanes, password.data(), password.size(), salt.data(), salt.size(),
                                       hash_bytes, out.data(), out.size()) == ARGON2_OK);
    out.resize(out.find('\0'));
    return out;
}

bool is_password_of(std::string_view hash, std::string_view password) {
    auto const encoded = std::string{hash};
    return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
}

}  // namespace choso::crypto
