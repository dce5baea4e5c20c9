#pragma once
#include <string>
#include <vector>

#include "settlement/statements/statement.hpp"

namespace choso::statements {

/// An entry, or one of its details, as the file says it: texts, not yet understood.
struct CamtPart {
    std::string amount, currency, direction, status, booked, valued;
    std::string bank_reference, entry_reference, end_to_end, structured, information;
    std::vector<std::string> texts;       ///< Ustrd, in order
    std::vector<std::string> more_texts;  ///< AddtlRmtInf, other references
    std::string debtor, debtor_account, debtor_bank, creditor, creditor_account, creditor_bank;
    bool reversal = false;
    bool has_own_amount = false;  ///< Amt, not AmtDtls
};

/// The lines an entry stands for: its details where there are several and they sum to it, else the entry itself, since
/// taking the entry's amount for each detail would double the money. A problem's text, or empty.
[[nodiscard]] std::string lines_of(CamtPart const& entry, std::vector<CamtPart> const& details, std::vector<Line>& out, bool& details_differ);

/// `2026-11-28` or a date and time with or without zone.
void set_day(std::string_view text, std::optional<Day>& day, std::optional<std::chrono::seconds>* time);

}  // namespace choso::statements
