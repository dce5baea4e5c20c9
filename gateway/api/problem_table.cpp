#include <algorithm>
#include <array>

#include "base/assert.hpp"
#include "gateway/api/problem.hpp"

namespace choso::api {
namespace {

constexpr bool retry = true;
constexpr bool never = false;

constexpr ProblemKind table[] = {
    {Code::bad_request, "bad_request", 400, never, "no", "Yêu cầu không hợp lệ", "The request is malformed"},
    {Code::body_invalid, "body_invalid", 400, never, "no", "Nội dung không phải JSON hợp lệ", "The body is not valid JSON"},
    {Code::unknown_field, "unknown_field", 400, never, "no", "Có trường không được biết", "A field is not known"},
    {Code::idempotency_key_missing, "idempotency_key_missing", 400, never, "no", "Thiếu tiêu đề Idempotency-Key",
     "The Idempotency-Key header is missing"},
    {Code::idempotency_key_invalid, "idempotency_key_invalid", 400, never, "no",
     "Idempotency-Key phải có 1–255 ký tự ASCII in được", "Idempotency-Key must be 1–255 printable ASCII characters"},
    {Code::cursor_invalid, "cursor_invalid", 400, never, "no", "Con trỏ không hợp lệ: hãy dùng giá trị `next` đã nhận",
     "The cursor is not valid: use a `next` that was given"},
    {Code::parameter_invalid, "parameter_invalid", 400, never, "no", "Tham số không hợp lệ", "A query parameter is not valid"},
    {Code::unauthorized, "unauthorized", 401, never, "no", "Thiếu khoá truy cập hoặc khoá không đúng",
     "The credential is missing or wrong"},
    {Code::sign_in_needed, "sign_in_needed", 401, never, "no", "Chưa đăng nhập hoặc phiên đã hết", "Not signed in, or the session is over"},
    {Code::credentials_wrong, "credentials_wrong", 401, never, "no", "Tên đăng nhập hoặc mật khẩu không đúng",
     "The user name or the password is wrong"},
    {Code::code_wrong, "code_wrong", 401, never, "no", "Mã không đúng, đã dùng hoặc đã hết hạn", "The code is wrong, used or out of date"},
    {Code::signature_stale, "signature_stale", 401, never, "no", "Chữ ký đã quá 5 phút", "The signature is older than 5 minutes"},
    {Code::session_missing, "session_missing", 401, never, "no", "Chưa mở quầy: hãy mở đường dẫn của sạp",
     "There is no stall session: open the stall's link"},
    {Code::ticket_invalid, "ticket_invalid", 401, never, "no", "Vé đã dùng hoặc đã hết hạn", "The ticket was used or has expired"},
    {Code::scope_missing, "scope_missing", 403, never, "no", "Khoá không có quyền này", "The key lacks the scope for this"},
    {Code::account_not_allowed, "account_not_allowed", 403, never, "no", "Nguồn báo không được nói thay tài khoản này",
     "The feed may not speak for this account"},
    {Code::approver_must_be_person, "approver_must_be_person", 403, never, "no", "Chỉ người đã đăng nhập mới được duyệt, không phải khoá API",
     "Only a person who is signed in may decide, never an API key"},
    {Code::second_factor_needed, "second_factor_needed", 403, never, "no", "Hãy xác thực lại bước hai rồi duyệt",
     "Give the second factor again, then approve"},
    {Code::approver_is_maker, "approver_is_maker", 403, never, "no", "Người đề nghị không được tự duyệt",
     "Who proposed it may not approve it"},
    {Code::form_expired, "form_expired", 403, never, "no", "Trang đã cũ, hãy tải lại", "The page is out of date: reload it"},
    {Code::second_factor_due, "second_factor_due", 403, never, "no", "Còn một bước xác thực nữa", "The second step of signing in is still to be taken"},
    {Code::second_factor_absent, "second_factor_absent", 403, never, "no", "Vai trò này cần xác thực hai bước: hãy thiết lập trước",
     "This role needs a second factor: set one up first"},
    {Code::password_temporary, "password_temporary", 403, never, "no", "Hãy đổi mật khẩu được cấp trước đã",
     "The password you were given must be changed first"},
    {Code::step_up_needed, "step_up_needed", 403, never, "no", "Hãy nhập lại mã xác thực hai bước", "Give your second factor again"},
    {Code::role_missing, "role_missing", 403, never, "no", "Bạn không có vai trò này", "You do not have the role for this"},
    {Code::not_found, "not_found", 404, never, "no", "Không tìm thấy", "Not found"},
    {Code::method_not_allowed, "method_not_allowed", 405, never, "no", "Phương thức không được dùng ở đây",
     "The method is not allowed here"},
    {Code::request_timeout, "request_timeout", 408, retry, "no", "Yêu cầu đến quá chậm", "The request came too slowly"},
    {Code::order_code_taken, "order_code_taken", 409, never, "no", "Mã đơn hàng đã có yêu cầu thanh toán",
     "The order code already has a payment request"},
    {Code::already_paid, "already_paid", 409, never, "no", "Yêu cầu đã được thanh toán", "The request is paid already"},
    {Code::already_expired, "already_expired", 409, never, "no", "Yêu cầu đã hết hạn", "The request has expired already"},
    {Code::already_cancelled, "already_cancelled", 409, never, "no", "Yêu cầu đã bị huỷ", "The request is cancelled already"},
    {Code::sighting_conflict, "sighting_conflict", 409, never, "no", "Mã giao dịch này đã được báo với số tiền hoặc tài khoản khác",
     "This id was told before with another amount or account"},
    {Code::payment_already_reversed, "payment_already_reversed", 409, never, "no", "Khoản tiền đã bị đảo",
     "The payment is reversed already"},
    {Code::already_decided, "already_decided", 409, never, "no", "Đã được duyệt hoặc từ chối", "It was approved or rejected already"},
    {Code::payment_not_refundable, "payment_not_refundable", 409, never, "no", "Khoản tiền này không hoàn được", "This payment cannot be refunded"},
    {Code::refund_exceeds_payment, "refund_exceeds_payment", 409, never, "no", "Tổng hoàn vượt quá số tiền đã nhận",
     "All refunds together would exceed what was received"},
    {Code::not_confirmed, "not_confirmed", 409, retry, "no", "Khoản tiền chưa được xác nhận bằng sao kê hoặc nguồn báo thứ hai",
     "The money is not confirmed yet by a statement or a second feed"},
    {Code::destination_missing, "destination_missing", 409, never, "no", "Chưa nêu tài khoản nhận tiền hoàn",
     "Nobody has named where the refund goes"},
    {Code::not_enough_due, "not_enough_due", 409, never, "no", "Số tiền đã xác nhận của đơn vị không đủ",
     "The merchant's confirmed money does not suffice"},
    {Code::nothing_to_settle, "nothing_to_settle", 409, never, "no", "Chưa có khoản đã xác nhận nào để chi cho các đơn vị",
     "No payee has confirmed money that is in no payout yet"},
    {Code::receipt_not_cancellable, "receipt_not_cancellable", 409, never, "no", "Biên lai điều chỉnh không huỷ được",
     "A counter-receipt is not cancelled itself"},
    {Code::list_not_open, "list_not_open", 409, never, "no", "Danh sách không còn ở trạng thái cho phép việc này",
     "The list is not in a state that allows this"},
    {Code::list_is_empty, "list_is_empty", 409, never, "no", "Danh sách không có ai để chi", "There is nobody on the list to be paid"},
    {Code::deposit_closed, "deposit_closed", 409, never, "no", "Đợt tạm ứng đã quyết toán", "The deposit is settled already"},
    {Code::deposit_exceeded, "deposit_exceeded", 409, never, "no", "Vượt quá số tiền tạm ứng còn lại", "More than is left of the deposit"},
    {Code::complaint_closed, "complaint_closed", 409, never, "no", "Khiếu nại đã được trả lời", "The complaint is answered already"},
    {Code::bill_not_changeable, "bill_not_changeable", 409, never, "no", "Phiếu thu không ở trạng thái cho phép việc này",
     "The bill is not in a state for this"},
    {Code::bill_has_money, "bill_has_money", 409, never, "no", "Phiếu thu đã có tiền: hãy hoàn tiền thay vì huỷ",
     "Money stands for the bill: refund it instead of cancelling"},
    {Code::bill_amount_refused, "bill_amount_refused", 409, never, "no", "Phiếu thu này chỉ nhận đúng số còn lại, hoặc không dưới mức tối thiểu",
     "This bill takes exactly what is left, or not less than its minimum"},
    {Code::bill_not_payable, "bill_not_payable", 409, never, "no", "Phiếu thu không còn gì phải nộp", "Nothing of the bill is left to pay"},
    {Code::nothing_over, "nothing_over", 409, never, "no", "Không có khoản nộp thừa nào chuyển được", "There is no excess that could be carried over"},
    {Code::bill_code_taken, "bill_code_taken", 409, never, "no", "Mã này đã có phiếu thu", "A bill has this code already"},
    {Code::payout_not_sendable, "payout_not_sendable", 409, never, "no", "Lệnh chi không ở trạng thái gửi được",
     "The payout is not in a state to be sent"},
    {Code::payment_moved, "payment_moved", 409, never, "no", "Khoản tiền đã chuyển sang đơn vị khác từ khi đề nghị hoàn; hãy từ chối và đề nghị lại",
     "The payment became another merchant's since the refund was proposed; reject it and propose anew"},
    {Code::destination_differs, "destination_differs", 409, never, "no", "Tài khoản nhận không phải là tài khoản đã nêu cho khoản hoàn này",
     "The destination is not the one that was named for this refund"},
    {Code::transfer_too_large, "transfer_too_large", 409, never, "no", "Một lệnh chuyển không được quá 499999999 đồng",
     "One transfer carries at most 499999999 đồng"},
    {Code::out_of_stock, "out_of_stock", 409, never, "no", "Không còn đủ hàng", "There is not enough in stock"},
    {Code::too_many_open_orders, "too_many_open_orders", 409, never, "no", "Số điện thoại này đang có quá nhiều đơn chưa trả tiền",
     "This phone has too many unpaid orders"},
    {Code::order_not_open, "order_not_open", 409, never, "no", "Đơn này không còn ở bước đó", "The order is past that step"},
    {Code::order_not_paid, "order_not_paid", 409, never, "no", "Đơn này chưa đủ tiền", "The order is not paid"},
    {Code::already_sent, "already_sent", 409, never, "no", "Hàng đã được gửi đi", "The goods have been sent already"},
    {Code::quantity_exceeds_order, "quantity_exceeds_order", 409, never, "no", "Nhiều hơn số đã đặt", "This is more than was ordered"},
    {Code::return_not_open, "return_not_open", 409, never, "no", "Không còn trả hàng được, hoặc việc trả hàng đã được giải quyết",
     "The return is no longer possible, or it was answered already"},
    {Code::payment_not_assignable, "payment_not_assignable", 409, never, "no", "Khoản tiền này không còn là tiền chưa rõ của ai",
     "This money is not unreferenced any more"},
    {Code::payment_not_releasable, "payment_not_releasable", 409, never, "no", "Khoản tiền này không trả lại hàng chờ được nữa",
     "This money cannot go back to the queue any more"},
    {Code::proposal_missing, "proposal_missing", 409, never, "no", "Chưa ai đề nghị cách xử lý chênh lệch này",
     "Nobody has proposed what is to be done about this exception"},
    {Code::proposal_changed, "proposal_changed", 409, never, "no", "Đề nghị đã đổi từ khi bạn xem: hãy tải lại",
     "The proposal is not the one you were shown: load it again"},
    {Code::payload_too_large, "payload_too_large", 413, never, "no", "Nội dung quá lớn", "The body is too large"},
    {Code::target_too_long, "target_too_long", 414, never, "no", "Địa chỉ quá dài", "The target is too long"},
    {Code::expectation_failed, "expectation_failed", 417, never, "no", "Không đáp ứng được Expect", "The expectation cannot be met"},
    {Code::amount_invalid, "amount_invalid", 422, never, "no", "Số tiền phải là số nguyên từ 1 đến 99999999999",
     "The amount must be a whole number from 1 to 99999999999"},
    {Code::field_invalid, "field_invalid", 422, never, "no", "Giá trị của một trường không hợp lệ", "The value of a field is not valid"},
    {Code::field_missing, "field_missing", 422, never, "no", "Thiếu một trường bắt buộc", "A required field is missing"},
    {Code::stall_invalid, "stall_invalid", 422, never, "no", "Sạp không thuộc đơn vị thu này", "The stall is not this merchant's"},
    {Code::bank_account_invalid, "bank_account_invalid", 422, never, "no", "Tài khoản không thuộc đơn vị thu hộ của đơn vị này",
     "The bank account is not this merchant's collector's"},
    {Code::split_not_available, "split_not_available", 422, never, "no", "Tài khoản này chỉ thu cho chủ của nó, không chia cho đơn vị khác",
     "This account collects for its owner alone: nothing can be split with others"},
    {Code::split_sum_differs, "split_sum_differs", 422, never, "no", "Tổng các dòng chia phải bằng số tiền của yêu cầu",
     "The lines of the split must sum to the request's amount"},
    {Code::payees_differ, "payees_differ", 422, never, "no",
     "Các đơn vị nhận tiền không cùng một đơn vị thu hộ: hãy lập một yêu cầu cho mỗi tài khoản",
     "The payees do not share one collector: make one request for each account"},
    {Code::destination_invalid, "destination_invalid", 422, never, "no", "Nơi nhận tiền không hợp lệ", "The destination is not valid"},
    {Code::collector_is_direct, "collector_is_direct", 422, never, "no", "Đơn vị này nhận tiền thẳng vào tài khoản của mình, không có gì để chi",
     "This merchant is paid into its own account: there is nothing to pay out"},
    {Code::idempotency_key_reused, "idempotency_key_reused", 422, never, "no", "Idempotency-Key đã dùng cho một yêu cầu khác",
     "The Idempotency-Key was used for a different request"},
    {Code::too_many_requests, "too_many_requests", 429, retry, "no", "Quá nhiều yêu cầu, hãy thử lại sau khoảng chờ đã báo",
     "Too many requests: try again after the time told"},
    {Code::too_many_tickets, "too_many_tickets", 429, retry, "no", "Quá nhiều vé chưa dùng", "Too many unused tickets"},
    {Code::too_many_attempts, "too_many_attempts", 429, retry, "no", "Thử quá nhiều lần, hãy đợi", "Too many attempts: wait"},
    {Code::head_too_large, "head_too_large", 431, never, "no", "Phần đầu quá lớn", "The head is too large"},
    {Code::internal, "internal", 500, retry, "unknown", "Lỗi của hệ thống", "An error of our own"},
    {Code::failed, "failed", 500, never, "no", "Lệnh không thực hiện được; chúng tôi đã ghi lại để xử lý",
     "The command could not be carried out; it was kept for a person to look at"},
    {Code::not_implemented, "not_implemented", 501, never, "no", "Không hỗ trợ", "Not implemented"},
    {Code::overloaded, "overloaded", 503, retry, "no", "Hệ thống đang quá tải, hãy thử lại sau giây lát",
     "Overloaded: try again in a moment"},
    {Code::stopping, "stopping", 503, retry, "no", "Hệ thống đang dừng, hãy thử lại sau giây lát", "Stopping: try again in a moment"},
    {Code::unavailable, "unavailable", 503, retry, "unknown", "Chưa biết kết quả, hãy gửi lại cùng Idempotency-Key",
     "The result is not known: send the same again with the same Idempotency-Key"},
    {Code::handler_timeout, "handler_timeout", 503, retry, "unknown", "Trả lời quá lâu, hãy gửi lại cùng Idempotency-Key",
     "It took too long: send the same again with the same Idempotency-Key"},
    {Code::not_ready, "not_ready", 503, retry, "no", "Chưa sẵn sàng", "Not ready"},
    {Code::version_not_supported, "version_not_supported", 505, never, "no", "Phiên bản HTTP không được hỗ trợ",
     "The HTTP version is not supported"},
};

constexpr bool is_in_order() {
    auto n = 0;
    for (auto const& row : table)
        if (static_cast<int>(row.code) != n++) return false;
    return n == static_cast<int>(Code::version_not_supported) + 1;
}
static_assert(is_in_order(), "one row a code, in the order of the enum");

}  // namespace

ProblemKind const& kind_of(Code code) { return table[static_cast<std::size_t>(code)]; }

Code code_of(payments::Refusal refusal) {
    switch (refusal) {
        case payments::Refusal::idempotency_key_reused: return Code::idempotency_key_reused;
        case payments::Refusal::not_found: return Code::not_found;
        case payments::Refusal::order_code_taken: return Code::order_code_taken;
        case payments::Refusal::already_paid: return Code::already_paid;
        case payments::Refusal::already_expired: return Code::already_expired;
        case payments::Refusal::already_cancelled: return Code::already_cancelled;
        case payments::Refusal::sighting_conflict: return Code::sighting_conflict;
        case payments::Refusal::payment_already_reversed: return Code::payment_already_reversed;
        case payments::Refusal::approver_must_be_person: return Code::approver_must_be_person;
        case payments::Refusal::second_factor_needed: return Code::second_factor_needed;
        case payments::Refusal::approver_is_maker: return Code::approver_is_maker;
        case payments::Refusal::already_decided: return Code::already_decided;
        case payments::Refusal::payment_not_refundable: return Code::payment_not_refundable;
        case payments::Refusal::refund_exceeds_payment: return Code::refund_exceeds_payment;
        case payments::Refusal::not_confirmed: return Code::not_confirmed;
        case payments::Refusal::destination_missing: return Code::destination_missing;
        case payments::Refusal::collector_is_direct: return Code::collector_is_direct;
        case payments::Refusal::not_enough_due: return Code::not_enough_due;
        case payments::Refusal::nothing_to_settle: return Code::nothing_to_settle;
        case payments::Refusal::bill_not_changeable: return Code::bill_not_changeable;
        case payments::Refusal::bill_has_money: return Code::bill_has_money;
        case payments::Refusal::bill_amount_refused: return Code::bill_amount_refused;
        case payments::Refusal::bill_not_payable: return Code::bill_not_payable;
        case payments::Refusal::nothing_over: return Code::nothing_over;
        case payments::Refusal::bill_code_taken: return Code::bill_code_taken;
        case payments::Refusal::payment_not_assignable: return Code::payment_not_assignable;
        case payments::Refusal::payment_not_releasable: return Code::payment_not_releasable;
        case payments::Refusal::proposal_missing: return Code::proposal_missing;
        case payments::Refusal::proposal_changed: return Code::proposal_changed;
        case payments::Refusal::receipt_not_cancellable: return Code::receipt_not_cancellable;
        case payments::Refusal::list_not_open: return Code::list_not_open;
        case payments::Refusal::list_is_empty: return Code::list_is_empty;
        case payments::Refusal::deposit_closed: return Code::deposit_closed;
        case payments::Refusal::deposit_exceeded: return Code::deposit_exceeded;
        case payments::Refusal::complaint_closed: return Code::complaint_closed;
        case payments::Refusal::payout_not_sendable: return Code::payout_not_sendable;
        case payments::Refusal::payment_moved: return Code::payment_moved;
        case payments::Refusal::destination_differs: return Code::destination_differs;
        case payments::Refusal::transfer_too_large: return Code::transfer_too_large;
        case payments::Refusal::out_of_stock: return Code::out_of_stock;
        case payments::Refusal::too_many_open_orders: return Code::too_many_open_orders;
        case payments::Refusal::order_not_open: return Code::order_not_open;
        case payments::Refusal::order_not_paid: return Code::order_not_paid;
        case payments::Refusal::already_sent: return Code::already_sent;
        case payments::Refusal::quantity_exceeds_order: return Code::quantity_exceeds_order;
        case payments::Refusal::return_not_open: return Code::return_not_open;
    }
    CHOSO_ASSERT(!"a refusal without a problem");
    return Code::internal;
}

Code code_of(payments::Failure failure) {
    switch (failure) {
        case payments::Failure::overloaded: return Code::overloaded;
        case payments::Failure::stopping: return Code::stopping;
        case payments::Failure::unavailable: return Code::unavailable;
        case payments::Failure::failed: return Code::failed;
    }
    CHOSO_ASSERT(!"a failure without a problem");
    return Code::internal;
}

Code code_of(http::ErrorKind error) {
    switch (error) {
        case http::ErrorKind::bad_request: return Code::bad_request;
        case http::ErrorKind::not_found: return Code::not_found;
        case http::ErrorKind::method_not_allowed: return Code::method_not_allowed;
        case http::ErrorKind::request_timeout: return Code::request_timeout;
        case http::ErrorKind::payload_too_large: return Code::payload_too_large;
        case http::ErrorKind::target_too_long: return Code::target_too_long;
        case http::ErrorKind::expectation_failed: return Code::expectation_failed;
        case http::ErrorKind::too_many_requests: return Code::too_many_requests;
        case http::ErrorKind::head_too_large: return Code::head_too_large;
        case http::ErrorKind::internal: return Code::internal;
        case http::ErrorKind::not_implemented: return Code::not_implemented;
        case http::ErrorKind::handler_timeout: return Code::handler_timeout;
        case http::ErrorKind::overloaded: return Code::overloaded;
        case http::ErrorKind::version_not_supported: return Code::version_not_supported;
    }
    CHOSO_ASSERT(!"an error without a problem");
    return Code::internal;
}

}  // namespace choso::api
