#pragma once
#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "merchants/invoices/invoice.hpp"
#include "platform/crypto/signing.hpp"

namespace choso::invoices {

/// What became of an invoice that was handed to a provider.
struct Issued {
    std::string document;        ///< the signed XML
    std::string authority_code;  ///< MCCQT; empty where the provider has none (yet)
    std::string place;           ///< where the provider keeps it: a path, an address
};
struct NotIssued {
    std::string field, why;
};

/// Who brings invoices to the tax authority: signs or has them signed, sends them, keeps them. Handing in the same invoice
/// (form, symbol, number of a seller) again gives the same document.
class Provider {
 public:
    Provider() = default;
    Provider(Provider const&) = delete;
    Provider& operator=(Provider const&) = delete;
    virtual ~Provider() = default;
    [[nodiscard]] virtual Result<Issued, NotIssued> issue(Invoice const& invoice, Instant now) = 0;
};

/// Signs with the seller's own key and keeps a file for each invoice: what a payee hands in through its own software, and what
/// tests and the demo use.
class FileProvider final : public Provider {
 public:
    FileProvider(std::filesystem::path folder, crypto::SigningKey key) : folder_{std::move(folder)}, key_{std::move(key)} {}
    [[nodiscard]] Result<Issued, NotIssued> issue(Invoice const& invoice, Instant now) override;

 private:
    std::filesystem::path folder_;
    crypto::SigningKey key_;
};

}  // namespace choso::invoices
