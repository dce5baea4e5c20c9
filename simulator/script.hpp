#pragma once
#include <string>

#include "base/result.hpp"
#include "platform/json/json.hpp"
#include "simulator/bank.hpp"

namespace choso::bank {

/// The results of a script: a JSON array, one a step.
struct Played {
    std::string json;
};
/// Plays a script, an array of steps, each an object whose `do` says what (README.md lists them). A step that cannot be
/// done ends the script; the error says which and why.
[[nodiscard]] Result<Played, std::string> play(Bank& bank, json::Value const& script);

/// Writes `{"way":…,"movements":[…]}`.
void write_paid(json::Writer& out, Paid const& paid);

}  // namespace choso::bank
