#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gateway/api/fees/body.hpp"

/// Files of payers and of bills: looked through whole before anything is made of them, then worked off row by row.
namespace choso::api::fees {

struct RowError {
    std::int32_t row = 0;  ///< in the file, from 1
    std::string field, rule;
};
struct BillRow {
    std::int32_t row = 0;
    AskedBill asked;
};
/// What a file says. Bad rows are told and left out; a file whose head is not understood has only an error of row 1.
struct ReadFile {
    std::vector<bills::PayerRow> payers;
    std::vector<BillRow> bills;
    std::vector<RowError> errors;
    std::int32_t rows = 0;
};
/// CSV or XLSX, by content. Heads, in any order, with or without accents: `ma`, `ho_ten`, `dien_thoai`, `lop`, `doi_tuong`,
/// `nguoi_giam_ho`, `dt_giam_ho`; of bills also `khoan_thu` (catalogue codes, parted by `;`), `noi_dung`, `so_luong`, `so_tien`, `han`,
/// `ma_phieu`, `tieu_de`, `tra_mot_phan`; a head `khoan: NAME` is an amount for that line, empty for those who do not owe it.
[[nodiscard]] ReadFile read_file(std::string_view file, bool of_bills, Known const& known, std::string_view day);

struct ImportView {
    ImportId id;
    MerchantId merchant;
    std::string kind, state, file_name, problem;
    std::int32_t all = 0, good = 0, done = 0, failed = 0;
};
/// As the API shows it.
[[nodiscard]] std::string import_json(ImportView const& view);
/// Keeps the file and its errors; nothing is made of it yet.
[[nodiscard]] ImportView keep_import(postgres::Connection& connection, Payee const& payee, payments::Actor const& actor, bool of_bills, std::string_view name,
                                     std::string_view file, Instant now);
[[nodiscard]] std::optional<ImportView> find_import(postgres::Connection& connection, ImportId id);
/// False if it was started before, or is nothing to start.
[[nodiscard]] bool start_import(postgres::Connection& connection, ImportId id);
/// As a file to be mended: row, field, rule, then the row as it was sent.
[[nodiscard]] std::string errors_csv(postgres::Connection& connection, ImportId id);

/// Works off what was started, whoever started it: one file at a time, leased, so that a process that dies is followed by
/// another; each row is an order with a key of its own, so that a row that was done is not done twice. A file is erased when all
/// of it is done; one with faults, or that nobody confirmed, after a week.
class Importer {
 public:
    Importer(Edge& edge, std::string database_url);
    Importer(Importer const&) = delete;
    Importer& operator=(Importer const&) = delete;
    /// Leaves the file it has in hand to the next.
    ~Importer();

 private:
    void run();
    void erase_old(postgres::Connection& connection);
    [[nodiscard]] bool work_off_one(postgres::Connection& connection);
    void issue_rows(postgres::Connection& connection, ImportId id, Payee const& payee, payments::Actor const& actor, ReadFile const& file);
    [[nodiscard]] bool stopping();

    Edge& edge_;
    std::string database_url_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    Instant erase_again_{};  ///< the thread's own
    std::thread thread_;
};

[[nodiscard]] http::Handler create_import(Edge& edge);
[[nodiscard]] http::Handler get_import(Edge& edge);
[[nodiscard]] http::Handler get_import_errors(Edge& edge);
[[nodiscard]] http::Handler confirm_import(Edge& edge);

}  // namespace choso::api::fees
