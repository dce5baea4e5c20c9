#include "settlement/statements/table_columns.hpp"

#include <algorithm>
#include <vector>

#include "settlement/statements/table_values.hpp"

namespace choso::statements {
namespace {

struct Word {
    Role role;
    std::string_view text;
    bool whole;  ///< must be a whole alternative of the heading (`Nợ/Debit` has two), not part of one
};

/// In order: the first that fits a heading names its role. Headings in plain letters; sources: exports of Vietcombank,
/// Techcombank, VietinBank, BIDV, Agribank, MB, ACB, VIB, Sacombank, TPBank, VPBank.
constexpr auto words = std::to_array<Word>({
    {Role::name, "ten tai khoan doi ung", false}, {Role::name, "remitter's account name", false}, {Role::name, "ten nguoi", false},
    {Role::name, "ten doi ung", false}, {Role::name, "offset account name", false}, {Role::name, "ten don vi", false}, {Role::name, "beneficiary name", false},
    {Role::name, "counterparty name", false}, {Role::name, "doi tac", true}, {Role::name, "ten doi tac", false}, {Role::name, "ten tk doi ung", false},
    {Role::bank, "ngan hang doi", false}, {Role::bank, "remitter's bank", false}, {Role::bank, "ngan hang", false}, {Role::bank, "counterparty bank", false},
    {Role::account, "tai khoan doi ung", false}, {Role::account, "tai khoan dich", false}, {Role::account, "tk doi ung", false},
    {Role::account, "account number", false}, {Role::account, "offset account", false}, {Role::account, "so tai khoan", false}, {Role::account, "counterparty account", false},
    {Role::balance, "so du", false}, {Role::balance, "balance", false},
    {Role::direction, "no/co", true}, {Role::direction, "dr/cr", true}, {Role::direction, "debit/credit", true}, {Role::direction, "c/d", true},
    {Role::direction, "d/c", true}, {Role::direction, "+/-", true}, {Role::direction, "loai gd", true}, {Role::direction, "loai giao dich", true},
    {Role::fee, "phi", true}, {Role::fee, "fee", false}, {Role::fee, "phi/lai", false}, {Role::fee, "phi giao dich", false},
    {Role::vat, "thue", false}, {Role::vat, "vat", true},
    {Role::debit, "ghi no", false}, {Role::debit, "phat sinh no", false}, {Role::debit, "debit", false}, {Role::debit, "no", true}, {Role::debit, "tien rut", false},
    {Role::debit, "rut ra", false}, {Role::debit, "tien ra", false}, {Role::debit, "dr", true}, {Role::debit, "chi", true}, {Role::debit, "withdrawal", false},
    {Role::debit, "so tien no", false}, {Role::debit, "paid out", false}, {Role::debit, "ps no", false}, {Role::debit, "money out", false}, {Role::debit, "tien chi", false},
    {Role::credit, "ghi co", false}, {Role::credit, "phat sinh co", false}, {Role::credit, "credit", false}, {Role::credit, "co", true}, {Role::credit, "tien gui", false},
    {Role::credit, "gui vao", false}, {Role::credit, "tien vao", false}, {Role::credit, "cr", true}, {Role::credit, "thu", true}, {Role::credit, "deposit", false},
    {Role::credit, "so tien co", false}, {Role::credit, "paid in", false}, {Role::credit, "ps co", false}, {Role::credit, "money in", false}, {Role::credit, "tien thu", false},
    {Role::reference, "so tham chieu", false}, {Role::reference, "so but toan", false}, {Role::reference, "so chung tu", false}, {Role::reference, "so giao dich", false},
    {Role::reference, "ma giao dich", false}, {Role::reference, "doc no", false}, {Role::reference, "reference", false}, {Role::reference, "ref", true}, {Role::reference, "ref. no", true},
    {Role::reference, "ref no", true}, {Role::reference, "transaction number", false}, {Role::reference, "so ct", true}, {Role::reference, "so gd", true}, {Role::reference, "ma gd", false},
    {Role::reference, "transaction id", false}, {Role::reference, "trace", false}, {Role::reference, "so but", false}, {Role::reference, "tham chieu", false}, {Role::reference, "ma tham chieu", false},
    {Role::content, "noi dung", false}, {Role::content, "mo ta", false}, {Role::content, "dien giai", false}, {Role::content, "description", false}, {Role::content, "remark", false},
    {Role::content, "ghi chu", false}, {Role::content, "transactions in detail", false}, {Role::content, "details", false}, {Role::content, "chi tiet", false}, {Role::content, "narrative", false},
    {Role::content, "content", false}, {Role::content, "thong tin giao dich", false},
    {Role::booked, "ngay hach toan", false}, {Role::booked, "accounting date", false}, {Role::booked, "posting date", false}, {Role::booked, "booking date", false},
    {Role::booked, "ngay giao dich", false}, {Role::booked, "transaction date", false}, {Role::booked, "tnx date", false}, {Role::booked, "ngay gd", false}, {Role::booked, "ngay", true},
    {Role::booked, "date", true}, {Role::booked, "thoi gian", false}, {Role::booked, "ngay hieu luc", false}, {Role::booked, "ngay gio", false}, {Role::booked, "ngay kh thuc hien", false},
    {Role::booked, "ngay phat sinh", false}, {Role::booked, "requesting date", false}, {Role::booked, "date/time", false}, {Role::booked, "effective date", false}, {Role::booked, "ngay ct", false},
    {Role::booked, "value date", false}, {Role::booked, "ngay gia tri", false},
    {Role::amount, "so tien", false}, {Role::amount, "amount", false}, {Role::amount, "gia tri", true}, {Role::amount, "phat sinh", true},
});

/// How likely a date column is the one of booking: the bank's own before the customer's.
int booking_rank(std::string_view heading) {
    if (heading.find("hach toan") != std::string_view::npos || heading.find("accounting") != std::string_view::npos || heading.find("posting") != std::string_view::npos) return 4;
    if (heading.find("ngay giao dich") != std::string_view::npos || heading.find("transaction date") != std::string_view::npos) return 3;
    if (heading.find("hieu luc") != std::string_view::npos || heading.find("value") != std::string_view::npos || heading.find("effective") != std::string_view::npos || heading.find("gia tri") != std::string_view::npos) return 0;
    if (heading.find("kh thuc hien") != std::string_view::npos || heading.find("phat sinh") != std::string_view::npos) return 1;
    return 2;
}

/// `Nợ/ Debit` → `no`, `debit`; the whole heading first.
std::vector<std::string> alternatives_of(std::string const& heading) {
    auto out = std::vector<std::string>{heading};
    auto rest = std::string_view{heading};
    while (!rest.empty()) {
        auto const end = std::min(rest.find_first_of("/|()\n"), rest.size());
        auto piece = rest.substr(0, end);
        while (piece.starts_with(' ')) piece.remove_prefix(1);
        while (piece.ends_with(' ') || piece.ends_with('.') || piece.ends_with(':')) piece.remove_suffix(1);
        if (!piece.empty()) out.emplace_back(piece);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

std::optional<Role> role_of(std::string const& heading) {
    if (heading.empty() || heading.size() > 80) return std::nullopt;
    auto const alternatives = alternatives_of(heading);
    for (auto const& word : words) {
        auto const fits = word.whole ? std::find(alternatives.begin(), alternatives.end(), word.text) != alternatives.end()
                                     : heading.find(word.text) != std::string::npos;
        if (fits) return word.role;
    }
    return std::nullopt;
}

std::optional<Columns> read(std::vector<std::string> const& headings) {
    auto out = Columns{};
    auto rank = -1;
    for (auto i = std::size_t{0}; i < headings.size(); ++i) {
        auto const role = role_of(headings[i]);
        auto const column = static_cast<int>(i);
        if (!role) continue;
        // English for `STT`, not Vietnamese for debit.
        if (*role == Role::debit && (headings[i] == "no." || (headings[i] == "no" && i == 0))) continue;
        if (*role == Role::booked) {
            auto const its = booking_rank(headings[i]);
            if (its > rank) {
                if (rank >= 0 && !out.has(Role::value)) out.set(Role::value, out[Role::booked]);
                out.set(Role::booked, column);
                rank = its;
            } else if (!out.has(Role::value)) {
                out.set(Role::value, column);
            }
        } else if (!out.has(*role)) {
            out.set(*role, column);
        }
    }
    // Columns for both sides leave nothing to a third one that speaks of an amount.
    if (out.has(Role::debit) && out.has(Role::credit)) out.set(Role::amount, -1), out.set(Role::direction, -1);
    if (out.has(Role::debit) != out.has(Role::credit) && !out.has(Role::amount)) return std::nullopt;
    auto const known = std::count_if(out.at.begin(), out.at.end(), [](int column) { return column >= 0; });
    if (!out.enough() || known < 3) return std::nullopt;
    return out;
}

}  // namespace

std::optional<Columns> columns_of(std::span<std::string const> cells, std::span<std::string const> above) {
    auto headings = std::vector<std::string>{};
    auto filled = 0;
    for (auto const& cell : cells) {
        // A row with a number or a day in it is a line, not a heading.
        if (looks_like_amount(cell) || time_in(cell, DateOrder::day_first, 2000)) return std::nullopt;
        headings.push_back(plain(cell));
        if (!cell.empty()) ++filled;
    }
    if (filled < 2) return std::nullopt;
    auto const alone = filled >= 3 ? read(headings) : std::nullopt;
    if (alone && (alone->has(Role::content) || above.empty())) return alone;
    auto both = headings;
    both.resize(std::max(cells.size(), above.size()));
    // A heading over several columns stands above the first of them.
    auto over = std::string{};
    for (auto i = std::size_t{0}; i < both.size(); ++i) {
        auto const upper = i < above.size() ? plain(above[i]) : std::string{};
        if (!upper.empty()) over = upper;
        auto const& lower = i < headings.size() ? headings[i] : std::string{};
        both[i] = lower.empty() ? upper : upper.empty() ? lower : upper + " / " + lower;
    }
    auto const two = read(both);
    if (!alone) return two;
    return two && two->has(Role::content) ? two : alone;
}

}  // namespace choso::statements
