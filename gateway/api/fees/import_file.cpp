// A file's rows as bills or payers, each refusal with its row.
#include <set>

#include "base/vietnamese.hpp"
#include "gateway/api/fees/import.hpp"
#include "platform/sheet/sheet.hpp"

namespace choso::api::fees {
namespace {

using Cells = std::span<std::string const>;

/// `Họ và tên` and `ho_ten` are one head: folded, letters and digits only, by its synonyms.
std::string head_of(std::string_view cell) {
    auto const folded = fold_for_match(cell);
    static auto const synonyms = std::map<std::string, std::string, std::less<>>{
        {"MA", "ma"}, {"MAHOCSINH", "ma"}, {"MABENHNHAN", "ma"}, {"MAKHACHHANG", "ma"}, {"CODE", "ma"}, {"HOTEN", "ho_ten"}, {"HOVATEN", "ho_ten"},
        {"NAME", "ho_ten"}, {"DIENTHOAI", "dien_thoai"}, {"SODIENTHOAI", "dien_thoai"}, {"PHONE", "dien_thoai"}, {"LOP", "lop"}, {"KHOA", "lop"},
        {"DONVI", "lop"}, {"UNIT", "lop"}, {"DOITUONG", "doi_tuong"}, {"NGUOIGIAMHO", "nguoi_giam_ho"}, {"PHUHUYNH", "nguoi_giam_ho"},
        {"DTGIAMHO", "dt_giam_ho"}, {"DIENTHOAIPHUHUYNH", "dt_giam_ho"}, {"KHOANTHU", "khoan_thu"}, {"ITEM", "khoan_thu"}, {"NOIDUNG", "noi_dung"},
        {"SOLUONG", "so_luong"}, {"QUANTITY", "so_luong"}, {"SOTIEN", "so_tien"}, {"AMOUNT", "so_tien"}, {"HAN", "han"}, {"HANNOP", "han"}, {"DUE", "han"},
        {"MAPHIEU", "ma_phieu"}, {"TIEUDE", "tieu_de"}, {"TRAMOTPHAN", "tra_mot_phan"}};
    auto const at = synonyms.find(folded);
    return at == synonyms.end() ? std::string{} : at->second;
}

struct Head {
    std::map<std::string, std::size_t, std::less<>> columns;
    std::vector<std::pair<std::size_t, std::string>> amounts;  ///< columns of `khoan: NAME`
};

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

Head read_head(Cells cells) {
    auto out = Head{};
    for (std::size_t n = 0; n < cells.size(); ++n) {
        auto const cell = trimmed(cells[n]);
        auto const colon = cell.find(':');
        if (colon != std::string_view::npos && fold_for_match(cell.substr(0, colon)) == "KHOAN") out.amounts.emplace_back(n, trimmed(cell.substr(colon + 1)));
        else if (auto head = head_of(cell); !head.empty()) out.columns.emplace(std::move(head), n);
    }
    return out;
}

/// Dots, blanks and a unit are how people write amounts.
std::optional<Money> amount_of(std::string_view text) {
    auto digits = std::string{};
    for (auto const c : text) {
        if (c >= '0' && c <= '9') digits += c;
        else if (c != '.' && c != ',' && c != ' ') return std::nullopt;
    }
    auto const first = digits.find_first_not_of('0');
    if (first == std::string::npos || digits.size() - first > 11) return std::nullopt;
    return parse_dong(std::string_view{digits}.substr(first));
}

/// `2026-12-31` or `31/12/2026`.
std::optional<std::string> day_of(std::string_view text) {
    if (parse_day(text.substr(0, std::min<std::size_t>(text.size(), 10)))) return std::string{text.substr(0, 10)};
    if (text.size() != 10 || text[2] != '/' || text[5] != '/') return std::nullopt;
    auto day = std::string{text.substr(6, 4)} + "-" + std::string{text.substr(3, 2)} + "-" + std::string{text.substr(0, 2)};
    if (!parse_day(day)) return std::nullopt;
    return day;
}

class Reader {
 public:
    Reader(ReadFile& out, bool of_bills, Known const& known, std::string_view day) : out_{out}, of_bills_{of_bills}, known_{known}, day_{day} {}

    bool take(std::size_t number, Cells cells) {
        auto const row = static_cast<std::int32_t>(number);
        if (!head_) {
            head_ = read_head(cells);
            if (!head_->columns.contains("ma")) return fail(row, "ma", "dòng đầu phải có cột ma"), false;
            if (of_bills_ && !head_->columns.contains("so_tien") && !head_->columns.contains("khoan_thu") && head_->amounts.empty())
                return fail(row, "so_tien", "phải có cột so_tien, khoan_thu hoặc cột khoan: TÊN"), false;
            return true;
        }
        ++out_.rows;
        auto payer = bills::PayerRow{};
        if (!read_payer(row, cells, payer)) return true;
        if (of_bills_) read_bill(row, cells, payer);
        else if (!codes_.insert(payer.code).second) fail(row, "ma", "mã lặp lại trong tệp");
        else out_.payers.push_back(std::move(payer));
        return true;
    }

 private:
    void fail(std::int32_t row, std::string field, std::string rule) { out_.errors.push_back({row, std::move(field), std::move(rule)}); }

    [[nodiscard]] std::string_view cell(Cells cells, std::string_view name) const {
        auto const at = head_->columns.find(name);
        return at == head_->columns.end() || at->second >= cells.size() ? std::string_view{} : trimmed(cells[at->second]);
    }

