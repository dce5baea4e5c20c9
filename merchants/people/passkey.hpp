#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "merchants/people/session.hpp"
#include "merchants/people/webauthn.hpp"

/// A person's passkeys: the second step that cannot be told to a swindler. One transaction a function.
namespace choso::people {

struct Passkey {
    std::string id;
    std::string name;
    Instant created_at;
    std::optional<Instant> used_at;
};
[[nodiscard]] std::vector<Passkey> list_passkeys(postgres::Connection& connection, StaffId staff);

/// Random bytes for the next registration or assertion of this session; good once, for five minutes.
[[nodiscard]] std::string new_challenge(postgres::Connection& connection, SessionId session);
/// What the browser brought, checked and kept; the session goes on under the token that comes back.
[[nodiscard]] std::optional<crypto::Secret> add_passkey(postgres::Connection& connection, StaffId staff, SessionId session, RelyingParty const& party,
                                                        std::string_view name, std::string_view client_data, std::string_view attestation);
/// The second factor by a passkey.
[[nodiscard]] std::optional<crypto::Secret> give_passkey(postgres::Connection& connection, StaffId staff, SessionId session, RelyingParty const& party,
                                                         std::string_view id, Assertion const& assertion);
bool remove_passkey(postgres::Connection& connection, StaffId staff, std::string_view id);

}  // namespace choso::people
