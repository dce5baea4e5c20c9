#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gateway/payments/types.hpp"
#include "platform/postgres/connection.hpp"
#include "settlement/matching/match_lines.hpp"
#include "settlement/statements/table_plan.hpp"

namespace choso::imports {

struct Origin {
    std::string told_by;  ///< cli, folder or api
    payments::Actor actor;
};

struct KnownFile {
    Uuid id{};
    std::string state, code, message;
};

/// One statement on its way into the book.
struct Prepared {
    Uuid id{};
    Bucket bucket = Bucket::of_bits(0);
    AccountId account;
    std::int32_t source = 0;
    bool is_statement = false;  ///< proved: its lines are the bank's last word
    std::string state = "booking", held_why;
    std::vector<matching::LineFact> lines;
    std::vector<matching::KnownPayment> known;
    std::vector<matching::Pair> pairs;
    struct Fate {
        std::optional<PaymentId> payment;
        char const* how = "";
    };
    std::vector<Fate> fates;
    std::size_t confirmed = 0, posted = 0, repeated = 0, kept_out = 0, failed = 0;
};

/// The importer's statements, on a connection of its own; one thread at a time.
class Store {
 public:
    explicit Store(std::string const& database_url);

    /// The file of these bytes; fresh if nobody has sent them before. Its bytes are kept before it is there.
    [[nodiscard]] KnownFile keep_file(std::string_view name, std::string_view bytes, Origin const& origin, Instant now);
    [[nodiscard]] std::string raw(Uuid file);
    void end_file(Uuid file, std::string_view state, std::string_view code, std::string_view message);
    /// With who told them.
    [[nodiscard]] std::vector<std::pair<Uuid, std::string>> unfinished();
    [[nodiscard]] std::set<std::size_t> places_of(Uuid file);

    /// False: it is in the book already. `prepared` gets the id it has had from the first.
    [[nodiscard]] bool keep_statement(Prepared& prepared, Uuid file, std::size_t place, statements::Summary const& summary);
    void finish(Prepared const& prepared);
    /// What is done so far, for who looks on.
    void tell_progress(Prepared const& prepared);
    void keep_lines(Prepared const& prepared);
    struct Neighbour {
        std::chrono::sys_days last_day;
        bool goes_on = false;  ///< one of that day ends with the amount
    };
    [[nodiscard]] std::optional<Neighbour> neighbour_before(Prepared const& prepared, std::chrono::sys_days day, Uuid file, Money opening);
    [[nodiscard]] std::vector<Uuid> held_files(Bucket bucket, AccountId account);

    /// Fills known payments; the answer says which line this source told before, as an index among them.
    [[nodiscard]] std::vector<std::optional<std::size_t>> load_known(Prepared& prepared);
    [[nodiscard]] std::optional<PaymentId> find_original(Prepared const& prepared, matching::LineFact const& line);

    [[nodiscard]] std::optional<statements::TableMemory> layout(AccountId account);
    void learn(AccountId account, statements::TableMemory const& memory);

 private:
    postgres::Connection database_;
};

}  // namespace choso::imports
