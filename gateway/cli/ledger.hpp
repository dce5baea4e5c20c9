#pragma once
#include <iosfwd>
#include <string_view>
#include <vector>

namespace choso::cli {

/// `choso ledger export [--format hledger|csv|json] [--from DAY] [--to DAY]`: the journal on `out`.
int ledger(std::vector<std::string_view> args, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace choso::cli
