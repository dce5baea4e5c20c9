#include <fstream>
#include <iterator>
#include <system_error>

#include "merchants/invoices/provider.hpp"
#include "merchants/invoices/signature.hpp"

namespace choso::invoices {
namespace {

std::filesystem::path file_of(std::filesystem::path const& folder, Invoice const& invoice) {
    return folder / (invoice.seller.tax_code + "-" + invoice.form + invoice.symbol + "-" + std::to_string(invoice.number) + ".xml");
}

std::string contents(std::filesystem::path const& file) {
    auto in = std::ifstream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

Result<Issued, NotIssued> FileProvider::issue(Invoice const& invoice, Instant now) {
    if (auto const broken = check(invoice)) return NotIssued{broken->field, broken->rule};
    auto const file = file_of(folder_, invoice);
    auto const same = data_element(invoice);
    if (auto known = contents(file); !known.empty()) {
        if (known.find(same) == std::string::npos) return NotIssued{"number", "is another invoice's already"};
        return Issued{std::move(known), {}, file.string()};
    }
    auto document = signed_document(invoice, key_, now);
    // Whole or not at all: a file of the same name that is half written would be taken for the invoice.
    auto const half = file.string() + ".part";
    auto out = std::ofstream{half, std::ios::binary | std::ios::trunc};
    out << document;
    out.close();
    auto failed = std::error_code{};
    if (!out) failed = std::make_error_code(std::errc::io_error);
    else std::filesystem::rename(half, file, failed);
    if (failed) return NotIssued{"file", "cannot be written: " + failed.message()};
    return Issued{std::move(document), {}, file.string()};
}

}  // namespace choso::invoices
