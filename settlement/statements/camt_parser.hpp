#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "settlement/statements/statement.hpp"

namespace choso::statements {

/// Why a file is no statement, or not read to its end.
struct Refused {
    std::string code;     ///< not_a_statement, bad_xml, xml_forbidden, too_large, bad_encoding, amount_invalid …
    std::string message;  ///< one English sentence
    std::size_t place = 0;  ///< byte, line or row, as the format has it; 0: the whole
};

/// Reads camt.052, 053 and 054 of every version by local names, as a stream: it holds one entry at a time, however long
/// the file is. Source: ISO 20022 camt.052/053/054.001.01–.14 and real files of several banks.
[[nodiscard]] std::optional<Refused> parse_camt(std::string_view document, Sink& sink);

}  // namespace choso::statements
