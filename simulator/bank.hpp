#pragma once
#include <deque>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "simulator/book.hpp"
#include "simulator/dice.hpp"
#include "simulator/scan.hpp"
#include "simulator/setup.hpp"

namespace choso::bank {

/// How a payer, or the bank, goes about one transfer.
enum class Way {
    exact,
    too_little,
    too_much,
    twice,
    late,           ///< the bank's time is an hour on
    wrong_note,     ///< one symbol of the code is wrong
    no_note,
    wrong_account,  ///< to somebody else's account, with the right code
    mangled,        ///< the content damaged on its way to the bank
    reordered,      ///< told 20 seconds after what comes later
    delayed,        ///< told 15 minutes later
    repeated,       ///< told three times
    unnoticed,      ///< never told by notice, only in the file
    taken_back,     ///< two minutes later
};
struct WayRow {
    Way way;
    std::string_view word;        ///< in scripts
    std::string_view vietnamese;  ///< on the page
    unsigned weight;              ///< how often it comes by chance, of the sum of all
};
[[nodiscard]] std::span<WayRow const> ways();
[[nodiscard]] std::optional<Way> way_of(std::string_view word);
[[nodiscard]] std::string_view word(Way way);

struct PayOrder {
    std::string qr;
    Way way = Way::exact;
    std::string bank;             ///< the payer's, by BIN or name; empty: by chance
    std::optional<Money> amount;  ///< what the payer types instead
    std::optional<std::string> note;
};
struct Paid {
    Way way;
    std::vector<Movement> movements;
};

/// What a payout's caller is answered; `silent`: never.
struct PayoutAnswer {
    int status = 200;
    std::optional<Payout> payout;
    std::string problem;
    bool silent = false;
};

/// A delivery ready to be sent.
struct Letter {
    std::int64_t delivery = 0;
    Subscription const* to = nullptr;
    std::string body;
    std::string content_type;
};

/// All the banks of the country, as far as anybody here can tell. Every member locks; any thread.
///
/// Time runs by the system's clock until `stand_at` stops it; then only scripts move it, and the same setup, seed and
/// script make the same book byte for byte.
class Bank {
 public:
    Bank(Setup setup, std::optional<std::filesystem::path> book, std::uint64_t seed, std::int64_t first);

    [[nodiscard]] Instant now() const;
    void stand_at(Instant at);
    void go_live();
    [[nodiscard]] bool is_live() const;
    void reseed(std::uint64_t seed);
    /// One of all ways by chance: mostly right, now and then each of the wrong ones.
    [[nodiscard]] Way any_way();

    /// Opens what the setup lists and is not there yet; and one more.
    void open(AccountKey const& key, std::string const& holder, Money opening);
    /// Pays as a person with a phone would. The error is Vietnamese, for the person.
    Result<Paid, std::string> pay(PayOrder const& order);
    /// The account's owner spends some of it.
    Result<Movement, std::string> spend(AccountKey const& account, Money amount, std::string const& content);
    /// The bank takes a movement back. None if there is no such one or it is taken back already.
    std::optional<Movement> take_back(std::int64_t movement);

    /// An order to pay out, by the protocol of payouts (README.md). The same id answers as it did.
    PayoutAnswer pay_out(Payout order);
    [[nodiscard]] std::optional<Payout> payout(std::string const& id) const;
    /// What happens to the next payouts, in turn: succeed, fail, pending, pending_fail, return, silent, silent_lost.
    void plan_payouts(std::vector<std::string> faults);
    [[nodiscard]] bool takes_token(std::string_view token) const;

    /// What was to happen by now, happens.
    void catch_up();
    /// One file for each subscriber of files, of what has moved since its last.
    std::size_t cut_files();
    /// The same where the setup's `camt_every` has passed since the last.
    void cut_files_in_time();
    /// What is due to be sent, the oldest first.
    [[nodiscard]] std::vector<Letter> due(std::size_t limit) const;
    void answered(std::int64_t delivery, int status, std::string const& body);

    /// Looks at the book while nothing changes in it.
    template <class Look>
    auto look(Look&& look) const {
        auto const lock = std::lock_guard{mutex_};
        return look(book_);
    }
    [[nodiscard]] Setup const& setup() const { return setup_; }

 private:
    struct Transfer {
        AccountKey to;
        Money amount;
        std::string content;
        std::string bank;
        Instant at;
        Way why = Way::exact;
    };
    [[nodiscard]] Instant time() const;
    Movement book_transfer(Transfer const& transfer);
    void tell(Movement const& movement, Seconds after);
    [[nodiscard]] std::string unused(std::string reference);
    [[nodiscard]] std::optional<AccountKey> another(AccountKey const& than);
    [[nodiscard]] Money amount_for(Way way, Money asked);
    std::optional<Movement> reverse(std::int64_t number);
    std::size_t cut();
    void carry_out(Payout& payout);
    /// An order whose money had moved when a crash came is one that succeeded.
    void finish_torn_payouts();
    void settle(Later const& later);
    [[nodiscard]] Movement named(AccountKey const& account, Money amount, std::string const& content, std::string_view prefix);

    Setup setup_;
    mutable std::mutex mutex_;
    Book book_;
    Dice dice_;
    std::optional<Instant> standing_;
    std::set<std::string, std::less<>> references_;
    std::deque<std::string> payout_plan_;
    std::optional<Instant> cut_at_;
};

}  // namespace choso::bank
