#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/money.hpp"
#include "platform/xml/xml.hpp"

namespace choso::feeds {

/// One movement of a camt.054: an entry, or one detail of a batch entry.
struct CamtEntry {
    std::string place;        ///< `2.5.1`: notification, entry, detail, each from 1
    std::string account;      ///< IBAN or other number
    std::string bin;          ///< the bank's own, if the file says six digits; else empty
    Money amount;             ///< negative: it left the account
    bool reversal = false;    ///< it undoes an earlier movement; the sign is already this movement's own
    bool booked = true;       ///< false: announced, expected, information
    std::optional<Instant> at;
    std::string reference;    ///< the bank's
    std::string source_id;    ///< the same whenever the file is sent again, other for every other movement
    std::vector<std::string> originals;  ///< references of the movement a reversal may undo, likeliest first
    std::string content;      ///< the payer's text, its pieces joined as they stand
    std::string spaced;       ///< the same joined by blanks, if there were several; else empty
    std::string other_texts;  ///< structured reference, end-to-end id and whatever else may carry a code
    std::string problem;      ///< the stable code of why it cannot be taken; empty: it can
    std::string param;        ///< the element at fault
    std::size_t from = 0;     ///< bytes of the document that say it
    std::size_t to = 0;
};

/// Reads a camt.054 of any version by local names. `take` gets every movement in the order of the document; what it holds
/// is one entry at a time. False from `take` ends the reading. The error is the document's: not XML, not a camt.054.
/// Source: ISO 20022 camt.054.001.01–.14; real files of several banks.
struct CamtRefused {
    std::string message;
    std::size_t offset = 0;
};
[[nodiscard]] std::optional<CamtRefused> read_camt054(std::string_view document, std::function<bool(CamtEntry const&)> const& take);

/// `50000.00` → 50 000; none if it is no decimal number; a fraction of a đồng is told apart.
enum class AmountFault { none, malformed, fraction, too_large };
struct ReadAmount {
    Money amount;
    AmountFault fault = AmountFault::none;
};
[[nodiscard]] ReadAmount whole_dong(std::string_view decimal);

}  // namespace choso::feeds
