#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Web Authentication Level 2, the relying party's part (§7.1, §7.2): what a browser brings back is checked against what was
/// asked. Pure. Attestation is not asked for: which maker's authenticator it is does not matter here.
namespace choso::people {

/// Whom the authenticator is to sign for.
struct RelyingParty {
    std::string id;      ///< the host's name, without port
    std::string origin;  ///< `https://host[:port]`
};
[[nodiscard]] RelyingParty relying_party(std::string_view base_url);

inline constexpr int es256 = -7;
inline constexpr int rs256 = -257;

struct NewPasskey {
    std::string id;          ///< the authenticator's name for it, 1–1023 bytes
    std::string public_key;  ///< COSE_Key
    int algorithm = es256;
    std::int64_t counter = 0;
};
/// `challenge`: the bytes that were asked to be signed.
[[nodiscard]] std::optional<NewPasskey> check_registration(RelyingParty const& party, std::string_view challenge, std::string_view client_data,
                                                           std::string_view attestation);

struct Assertion {
    std::string client_data, authenticator_data, signature;
};
/// The authenticator's new counter; nullopt if anything differs. Who calls compares the counter.
[[nodiscard]] std::optional<std::int64_t> check_assertion(RelyingParty const& party, std::string_view challenge, std::string_view public_key,
                                                          Assertion const& assertion);
/// A counter must grow, unless the authenticator keeps none (always 0): one that does not is another copy's.
[[nodiscard]] bool is_next_counter(std::int64_t known, std::int64_t told);

}  // namespace choso::people
