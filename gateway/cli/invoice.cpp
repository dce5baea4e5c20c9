#include "gateway/cli/invoice.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

#include "gateway/cli/context.hpp"
#include "gateway/cli/options.hpp"
#include "merchants/directory_watch.hpp"
#include "merchants/invoices/provider.hpp"
#include "merchants/receipts/find.hpp"
#include "platform/json/json.hpp"
#include "qr/banks.hpp"

namespace choso::cli {
namespace {

constexpr std::string_view usage =
    "usage: choso invoice seller mer_… --tax-code N --address TEXT [--receipt-symbol BL] [--config FILE]\n"
    "           what stands on the payee's receipts and invoices\n"
    "       choso invoice issue rc_… … --folder DIR --key KEY.pem --certificate CERT.pem\n"
    "                     [--symbol C26TAA] [--form 1|2] [--rate KCT|KKKNT|0%] [--json] [--config FILE]\n"
    "           the receipts' invoices in the national XML structure, signed with the seller's RSA key, a file each in DIR (which\n"
    "           must exist). An invoice has its receipt's number; issued again it is the same file.\n"
    "           A receipt that was cancelled, or that cancels one, has no invoice.\n";

std::string contents(std::string_view path) {
    auto in = std::ifstream{std::filesystem::path{path}, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::optional<invoices::Rate> rate_of(std::string_view word) {
    if (word == "KCT") return invoices::Rate::not_subject;
    if (word == "KKKNT") return invoices::Rate::not_declared;
    if (word == "0%") return invoices::Rate::zero;
    return std::nullopt;
}

struct How {
    std::string form, symbol;
    invoices::Rate rate = invoices::Rate::not_subject;
};

invoices::Invoice invoice_of(receipts::Shown const& shown, merchants::Directory const& directory, How const& how) {
    auto const& receipt = shown.receipt;
    auto out = invoices::Invoice{};
    out.form = how.form;
    out.symbol = how.symbol;
    if (out.symbol.empty()) out.symbol = "C" + std::to_string(receipt.year % 100) + "TAA";
    out.number = receipt.number;
    out.at = receipt.issued_at;
    out.payment_means = receipt.way == receipts::Way::cash ? "Tiền mặt" : "Chuyển khoản";
    auto const* merchant = directory.merchant(receipt.merchant);
    if (merchant != nullptr) {
        out.seller.name = merchant->name;
        if (auto const* account = directory.account_for(*merchant, nullptr)) {
            out.seller.account = account->number;
            if (auto const* bank = qr::find_bank(account->bin)) out.seller.bank = bank->name;
        }
    }
    out.seller.tax_code = shown.issuer_tax_code;
    out.seller.address = shown.issuer_address;
    out.buyer.buyer_name = shown.payer.empty() ? "Người mua không lấy hóa đơn" : shown.payer;
    auto line = invoices::Line{};
    line.name = receipt.what.empty() ? "Khoản thu" : receipt.what;
    line.unit_price = line.amount = receipt.amount;
    line.rate = how.rate;
    out.lines.push_back(std::move(line));
    out.looked_up_by = receipts::number_text(receipt);
    return out;
}

int put_seller(Context const& context, Options const& options) {
    auto const id = options.words().size() == 2 ? MerchantId::parse(options.words()[1]) : std::nullopt;
    if (!id) return context.misused("invoice seller takes one mer_…");
    if (options.text("--tax-code").empty() || options.text("--address").empty()) return context.misused("--tax-code and --address are needed");
    auto connection = context.connect();
    try {
        receipts::put_issuer(connection, *id, options.value("--receipt-symbol").value_or("BL"), options.text("--tax-code"), options.text("--address"));
    } catch (postgres::StatementFailed const&) {
        return context.refused("the merchant does not exist, or a value is none: a tax code has 10 or 12 digits, or 10 and 3; a receipt's symbol 1–12 of A–Z, 0–9, / and -");
    }
    context.out << id->text() << '\n';
    return exit_done;
}

int issue(Context const& context, Options const& options) {
    auto ids = std::vector<ReceiptId>{};
    for (auto word = options.words().begin() + 1; word != options.words().end(); ++word) {
        auto const id = ReceiptId::parse(*word);
        if (!id) return context.misused("is no receipt: " + std::string{*word});
        ids.push_back(*id);
    }
    if (ids.empty()) return context.misused("invoice issue takes one rc_… at least");
    auto const rate = rate_of(options.value("--rate").value_or("KCT"));
    if (!rate) return context.misused("--rate takes KCT, KKKNT or 0%: fees of schools, hospitals and offices bear no tax");
    auto const folder = std::filesystem::path{options.text("--folder")};
    if (folder.empty() || !std::filesystem::is_directory(folder)) return context.misused("--folder must be a folder that exists");
    auto connection = context.connect();
    auto clock = merchants::AdvancedClock{};
    auto const watch = merchants::DirectoryWatch{context.settings.database_url, clock};
    auto const key = crypto::SigningKey::from_pem(contents(options.text("--key")), contents(options.text("--certificate")));
    if (!key) return context.refused("--key and --certificate must be an RSA key of 2048 bits or more in PEM and its certificate");
    auto provider = invoices::FileProvider{folder, *key};
    auto const how = How{std::string{options.value("--form").value_or("1")}, options.text("--symbol"), *rate};
    for (auto const id : ids) {
        auto const shown = receipts::find(connection, id);
        if (!shown) return context.refused("no such receipt: " + id.text());
        if (shown->receipt.cancels || shown->cancelled_by) return context.refused("is cancelled or cancels another: " + id.text());
        auto const made = provider.issue(invoice_of(*shown, *watch.current(), how), clock.now());
        if (!made) return context.refused(id.text() + ": " + made.error().field + " " + made.error().why);
        if (options.has("--json")) {
            std::string text;
            json::Writer{text}.object().member("receipt", id.text()).member("number", shown->receipt.number).member("file", made->place).end();
            context.out << text << '\n';
        } else {
            context.out << made->place << '\n';
        }
    }
    return exit_done;
}

}  // namespace

int invoice(std::vector<std::string_view> args, std::istream&, std::ostream& out, std::ostream& err) {
    return run_with_context("choso invoice", usage, std::move(args), out, err, [](Context const& context, auto const& given) {
        auto const options = Options::parse(given, {"--tax-code=", "--address=", "--receipt-symbol=", "--folder=", "--symbol=", "--form=", "--rate=", "--key=", "--certificate=", "--json"});
        if (!options) return context.misused(options.error().text);
        if (options->words().empty()) return context.misused("knows: seller, issue");
        if (options->words().front() == "seller") return put_seller(context, *options);
        if (options->words().front() == "issue") return issue(context, *options);
        return context.misused("knows: seller, issue");
    });
}

}  // namespace choso::cli
