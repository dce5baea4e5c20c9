#include "simulator/bank.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/assert.hpp"
#include "platform/crypto/crypto.hpp"
#include "qr/banks.hpp"
#include "simulator/camt054.hpp"
#include "simulator/mangle.hpp"
#include "simulator/sepay.hpp"

namespace choso::bank {
namespace {

using std::chrono::minutes;

constexpr std::array<WayRow, 14> way_rows{{
    {Way::exact, "exact", "Chuyển đúng", 60},
    {Way::too_little, "too_little", "Chuyển thiếu", 4},
    {Way::too_much, "too_much", "Chuyển thừa", 3},
    {Way::twice, "twice", "Chuyển hai lần", 3},
    {Way::late, "late", "Chuyển muộn một giờ", 3},
    {Way::wrong_note, "wrong_note", "Gõ sai một ký tự của mã", 4},
    {Way::no_note, "no_note", "Bỏ mất nội dung", 2},
    {Way::wrong_account, "wrong_account", "Nhầm tài khoản", 2},
    {Way::mangled, "mangled", "Nội dung bị biến dạng", 7},
    {Way::reordered, "reordered", "Báo có sai thứ tự", 4},
    {Way::delayed, "delayed", "Báo có chậm 15 phút", 3},
    {Way::repeated, "repeated", "Báo có ba lần", 3},
    {Way::unnoticed, "unnoticed", "Không báo có, chỉ có trong tệp", 2},
    {Way::taken_back, "taken_back", "Ngân hàng thu hồi sau 2 phút", 3},
}};

/// After the first attempt: SePay's own waits.
constexpr std::array<int, 7> waits_minutes{1, 1, 2, 3, 5, 8, 13};
constexpr std::size_t entries_of_a_file = 500;

constexpr std::array<std::string_view, 12> people{"NGUYEN VAN AN", "TRAN THI BICH",   "LE MINH CUONG", "PHAM THI DUNG", "HOANG VAN GIANG", "VU THI HANH",
                                                  "DANG QUOC KHANH", "BUI THI LIEN", "DO VAN MANH",   "NGO THI NGA",   "DUONG VAN PHUC",  "LY THI QUYEN"};

template <class T, std::size_t N>
T const& one_of(std::array<T, N> const& from, Dice& dice) {
    return from[dice.below(N)];
}

PayerBank const& bank_named(std::string const& name, Dice& dice) {
    auto const all = payer_banks();
    if (name.empty()) return all[dice.below(all.size())];
    for (auto const& bank : all)
        if (bank.bin == name || bank.name == name) return bank;
    auto const* known = qr::find_bank(name);
    return payer_bank(known == nullptr ? std::string_view{} : known->bin);
}

}  // namespace

std::span<WayRow const> ways() { return way_rows; }

Way Bank::any_way() {
    auto const lock = std::lock_guard{mutex_};
    auto sum = 0U;
    for (auto const& row : way_rows) sum += row.weight;
    auto left = dice_.below(sum);
    for (auto const& row : way_rows) {
        if (left < row.weight) return row.way;
        left -= row.weight;
    }
    return Way::exact;
}

std::optional<Way> way_of(std::string_view text) {
    for (auto const& row : way_rows)
        if (row.word == text) return row.way;
    return std::nullopt;
}

std::string_view word(Way way) { return way_rows[static_cast<std::size_t>(way)].word; }

Bank::Bank(Setup setup, std::optional<std::filesystem::path> book, std::uint64_t seed, std::int64_t first)
    : setup_{std::move(setup)}, book_{std::move(book), first}, dice_{seed} {
    for (auto const& account : setup_.accounts) book_.open(account.key, account.holder, account.opening);
    for (auto const& movement : book_.movements()) references_.insert(movement.reference);
    finish_torn_payouts();
    book_.sync();
}

Instant Bank::time() const { return standing_ ? *standing_ : std::chrono::floor<Seconds>(SystemClock{}.now()); }

Instant Bank::now() const {
    auto const lock = std::lock_guard{mutex_};
    return time();
}

void Bank::stand_at(Instant at) {
    auto const lock = std::lock_guard{mutex_};
    standing_ = std::chrono::floor<Seconds>(at);
}

void Bank::go_live() {
    auto const lock = std::lock_guard{mutex_};
    standing_.reset();
}

bool Bank::is_live() const {
    auto const lock = std::lock_guard{mutex_};
    return !standing_;
}

void Bank::reseed(std::uint64_t seed) {
    auto const lock = std::lock_guard{mutex_};
    dice_ = Dice{seed};
}

void Bank::open(AccountKey const& key, std::string const& holder, Money opening) {
    auto const lock = std::lock_guard{mutex_};
    book_.open(key, holder, opening);
    book_.sync();
}

std::string Bank::unused(std::string reference) {
    while (references_.contains(reference)) reference += dice_.digits(1);
    references_.insert(reference);
    return reference;
}

std::optional<AccountKey> Bank::another(AccountKey const& than) {
    auto others = std::vector<AccountKey>{};
    for (auto const& [key, account] : book_.accounts())
        if (key != than) others.push_back(key);
    if (others.empty()) return std::nullopt;
    return others[dice_.below(others.size())];
}

Money Bank::amount_for(Way way, Money asked) {
    if (way == Way::too_little) {
        // The zeros that the seller's display had cut off, or the half that was at hand.
        if (asked.dong() >= 1'000 && dice_.one_in(2)) return Money{asked.dong() / 1'000};
        return Money{std::max<std::int64_t>(1, asked.dong() / 2)};
    }
    if (way == Way::too_much) return asked + Money{1'000 * (1 + static_cast<std::int64_t>(dice_.below(20)))};
    return asked;
}

Movement Bank::book_transfer(Transfer const& transfer) {
    auto const& bank = bank_named(transfer.bank, dice_);
    auto const* account = book_.account(transfer.to);
    CHOSO_ASSERT(account != nullptr);
    auto leg = Leg{transfer.content, {std::string{bank.bin}, "9" + dice_.digits(12), std::string{one_of(people, dice_)}},
                   {transfer.to.bin, transfer.to.number, account->holder}, transfer.at};
    leg.reference = unused(bank.reference(leg, dice_));
    auto movement = Movement{};
    movement.account = transfer.to;
    movement.at = transfer.at;
    movement.amount = transfer.amount;
    movement.reference = leg.reference;
    movement.content = bank.write(leg, dice_);
    movement.other = leg.from;
    movement.why = word(transfer.why);
    return book_.add(std::move(movement));
}

void Bank::tell(Movement const& movement, Seconds after) {
    for (auto const& subscription : setup_.subscriptions)
        if (subscription.kind == Subscription::Kind::sepay && subscription.covers(movement.account))
            book_.tell(subscription.name, {movement.number}, time() + after);
}

Result<Paid, std::string> Bank::pay(PayOrder const& order) {
    auto const scanned = scan(order.qr);
    if (!scanned) return scanned.error();
    auto const lock = std::lock_guard{mutex_};
    if (book_.account(scanned->payee) == nullptr) return std::string{"Ngân hàng nhận không có tài khoản này"};
    auto const asked = order.amount ? order.amount : scanned->amount;
    if (!asked) return std::string{"Mã không có số tiền: hãy nhập số tiền"};
    if (!asked->is_positive() || *asked > most_in_one_transfer) return std::string{"Số tiền phải từ 1 đến 499.999.999 đồng"};

    auto transfer = Transfer{scanned->payee, order.amount ? *asked : amount_for(order.way, *asked), order.note.value_or(scanned->content), order.bank,
                             time(), order.way};
    if (order.way == Way::late) transfer.at += minutes{60};
    if (order.way == Way::no_note) transfer.content = "chuyen tien";
    if (order.way == Way::wrong_note) transfer.content = with_one_symbol_wrong(std::move(transfer.content), dice_);
    if (order.way == Way::mangled) transfer.content = damaged(std::move(transfer.content), static_cast<Damage>(dice_.below(7)));
    if (order.way == Way::wrong_account) {
        auto const other = another(transfer.to);
        if (!other) return std::string{"Không có tài khoản nào khác để chuyển nhầm"};
        transfer.to = *other;
    }
    auto out = Paid{order.way, {book_transfer(transfer)}};
    auto const first = out.movements.front();
    auto const delay = order.way == Way::delayed ? Seconds{minutes{15}} : order.way == Way::reordered ? Seconds{20} : Seconds{0};
    if (order.way != Way::unnoticed) tell(first, delay);
    if (order.way == Way::repeated)
        for (auto again = 0; again < 2; ++again) tell(first, Seconds{30});
    if (order.way == Way::twice) {
        transfer.at += Seconds{47};
        out.movements.push_back(book_transfer(transfer));
        tell(out.movements.back(), Seconds{0});
    }
    if (order.way == Way::taken_back) book_.later({0, time() + minutes{2}, "reverse", first.number, {}});
    book_.sync();
    return out;
}

Movement Bank::named(AccountKey const& account, Money amount, std::string const& content, std::string_view prefix) {
    auto movement = Movement{};
    movement.account = account;
    movement.at = time();
    movement.amount = amount;
    movement.reference = unused(std::string{prefix} + dice_.digits(12));
    movement.content = content;
    return movement;
}

Result<Movement, std::string> Bank::spend(AccountKey const& account, Money amount, std::string const& content) {
    auto const lock = std::lock_guard{mutex_};
    auto const* known = book_.account(account);
    if (known == nullptr) return std::string{"Không có tài khoản này"};
    if (!amount.is_positive() || known->balance < amount) return std::string{"Số dư không đủ"};
    auto movement = named(account, -amount, content, "CK");
    movement.why = "spend";
    movement = book_.add(std::move(movement));
    tell(movement, Seconds{0});
    book_.sync();
    return movement;
}

std::optional<Movement> Bank::take_back(std::int64_t number) {
    auto const lock = std::lock_guard{mutex_};
    auto out = reverse(number);
    book_.sync();
    return out;
}

std::optional<Movement> Bank::reverse(std::int64_t number) {
    auto const* original = book_.movement(number);
    if (original == nullptr || book_.is_reversed(number) || original->reverses != 0) return std::nullopt;
    auto movement = named(original->account, -original->amount, "HOAN TRA GD " + original->reference + (original->payout.empty() ? "" : " " + original->content), "HT");
    movement.other = original->other;
    movement.reverses = number;
    movement.why = "taken_back";
    movement = book_.add(std::move(movement));
    tell(movement, Seconds{0});
    return movement;
}

void Bank::catch_up() {
    auto const lock = std::lock_guard{mutex_};
    auto const at = time();
    for (auto const* later : book_.coming()) {
        if (later->at > at) break;
        auto const now_due = *later;
        settle(now_due);
        book_.happened(now_due.number);
    }
    book_.sync();
}

std::size_t Bank::cut_files() {
    auto const lock = std::lock_guard{mutex_};
    return cut();
}

void Bank::cut_files_in_time() {
    auto const lock = std::lock_guard{mutex_};
    if (setup_.camt_every.count() == 0) return;
    if (!cut_at_) cut_at_ = time();
    if (time() - *cut_at_ >= setup_.camt_every) cut();
}

std::size_t Bank::cut() {
    auto files = std::size_t{0};
    for (auto const& subscription : setup_.subscriptions) {
        if (subscription.kind != Subscription::Kind::camt) continue;
        auto waiting = std::vector<std::int64_t>{};
        auto const end_file = [&] {
            if (waiting.empty()) return;
            book_.tell(subscription.name, std::exchange(waiting, {}), time());
            ++files;
        };
        auto const last = book_.last_told(subscription.name);
        for (auto const& movement : book_.movements()) {
            if (movement.number <= last || !subscription.covers(movement.account)) continue;
            waiting.push_back(movement.number);
            if (waiting.size() == entries_of_a_file) end_file();
        }
        end_file();
    }
    cut_at_ = time();
    book_.sync();
    return files;
}

std::vector<Letter> Bank::due(std::size_t limit) const {
    auto const lock = std::lock_guard{mutex_};
    auto out = std::vector<Letter>{};
    for (auto const* delivery : book_.waiting()) {
        if (delivery->due > time() || out.size() == limit) break;
        auto letter = Letter{delivery->number, nullptr, {}, {}};
        for (auto const& subscription : setup_.subscriptions)
            if (subscription.name == delivery->to) letter.to = &subscription;
        if (letter.to != nullptr && letter.to->kind == Subscription::Kind::sepay) {
            letter.body = sepay_notice(*book_.movement(delivery->movements.front()));
            letter.content_type = "application/json";
        } else if (letter.to != nullptr) {
            letter.body = camt054(book_, *delivery);
            letter.content_type = "application/xml";
        }
        out.push_back(std::move(letter));
    }
    return out;
}

void Bank::answered(std::int64_t number, int status, std::string const& body) {
    auto const lock = std::lock_guard{mutex_};
    auto const& delivery = book_.deliveries().at(static_cast<std::size_t>(number - 1));
    auto const attempts = static_cast<std::size_t>(delivery.attempts);
    auto const told = was_taken(status, body);
    auto const last = attempts >= waits_minutes.size();
    auto const due = told || last ? time() : time() + minutes{waits_minutes[attempts]};
    book_.attempted(number, std::to_string(status) + " " + body.substr(0, 300), told || last, due);
    book_.sync();
}

}  // namespace choso::bank