    bool read_payer(std::int32_t row, Cells cells, bills::PayerRow& out) {
        auto const has_control = [](std::string_view text) { return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }); };
        out.code = cell(cells, "ma");
        out.name = cell(cells, "ho_ten");
        out.unit_code = cell(cells, "lop");
        if (out.code.empty() || out.code.size() > 64 || has_control(out.code)) return fail(row, "ma", "phải có 1–64 ký tự"), false;
        if (out.name.size() > 200 || has_control(out.name)) return fail(row, "ho_ten", "quá dài"), false;
        auto const is_unit = [&](auto const& unit) { return unit.code == out.unit_code; };
        if (!out.unit_code.empty() && std::none_of(known_.units.begin(), known_.units.end(), is_unit)) return fail(row, "lop", "chưa có lớp hoặc đơn vị này"), false;
        for (auto const* field : {"dien_thoai", "dt_giam_ho"}) {
            auto text = std::string{cell(cells, field)};
            if (text.empty()) continue;
            // Spreadsheets drop the zero in front.
            if (text.size() == 9 && text.front() != '0') text.insert(0, "0");
            auto const phone = bills::phone_of(text);
            if (!phone) return fail(row, field, "phải là số điện thoại Việt Nam"), false;
            if (std::string_view{field} == "dien_thoai") out.phone = *phone;
            else out.guardians.push_back({std::string{cell(cells, "nguoi_giam_ho")}, *phone, ""});
        }
        auto words = cell(cells, "doi_tuong");
        while (!words.empty()) {
            auto const end = std::min(words.find_first_of(",;"), words.size());
            if (auto const word = trimmed(words.substr(0, end)); !word.empty()) out.categories.emplace_back(word);
            words.remove_prefix(std::min(end + 1, words.size()));
        }
        return true;
    }

    void read_bill(std::int32_t row, Cells cells, bills::PayerRow const& payer) {
        auto asked = AskedBill{};
        asked.payer.code = payer.code;
        asked.payer.name = payer.name;
        asked.payer.phone = payer.phone;
        asked.unit = payer.unit_code;
        asked.code = cell(cells, "ma_phieu");
        asked.title = cell(cells, "tieu_de");
        asked.partial = !cell(cells, "tra_mot_phan").empty() && cell(cells, "tra_mot_phan") != "0";
        if (auto const text = cell(cells, "han"); !text.empty()) {
            auto const due = day_of(text);
            if (!due) return fail(row, "han", "phải là ngày YYYY-MM-DD hoặc DD/MM/YYYY");
            asked.due = *due;
        }
        for (auto const& [column, name] : head_->amounts) {
            auto const text = column < cells.size() ? trimmed(cells[column]) : std::string_view{};
            if (text.empty() || text == "0") continue;
            if (!add_line(row, "khoan: " + name, name, "", text, 1, asked)) return;
        }
        auto items = std::vector<std::string>{};
        for (auto words = cell(cells, "khoan_thu"); !words.empty();) {
            auto const end = std::min(words.find(';'), words.size());
            if (auto const word = trimmed(words.substr(0, end)); !word.empty()) items.emplace_back(word);
            words.remove_prefix(std::min(end + 1, words.size()));
        }
        auto const amount = cell(cells, "so_tien");
        if (items.size() > 1 && !amount.empty()) return fail(row, "so_tien", "chỉ nêu khi có một khoản thu");
        auto quantity = std::int32_t{1};
        if (auto const text = cell(cells, "so_luong"); !text.empty()) {
            auto const number = parse_dong(text);
            if (!number || !number->is_positive() || number->dong() > 1'000'000) return fail(row, "so_luong", "phải là số nguyên từ 1");
            quantity = static_cast<std::int32_t>(number->dong());
        }
        auto const what = std::string{items.size() > 1 ? std::string_view{} : cell(cells, "noi_dung")};
        if (items.empty() && !amount.empty()) items.emplace_back();
        for (auto const& item : items)
            if (!add_line(row, "so_tien", what.empty() && item.empty() ? "Khoản thu" : what, item, amount, quantity, asked)) return;
        if (asked.lines.empty()) return fail(row, "so_tien", "không có khoản nào phải nộp");
        if (asked.code.size() > 64) return fail(row, "ma_phieu", "phải có 1–64 ký tự");
        if (asked.title.size() > 150) return fail(row, "tieu_de", "phải có nhiều nhất 150 ký tự");
        if (!asked.code.empty() && !codes_.insert(asked.code).second) return fail(row, "ma_phieu", "mã lặp lại trong tệp");
        if (auto const problem = price(asked.lines, known_.items, day_)) return fail(row, "khoan_thu", problem->detail.vi);
        out_.bills.push_back({row, std::move(asked)});
    }

    bool add_line(std::int32_t row, std::string const& field, std::string name, std::string item, std::string_view text, std::int32_t quantity, AskedBill& asked) {
        auto line = bills::Line{};
        line.name = std::move(name);
        line.item_code = std::move(item);
        line.quantity = quantity;
        if (!text.empty()) {
            auto const amount = amount_of(text);
            if (!amount) return fail(row, field, "phải là số tiền nguyên từ 1 đồng"), false;
            line.amount = *amount;
        }
        asked.lines.push_back(std::move(line));
        return true;
    }

    ReadFile& out_;
    bool of_bills_;
    Known const& known_;
    std::string_view day_;
    std::optional<Head> head_;
    std::set<std::string, std::less<>> codes_;
};

}  // namespace

ReadFile read_file(std::string_view file, bool of_bills, Known const& known, std::string_view day) {
    auto out = ReadFile{};
    auto reader = Reader{out, of_bills, known, day};
    auto limits = sheet::Limits{};
    limits.rows_max = 200'000;
    auto const problem = sheet::for_each_row(file, limits, [&](std::size_t row, Cells cells) { return reader.take(row, cells); });
    if (problem) out.errors.push_back({static_cast<std::int32_t>(problem->row), problem->code, "tệp không đọc được: " + problem->code});
    return out;
}

}  // namespace choso::api::fees
