#pragma once
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "merchants/directory.hpp"

/// What a member of staff may be, and about whom. Pure.
namespace choso::people {

enum class Role { stall_owner, stall_staff, fee_clerk, reconciler, approver, seller, moderator, operator_, viewer };
inline constexpr std::size_t role_count = 9;

[[nodiscard]] std::string_view word(Role role);
[[nodiscard]] std::optional<Role> role_of(std::string_view word);
/// As pages show it: `Người duyệt chi`.
[[nodiscard]] std::string_view name_of(Role role);
/// All of them, in the order of the enum.
[[nodiscard]] std::span<Role const> all_roles();

/// Some roles: any one of them will do.
class Roles {
 public:
    constexpr Roles() = default;
    constexpr Roles(std::initializer_list<Role> roles) {
        for (auto const role : roles) bits_ |= 1U << static_cast<unsigned>(role);
    }
    /// Whoever is signed in.
    [[nodiscard]] static constexpr Roles any() {
        auto out = Roles{};
        out.bits_ = (1U << role_count) - 1;
        return out;
    }
    [[nodiscard]] constexpr bool has(Role role) const { return (bits_ >> static_cast<unsigned>(role) & 1U) != 0; }
    constexpr void add(Role role) { bits_ |= 1U << static_cast<unsigned>(role); }
    /// False for `any()`: a person without a role will do there.
    [[nodiscard]] constexpr bool only_some() const { return bits_ != any().bits_; }
    [[nodiscard]] constexpr bool meets(Roles other) const { return (bits_ & other.bits_) != 0; }

 private:
    std::uint32_t bits_ = 0;
};

/// Roles that touch money, or other people's rights to: they need a second factor, and a session of theirs that is left
/// alone for 15 minutes is over.
inline constexpr Roles money_roles{Role::fee_clerk, Role::reconciler, Role::approver, Role::operator_};

enum class Reach { merchant, collector, province };
[[nodiscard]] std::string_view word(Reach reach);
[[nodiscard]] std::optional<Reach> reach_of(std::string_view word);

/// One role about one merchant, about every merchant of one collector, or about all.
struct Grant {
    Role role = Role::viewer;
    Reach reach = Reach::province;
    Uuid about{};  ///< of the merchant or collector; zeros for the province
    friend auto operator<=>(Grant const&, Grant const&) = default;
};

class Grants {
 public:
    Grants() = default;
    explicit Grants(std::vector<Grant> all) : all_{std::move(all)} {}

    [[nodiscard]] std::vector<Grant> const& all() const { return all_; }
    /// The roles held anywhere.
    [[nodiscard]] Roles roles() const;
    /// Whether one of `roles` reaches that merchant, by itself, by its collector or by the province.
    [[nodiscard]] bool reach(Roles roles, merchants::Merchant const& merchant) const;
    /// Whether one of `roles` is held for the whole province.
    [[nodiscard]] bool everywhere(Roles roles) const;

 private:
    std::vector<Grant> all_;
};

}  // namespace choso::people
