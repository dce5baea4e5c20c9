#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "marketplace/trace/lots.hpp"
#include "marketplace/trace/sql.hpp"
#include "merchants/people/transaction.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/json/json.hpp"

namespace choso::marketplace {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Statement;

constexpr std::string_view symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t serial_symbols = 16;
constexpr std::size_t secret_symbols = 8;
constexpr std::int64_t portion = 20'000;
constexpr std::int64_t stamps_most = 2'000'000;
/// Nobody carries a packet faster than this: two checks farther apart are two packets.
constexpr double kilometres_an_hour_most = 120;
constexpr double kilometres_of_doubt = 30;
constexpr std::int64_t checks_that_alarm = 20;

std::string symbols_of(std::string_view bytes, std::size_t n) {
    std::string out;
    auto bits = 0U;
    auto held = 0U;
    for (auto const byte : bytes) {
        held = (held << 8U) | static_cast<unsigned char>(byte);
        bits += 8;
        while (bits >= 5 && out.size() < n) {
            bits -= 5;
            out += symbols[(held >> bits) & 31U];
        }
        held &= (1U << bits) - 1;
    }
    return out;
}

/// Random bytes drawn in portions: one system call for thousands of stamps.
class Dice {
 public:
    std::string_view take(std::size_t n) {
        if (at_ + n > bytes_.size()) {
            bytes_ = crypto::random_bytes(64 * 1024);
            at_ = 0;
        }
        auto const out = std::string_view{bytes_}.substr(at_, n);
        at_ += n;
        return out;
    }

 private:
    std::string bytes_;
    std::size_t at_ = 0;
};

std::string serial_of(Bucket bucket, std::string_view ten_bytes) {
    auto bytes = std::string{ten_bytes};
    bytes[0] = static_cast<char>((static_cast<unsigned>(bucket.number()) << 2U) | (static_cast<unsigned char>(bytes[0]) & 3U));
    return symbols_of(bytes, serial_symbols);
}

/// Half of HMAC-SHA256 under a key of this purpose.
std::string secret_hash(std::string_view key, std::string_view serial, std::string_view secret) {
    auto const digest = crypto::hmac_sha256(key, std::string{"stamp\n"}.append(serial).append("\n").append(secret));
    return std::string{crypto::as_text(digest).substr(0, 16)};
}

double kilometres(double lat1, double lon1, double lat2, double lon2) {
    auto const radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
    auto const a = std::pow(std::sin(radians(lat2 - lat1) / 2), 2) +
                   std::cos(radians(lat1)) * std::cos(radians(lat2)) * std::pow(std::sin(radians(lon2 - lon1) / 2), 2);
    return 2 * 6371 * std::asin(std::min(1.0, std::sqrt(a)));
}

void alert(postgres::Connection& connection, Bucket bucket, std::string_view serial, std::string_view kind, std::string_view detail, Instant now) {
    static Statement const insert{"trace_alert", std::string{trace_sql::insert_alert}};
    connection.query(insert, Params::of(bucket, new_uuid(bucket, now), now, kind, serial, detail));
}

/// Two checks of one serial, farther apart than anybody goes in the time between.
void look_for_far_apart(postgres::Connection& connection, Bucket bucket, Check const& check, Instant now) {
    static Statement const last{"trace_last_place", std::string{trace_sql::load_last_place}};
    if (!check.latitude || !check.longitude) return;
    auto const rows = connection.query(last, Params::of(bucket, check.serial, now));
    if (rows.rows() == 0) return;
    auto const lat = std::stod(std::string{rows.text(0, 1)});
    auto const lon = std::stod(std::string{rows.text(0, 2)});
    auto const hours = std::chrono::duration<double, std::ratio<3600>>(now - rows.time(0, 0)).count();
    auto const far = kilometres(lat, lon, *check.latitude, *check.longitude);
    if (far <= kilometres_of_doubt + kilometres_an_hour_most * hours) return;
    std::string text;
    json::Writer{text}.object().member("kilometres", static_cast<std::int64_t>(far)).member("minutes", static_cast<std::int64_t>(hours * 60))
        .member("place", check.place).end();
    alert(connection, bucket, check.serial, "far_apart", text, now);
}

}  // namespace

std::string new_serial(Bucket bucket) { return serial_of(bucket, crypto::random_bytes(10)); }

std::optional<Bucket> bucket_of_serial(std::string_view serial) {
    if (serial.size() != serial_symbols) return std::nullopt;
    for (auto const c : serial)
        if (symbols.find(c) == std::string_view::npos) return std::nullopt;
    return Bucket::of_bits(symbols.find(serial[0]) << 1U | symbols.find(serial[1]) >> 4U);
}

std::string serial_as_typed(std::string_view text) {
    std::string out;
    for (auto c : text) {
        if (c == ' ' || c == '-') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        if (symbols.find(c) == std::string_view::npos || out.size() == 32) return {};
        out += c;
    }
    return out;
}

