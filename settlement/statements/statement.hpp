#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "settlement/statements/decimal.hpp"

/// What a bank's statement says, in no format any more.
namespace choso::statements {

using Day = std::chrono::sys_days;

struct Balance {
    Decimal amount;  ///< negative: the account is overdrawn
    std::optional<Day> date;
    std::string currency;
};

struct Counterparty {
    std::string name, account, bank;
};

/// One booked line: an entry, or one detail of a batch entry whose details sum to it.
struct Line {
    std::optional<Day> booked, value;
    std::optional<std::chrono::seconds> time;  ///< of the booked day, where the bank says it
    Decimal amount;                            ///< + money in
    std::string currency;                      ///< only where the line names one
    std::string reference;                     ///< the payer's own (end-to-end, customer reference)
    std::string bank_reference;                ///< the bank's
    std::string content;                       ///< the payer's text, wrapped pieces joined as they stand
    std::string spaced;                        ///< the same with blanks between the pieces; empty if they were not several
    std::string other_texts;                   ///< whatever else may carry a code
    Counterparty counterparty;
    bool reversal = false;                     ///< it undoes an earlier line; the amount is already its own
    bool pending = false;                      ///< announced, not booked
    std::size_t place = 0;                     ///< of the line in its file, from 1: row, or number
};

enum class Proof { ok, broken, absent };
[[nodiscard]] std::string_view word(Proof proof);

/// Everything of a statement but its lines.
struct Summary {
    std::string format;  ///< camt.052 camt.053 camt.054 mt940 mt942 csv xlsx
    std::string id;      ///< the statement's own, if it has one
    std::string account, bank, currency, sequence;
    std::optional<Balance> opening, closing;
    Proof proof = Proof::absent;
    std::optional<Decimal> difference;  ///< closing − (opening + lines); none without both balances
    bool reversals_flipped = false;     ///< the balances say that this bank writes reversals with the original's sign
    bool totals_differ = false;         ///< its own counts or sums disagree with its lines
    int scale = 0;                      ///< most places behind the point of its amounts
    std::size_t lines = 0;
    std::vector<std::string> warnings;
};

/// Hears a file as it is read: for each statement `begin`, its lines, `end`. In `end` everything is known, also what some
/// formats say behind the lines.
class Sink {
 public:
    Sink() = default;
    Sink(Sink const&) = delete;
    Sink& operator=(Sink const&) = delete;
    virtual ~Sink() = default;
    virtual void begin() = 0;
    virtual void line(Line const& line) = 0;
    virtual void end(Summary const& summary) = 0;
};

/// A whole statement in memory.
struct Statement {
    Summary summary;
    std::vector<Line> lines;
};

/// `2026-11-28` and back; none if it is no day.
[[nodiscard]] std::string text(Day day);
[[nodiscard]] std::optional<Day> day_of(int year, int month, int day);
[[nodiscard]] std::optional<Day> iso_day(std::string_view text);

}  // namespace choso::statements
