#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/money.hpp"
#include "platform/json/json.hpp"

/// What the banks know: accounts, what moved on them, orders to pay out, and whom they must still tell. One file of JSON
/// lines that is only ever appended to; what stands in memory is what the lines say.
namespace choso::bank {

struct AccountKey {
    std::string bin, number;
    friend auto operator<=>(AccountKey const&, AccountKey const&) = default;
};

struct Account {
    AccountKey key;
    std::string holder;
    Money opening;
    Money balance;
    std::vector<std::size_t> movements;  ///< indexes into Book::movements()
};

/// Who stands at the other end of a transfer.
struct Party {
    std::string bin, number, name;
};

/// One line of one account, as its bank has booked it.
struct Movement {
    std::int64_t number = 0;  ///< in the whole book, rising by one
    AccountKey account;
    Instant at;
    Money amount;   ///< negative: it left
    Money balance;  ///< after it
    std::string reference;
    std::string content;
    Party other;
    std::int64_t reverses = 0;  ///< the movement it takes back
    std::string payout;         ///< the order it carries out
    std::string why;            ///< the script's word for what went on (`short`, `taken_back`)
};

/// `pending` may still become either of the others.
enum class PayoutStatus { succeeded, failed, pending };
[[nodiscard]] std::string_view word(PayoutStatus status);
[[nodiscard]] std::optional<PayoutStatus> payout_status_of(std::string_view word);

struct Payout {
    std::string id;
    AccountKey from;
    Party to;
    Money amount;
    std::string content;
    PayoutStatus status = PayoutStatus::pending;
    std::string reference;  ///< the bank's; empty while nothing moved
    std::string reason;
};

/// Something one subscriber must be told: one movement (a notice) or several (a file).
struct Delivery {
    std::int64_t number = 0;
    std::string to;  ///< the subscription's name
    std::vector<std::int64_t> movements;
    Instant due;
    int attempts = 0;
    bool done = false;
    std::string answer;  ///< the last one
};

/// What the bank will do by itself when its time has come.
struct Later {
    std::int64_t number = 0;
    Instant at;
    std::string what;  ///< `reverse`, `complete_payout`, `fail_payout`, `return_payout`
    std::int64_t movement = 0;
    std::string payout;
};

class Book {
 public:
    /// Reads the file, cutting off a last line that a crash has torn, then appends to it. No file: kept in memory alone.
    /// `first` is the number before that of a new book's first movement, so that a new book does not repeat an old one's
    /// numbers. Throws std::runtime_error.
    Book(std::optional<std::filesystem::path> file, std::int64_t first);
    Book(Book const&) = delete;
    Book& operator=(Book const&) = delete;
    ~Book();

    void open(AccountKey const& key, std::string const& holder, Money opening);
    /// Fills in number and balance. The account must be open.
    Movement const& add(Movement movement);
    void put(Payout const& payout);
    Delivery const& tell(std::string const& to, std::vector<std::int64_t> movements, Instant due);
    /// The outcome of one attempt; not done: again at `due`.
    void attempted(std::int64_t delivery, std::string const& answer, bool done, Instant due);
    void later(Later later);
    void happened(std::int64_t later);
    /// What was appended is on the disk when this returns.
    void sync();

    [[nodiscard]] Account const* account(AccountKey const& key) const;
    [[nodiscard]] std::map<AccountKey, Account> const& accounts() const { return accounts_; }
    [[nodiscard]] std::vector<Movement> const& movements() const { return movements_; }
    [[nodiscard]] Movement const* movement(std::int64_t number) const;
    [[nodiscard]] bool is_reversed(std::int64_t movement) const { return reversed_.contains(movement); }
    [[nodiscard]] Payout const* payout(std::string const& id) const;
    [[nodiscard]] std::map<std::string, Payout> const& payouts() const { return payouts_; }
    [[nodiscard]] std::vector<Delivery> const& deliveries() const { return deliveries_; }
    /// Deliveries that are not done, the next first.
    [[nodiscard]] std::vector<Delivery const*> waiting() const;
    [[nodiscard]] std::vector<Later const*> coming() const;
    /// The newest movement that a file for this subscriber held.
    [[nodiscard]] std::int64_t last_told(std::string const& to) const;

 private:
    void read(std::filesystem::path const& file);
    void apply(json::Value const& line);
    void append(std::string const& line);

    int file_ = -1;
    bool unsynced_ = false;
    std::int64_t first_;
    std::map<AccountKey, Account> accounts_;
    std::vector<Movement> movements_;
    std::set<std::int64_t> reversed_;
    std::map<std::string, Payout> payouts_;
    std::vector<Delivery> deliveries_;  ///< number n stands at n − 1
    std::set<std::int64_t> waiting_;
    std::map<std::string, std::int64_t> last_told_;
    std::map<std::int64_t, Later> later_;
    std::int64_t last_later_ = 0;
};

}  // namespace choso::bank
