#pragma once
#include <cstddef>
#include <span>
#include <string_view>

/// The demo province: who trades where and collects into what. Every name and number is invented; numbers begin with
/// 99000, which no bank hands out, so that a scanned demo QR pays nobody.
namespace choso::cli::demo {

struct Market {
    std::string_view name, ward;
};

struct Account {
    std::string_view bin, number, holder;
    bool complete = false;            ///< every line is fed, debits too
    bool keeps_unreferenced = true;
};

/// A household business that collects for itself at one stall.
struct Stall {
    std::size_t market;  ///< index in markets()
    std::string_view name, number, merchant;
    Account account;
    bool takes_unreferenced = false;
};

/// An institution that collects for itself. `key` is its name in demo.json.
struct Institution {
    std::string_view key, kind, name;
    Account account;
};

/// Who collects for several payees into one account.
struct Pool {
    std::string_view name, kind;
    Account account;
    struct Payee {
        std::string_view name, kind;
        Account payout;  ///< where its due is paid to
    };
    std::span<Payee const> payees;
};

/// Who signs in. `about`: nobody's in particular (the province), the first stall's merchant, or the first institution's.
struct Member {
    enum class About { province, stall, institution };
    std::string_view login, name, role, page;
    About about = About::province;
    bool has_app = true;  ///< an authenticator app, whose secret stands in demo.json
};

inline constexpr std::string_view province = "Thái Nguyên";

[[nodiscard]] std::span<Market const> markets();
/// The first is the demo's main one, the second its “other”.
[[nodiscard]] std::span<Stall const> stalls();
[[nodiscard]] std::span<Institution const> institutions();
[[nodiscard]] Pool const& pool();
[[nodiscard]] std::span<Member const> members();

}  // namespace choso::cli::demo
