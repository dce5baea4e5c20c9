#include "gateway/pages/texts.hpp"

#include <array>

#include "base/assert.hpp"

namespace choso::pages {
namespace {

struct Row {
    Text key;
    std::string_view vi;
    std::string_view en;
};

constexpr auto rows = std::to_array<Row>({
    {Text::site, "Chợ Số", "Chợ Số"},
    {Text::other_language, "English", "Tiếng Việt"},
    {Text::test_banner, "Trang thử: không có tiền thật", "Test page: no real money"},
    {Text::title_pay, "Trả tiền cho {payee}", "Pay {payee}"},
    {Text::title_sorry, "Trang trả tiền", "Payment page"},
    {Text::pay_to, "Trả tiền cho", "Pay to"},
    {Text::registered, "Tài khoản đã đăng ký, đứng tên {holder}", "Registered account, in the name of {holder}"},
    {Text::on_behalf_of, "Nộp cho: {name}", "On behalf of: {name}"},
    {Text::shared_among, "Tiền này trả cho", "This payment is for"},
    {Text::fee, "Phí dịch vụ: 0 ₫", "Service fee: 0 ₫"},
    {Text::amount_chosen, "Số tiền do bạn nhập", "You choose the amount"},
    {Text::amount_asked, "Số phải trả", "Amount asked"},
    {Text::amount_left, "Còn phải trả", "Left to pay"},
    {Text::of_total, "trên tổng {asked}", "of {asked}"},
    {Text::about, "Nội dung thu: {what}", "For: {what}"},
    {Text::pay_by, "Trả trước {time}", "Pay before {time}"},
    {Text::time_left, "Còn {time} để trả", "{time} left to pay"},
    {Text::left_minutes, "{n} phút", "{n} min"},
    {Text::left_seconds, "{n} giây", "{n} s"},
    {Text::reference, "Số tham chiếu", "Reference number"},
    {Text::lookup_number, "Số tra cứu", "Support number"},
    {Text::watching, "Trang này tự báo khi tiền đến. Bạn không cần gửi ảnh chuyển khoản.",
     "This page tells you when the money arrives. No need to send a screenshot."},
    {Text::watching_changes, "Trang này tự báo khi có thay đổi.", "This page tells you when something changes."},
    {Text::watching_plain, "Trang này tự tải lại mỗi {n} giây.", "This page reloads every {n} seconds."},
    {Text::qr_title, "Mã VietQR để chuyển khoản", "VietQR code for the transfer"},
    {Text::no_code, "Số tiền này vượt mức một lần chuyển nhanh 24/7 (499.999.999 ₫) nên không có mã QR. Hãy chuyển khoản thường theo các dòng dưới đây.",
     "This amount is above the limit of one instant transfer (499.999.999 ₫), so there is no QR code. Please make an ordinary transfer with the details below."},
    {Text::scan_hint, "Quét bằng app ngân hàng bất kỳ", "Scan with any bank app"},
    {Text::open_app, "Mở app ngân hàng", "Open your bank app"},
    {Text::open_app_hint, "App mở ra với sẵn số tài khoản, số tiền và nội dung. Đường dẫn đi qua dịch vụ VietQR.io.",
     "The app opens with account, amount and note filled in. The link goes through the service VietQR.io."},
    {Text::save_picture, "Lưu ảnh mã QR", "Save the QR picture"},
    {Text::save_picture_hint, "Rồi mở app ngân hàng, chọn quét QR, lấy ảnh này từ thư viện.", "Then open your bank app, choose scan QR, and take this picture from the gallery."},
    {Text::picture_help, "Không lưu được? Bấm vào đây, rồi nhấn giữ vào ảnh", "Cannot save? Tap here, then press and hold the picture"},
    {Text::picture_alt, "Ảnh mã QR: trả {amount} cho {payee}", "QR picture: pay {amount} to {payee}"},
    {Text::by_hand, "Hoặc tự nhập vào app ngân hàng", "Or type it into your bank app"},
    {Text::bank, "Ngân hàng", "Bank"},
    {Text::account_number, "Số tài khoản", "Account number"},
    {Text::account_holder, "Chủ tài khoản", "Account holder"},
    {Text::amount, "Số tiền", "Amount"},
    {Text::note, "Nội dung chuyển khoản", "Transfer note"},
    {Text::note_hint, "Giữ nguyên nội dung để chúng tôi nhận ra khoản tiền của bạn.", "Keep the note exactly, so that we recognise your money."},
    {Text::copy, "Chép", "Copy"},
    {Text::copied, "Đã chép: {what}", "Copied: {what}"},
    {Text::by_relative, "Nhờ người thân trả", "Ask a relative to pay"},
    {Text::by_relative_hint, "Gửi đường dẫn này hoặc ảnh mã QR. Người thân không cần tài khoản hay app riêng, và chỉ thấy tên đã che.",
     "Send this link or the QR picture. Your relative needs no account and no extra app, and sees masked names only."},
    {Text::share, "Gửi cho người thân", "Send to a relative"},
    {Text::share_title, "Nhờ trả giúp: {payee}", "Please pay for me: {payee}"},
    {Text::link, "Đường dẫn", "Link"},
    {Text::link_copied, "Đã chép đường dẫn", "Link copied"},
    {Text::back_to_seller, "Quay lại nơi bán", "Back to the seller"},
    {Text::refunds, "Hoàn tiền", "Refunds"},
    {Text::refund_proposed_word, "chờ duyệt", "waiting for approval"},
    {Text::refund_approved_word, "đã duyệt, chưa gửi", "approved, not sent yet"},
    {Text::refund_submitted_word, "đã gửi ngân hàng", "sent to the bank"},
    {Text::refund_succeeded_word, "đã trả về", "paid back"},
    {Text::refund_failed_word, "chưa trả được", "could not be paid back"},
    {Text::refund_unknown_word, "đang hỏi ngân hàng", "asking the bank"},
    {Text::none_so_far, "Chưa nhận được tiền.", "No money has arrived."},
    {Text::some_so_far, "Đã nhận {paid}; số tiền này được giữ nguyên.", "{paid} has arrived and is kept."},
    {Text::pay_rest, "tiền", "it"},
    {Text::why_cancelled, "Yêu cầu trả tiền này đã huỷ.", "This payment request was cancelled."},
    {Text::why_late, "Tiền đến sau hạn trả.", "The money came after the deadline."},
    {Text::why_returned, "Nơi thu trả lại tiền cho bạn.", "The payee returns the money to you."},

    {Text::waiting, "Đang chờ tiền", "Waiting for the money"},
    {Text::waiting_next, "Quét mã bằng app ngân hàng để trả.", "Scan the code with your bank app to pay."},
    {Text::time_passed, "Đã quá hạn trả", "The time to pay has passed"},
    {Text::time_passed_next, "Xin đừng chuyển nữa. Nếu bạn đã chuyển trước hạn, tiền không mất: hãy chờ vài phút, trang này sẽ báo.",
     "Please do not pay now. If you paid in time, the money is safe: wait a few minutes and this page will tell you."},
    {Text::part, "Đã nhận {paid}, còn thiếu {left}", "{paid} received, {left} still missing"},
    {Text::part_money, "Số tiền bạn đã chuyển được giữ nguyên.", "What you have paid is kept."},
    {Text::part_next, "Quét mã mới dưới đây để trả nốt {left}.", "Scan the new code below to pay the remaining {left}."},
    {Text::paid, "Đã nhận đủ {paid}", "Paid in full: {paid}"},
    {Text::paid_any, "Đã nhận {paid}", "Received: {paid}"},
    {Text::paid_money, "Tiền đã vào tài khoản của người nhận.", "The money has arrived in the payee's account."},
    {Text::paid_next, "Bạn không phải làm gì thêm. Hãy giữ số tham chiếu.", "Nothing more to do. Please keep the reference number."},
    {Text::over, "Đã nhận {paid}, thừa {over}", "{paid} received, {over} too much"},
    {Text::over_money, "Tiền đã vào tài khoản của người nhận, nhiều hơn số phải trả {over}.", "The money has arrived, {over} more than was asked."},
    {Text::over_next, "Phần thừa không mất. Hãy liên hệ {payee}, đọc số tham chiếu để nhận lại.",
     "The excess is not lost. Please contact {payee} and give the reference number to get it back."},
    {Text::twice, "Đã trả nhiều hơn một lần: nhận {paid}, thừa {over}", "Paid more than once: {paid} received, {over} too much"},
    {Text::twice_money, "Các khoản đều đã vào tài khoản của người nhận.", "All of it has arrived in the payee's account."},
    {Text::twice_next, "Xin đừng chuyển nữa. Khoản trả lặp không mất: hãy liên hệ {payee}, đọc số tham chiếu để nhận lại {over}.",
     "Please do not pay again. Nothing is lost: contact {payee} and give the reference number to get {over} back."},
    {Text::late_held, "Đã nhận {paid} sau hạn", "{paid} received after the deadline"},
    {Text::late_held_money, "Tiền đã đến và được giữ.", "The money has arrived and is kept."},
    {Text::late_held_next, "{payee} sẽ quyết định nhận hay hoàn lại; trang này báo kết quả. Xin đừng chuyển lần nữa.",
     "{payee} will decide whether to accept or return it; this page will tell. Please do not pay again."},
    {Text::late_accepted, "Đã nhận đủ {paid}, sau hạn", "Paid in full after the deadline: {paid}"},
    {Text::late_accepted_money, "Tiền đã vào tài khoản của người nhận và được chấp nhận.", "The money has arrived and is accepted."},
    {Text::late_accepted_next, "Bạn không phải làm gì thêm. Hãy giữ số tham chiếu.", "Nothing more to do. Please keep the reference number."},
    {Text::expired, "Đã hết hạn", "Expired"},
    {Text::expired_money, "Chưa nhận được tiền nào.", "No money has arrived."},
    {Text::expired_next, "Xin đừng chuyển theo mã cũ. Muốn trả, hãy xin {payee} một mã mới.",
     "Please do not use the old code. To pay, ask {payee} for a new one."},
    {Text::expired_part, "Đã hết hạn: nhận {paid}, còn thiếu {left}", "Expired: {paid} received, {left} missing"},
    {Text::expired_part_money, "Số tiền bạn đã chuyển được giữ nguyên.", "What you have paid is kept."},
    {Text::expired_part_next, "Hãy liên hệ {payee}, đọc số tham chiếu để trả nốt hoặc nhận lại. Xin đừng chuyển theo mã cũ.",
     "Please contact {payee} with the reference number to pay the rest or get it back. Do not use the old code."},
    {Text::cancelled, "Đã huỷ", "Cancelled"},
    {Text::cancelled_money, "Không có khoản tiền nào được giữ.", "No money is held."},
    {Text::cancelled_next, "Xin đừng chuyển theo mã cũ. Muốn trả, hãy xin {payee} một mã mới.",
     "Please do not use the old code. To pay, ask {payee} for a new one."},
    {Text::not_needed, "Mã này không còn phải nộp", "Nothing is to be paid with this code"},
    {Text::not_needed_next, "Xin đừng chuyển theo mã này: khoản trong đó đã được nộp cách khác, hoặc {payee} không thu nữa. Muốn biết còn khoản nào, hãy tra cứu lại ở trang Nộp phí.",
     "Please do not use this code: something in it was paid another way, or {payee} asks for it no more. To see what is left, look it up again on the fees page."},
    {Text::refund_proposed, "Sẽ hoàn lại {back}", "{back} will be returned"},
    {Text::refund_proposed_money, "{why} Tiền của bạn đang được giữ ở tài khoản nhận.", "{why} Your money is held in the receiving account."},
    {Text::refund_proposed_next, "Nơi thu phải duyệt trước khi chuyển trả; trang này báo từng bước. Xin đừng chuyển lần nữa.",
     "The payee must approve before it is sent; this page tells each step. Please do not pay again."},
    {Text::refund_approved, "Đã duyệt hoàn lại {back}", "Return of {back} approved"},
    {Text::refund_approved_money, "{why} Tiền chưa rời tài khoản nhận.", "{why} The money has not left the receiving account yet."},
    {Text::refund_approved_next, "Lệnh chuyển trả sắp được gửi ngân hàng. Bạn không phải làm gì thêm.",
     "The transfer will be sent to the bank soon. Nothing more to do."},
    {Text::refund_sent, "Đang hoàn lại {back}", "{back} is on its way back"},
    {Text::refund_sent_money, "{why} Lệnh chuyển trả đã gửi ngân hàng.", "{why} The transfer was sent to the bank."},
    {Text::refund_sent_next, "Ngân hàng đang xử lý; trang này báo khi xong. Bạn không phải làm gì thêm.",
     "The bank is working on it; this page tells when it is done. Nothing more to do."},
    {Text::refund_in_doubt, "Đang hỏi ngân hàng về {back} hoàn lại", "Asking the bank about the {back} to be returned"},
    {Text::refund_in_doubt_money, "{why} Ngân hàng chưa cho biết tiền đã được chuyển trả hay chưa.",
     "{why} The bank has not told yet whether the money was sent back."},
    {Text::refund_in_doubt_next, "Chúng tôi hỏi cho đến khi rõ và không gửi hai lần. Bạn không phải làm gì thêm.",
     "We keep asking until it is clear, and never send twice. Nothing more to do."},
    {Text::refund_done, "Đã hoàn lại {back}", "{back} returned"},
    {Text::refund_done_money, "{why} Tiền đã được chuyển trả cho bạn.", "{why} The money was sent back to you."},
    {Text::refund_done_next, "Hãy xem app ngân hàng của bạn. Nếu không thấy tiền, liên hệ {payee} và đọc số tham chiếu.",
     "Please look in your bank app. If it is not there, contact {payee} with the reference number."},
    {Text::refund_failed, "Chưa hoàn lại được {back}", "{back} could not be returned yet"},
    {Text::refund_failed_money, "{why} Lệnh hoàn tiền không thành; tiền của bạn vẫn được giữ ở tài khoản nhận.",
     "{why} The refund did not go through; your money is still held in the receiving account."},
    {Text::refund_failed_next, "Hãy liên hệ {payee}, đọc số tham chiếu để nhận lại tiền bằng cách khác.",
     "Please contact {payee} with the reference number to get it back another way."},
    {Text::reversed, "Ngân hàng đã thu hồi {taken}", "The bank took {taken} back"},
    {Text::reversed_next, "Khoản đã chuyển bị ngân hàng thu hồi: hãy hỏi ngân hàng của bạn. Muốn trả {left}, quét mã dưới đây.",
     "The transfer was taken back: please ask your bank. To pay {left}, scan the code below."},
    {Text::reversed_ended_next, "Khoản đã chuyển bị ngân hàng thu hồi: hãy hỏi ngân hàng của bạn. Yêu cầu này đã hết hạn; muốn trả, hãy xin {payee} một mã mới.",
     "The transfer was taken back: please ask your bank. This request has expired; to pay, ask {payee} for a new code."},
    {Text::unavailable, "Tạm thời chưa xem được", "Not available at the moment"},
    {Text::unavailable_money, "Chưa rõ tiền đã đến hay chưa. Tiền bạn đã chuyển không mất.",
     "We cannot see at the moment whether your money has arrived. What you have paid is not lost."},
    {Text::unavailable_next, "Xin đừng chuyển lần nữa. Trang tự mở lại sau ít giây.", "Please do not pay again. The page opens again in a few seconds."},
    {Text::not_found, "Không tìm thấy yêu cầu trả tiền", "Payment request not found"},
    {Text::not_found_money, "Trang này không nhận khoản tiền nào.", "This page has taken no money."},
    {Text::not_found_next, "Hãy xem lại đường dẫn, hoặc xin nơi thu gửi lại. Xin đừng chuyển tiền khi chưa thấy tên người nhận.",
     "Please check the link, or ask the payee to send it again. Do not transfer money before you see the payee's name."},
});

constexpr bool is_whole() {
    if (rows.size() != static_cast<std::size_t>(Text::end_of_texts)) return false;
    for (auto i = std::size_t{0}; i < rows.size(); ++i)
        if (rows.at(i).key != static_cast<Text>(i) || rows.at(i).vi.empty() || rows.at(i).en.empty()) return false;
    return true;
}
static_assert(is_whole(), "each Text has one row, in the order of the enum, in both languages");

}  // namespace

std::string_view text(Language language, Text key) {
    auto const& row = rows.at(static_cast<std::size_t>(key));
    return language == Language::en ? row.en : row.vi;
}

std::string filled(std::string_view pattern, Fill const* fills, std::size_t count) {
    std::string out;
    while (true) {
        auto const open = pattern.find('{');
        out += pattern.substr(0, open);
        if (open == std::string_view::npos) return out;
        auto const close = pattern.find('}', open);
        CHOSO_ASSERT(close != std::string_view::npos);
        auto const name = pattern.substr(open + 1, close - open - 1);
        auto const* fill = fills;
        while (fill != fills + count && fill->name != name) ++fill;
        CHOSO_ASSERT(fill != fills + count);
        out += fill->value;
        pattern.remove_prefix(close + 1);
    }
}

std::string filled(Language language, Text key, Fills fills) { return filled(text(language, key), fills.begin(), fills.size()); }

}  // namespace choso::pages
