#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso invoice seller|issue`: what stands on a payee's invoices, and the invoices of its receipts as signed files.
int invoice(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
