#include "gateway/api/benefits.hpp"

#include <array>

#include "base/vietnamese.hpp"
#include "gateway/api/body.hpp"
#include "merchants/benefits/list_file.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/sheet/sheet.hpp"

namespace choso::api {
namespace {

bool is_programme(std::string_view text) {
    if (text.empty() || text.size() > 32) return false;
    return text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == std::string_view::npos;
}

bool is_period(std::string_view text) { return text.size() == 7 && parse_day(std::string{text} + "-01").has_value(); }

bool is_plain(std::string_view text) {
    for (auto const c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
    return is_valid_utf8(text);
}

Problem of_file(benefits::FileProblem const& problem) {
    if (problem.code == "column_missing") return invalid("file", {"Thiếu cột: " + problem.detail, "A column is missing: " + problem.detail});
    if (problem.code == "too_many_rows") return invalid("file", {"Tệp có quá 50.000 dòng", "The file has more than 50 000 rows"});
    if (problem.code == "no_rows") return invalid("file", {"Tệp không có dòng nào", "The file has no rows"});
    return invalid("file", {"Không đọc được tệp CSV hoặc XLSX (" + problem.code + ")", "The file is no readable CSV or XLSX: " + problem.code});
}

void figure(json::Writer& json, std::string_view name, benefits::Figure const& of) {
    json.key(name).object().member("people", of.people).member("amount", of.amount).end();
}

}  // namespace

Result<std::unique_ptr<benefits::ImportBenefits>, Problem> to_command(SentList const& sent, Maker const& maker, postgres::Connection& connection, Instant now) {
    auto const* office = maker.merchant(MerchantId::parse(sent.merchant));
    if (office == nullptr) return Problem{Code::not_found, "merchant"};
    auto const& directory = *maker.directory;
    auto const* collector = directory.collector(office->collector);
    if (collector == nullptr || collector->mode == payments::CollectorMode::direct) return Problem{Code::collector_is_direct, "merchant"};
    auto const* account = directory.account_for(*office, nullptr);
    if (account == nullptr) return Problem{Code::bank_account_invalid, "merchant"};
    if (!is_programme(sent.programme))
        return invalid("programme", {"Mã chương trình gồm 1–32 chữ cái, chữ số, dấu chấm hoặc gạch", "programme has 1 to 32 letters, digits, dots or dashes"});
    if (!is_period(sent.period)) return invalid("period", {"Kỳ chi phải là YYYY-MM", "period must be YYYY-MM"});
    if (sent.programme_name.size() > 200 || !is_plain(sent.programme_name) || sent.file_name.size() > 200 || !is_plain(sent.file_name))
        return invalid("name", {"Tên dài quá 200 byte hoặc có ký tự điều khiển", "A name is longer than 200 bytes or has control characters"});
    auto rows = benefits::read_list(sent.file);
    if (!rows) return of_file(rows.error());
    benefits::mark_changed_accounts(connection, collector->bucket, office->id, sent.programme, rows.value());

    auto out = std::make_unique<benefits::ImportBenefits>();
    out->id = BenefitListId::make(collector->bucket, now);
    out->programme = ProgrammeId::make(collector->bucket, now);
    out->programme_code = sent.programme;
    out->programme_name = sent.programme_name.empty() ? sent.programme : sent.programme_name;
    out->merchant = office->id;
    out->account = account->id;
    out->live = office->live;
    out->period = sent.period;
    out->file_name = sent.file_name;
    out->file_hash = crypto::as_text(crypto::sha256(sent.file));
    out->rows = std::move(rows).value();
    for (std::size_t i = 0; i < out->rows.size(); ++i) out->ids.push_back(BenefitItemId::make(collector->bucket, now));
    out->actor = maker.actor;
    return out;
}

std::string to_json(benefits::Shown const& shown, std::vector<benefits::Unpaid> const& unpaid) {
    auto const& list = shown.list;
    std::string out;
    auto json = json::Writer{out};
    json.object().member("id", list.id.text()).member("merchant", list.merchant.text()).member("programme", shown.programme_code);
    json.member("programme_name", shown.programme_name).member("period", list.period).member("status", benefits::word(list.status));
    json.member("file_name", list.file_name).member("rows", list.rows_all).member("people", list.rows_good).member("problems", shown.problems);
    json.member("warnings", shown.warnings).member("amount", list.amount).member("cash_amount", list.cash_amount);
    figure(json, "paid", shown.paid);
    figure(json, "under_way", shown.under_way);
    figure(json, "unpaid", shown.unpaid);
    figure(json, "waiting", shown.waiting);
    figure(json, "cash_paid", shown.cash_paid);
    figure(json, "cash_open", shown.cash_open);
    figure(json, "cash_not_collected", shown.cash_not_collected);
    json.key("unpaid_by_reason").array();
    for (auto const& each : unpaid)
        json.object().member("state", each.state).member("reason", each.reason).member("people", each.figure.people).member("amount", each.figure.amount).end();
    json.end().member("created_at", to_rfc3339(list.created_at));
    if (list.decided_at) json.member("decided_at", to_rfc3339(*list.decided_at));
    else json.key("decided_at").null();
    json.end();
    return out;
}

std::string reason_words(std::string_view state, std::string_view reason, bool english) {
    struct Row {
        std::string_view word, vi, en;
    };
    static constexpr auto states = std::array{
        Row{"waiting", "Chờ chi", "Waiting"},        Row{"under_way", "Đang chuyển", "Under way"},
        Row{"paid", "Đã chi", "Paid"},               Row{"returned", "Ngân hàng hoàn lại", "Returned by the bank"},
        Row{"failed", "Chi không thành", "Failed"},  Row{"cash_open", "Chờ nhận tiền mặt", "Cash, not collected yet"},
        Row{"cash_paid", "Đã nhận tiền mặt", "Cash collected"}, Row{"cash_not_collected", "Không đến nhận tiền mặt", "Cash was not collected"},
        Row{"account_closed", "tài khoản đã đóng", "account closed"}, Row{"never_arrived", "ngân hàng không nhận được lệnh", "the order never arrived"},
        Row{"account_not_found", "không có tài khoản này", "no such account"}, Row{"name_differs", "tên chủ tài khoản không khớp", "the holder's name differs"},
        Row{"destination_erased", "thông tin người nhận đã bị xoá", "the recipient was erased"},
    };
    auto const say = [&](std::string_view word) {
        for (auto const& row : states)
            if (row.word == word) return std::string{english ? row.en : row.vi};
        return std::string{word};
    };
    if (state == "refused") return std::string{english ? benefits::words_of(reason).en : benefits::words_of(reason).vi};
    return reason.empty() ? say(state) : say(state) + ": " + say(reason);
}

std::string to_csv(std::vector<benefits::Line> const& lines) {
    std::string out = "\xEF\xBB\xBF";
    auto const row = [&out](std::vector<std::string> const& cells) { sheet::append_csv_row(out, cells); };
    row({"Dòng", "Mã người hưởng", "Họ tên", "Số tiền", "Hình thức", "Ngân hàng", "Số tài khoản", "Tình trạng", "Lý do", "Lưu ý"});
    for (auto const& [item, name, bin, account, state, reason] : lines) {
        auto const why = item.problem.empty() ? reason : item.problem;
        row({std::to_string(item.position), item.code, name, std::to_string(item.amount.dong()), item.way == benefits::Way::cash ? "TM" : "CK", bin, account, state,
             state == "paid" || state == "waiting" || state == "under_way" ? "" : reason_words(state, why, false), std::string{benefits::words_of(item.warning).vi}});
    }
    return out;
}

}  // namespace choso::api
