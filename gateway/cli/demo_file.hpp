#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "merchants/changes.hpp"

namespace choso::cli {

/// A collecting account as scripts need it.
struct DemoAccount {
    AccountId id;
    std::string bin, number, holder;
};

struct DemoStall {
    StallId id;
    MerchantId merchant;
    MarketId market;
    std::string name, number, reference, link_token;
    DemoAccount account;
};

struct DemoInstitution {
    std::string key;  ///< `school`
    MerchantId merchant;
    DemoAccount account;
    std::string unit = {};  ///< a class of the school; empty: it has none
};

/// Everything that stands in DATA/demo.json. It holds secrets that are kept nowhere else.
struct DemoFile {
    std::string base_url, data_dir, database_url;
    std::vector<DemoStall> stalls;  ///< the first is the main one, the second the “other”
    std::vector<DemoInstitution> institutions;
    MerchantId pool;
    std::vector<MerchantId> pool_payees;
    DemoAccount pool_account;
    MerchantId marketplace;
    std::vector<MerchantId> sellers;  ///< of the marketplace, in the order of demo::shops()
    DemoAccount marketplace_account;
    std::string api_key, other_api_key;
    std::string sepay_api_key, sepay_hmac_secret, sepay_client_id, sepay_client_secret, other_sepay_api_key, camt_api_key;

    [[nodiscard]] std::string text() const;
};

/// Somebody of the demo who signs in.
struct DemoLogin {
    std::string page, user, password, role;
    std::string totp_secret;  ///< base32, as an app takes it; empty: no second factor
};
/// The same file with these logins instead of any it has; nothing if the text is no demo.json.
[[nodiscard]] std::optional<std::string> with_logins(std::string_view demo_json, std::vector<DemoLogin> const& logins);
[[nodiscard]] bool has_logins(std::string_view demo_json);

/// The page that a stall's link opens.
[[nodiscard]] std::string stall_url(std::string_view base_url, std::string_view link_token);

/// The API key in a demo.json; nothing if the text is none.
[[nodiscard]] std::optional<std::string> api_key_of(std::string_view demo_json);

/// What may differ between two runs of the same installation: addresses, never keys or ids.
struct DemoPlace {
    std::string base_url, data_dir, database_url;
};
/// The same file with these addresses, in every URL that began with the old base; all else as it stands, foreign keys too.
/// Nothing if the text is no demo.json.
[[nodiscard]] std::optional<std::string> moved(std::string_view demo_json, DemoPlace const& to);

}  // namespace choso::cli
