#include "gateway/sound/boxes.hpp"

#include "gateway/sound/sql.hpp"

namespace choso::sound {
namespace {

using postgres::Bytes;
using postgres::Params;

postgres::Statement named(std::string_view name, std::string_view sql) { return {"sound_" + std::string{name}, std::string{sql}}; }

std::optional<Dialect> dialect_of(std::string_view word) {
    if (word == "north") return Dialect::north;
    if (word == "central") return Dialect::central;
    if (word == "south") return Dialect::south;
    return std::nullopt;
}

}  // namespace

std::optional<SoundBox> find_box(postgres::Connection& connection, std::string_view token) {
    static auto const statement = named("find_box", sql::find_box);
    auto const hash = crypto::sha256(token);
    auto const rows = connection.query(statement, Params::of(Bytes{crypto::as_text(hash)}));
    if (rows.rows() == 0) return std::nullopt;
    auto const dialect = dialect_of(rows.text(0, 2)).value_or(Dialect::north);
    return SoundBox{rows.id<SoundBoxId>(0, 0), rows.id<StallId>(0, 1), dialect,
                    rows.maybe<std::int64_t>(0, 3, [&] { return rows.integer(0, 3); })};
}

bool note_ack(postgres::Connection& connection, SoundBoxId id, std::int64_t seq) {
    static auto const statement = named("note_ack", sql::note_ack);
    return connection.query(statement, Params::of(id, seq)).affected() > 0;
}

Result<crypto::Secret, merchants::Refused> pair_box(postgres::Connection& connection, StallId stall, std::string_view serial, std::string_view dialect) {
    static auto const statement = named("insert_box", sql::insert_box);
    if (auto complaint = merchants::check_text("serial", serial, 40)) return *complaint;
    if (!dialect_of(dialect)) return merchants::Refused{"dialect", "must be north, central or south"};
    auto token = crypto::Secret{"sb_" + crypto::to_base64url(crypto::random_bytes(32))};
    auto const hash = crypto::sha256(token.reveal());
    try {
        connection.query(statement, Params::of(new_uuid(stall.bucket(), SystemClock{}.now()), stall, serial, Bytes{crypto::as_text(hash)}, dialect));
    } catch (postgres::StatementFailed const& failed) {
        if (failed.state() == "23505") return merchants::Refused{"serial", "must not be paired already"};
        if (failed.state() == "23503") return merchants::Refused{"stall", "must be one that exists"};
        throw;
    }
    return token;
}

bool unpair_box(postgres::Connection& connection, std::string_view serial) {
    static auto const statement = named("revoke_box", sql::revoke_box);
    return connection.query(statement, Params::of(serial)).affected() > 0;
}

}  // namespace choso::sound
