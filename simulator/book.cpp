#include "simulator/book.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <tuple>

#include "base/assert.hpp"
#include "simulator/book_line.hpp"

namespace choso::bank {
namespace {

constexpr std::array<std::string_view, 3> payout_words{"succeeded", "failed", "pending"};

[[noreturn]] void fail(std::string const& what) { throw std::runtime_error{"the bank's book: " + what + ": " + std::strerror(errno)}; }

}  // namespace

std::string_view word(PayoutStatus status) { return payout_words[static_cast<std::size_t>(status)]; }

std::optional<PayoutStatus> payout_status_of(std::string_view text) {
    auto const found = std::find(payout_words.begin(), payout_words.end(), text);
    if (found == payout_words.end()) return std::nullopt;
    return static_cast<PayoutStatus>(found - payout_words.begin());
}

Book::Book(std::optional<std::filesystem::path> file, std::int64_t first) : first_{first} {
    if (!file) return;
    if (std::filesystem::exists(*file)) read(*file);
    file_ = ::open(file->c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0) fail("cannot open " + file->string());
    if (std::filesystem::file_size(*file) == 0) append(first_line(first_));
}

Book::~Book() {
    if (file_ >= 0) ::close(file_);
}

void Book::read(std::filesystem::path const& file) {
    auto in = std::ifstream{file, std::ios::binary};
    auto good = std::uintmax_t{0};
    for (auto line = std::string{}; std::getline(in, line);) {
        if (in.eof()) break;  // no line end: torn
        auto const value = json::parse(line);
        if (!value) throw std::runtime_error{"the bank's book: line at byte " + std::to_string(good) + " of " + file.string() + " is no JSON"};
        apply(*value);
        good += line.size() + 1;
    }
    in.close();
    if (good != std::filesystem::file_size(file)) std::filesystem::resize_file(file, good);
}

void Book::apply(json::Value const& line) {
    auto const what = text_in(line, "what");
    if (what == "book") {
        first_ = number_in(line, "first");
    } else if (what == "account") {
        auto const key = AccountKey{text_in(line, "bin"), text_in(line, "account")};
        auto const opening = Money{number_in(line, "opening")};
        accounts_.try_emplace(key, Account{key, text_in(line, "holder"), opening, opening, {}});
    } else if (what == "movement") {
        auto movement = movement_in(line);
        auto& account = accounts_.at(movement.account);
        account.balance = movement.balance;
        account.movements.push_back(movements_.size());
        if (movement.reverses != 0) reversed_.insert(movement.reverses);
        movements_.push_back(std::move(movement));
    } else if (what == "payout") {
        auto payout = payout_in(line);
        payouts_[payout.id] = std::move(payout);
    } else if (what == "delivery") {
        auto delivery = delivery_in(line);
        waiting_.insert(delivery.number);
        if (!delivery.movements.empty()) last_told_[delivery.to] = std::max(last_told_[delivery.to], delivery.movements.back());
        deliveries_.push_back(std::move(delivery));
    } else if (what == "attempt") {
        auto& delivery = deliveries_.at(static_cast<std::size_t>(number_in(line, "delivery") - 1));
        ++delivery.attempts;
        delivery.answer = text_in(line, "answer");
        delivery.done = flag_in(line, "done");
        delivery.due = time_in(line, "due");
        if (delivery.done) waiting_.erase(delivery.number);
    } else if (what == "later") {
        auto later = later_in(line);
        last_later_ = std::max(last_later_, later.number);
        later_[later.number] = std::move(later);
    } else if (what == "happened") {
        later_.erase(number_in(line, "later"));
    } else {
        throw std::runtime_error{"the bank's book: a line of a kind nobody knows: " + what};
    }
}

void Book::append(std::string const& line) {
    // What is written is what is known: memory only ever takes what a line says.
    auto const value = json::parse(line);
    CHOSO_ASSERT(value.ok());
    apply(*value);
    if (file_ < 0) return;
    auto const bytes = line + '\n';
    for (auto left = std::string_view{bytes}; !left.empty();) {
        auto const written = ::write(file_, left.data(), left.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("cannot write");
        left.remove_prefix(static_cast<std::size_t>(written));
    }
    unsynced_ = true;
}

void Book::sync() {
    if (!unsynced_) return;
    if (::fdatasync(file_) != 0) fail("cannot sync");
    unsynced_ = false;
}

void Book::open(AccountKey const& key, std::string const& holder, Money opening) {
    if (!accounts_.contains(key)) append(account_line(key, holder, opening));
}

Movement const& Book::add(Movement movement) {
    auto const& account = accounts_.at(movement.account);
    movement.number = first_ + 1 + static_cast<std::int64_t>(movements_.size());
    movement.balance = account.balance + movement.amount;
    append(movement_line(movement));
    return movements_.back();
}

void Book::put(Payout const& payout) { append(payout_line(payout)); }

Delivery const& Book::tell(std::string const& to, std::vector<std::int64_t> movements, Instant due) {
    auto delivery = Delivery{};
    delivery.number = static_cast<std::int64_t>(deliveries_.size()) + 1;
    delivery.to = to;
    delivery.movements = std::move(movements);
    delivery.due = due;
    append(delivery_line(delivery));
    return deliveries_.back();
}

void Book::attempted(std::int64_t delivery, std::string const& answer, bool done, Instant due) {
    append(attempt_line(delivery, answer, done, due));
}

void Book::later(Later later) {
    later.number = last_later_ + 1;
    append(later_line(later));
}

void Book::happened(std::int64_t later) { append(happened_line(later)); }

Account const* Book::account(AccountKey const& key) const {
    auto const found = accounts_.find(key);
    return found == accounts_.end() ? nullptr : &found->second;
}

Movement const* Book::movement(std::int64_t number) const {
    auto const at = number - first_ - 1;
    return at < 0 || at >= static_cast<std::int64_t>(movements_.size()) ? nullptr : &movements_[static_cast<std::size_t>(at)];
}

Payout const* Book::payout(std::string const& id) const {
    auto const found = payouts_.find(id);
    return found == payouts_.end() ? nullptr : &found->second;
}

std::vector<Delivery const*> Book::waiting() const {
    auto out = std::vector<Delivery const*>{};
    for (auto const number : waiting_) out.push_back(&deliveries_[static_cast<std::size_t>(number - 1)]);
    std::sort(out.begin(), out.end(), [](auto const* a, auto const* b) { return std::tie(a->due, a->number) < std::tie(b->due, b->number); });
    return out;
}

std::vector<Later const*> Book::coming() const {
    auto out = std::vector<Later const*>{};
    for (auto const& [number, later] : later_) out.push_back(&later);
    std::sort(out.begin(), out.end(), [](auto const* a, auto const* b) { return std::tie(a->at, a->number) < std::tie(b->at, b->number); });
    return out;
}

std::int64_t Book::last_told(std::string const& to) const {
    auto const found = last_told_.find(to);
    return found == last_told_.end() ? 0 : found->second;
}

}  // namespace choso::bank
