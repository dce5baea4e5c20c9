#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/book.hpp"

/// What an account's bank says of one day, in the formats in which banks say it.
namespace choso::bank {

struct Statement {
    Account const* account = nullptr;
    std::chrono::sys_days day;
    Money opening;
    Money closing;
    std::vector<Movement const*> lines;  ///< in the order of booking
    std::vector<Money> balances;         ///< after each line
};
/// The day is the bank's, in Vietnam. The book must outlive it.
[[nodiscard]] Statement statement_of(Book const& book, Account const& account, std::chrono::sys_days day);

enum class StatementFormat { camt053, mt940, csv };
[[nodiscard]] std::optional<StatementFormat> statement_format_of(std::string_view word);

/// camt.053.001.08 with opening and closing balance.
[[nodiscard]] std::string as_camt053(Book const& book, Statement const& statement);
/// SWIFT MT940: `:61:` with RC and RD for what is taken back, the content in `:86:` cut at 65.
[[nodiscard]] std::string as_mt940(Book const& book, Statement const& statement);
/// As the account's bank lets its customers download it: Vietcombank, VietinBank eFAST, MB and Techcombank each in its own
/// layout, every other bank in Vietcombank's. UTF-8.
[[nodiscard]] std::string as_csv(Statement const& statement);

[[nodiscard]] std::string written(Book const& book, Statement const& statement, StatementFormat format);

}  // namespace choso::bank
