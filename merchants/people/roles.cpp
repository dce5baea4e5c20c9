#include "merchants/people/roles.hpp"

#include <algorithm>

namespace choso::people {
namespace {

struct Row {
    Role role;
    std::string_view word, name;
};
constexpr std::array<Row, role_count> table{{
    {Role::stall_owner, "stall_owner", "Chủ sạp"},
    {Role::stall_staff, "stall_staff", "Người bán hàng"},
    {Role::fee_clerk, "fee_clerk", "Cán bộ thu phí"},
    {Role::reconciler, "reconciler", "Kế toán đối soát"},
    {Role::approver, "approver", "Người duyệt chi"},
    {Role::seller, "seller", "Người bán trên chợ mạng"},
    {Role::moderator, "moderator", "Người kiểm duyệt"},
    {Role::operator_, "operator", "Người vận hành"},
    {Role::viewer, "viewer", "Người xem"},
}};

constexpr std::array<Role, role_count> roles_in_order = [] {
    auto out = std::array<Role, role_count>{};
    for (std::size_t i = 0; i < role_count; ++i) out[i] = table[i].role;
    return out;
}();

constexpr std::array<std::string_view, 3> reach_words{"merchant", "collector", "province"};

}  // namespace

std::string_view word(Role role) { return table[static_cast<std::size_t>(role)].word; }
std::string_view name_of(Role role) { return table[static_cast<std::size_t>(role)].name; }
std::span<Role const> all_roles() { return roles_in_order; }

std::optional<Role> role_of(std::string_view word) {
    auto const found = std::ranges::find(table, word, &Row::word);
    if (found == table.end()) return std::nullopt;
    return found->role;
}

std::string_view word(Reach reach) { return reach_words[static_cast<std::size_t>(reach)]; }

std::optional<Reach> reach_of(std::string_view word) {
    auto const found = std::ranges::find(reach_words, word);
    if (found == reach_words.end()) return std::nullopt;
    return static_cast<Reach>(found - reach_words.begin());
}

Roles Grants::roles() const {
    auto out = Roles{};
    for (auto const& grant : all_) out.add(grant.role);
    return out;
}

bool Grants::reach(Roles roles, merchants::Merchant const& merchant) const {
    return std::ranges::any_of(all_, [&](Grant const& grant) {
        if (!roles.has(grant.role)) return false;
        switch (grant.reach) {
            case Reach::merchant: return grant.about == merchant.id.uuid();
            case Reach::collector: return grant.about == merchant.collector.uuid();
            case Reach::province: return true;
        }
        return false;
    });
}

bool Grants::everywhere(Roles roles) const {
    return std::ranges::any_of(all_, [&](Grant const& grant) { return grant.reach == Reach::province && roles.has(grant.role); });
}

}  // namespace choso::people
