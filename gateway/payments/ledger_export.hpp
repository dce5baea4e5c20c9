#pragma once
#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::payments {

enum class ExportFormat { hledger, csv, json };

struct ExportRange {
    std::optional<std::chrono::sys_days> from;  ///< Vietnam days of the bank's time, both included
    std::optional<std::chrono::sys_days> to;
};

/// The journal as text, piece by piece into `write`, in constant memory. hledger: one transaction a journal, accounts
/// `collector:kind:subject`, commodity VND.
void export_ledger(postgres::Connection& connection, ExportFormat format, ExportRange const& range,
                   std::function<void(std::string const&)> const& write);

}  // namespace choso::payments
