#include "settlement/statements/table_walker.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace choso::statements {
namespace {

using Cells = std::span<std::string const>;

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// What a bank's own name or heading gives away. Source: qr/banks for the BINs.
constexpr auto banks = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"vietcombank", "970436"}, {"vcb cashup", "970436"}, {"statement of account", "970436"}, {"ngoai thuong viet nam", "970436"},
    {"ky thuong", "970407"}, {"techcombank", "970407"}, {"truy van giao dich tai khoan", "970407"}, {"vietinbank", "970415"}, {"cong thuong", "970415"},
    {"lich su giao dich - transaction history", "970415"}, {"bidv", "970418"}, {"dau tu va phat trien", "970418"}, {"bao cao chi tiet so du", "970418"},
    {"agribank", "970405"}, {"nong nghiep", "970405"}, {"quan doi", "970422"}, {"mbbank", "970422"}, {"sao ke chi tiet tai khoan", "970422"}, {"a chau", "970416"},
    {"bang sao ke giao dich", "970416"}, {"quoc te", "970441"}, {"currentaccountstatement", "970441"}, {"sacombank", "970403"}, {"sai gon thuong tin", "970403"},
    {"tpbank", "970423"}, {"tien phong", "970423"}, {"vpbank", "970432"}, {"viet nam thinh vuong", "970432"},
});

bool names_opening(std::string_view text) {
    return has(text, "so du dau") || has(text, "du dau") || has(text, "opening balance") || has(text, "brought forward") || has(text, "beginning balance") || has(text, "so du truoc");
}
bool names_closing(std::string_view text) {
    return has(text, "so du cuoi") || has(text, "du cuoi") || has(text, "closing balance") || has(text, "ending balance") || has(text, "cuoi ngay") || has(text, "carried forward");
}
bool names_account(std::string_view text) {
    if (has(text, "doi ung") || has(text, "remitter") || has(text, "tai khoan cu") || has(text, "old account") || has(text, "name") || has(text, "ten tai khoan") || has(text, "chu tai khoan")) return false;
    return has(text, "so tai khoan") || has(text, "account number") || has(text, "account no") || text == "tai khoan" || text == "so tk" || text.starts_with("so tk ") || text.starts_with("tai khoan:") || text.starts_with("so tk:") || text == "tai khoan :" || text == "account" || text == "account:";
}
bool names_total(std::string_view text) {
    return text.starts_with("tong so") || text.starts_with("tong cong") || text.starts_with("tong phat sinh") || text == "total" || text.starts_with("cong phat sinh") || text.starts_with("tong/") || has(text, "tong cong/total") || text == "tong" || text.starts_with("total ") || text.starts_with("cong:") || text == "cong";
}

/// Behind the colon in the cell itself, else the next cells' first that passes.
template <class Passes>
std::string_view value_behind(Cells cells, std::size_t label, Passes const& passes) {
    auto const own = std::string_view{cells[label]};
    if (auto const colon = own.rfind(':'); colon != std::string_view::npos && passes(own.substr(colon + 1))) return own.substr(colon + 1);
    for (auto i = label + 1; i < cells.size(); ++i) {
        if (cells[i].empty()) continue;
        if (passes(cells[i])) return cells[i];
        // Another label stands between: its value is not ours.
        if (std::any_of(cells[i].begin(), cells[i].end(), [](char c) { return c >= 'A'; })) return {};
    }
    return {};
}

std::string account_in(std::string_view text) {
    auto out = std::string{};
    for (auto const c : text) {
        auto const letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if ((c >= '0' && c <= '9') || letter) out += c;
        else if (!out.empty() && c != ' ' && c != '.' && c != '-') break;
        else if (c == ' ' && out.size() >= 6 && out.find_first_of("0123456789") != std::string::npos) break;
    }
    auto const digits = std::count_if(out.begin(), out.end(), [](char c) { return c >= '0' && c <= '9'; });
    return digits >= 4 && out.size() <= 34 ? out : std::string{};
}

}  // namespace

