#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/vietnamese.hpp"
#include "merchants/changes.hpp"
#include "platform/postgres/connection.hpp"

/// The speakers that are paired with a stall. Each call may throw what postgres::Connection throws.
namespace choso::sound {

struct SoundBoxTag { static constexpr std::string_view prefix = "box"; };
using SoundBoxId = Id<SoundBoxTag>;

struct SoundBox {
    SoundBoxId id;
    StallId stall;
    Dialect dialect = Dialect::north;
    std::optional<std::int64_t> acked;  ///< a seq of the stall's bucket: everything up to here was said
};
[[nodiscard]] std::optional<SoundBox> find_box(postgres::Connection& connection, std::string_view token);
/// False if the box was revoked meanwhile.
[[nodiscard]] bool note_ack(postgres::Connection& connection, SoundBoxId id, std::int64_t seq);

/// Pairs a speaker with a stall; its token is shown once. Refused for a serial that is paired already.
Result<crypto::Secret, merchants::Refused> pair_box(postgres::Connection& connection, StallId stall, std::string_view serial, std::string_view dialect);
/// It hears nothing any more from its next acknowledgement on. False if no such one was paired.
bool unpair_box(postgres::Connection& connection, std::string_view serial);

}  // namespace choso::sound
