#pragma once
#include <string>
#include <vector>

#include "marketplace/trace/lots.hpp"

namespace choso::marketplace {

/// A lot's events as one EPCIS 2.0 document (JSON-LD, ISO/IEC 19987:2024): ObjectEvents of the class of goods, named by its GS1 Digital
/// Link where the product has a GTIN and by our own address else; places and parties as addresses of ours. Pure.
///
/// `base_url`: without `/` at its end. `now`: when the document is made.
[[nodiscard]] std::string epcis_document(Lot const& lot, std::vector<TraceEvent> const& events, std::string_view base_url, Instant now);

/// What names the lot in a QR code: `BASE/01/<GTIN>/10/<lot>[/21/<serial>]`, or `BASE/m/<code>` without a GTIN (with a serial
/// `BASE/m/<serial>`).
[[nodiscard]] std::string trace_address(Lot const& lot, std::string_view base_url, std::string_view serial = {});

}  // namespace choso::marketplace
