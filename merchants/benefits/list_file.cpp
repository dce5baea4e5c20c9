#include "merchants/benefits/list_file.hpp"

#include <array>
#include <map>
#include <set>
#include <span>

#include "base/vietnamese.hpp"
#include "platform/sheet/sheet.hpp"
#include "qr/banks.hpp"

namespace choso::benefits {
namespace {

enum Column { code, name, amount, way, bank, account, column_count };
struct Alias {
    Column column;
    std::string_view folded;  ///< as fold_for_match writes it
};
constexpr std::array aliases{
    Alias{code, "MANGUOIHUONG"}, Alias{code, "MA"},          Alias{code, "MADOITUONG"}, Alias{code, "CODE"},     Alias{code, "MASO"},
    Alias{name, "HOTEN"},        Alias{name, "HOVATEN"},     Alias{name, "TEN"},        Alias{name, "NAME"},     Alias{amount, "SOTIEN"},
    Alias{amount, "AMOUNT"},     Alias{amount, "MUCHUONG"},  Alias{way, "HINHTHUC"},    Alias{way, "WAY"},       Alias{way, "HINHTHUCCHI"},
    Alias{bank, "NGANHANG"},     Alias{bank, "BANK"},        Alias{bank, "BIN"},        Alias{account, "SOTAIKHOAN"}, Alias{account, "STK"},
    Alias{account, "TAIKHOAN"},  Alias{account, "ACCOUNT"},
};
using Places = std::array<std::optional<std::size_t>, column_count>;

Places places_of(std::span<std::string const> head) {
    auto out = Places{};
    for (std::size_t i = 0; i < head.size(); ++i) {
        auto const folded = fold_for_match(head[i]);
        for (auto const& alias : aliases)
            if (alias.folded == folded && !out.at(alias.column)) out.at(alias.column) = i;
    }
    return out;
}

std::string trimmed(std::string_view text) {
    auto const first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1)};
}

/// `1.500.000`, `1,500,000`, `1 500 000`: thousands parted by one and the same sign, or none.
std::optional<Money> amount_of(std::string_view text) {
    std::string digits;
    auto parted = '\0';
    auto group = std::size_t{0};
    for (auto const c : text) {
        if (c >= '0' && c <= '9') {
            digits += c;
            ++group;
            continue;
        }
        auto const fits = (c == '.' || c == ',' || c == ' ') && (parted == '\0' ? group >= 1 && group <= 3 : parted == c && group == 3);
        if (!fits) return std::nullopt;
        parted = c;
        group = 0;
    }
    if (parted != '\0' && group != 3) return std::nullopt;
    if (digits.size() > 12) return std::nullopt;
    auto const parsed = parse_dong(digits);
    if (!parsed || !parsed->is_positive() || *parsed > most_in_one_transfer) return std::nullopt;
    return parsed;
}

std::string account_of(std::string_view text) {
    std::string out;
    for (auto const c : text)
        if (c != ' ' && c != '.' && c != '-') out += c;
    return out;
}

bool is_account(std::string_view text) {
    if (text.size() < 4 || text.size() > 19) return false;
    return text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

bool has_control(std::string_view text) {
    for (auto const c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return true;
    return false;
}

/// Where it is paid to; the first rule that is broken.
std::string_view check_way(ListRow& row, std::string_view said, std::string_view said_bank) {
    auto const folded = fold_for_match(said);
    if (folded == "TM" || folded == "TIENMAT" || folded == "CASH") row.way = Way::cash;
    else if (folded == "CK" || folded == "CHUYENKHOAN" || folded == "TRANSFER") row.way = Way::transfer;
    else if (folded.empty()) row.way = row.account.empty() ? Way::cash : Way::transfer;
    else return "way_unknown";
    if (row.way == Way::cash) {
        row.bin.clear();
        row.account.clear();
        return {};
    }
    if (row.account.empty()) return "account_missing";
    if (!is_account(row.account)) return "account_format";
    auto const* found = qr::find_bank(said_bank);
    if (found == nullptr) return "bank_unknown";
    row.bin = found->bin;
    return {};
}

std::string_view check(ListRow& row, std::string_view said_amount, std::string_view said_way, std::string_view said_bank) {
    if (row.code.empty()) return "code_missing";
    if (row.code.size() > 40 || has_control(row.code)) return "code_too_long";
    if (row.name.empty()) return "name_missing";
    if (row.name.size() > 240 || has_control(row.name)) return "name_too_long";
    auto const parsed = amount_of(said_amount);
    if (!parsed) return "amount_invalid";
    row.amount = *parsed;
    return check_way(row, said_way, said_bank);
}

/// Rows against those before them.
void compare(std::vector<ListRow>& rows) {
    auto codes = std::set<std::string>{};
    auto owners = std::map<std::pair<std::string, std::string>, std::size_t>{};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto& row = rows[i];
        if (!row.problem.empty()) continue;
        if (!codes.insert(row.code).second) {
            row.problem = "duplicate_in_file";
            continue;
        }
        if (row.way == Way::cash) continue;
        auto const [at, fresh] = owners.try_emplace({row.bin, row.account}, i);
        if (!fresh) row.warning = rows[at->second].warning = "account_shared";
    }
}

}  // namespace

Result<std::vector<ListRow>, FileProblem> read_list(std::string_view file) {
    auto places = std::optional<Places>{};
    auto rows = std::vector<ListRow>{};
    auto too_many = false;
    auto limits = sheet::Limits{};
    limits.rows_max = rows_max + 1;
    limits.columns_max = 64;
    limits.cell_bytes_max = 2'000;
    limits.unpacked_bytes_max = std::size_t{128} << 20U;
    auto const unreadable = sheet::for_each_row(file, limits, [&](std::size_t line, std::span<std::string const> cells) {
        if (!places) {
            places = places_of(cells);
            return places->at(code) && places->at(name) && places->at(amount);
        }
        if (rows.size() == rows_max) return !(too_many = true);
        auto const cell = [&](Column column) {
            auto const at = places->at(column);
            return at && *at < cells.size() ? trimmed(cells[*at]) : std::string{};
        };
        auto row = ListRow{};
        row.position = static_cast<int>(line);
        row.code = cell(code);
        row.name = cell(name);
        row.account = account_of(cell(account));
        row.problem = check(row, cell(amount), cell(way), cell(bank));
        // What broke its own rule is not kept as it is.
        if (row.problem == "code_too_long") row.code.clear();
        if (row.problem == "name_too_long") row.name.clear();
        rows.push_back(std::move(row));
        return true;
    });
    if (unreadable) return FileProblem{unreadable->code, unreadable->detail};
    if (too_many) return FileProblem{"too_many_rows", "A list has 50 000 rows at most"};
    if (!places) return FileProblem{"no_rows", "The file is empty"};
    for (auto const& [column, words] : {std::pair{code, "mã người hưởng"}, std::pair{name, "họ tên"}, std::pair{amount, "số tiền"}})
        if (!places->at(column)) return FileProblem{"column_missing", words};
    if (rows.empty()) return FileProblem{"no_rows", "The file has a head line and nothing else"};
    compare(rows);
    return rows;
}

}  // namespace choso::benefits
