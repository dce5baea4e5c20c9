#pragma once
#include <array>

#include "settlement/statements/statement.hpp"

namespace choso::statements {

/// Adds up a statement's lines under each reading that banks are known to mean, and tells which one its balances prove:
/// all lines or only the booked ones; reversals signed as they move money, or as what they undo.
class Prover {
 public:
    void add(Line const& line);
    /// Fills proof, difference, flips and scale; `summary` has its balances already.
    void prove(Summary& summary) const;

 private:
    struct Sum {
        Decimal all, booked;
    };
    std::array<Sum, 2> sums_{};  ///< [reversals flipped]
    bool has_reversals_ = false, has_pending_ = false;
    std::size_t lines_ = 0;
    int scale_ = 0;
    std::string currency_;
    bool currencies_differ_ = false;
};

}  // namespace choso::statements
