#pragma once
#include <string>

#include "platform/html/html.hpp"
#include "simulator/book.hpp"

namespace choso::bank {

/// The movements of a delivery as one camt.054.001.08: a notification an account, credits that follow one another on one
/// account as one batch entry with a detail each. The same delivery gives the same bytes.
[[nodiscard]] std::string camt054(Book const& book, Delivery const& delivery);

/// Movements of one account, in order, as `Ntry` elements; also a statement's.
void write_entries(html::Html& xml, Book const& book, std::vector<Movement const*> const& movements);
/// `Acct` with number, currency and bank.
void write_account(html::Html& xml, AccountKey const& account, std::string const& holder);
/// `YYYY-MM-DD` of the bank's day.
[[nodiscard]] std::string day_text(std::chrono::sys_days day);

}  // namespace choso::bank
