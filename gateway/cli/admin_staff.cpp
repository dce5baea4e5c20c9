#include "gateway/cli/admin_parts.hpp"
#include "merchants/people/staff.hpp"

namespace choso::cli {
namespace {

/// `approver`, `approver:mer_…`, `approver:col_…`.
people::Grant grant_of(std::string_view text) {
    auto const colon = std::min(text.find(':'), text.size());
    auto const role = people::role_of(text.substr(0, colon));
    if (!role) throw BadOption{"--role knows no " + std::string{text.substr(0, colon)}};
    if (colon == text.size()) return {*role, people::Reach::province, {}};
    auto const about = text.substr(colon + 1);
    if (auto const merchant = MerchantId::parse(about)) return {*role, people::Reach::merchant, merchant->uuid()};
    if (auto const collector = CollectorId::parse(about)) return {*role, people::Reach::collector, collector->uuid()};
    throw BadOption{"--role takes ROLE, ROLE:mer_… or ROLE:col_…, not " + std::string{text}};
}

std::string text_of(people::Grant const& grant) {
    auto out = std::string{people::word(grant.role)};
    if (grant.reach == people::Reach::merchant) out += ":" + MerchantId{grant.about}.text();
    if (grant.reach == people::Reach::collector) out += ":" + CollectorId{grant.about}.text();
    return out;
}

std::vector<Field> fields_of(people::CreatedStaff const& it) {
    return {{"staff", it.id.text()}, {"password", std::string{it.password.reveal()}}};
}

int add_staff(Context const& context, Options const& options) {
    auto wanted = people::NewStaff{.login = needed(options, "--login"), .name = needed(options, "--name")};
    for (auto const role : options.all("--role")) wanted.grants.push_back(grant_of(role));
    auto connection = context.connect();
    return answer(context, options, people::create_staff(connection, {}, wanted), fields_of);
}

int reset_staff(Context const& context, Options const& options) {
    auto connection = context.connect();
    return answer(context, options, people::reset_staff(connection, {}, options.words().front()), fields_of);
}

int revoke_staff(Context const& context, Options const& options) {
    auto const login = std::string{options.words().front()};
    auto connection = context.connect();
    return answer(context, options, people::revoke_staff(connection, {}, login),
                  [&](people::Done) { return std::vector<Field>{{"revoked", login}}; });
}

int list_staff(Context const& context, Options const& options) {
    auto connection = context.connect();
    for (auto const& row : people::list_staff(connection)) {
        std::string roles;
        for (auto const& grant : row.grants.all()) (roles += roles.empty() ? "" : " ") += text_of(grant);
        auto const factor = row.has_passkey ? "passkey" : row.has_totp ? "app" : "none";
        auto const state = row.revoked ? "revoked" : row.temporary_password ? "temporary password" : "active";
        print_fields(context.out, {{"login", row.login}, {"name", row.name}, {"roles", roles}, {"second_factor", factor}, {"state", state}},
                     options.has("--json"));
    }
    return exit_done;
}

}  // namespace

std::vector<Action> staff_actions() {
    return {
        {"staff", "add", {"--login=", "--name=", "--role=*"}, false, add_staff},
        {"staff", "list", {}, false, list_staff},
        {"staff", "reset", {}, true, reset_staff},
        {"staff", "revoke", {}, true, revoke_staff},
    };
}

}  // namespace choso::cli
