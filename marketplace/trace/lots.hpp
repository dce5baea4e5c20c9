#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "marketplace/ids.hpp"
#include "marketplace/sellers/seller.hpp"

/// Lots, what happened to them, and the stamps on single items.
namespace choso::marketplace {

struct NewLot {
    ProductId product;
    std::string number;              ///< AI (10): 1–20 printable characters
    std::chrono::sys_days made_on{};
    std::optional<std::chrono::sys_days> expires_on{};
    std::string quantity{}, place{};
};

struct Lot {
    LotId id;
    ProductId product;
    MerchantId seller;
    std::string number, code;        ///< code: of its plain address /m/…
    std::string made_on, expires_on; ///< YYYY-MM-DD
    std::string quantity, place;
    std::optional<Instant> recalled_at{};
    std::string recall_why{}, sold_until{};
    // Of its product and who made it: what a shopper is shown at least (TCVN 13274).
    std::string product_name, gtin, unit, seller_name, seller_slug, seller_address, commune, province;
    std::optional<ImageId> image{};
    int stars = 0;
    std::string stars_number{}, stars_issuer{}, stars_until{};
};

struct TraceEvent {
    std::string step;                ///< growing, harvesting, processing, packing, inspecting, shipping, receiving, retail_selling, recalling
    Instant at{};
    std::string place, party, note;
};

Result<LotId, Refused> create_lot(postgres::Connection& connection, NewLot const& lot, Instant now);
Result<Done, Refused> add_event(postgres::Connection& connection, LotId lot, TraceEvent const& event, Instant now);
Result<Done, Refused> recall_lot(postgres::Connection& connection, LotId lot, std::string_view why, Instant now);

[[nodiscard]] std::optional<Lot> find_lot(postgres::Connection& connection, LotId id);
/// By the code of /m/…; by a product's GTIN and the lot's number.
[[nodiscard]] std::optional<Lot> find_lot_by_code(postgres::Connection& connection, std::string_view code);
[[nodiscard]] std::optional<Lot> find_lot_by_gtin(postgres::Connection& connection, std::string_view gtin, std::string_view number);
[[nodiscard]] std::optional<Lot> newest_lot_by_gtin(postgres::Connection& connection, std::string_view gtin);
/// The lots of a product, newest first.
[[nodiscard]] std::vector<Lot> lots_of(postgres::Connection& connection, ProductId product, std::int64_t limit);
[[nodiscard]] std::vector<TraceEvent> events_of(postgres::Connection& connection, LotId lot);

/// 16 Crockford symbols: the bucket's six bits, then 74 random ones. Nobody guesses one of millions, and one look-up finds it.
[[nodiscard]] std::string new_serial(Bucket bucket);
[[nodiscard]] std::optional<Bucket> bucket_of_serial(std::string_view serial);
/// What somebody typed: blanks and hyphens gone, upper case; O, I and L as Crockford reads them. Empty if it is no serial.
[[nodiscard]] std::string serial_as_typed(std::string_view text);

struct PrintedStamp {
    std::string serial;
    std::string secret;              ///< eight symbols under the scratch layer; empty if the batch has none
};
struct StampOrder {
    LotId lot;
    std::int64_t count = 0;          ///< at most 2,000,000
    bool with_secret = false;
    bool activate = false;           ///< good from now on; else a check is an alarm until activate_stamps
};
/// Makes stamps in portions of 20,000, each handed to `print` before it is committed: what was printed but not stored is
/// refused by the resolver, what is stored was printed. Secrets are nowhere but there; stored is a keyed hash.
Result<StampBatchId, Refused> make_stamps(postgres::Connection& connection, StampOrder const& order, std::string_view key,
                                          std::function<bool(std::vector<PrintedStamp> const&)> const& print, Instant now);
Result<Done, Refused> activate_stamps(postgres::Connection& connection, StampBatchId batch, Instant now);

enum class StampState { unknown, not_activated, issued, first_check, repeated, recalled, expired, secret_wrong };
[[nodiscard]] std::string_view word(StampState state);

struct Check {
    std::string serial;              ///< as serial_as_typed gives it
    std::string secret{};            ///< empty: only the outer code was read
    std::string place{};             ///< a commune or province, as the checker says
    std::optional<double> latitude{}, longitude{};
};
struct Checked {
    StampState state = StampState::unknown;
    std::optional<LotId> lot{};
    std::optional<Instant> first_at{};
    std::string first_place{};
    std::int64_t checks = 0;         ///< this one included
};
/// Notes a check and says what the stamp is. The first with the right secret claims it: one atomic statement, so of any
/// number at once exactly one is the first.
[[nodiscard]] Checked check_stamp(postgres::Connection& connection, Check const& check, std::string_view key, Instant now);

}  // namespace choso::marketplace
