// Any bytes as a bank's statement: read or refused. What is read keeps its proof: opening + lines = closing, or it says not.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "settlement/statements/parse.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace choso::statements;
    auto const file = std::string_view{reinterpret_cast<char const*>(data), size};
    for (auto const format : {Format::automatic, Format::mt, Format::table}) {
        auto const parsed = parse_whole(file, {format, {}});
        if (!parsed.refused && parsed.statements.empty()) std::abort();
        for (auto const& each : parsed.statements) {
            if (to_json("fuzz", each).empty()) std::abort();
            if (each.summary.proof != Proof::ok) continue;
            auto all = each.summary.opening->amount, booked = all;
            for (auto const& line : each.lines) {
                all += line.amount;
                if (!line.pending) booked += line.amount;
            }
            if (!(all == each.summary.closing->amount) && !(booked == each.summary.closing->amount)) std::abort();
        }
    }
    return 0;
}