std::string_view TableWalker::cell(Cells cells, Role role) const {
    auto const at = columns_[role];
    if (at < 0 || static_cast<std::size_t>(at) >= cells.size()) return {};
    auto text = std::string_view{cells[static_cast<std::size_t>(at)]};
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

void TableWalker::begin_section() {
    ++sections_;
    in_section_ = true;
    has_lines_ = false;
    on_section();
    if (!account_.empty()) on_account(account_);
    if (!currency_.empty()) on_currency(currency_);
    if (!bank_.empty()) on_bank(bank_);
    if (!opening_.empty()) on_opening(opening_);
    if (!closing_.empty()) on_closing(closing_);
    opening_.clear();
    closing_.clear();
}

void TableWalker::take(std::size_t row, Cells cells) {
    auto const columns = columns_of(cells, above_);
    if (columns) {
        columns_ = *columns;
        has_columns_ = true;
        if (!in_section_ || has_lines_) begin_section();
    } else if (!in_section_ && has_columns_ && sections_ == 0 && !cell(cells, Role::booked).empty() && time_in(cell(cells, Role::booked), DateOrder::day_first, std::nullopt)) {
        // No heading, but it is known how this account's tables are laid out.
        begin_section();
        take_body(row, cells);
    } else if (in_section_) {
        take_body(row, cells);
    } else {
        take_head(cells);
    }
    above_.assign(cells.begin(), cells.end());
}

void TableWalker::take_head(Cells cells) {
    for (auto i = std::size_t{0}; i < cells.size(); ++i) {
        auto const text = plain(cells[i]);
        if (text.empty() || text.size() > 200) continue;
        for (auto const& [name, bin] : banks)
            if (bank_.empty() && has(text, name)) bank_ = bin;
        if (names_opening(text)) opening_ = value_behind(cells, i, looks_like_amount);
        else if (names_closing(text)) closing_ = value_behind(cells, i, looks_like_amount);
        else if (names_account(text)) account_ = account_in(value_behind(cells, i, [](std::string_view cell) { return !account_in(cell).empty(); }));
        else if (has(text, "loai tien") || has(text, "currency") || has(text, "tien te")) {
            auto const code = value_behind(cells, i, [](std::string_view cell) { return cell.size() >= 3 && cell.size() <= 5; });
            for (auto const known : {"VND", "USD", "EUR", "JPY", "CNY", "GBP", "AUD", "SGD"})
                if (has(code, known)) currency_ = known;
        }
    }
}

bool TableWalker::take_balance_row(Cells cells) {
    for (auto i = std::size_t{0}; i < cells.size(); ++i) {
        if (cells[i].size() > 100 || cells[i].empty()) continue;
        auto const text = plain(cells[i]);
        auto const opens = names_opening(text), closes = names_closing(text);
        if (!opens && !closes) continue;
        // A payer may write these words too; a balance's row moves no money.
        if (!cell(cells, Role::debit).empty() && !cell(cells, Role::credit).empty() && !cell(cells, Role::booked).empty()) return false;
        auto const own = cell(cells, Role::balance);
        auto const amount = looks_like_amount(own) ? own : value_behind(cells, i, looks_like_amount);
        if (amount.empty()) return false;
        if (own.empty() && !cell(cells, Role::booked).empty() && static_cast<int>(i) == columns_[Role::content]) return false;
        opens ? on_opening(amount) : on_closing(amount);
        return true;
    }
    return false;
}

bool TableWalker::take_total_row(Cells cells) {
    if (!cell(cells, Role::booked).empty() && time_in(cell(cells, Role::booked), DateOrder::day_first, 2000)) return false;
    for (auto const& each : cells) {
        if (each.size() > 100 || !names_total(plain(each))) continue;
        on_totals(cell(cells, Role::debit), cell(cells, Role::credit));
        return true;
    }
    return false;
}

void TableWalker::take_body(std::size_t row, Cells cells) {
    auto line = RawLine{};
    line.row = row;
    line.booked = cell(cells, Role::booked);
    auto const dated = !line.booked.empty() && (time_in(line.booked, DateOrder::day_first, 2000) || time_in(line.booked, DateOrder::month_first, 2000));
    // Labels stand in rows that are no lines, but for banks that date them.
    if (!dated || cells.size() <= 3 || cell(cells, Role::content).size() <= 100) {
        if (take_total_row(cells) || take_balance_row(cells)) return;
    }
    line.value = cell(cells, Role::value);
    line.debit = cell(cells, Role::debit);
    line.credit = cell(cells, Role::credit);
    line.amount = cell(cells, Role::amount);
    line.direction = cell(cells, Role::direction);
    line.balance = cell(cells, Role::balance);
    line.fee = cell(cells, Role::fee);
    line.vat = cell(cells, Role::vat);
    line.content = cell(cells, Role::content);
    line.reference = cell(cells, Role::reference);
    line.name = cell(cells, Role::name);
    line.account = cell(cells, Role::account);
    line.bank = cell(cells, Role::bank);
    auto const moves = looks_like_amount(line.debit) || looks_like_amount(line.credit) || looks_like_amount(line.amount) || looks_like_amount(line.fee);
    if (moves && (dated || (line.booked.empty() && (has_lines_ || !line.value.empty())))) {
        has_lines_ = true;
        return on_line(line);
    }
    if (moves || dated) return on_unread(row);
    auto const filled = std::count_if(cells.begin(), cells.end(), [](std::string const& each) { return !each.empty(); });
    if (has_lines_ && !line.content.empty() && filled == 1) return on_more_content(line.content);
    // Behind the lines the next account's head may begin.
    auto const before = account_;
    account_.clear();
    take_head(cells);
    if (account_.empty()) {
        account_ = before;
    } else if (has_lines_ && account_ != before) {
        in_section_ = false;
        begin_section();
    } else if (!has_lines_) {
        on_account(account_);
    }
}

}  // namespace choso::statements
