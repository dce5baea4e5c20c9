#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/money.hpp"
#include "base/reference.hpp"
#include "settlement/statements/statement.hpp"

namespace choso::matching {

/// A statement's line as the book can take it: whole đồng, a moment, texts of bounded length, and its key for ever.
struct LineFact {
    Uuid key{};  ///< of day, bank's number, amount, folded content and, among equals, the how-manieth it is
    Money amount;
    std::chrono::sys_days day;
    Instant at;  ///< the day's beginning where the bank names no hour
    std::string bank_ref, reference, content, spaced, other_texts;
    statements::Counterparty other;
    std::int64_t content_hash = 0;
    std::optional<Reference> exact;  ///< the first code that stands in it unharmed
    std::size_t place = 0;
    bool reversal = false, pending = false;
};

/// Makes facts of one statement's lines, in their order.
class LineFacts {
 public:
    /// None if the amount is no whole number of đồng, or the line has no day.
    [[nodiscard]] std::optional<LineFact> fact_of(statements::Line&& line);

 private:
    std::map<Uuid, std::uint32_t> equals_;  ///< how many of a key's content there were
};

}  // namespace choso::matching
