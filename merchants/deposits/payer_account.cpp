#include "merchants/deposits/payer_account.hpp"

#include "base/vietnamese.hpp"
#include "platform/xml/xml.hpp"
#include "qr/banks.hpp"

namespace choso::deposits {
namespace {

bool is_account(std::string_view text) {
    return text.size() >= 6 && text.size() <= 19 && text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

bool is_holder(std::string_view text) { return text.size() >= 2 && text.size() <= 120 && is_valid_utf8(text); }

std::optional<payments::Destination> certain(std::string_view bank, std::string_view account, std::string_view holder) {
    auto const* known = qr::find_bank(bank);
    if (known == nullptr || !is_account(account) || !is_holder(holder)) return std::nullopt;
    return payments::Destination{.id = {}, .bin = std::string{known->bin}, .account = std::string{account}, .holder = std::string{holder}, .told_by = "statement"};
}

/// The debtor of one entry: its name, its account's number, its bank's code.
class Debtor final : public xml::Handler {
 public:
    void begin(std::string_view name, std::size_t) override { path_ += "/" + std::string{local(name)}; }
    void attribute(std::string_view, std::string_view) override {}
    void end(std::string_view, std::string_view text, std::size_t) override {
        if (path_.ends_with("/Dbtr/Pty/Nm") || path_.ends_with("/Dbtr/Nm")) take(holder, text);
        if (path_.ends_with("/DbtrAcct/Id/Othr/Id") || path_.ends_with("/DbtrAcct/Id/IBAN")) take(account, text);
        if (path_.find("/DbtrAgt/") != std::string::npos && (path_.ends_with("/MmbId") || path_.ends_with("/BICFI") || path_.ends_with("/BIC"))) take(bank, text);
        path_.erase(path_.rfind('/'));
    }
    std::string holder, account, bank;
    bool twice = false;

 private:
    static std::string_view local(std::string_view name) { return name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1); }
    /// A document of several entries says of none which is ours.
    void take(std::string& into, std::string_view text) {
        if (!into.empty() && into != text) twice = true;
        into = text;
    }
    std::string path_;
};

std::optional<payments::Destination> of_camt(std::string_view raw) {
    auto debtor = Debtor{};
    if (xml::read(raw, debtor) || debtor.twice) return std::nullopt;
    // A BIC of eleven names a branch in its last three characters.
    auto const bic = std::string_view{debtor.bank}.substr(0, debtor.bank.size() == 11 ? 8 : debtor.bank.size());
    for (auto const& bank : qr::banks())
        if (!bank.swift.empty() && bic == bank.swift) return certain(bank.bin, debtor.account, debtor.holder);
    return certain(debtor.bank, debtor.account, debtor.holder);
}

std::optional<payments::Destination> of_content(std::string_view content) {
    if (!content.starts_with("MBVCB.")) return std::nullopt;
    auto const at = content.find("CT tu ");
    if (at == std::string_view::npos) return std::nullopt;
    auto const rest = content.substr(at + 6);
    auto const blank = rest.find(' ');
    auto const to = rest.find(" toi ");
    if (blank == std::string_view::npos || to == std::string_view::npos || to <= blank) return std::nullopt;
    return certain("970436", rest.substr(0, blank), rest.substr(blank + 1, to - blank - 1));
}

}  // namespace

std::optional<payments::Destination> payer_account(std::string_view content, std::string_view raw) {
    if (raw.find("DbtrAcct") != std::string_view::npos) return of_camt(raw);
    return of_content(content);
}

}  // namespace choso::deposits
