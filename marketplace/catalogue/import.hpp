#pragma once
#include <functional>

#include "marketplace/catalogue/formats.hpp"
#include "marketplace/catalogue/store.hpp"

namespace choso::marketplace {

/// How far an import is.
struct Progress {
    std::size_t rows = 0, done = 0;
};

struct ImportResult {
    ImportId id;
    Format format = Format::ours;
    std::size_t rows = 0;           ///< of the file, without its header
    std::size_t taken = 0;          ///< rows that are in products now
    std::size_t products = 0, created = 0;
    std::vector<BadRow> bad;
    std::string bad_rows;           ///< as CSV; empty if none
};

/// Reads a file and puts its products into a seller's catalogue, in batches that are each whole or not there. Kept in
/// `catalogue_import` with its progress and bad rows. A refused file changes nothing.
Result<ImportResult, Refused> import_products(postgres::Connection& connection, std::string_view file, std::string_view name, PutOptions const& options,
                                              std::function<void(Progress)> const& on_progress = {});

/// A seller's products as files hold them: by when they were made, of one moment by their own ids.
[[nodiscard]] std::vector<NewProduct> products_of(postgres::Connection& connection, MerchantId seller);

}  // namespace choso::marketplace
