#include "gateway/cli/demo_file.hpp"

#include "base/assert.hpp"
#include "platform/json/json.hpp"

namespace choso::cli {
namespace {

using json::Writer;

void write_account(Writer& out, std::string_view key, DemoAccount const& account) {
    out.key(key).object().member("bin", account.bin).member("account", account.number).member("holder", account.holder);
    out.member("id", account.id.text()).end();
}

void write_stall(Writer& out, DemoStall const& stall, std::string_view base_url) {
    out.object().member("stall", stall.id.text()).member("merchant", stall.merchant.text()).member("market", stall.market.text());
    out.member("name", stall.name).member("number", stall.number).member("reference", stall.reference);
    out.member("url", stall_url(base_url, stall.link_token));
    write_account(out, "bank_account", stall.account);
    out.end();
}

/// Writes a tree again with every text that is the old base URL, or begins with it and a `/`, moved.
class Mover {
 public:
    Mover(Writer& out, std::string_view old_base, DemoPlace const& to) : out_{out}, old_base_{old_base}, to_{to} {}

    void top(json::Value const& value) {
        out_.object();
        for (auto const& [key, member] : value.members()) {
            out_.key(key);
            if (key == "data_dir")
                out_.value(to_.data_dir);
            else if (key == "database_url")
                out_.value(to_.database_url);
            else
                any(member);
        }
        out_.end();
    }

 private:
    void any(json::Value const& value) {
        if (value.is_object()) {
            out_.object();
            for (auto const& [key, member] : value.members()) {
                out_.key(key);
                any(member);
            }
            out_.end();
        } else if (value.is_array()) {
            out_.array();
            for (auto const& item : value.items()) any(item);
            out_.end();
        } else if (auto const text = value.as_string(); text && begins_with_old_base(*text)) {
            out_.value(to_.base_url + std::string{text->substr(old_base_.size())});
        } else {
            out_.value(value);
        }
    }

    [[nodiscard]] bool begins_with_old_base(std::string_view text) const {
        return text.starts_with(old_base_) && (text.size() == old_base_.size() || text[old_base_.size()] == '/');
    }

    Writer& out_;
    std::string_view old_base_;
    DemoPlace const& to_;
};

}  // namespace

std::string stall_url(std::string_view base_url, std::string_view link_token) {
    return std::string{base_url} + "/stall/" + std::string{link_token};
}

std::string DemoFile::text() const {
    CHOSO_ASSERT(stalls.size() >= 2);
    auto const& main = stalls[0];
    auto const& other = stalls[1];
    std::string text;
    Writer out{text};
    out.object().member("base_url", base_url).member("stall_url", stall_url(base_url, main.link_token));
    out.member("data_dir", data_dir).member("database_url", database_url);
    out.member("merchant", main.merchant.text()).member("stall", main.id.text());
    write_account(out, "bank_account", main.account);
    out.member("api_key", api_key);
    out.key("sepay").object().member("api_key", sepay_api_key).member("hmac_secret", sepay_hmac_secret);
    out.member("client_id", sepay_client_id).member("client_secret", sepay_client_secret).end();
    out.key("camt").object().member("api_key", camt_api_key).end();
    for (auto const& institution : institutions) {
        out.key(institution.key).object().member("merchant", institution.merchant.text());
        if (!institution.unit.empty()) out.member("unit", institution.unit);
        write_account(out, "bank_account", institution.account);
        out.end();
    }
    out.member("other_merchant", other.merchant.text());
    write_account(out, "other_bank_account", other.account);
    out.member("other_api_key", other_api_key).key("other_sepay").object().member("api_key", other_sepay_api_key).end();
    out.key("pooled").object().member("merchant", pool.text()).key("payees").array();
    for (auto const& payee : pool_payees) out.value(payee.text());
    out.end();
    write_account(out, "bank_account", pool_account);
    out.end();
    if (!sellers.empty()) {
        out.member("seller", sellers.front().text());
        out.key("marketplace").object().member("merchant", marketplace.text()).key("sellers").array();
        for (auto const& seller : sellers) out.value(seller.text());
        out.end();
        write_account(out, "bank_account", marketplace_account);
        out.end();
    }
    out.key("stalls").array();
    for (auto const& stall : stalls) write_stall(out, stall, base_url);
    out.end().end();
    CHOSO_ASSERT(out.complete());
    return text + '\n';
}

std::optional<std::string> with_logins(std::string_view demo_json, std::vector<DemoLogin> const& logins) {
    auto const tree = json::parse(demo_json);
    if (!tree || !tree->is_object()) return std::nullopt;
    std::string text;
    Writer out{text};
    out.object();
    for (auto const& [key, member] : tree->members())
        if (key != "logins") out.key(key).value(member);
    out.key("logins").array();
    for (auto const& login : logins) {
        out.object().member("page", login.page).member("user", login.user).member("password", login.password).member("role", login.role);
        if (!login.totp_secret.empty()) out.member("totp_secret", login.totp_secret);
        out.end();
    }
    out.end().end();
    return text + '\n';
}

bool has_logins(std::string_view demo_json) {
    auto const tree = json::parse(demo_json);
    return tree && tree->find("logins") != nullptr;
}

std::optional<std::string> api_key_of(std::string_view demo_json) {
    auto const tree = json::parse(demo_json);
    if (!tree) return std::nullopt;
    auto const* const key = tree->find("api_key");
    auto const text = key != nullptr ? key->as_string() : std::nullopt;
    if (!text) return std::nullopt;
    return std::string{*text};
}

std::optional<std::string> moved(std::string_view demo_json, DemoPlace const& to) {
    auto const tree = json::parse(demo_json);
    auto const* const base = tree ? tree->find("base_url") : nullptr;
    auto const old_base = base != nullptr ? base->as_string() : std::nullopt;
    if (!old_base || old_base->empty()) return std::nullopt;
    std::string text;
    Writer out{text};
    Mover{out, *old_base, to}.top(*tree);
    return text + '\n';
}

}  // namespace choso::cli
