#pragma once
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "merchants/invoices/invoice.hpp"
#include "platform/crypto/signing.hpp"

namespace choso::invoices {

/// The whole document: `<HDon>` with its data and, in `DSCKS/NBan`, the seller's signature (XML-DSig, RSA-SHA256, Exclusive
/// C14N 1.0) over the data and over the time of signing. The signature names both by their Ids, as the national structure
/// wants it: the tax authority's code and signature come into the document afterwards, and break nothing.
[[nodiscard]] std::string signed_document(Invoice const& invoice, crypto::SigningKey const& key, Instant signed_at);

}  // namespace choso::invoices
