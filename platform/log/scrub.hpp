#pragma once
#include <string>
#include <string_view>

namespace choso::log {

/// What stands for a secret.
inline constexpr std::string_view masked = "***";
/// What stands for the front of an account number.
inline constexpr std::string_view masked_digits = "••••••";

/// True for a field whose value is never shown: its name is, or ends in `_` and, one of authorization, api_key,
/// checksum_key, secret, password, token, cookie (any case, `-` counts as `_`).
[[nodiscard]] bool is_secret_key(std::string_view key);

/// Appends `text` to `out` without what must not be read in a log: API keys (`sk_live_…`, `sk_test_…`), what follows
/// `Apikey` or `Bearer`, and all but the last four of nine digits or more in a row, which may be an account, a phone or
/// an identity card. Ids of ours (`pr_` and 26 symbols) stay whole.
void append_scrubbed(std::string& out, std::string_view text);
[[nodiscard]] std::string scrub(std::string_view text);

/// Appends an account number as `••••••6789`; of a number shorter than eight characters nothing is shown.
void append_account(std::string& out, std::string_view number);

}  // namespace choso::log
