#include "merchants/receipts/print.hpp"

#include "base/vietnamese.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/pdf/document.hpp"
#include "qr/symbol.hpp"

namespace choso::receipts {
namespace {

constexpr auto left_mm = 12.0, width_mm = 124.0, label_mm = 34.0;

/// One labelled line; returns where the next begins.
double field(pdf::Document& page, double y, std::string_view label, std::string_view value, bool bold = false) {
    if (value.empty()) return y;
    page.text(left_mm, y, label_mm, label, {.size_pt = 9.5, .colour = {0.3, 0.3, 0.3}});
    auto const height = page.text(left_mm + label_mm, y, width_mm - label_mm, value, {.size_pt = 10.5, .bold = bold});
    return y + std::max(height, 4.5) + 2;
}

void draw_code(pdf::Document& page, double y, std::string const& url) {
    auto const symbol = qr::encode(url);
    if (!symbol) return;
    page.symbol(left_mm + 2, y + 2, 28, static_cast<std::size_t>(symbol->side()),
                [&](std::size_t column, std::size_t row) { return symbol->is_dark(static_cast<int>(column), static_cast<int>(row)); });
    page.text(left_mm + 36, y + 4, width_mm - 36, "Quét mã để kiểm tra biên lai này có thật và còn giá trị, hoặc mở:", {.size_pt = 9});
    page.text(left_mm + 36, y + 13, width_mm - 36, url, {.size_pt = 8});
}

std::string title_of(Receipt const& receipt) { return receipt.cancels ? "BIÊN LAI ĐIỀU CHỈNH HUỶ" : "BIÊN LAI THU TIỀN"; }

}  // namespace

std::string page_url(Receipt const& receipt, std::string_view base_url) {
    return std::string{base_url} + "/bien-lai/" + crypto::SecretToken{receipt.id.bucket(), receipt.token}.text();
}

std::string amount_words(Money amount) {
    // "Âm" is no word for a receipt: what a counter-receipt takes back is named by its title.
    auto words = in_words(amount.is_negative() ? -amount : amount);
    auto const first = words.find(' ');
    auto const head = words.substr(0, first);
    static constexpr std::pair<std::string_view, std::string_view> capitals[] = {
        {"không", "Không"}, {"một", "Một"}, {"hai", "Hai"}, {"ba", "Ba"}, {"bốn", "Bốn"}, {"năm", "Năm"},
        {"sáu", "Sáu"},     {"bảy", "Bảy"}, {"tám", "Tám"}, {"chín", "Chín"}, {"mười", "Mười"}};
    for (auto const& [small, capital] : capitals)
        if (head == small) return std::string{capital} + (first == std::string::npos ? std::string{} : words.substr(first)) + " đồng";
    return words + " đồng";
}

std::string to_pdf(Shown const& shown, merchants::Directory const& directory, std::string_view base_url) {
    auto const& receipt = shown.receipt;
    auto const* merchant = directory.merchant(receipt.merchant);
    auto page = pdf::Document{title_of(receipt) + " " + number_text(receipt)};
    page.page(pdf::a5);
    auto y = 12.0;
    y += page.text(left_mm, y, width_mm, merchant != nullptr ? merchant->name : std::string{}, {.size_pt = 12, .bold = true}) + 1;
    if (!shown.issuer_tax_code.empty()) y += page.text(left_mm, y, width_mm, "Mã số thuế: " + shown.issuer_tax_code, {.size_pt = 9}) + 0.5;
    if (!shown.issuer_address.empty()) y += page.text(left_mm, y, width_mm, "Địa chỉ: " + shown.issuer_address, {.size_pt = 9}) + 0.5;
    y += 5;
    y += page.text(left_mm, y, width_mm, title_of(receipt), {.size_pt = 16, .bold = true, .align = pdf::Align::centre}) + 1;
    y += page.text(left_mm, y, width_mm, "Số: " + number_text(receipt), {.size_pt = 11, .bold = true, .align = pdf::Align::centre}) + 1;
    y += page.text(left_mm, y, width_mm, "Ngày " + to_page_time(receipt.issued_at), {.size_pt = 9, .align = pdf::Align::centre}) + 4;
    if (shown.cancelled_by) {
        y += page.text(left_mm, y, width_mm, "ĐÃ HUỶ – biên lai này không còn giá trị", {.size_pt = 13, .bold = true, .align = pdf::Align::centre, .colour = {0.7, 0, 0}}) + 4;
    }
    page.line(left_mm, y, left_mm + width_mm, y);
    y += 4;
    y = field(page, y, "Người nộp tiền", shown.payer, true);
    y = field(page, y, "Nội dung thu", receipt.what);
    y = field(page, y, receipt.cancels ? "Số tiền huỷ" : "Số tiền", with_dots(receipt.amount.is_negative() ? -receipt.amount : receipt.amount) + " ₫", true);
    y = field(page, y, "Bằng chữ", amount_words(receipt.amount));
    y = field(page, y, "Hình thức", receipt.way == Way::cash ? "Tiền mặt" : "Chuyển khoản");
    y = field(page, y, "Tiền đến lúc", to_page_time(receipt.occurred_at));
    if (receipt.cancels) y = field(page, y, "Lý do", receipt.reason == "payment_changed" ? "Khoản tiền đã thay đổi hoặc bị ngân hàng thu hồi" : receipt.reason);
    page.line(left_mm, y + 1, left_mm + width_mm, y + 1);
    draw_code(page, y + 4, page_url(receipt, base_url));
    if (merchant != nullptr && !merchant->live)
        page.text(left_mm, 200, width_mm, "CHẾ ĐỘ THỬ – không có tiền thật", {.size_pt = 9, .align = pdf::Align::centre, .colour = {0.5, 0.5, 0.5}});
    return page.finish();
}

}  // namespace choso::receipts
