#include "simulator/scan.hpp"

#include "qr/banks.hpp"
#include "qr/vietqr.hpp"

namespace choso::bank {

Result<Scanned, std::string> scan(std::string_view payload) {
    auto const read = qr::parse(payload);
    if (!read.ok()) return std::string{"Mã QR không đọc được: "} + std::string{qr::code_text(read.errors.front().code)};
    if (read.kind != qr::Kind::vietqr || !read.bin || !read.account) return std::string{"Đây không phải mã VietQR"};
    auto const* bank = qr::find_by_bin(*read.bin);
    if (bank == nullptr || !bank->transfer_supported) return std::string{"Ngân hàng nhận không nhận được chuyển khoản theo mã QR"};
    if (read.currency && *read.currency != "704") return std::string{"Chỉ chuyển được tiền đồng"};
    auto out = Scanned{{std::string{*read.bin}, std::string{*read.account}}, {}, std::string{read.purpose.value_or("")}};
    if (read.amount) {
        out.amount = Money{*read.amount};
        if (!out.amount->is_positive() || *out.amount > most_in_one_transfer) return std::string{"Số tiền vượt hạn mức một lần chuyển"};
    }
    return out;
}

}  // namespace choso::bank
