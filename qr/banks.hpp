#pragma once
#include <span>
#include <string_view>

namespace choso::qr {

/// An issuer whose number may stand in a VietQR: a bank, a bank's digital brand, or a wallet.
/// All texts are UTF-8 and live as long as the program; an unknown one is empty.
/// Sources: State Bank of Vietnam, CV 1589/NHNN-TT (state of 31/12/2023); directory of api.vietqr.io (2026-11).
struct Bank {
    std::string_view bin;         ///< six digits, unique; need not begin with 970
    int directory_id;             ///< `id` in the directory of api.vietqr.io; 0 where it has none
    std::string_view code;        ///< the directory's code: "ICB", "VCB"
    std::string_view short_name;  ///< "VietinBank"
    std::string_view name;        ///< the full Vietnamese name
    std::string_view swift;
    std::string_view aliases;      ///< other codes and brands in use, parted by '|': "CTG"
    std::string_view former_name;  ///< the full name before the last renaming
    bool transfer_supported;       ///< receives NAPAS 247 transfers by QR
    bool lookup_supported;         ///< answers name look-ups
    int app_support;               ///< `support` of the directory: 0 or 3
    bool listed_by_sbv;            ///< stands in the State Bank's list of 31/12/2023
    std::string_view changed_on;   ///< day (ISO 8601) the directory renamed or added it, where known

    /// What to show where there is little room: the short name, or the full name of one that has none.
    [[nodiscard]] constexpr std::string_view display_name() const { return short_name.empty() ? name : short_name; }
};

/// Every issuer, ordered by BIN.
[[nodiscard]] std::span<Bank const> banks();

/// The issuer of a six-digit number; nullptr if there is none.
[[nodiscard]] Bank const* find_by_bin(std::string_view bin);

/// The issuer a person or another system means by a BIN, code, short name, brand or alias; case, blanks and
/// punctuation do not count ("mb bank" is MBBank). A code or short name wins over another bank's alias. nullptr if none.
[[nodiscard]] Bank const* find_bank(std::string_view bin_or_name);

}  // namespace choso::qr
