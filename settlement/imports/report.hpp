#pragma once
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "platform/postgres/connection.hpp"

/// What statements and book say of each other, read only.
namespace choso::imports {

/// The bank's lines of one account and day.
struct DayOfAccount {
    AccountId account;
    std::int64_t lines = 0;
    std::int64_t in_book = 0;        ///< have a payment
    std::int64_t allocated = 0;      ///< of these: for a request or a stall
    std::int64_t unreferenced = 0;   ///< in suspense
    std::int64_t outside = 0;        ///< debits and private money
    std::int64_t reversed = 0;
    std::int64_t kept_out = 0;       ///< none of our business, or only announced
    std::int64_t held = 0;           ///< their statement has not proved itself
    Money sum, not_in_book;          ///< of all lines; of those without a payment: the difference, which kept out and held explain
};
[[nodiscard]] std::vector<DayOfAccount> reconcile_day(postgres::Connection& connection, std::chrono::sys_days day);

/// A statement as its file told it, and how far it is in the book.
struct TakenStatement {
    AccountId account;
    std::string file, format, first_day, last_day, proof, state, held_why;
    std::int64_t lines = 0, confirmed = 0, posted = 0, repeated = 0, kept_out = 0;
    Instant came;
};
/// `buckets`, `accounts`: of equal length. The newest first, at most `most`.
[[nodiscard]] std::vector<TakenStatement> latest_statements(postgres::Connection& connection, postgres::Array const& buckets, postgres::Array const& accounts, std::int64_t most);

/// A notice that no statement's line confirms two days on.
struct MissingLine {
    PaymentId payment;
    AccountId account;
    Money amount;
    Instant occurred_at;
};
[[nodiscard]] std::vector<MissingLine> missing_lines(postgres::Connection& connection, Instant told_before, std::int64_t limit);

}  // namespace choso::imports