Result<StampBatchId, Refused> make_stamps(postgres::Connection& connection, StampOrder const& order, std::string_view key,
                                          std::function<bool(std::vector<PrintedStamp> const&)> const& print, Instant now) {
    static Statement const insert_batch{"trace_insert_batch", std::string{trace_sql::insert_batch}};
    static Statement const insert{"trace_insert_stamps", std::string{trace_sql::insert_stamps}};
    if (order.count < 1 || order.count > stamps_most) return Refused{"count", "must be 1 to 2 000 000"};
    auto const bucket = order.lot.bucket();
    auto const batch = StampBatchId::make(bucket, now);
    auto params = Params{};
    params.add(bucket).add(batch).add(order.lot).add(static_cast<std::int32_t>(order.count)).add(order.with_secret);
    params.add(order.activate ? std::optional{now} : std::nullopt).add(now);
    if (connection.query(insert_batch, params).rows() == 0) return Refused{"lot", "does not exist"};
    auto dice = Dice{};
    for (auto left = order.count; left > 0; left -= portion) {
        auto serials = Array{Array::Type::text};
        auto hashes = Array{Array::Type::bytea};
        std::vector<PrintedStamp> printed;
        for (auto i = std::int64_t{0}; i < std::min(left, portion); ++i) {
            auto stamp = PrintedStamp{serial_of(bucket, dice.take(10)), {}};
            if (order.with_secret) {
                stamp.secret = symbols_of(dice.take(5), secret_symbols);
                hashes.add(postgres::Bytes{secret_hash(key, stamp.serial, stamp.secret)});
            } else {
                hashes.add_null();
            }
            serials.add(stamp.serial);
            printed.push_back(std::move(stamp));
        }
        auto transaction = people::Transaction{connection};
        connection.query(insert, Params{}.add(bucket).add(batch).add(serials).add(hashes));
        if (!print(printed)) return Refused{"file", "cannot be written; the stamps stored so far are printed"};
        transaction.commit();
    }
    return batch;
}

Result<Done, Refused> activate_stamps(postgres::Connection& connection, StampBatchId batch, Instant now) {
    static Statement const activate{"trace_activate", std::string{trace_sql::activate_batch}};
    if (connection.query(activate, Params::of(batch.bucket(), batch, now)).rows() == 0) return Refused{"batch", "does not exist or is active already"};
    return Done{};
}

std::string_view word(StampState state) {
    static constexpr std::array<std::string_view, 8> words{"unknown", "not_activated", "issued", "first_check", "repeated", "recalled", "expired", "secret_wrong"};
    return words[static_cast<std::size_t>(state)];
}

Checked check_stamp(postgres::Connection& connection, Check const& check, std::string_view key, Instant now) {
    static Statement const claim{"trace_claim", std::string{trace_sql::claim_stamp}};
    static Statement const look{"trace_look", std::string{trace_sql::look_at_stamp}};
    static Statement const note{"trace_note", std::string{trace_sql::insert_check}};
    auto out = Checked{};
    auto const bucket = bucket_of_serial(check.serial);
    if (!bucket) return out;
    auto const with_secret = !check.secret.empty();
    auto claimed = false;
    // The claim, the count and the note of it stand or fall together.
    auto transaction = people::Transaction{connection};
    if (with_secret) {
        auto const hash = secret_hash(key, check.serial, check.secret);
        claimed = connection.query(claim, Params::of(*bucket, check.serial, postgres::Bytes{hash}, now, check.place)).rows() == 1;
    }
    auto const rows = connection.query(look, Params::of(*bucket, check.serial, postgres::Bytes{with_secret ? secret_hash(key, check.serial, check.secret) : std::string{}}, now));
    if (rows.rows() == 0) return out;
    out.lot = rows.id<LotId>(0, 0);
    out.first_at = rows.maybe_time(0, 1);
    out.first_place = rows.maybe_text(0, 2).value_or("");
    out.checks = rows.integer(0, 3);
    auto const secret_right = rows.boolean(0, 4);
    auto const active = rows.boolean(0, 5);
    auto const recalled = rows.boolean(0, 6);
    auto const expired = rows.boolean(0, 7);
    auto const after_sale = rows.boolean(0, 8);
    out.state = recalled                        ? StampState::recalled
                : !active                       ? StampState::not_activated
                : with_secret && !secret_right  ? StampState::secret_wrong
                : expired                       ? StampState::expired
                : claimed                       ? StampState::first_check
                : out.first_at                  ? StampState::repeated
                                                : StampState::issued;
    look_for_far_apart(connection, *bucket, check, now);
    auto params = Params::of(*bucket, new_uuid(*bucket, now), now, check.serial, check.place);
    auto const degrees = [](std::optional<double> value) { return value ? std::optional{std::to_string(*value)} : std::nullopt; };
    params.add(degrees(check.latitude)).add(degrees(check.longitude)).add(with_secret).add(word(out.state));
    connection.query(note, params);
    if (recalled) alert(connection, *bucket, check.serial, "recalled", "{}", now);
    if (!active) alert(connection, *bucket, check.serial, "not_activated", "{}", now);
    if (after_sale) alert(connection, *bucket, check.serial, "after_sale", "{}", now);
    if (out.checks >= checks_that_alarm) alert(connection, *bucket, check.serial, "many_checks", "{}", now);
    transaction.commit();
    return out;
}

}  // namespace choso::marketplace
