#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/money.hpp"
#include "base/reference.hpp"
#include "simulator/dice.hpp"

namespace choso::load {

/// What one account is asked to be paid: the code and the sum.
struct AskedFor {
    Reference reference;
    Money amount;
    PaymentRequestId request;
};

/// What was done to a line's code, and what it must find.
struct Truth {
    std::string bank_reference;
    std::string kind;  ///< exact, wrong, swapped, missing, doubled, orphan
    std::optional<PaymentRequestId> request;
};

struct BankDay {
    std::string notice;     ///< camt.054 of all lines
    std::string statement;  ///< in the bank's own format
    std::vector<Truth> truths;
};

/// One account's day: a line for each request and some for nobody. `number` makes its references unlike any other's.
[[nodiscard]] BankDay play_day(std::string const& bin, std::string const& account, std::chrono::sys_days day, std::vector<AskedFor> const& asked,
                               std::size_t orphans, bank::Dice& dice, std::int64_t& number);

}  // namespace choso::load
