#include "merchants/scopes.hpp"

#include <algorithm>
#include <array>

namespace choso::merchants::scope {
namespace {

constexpr std::array table{
    Scope{requests_write, "ask for money: create and cancel payment requests", "tạo và huỷ yêu cầu thanh toán"},
    Scope{requests_read, "see payment requests, merchants, stalls and bank accounts",
          "xem yêu cầu thanh toán, đơn vị thu, quầy và tài khoản ngân hàng"},
    Scope{payments_read, "see money received, refunds and payouts", "xem tiền đã nhận, hoàn tiền và lệnh chi"},
    Scope{refunds_write, "propose refunds and name where they go", "đề nghị hoàn tiền và nêu nơi nhận"},
    Scope{payouts_write, "propose payouts", "đề nghị lệnh chi"},
    Scope{products_write, "put products and their pictures into a shop", "đưa sản phẩm và ảnh lên gian hàng"},
    Scope{products_read, "see a shop's products, shown or not", "xem sản phẩm của gian hàng"},
    Scope{orders_read, "see a seller's orders", "xem đơn hàng của người bán"},
    Scope{orders_write, "send, cancel and take back a seller's orders", "gửi, huỷ, nhận lại hàng của người bán"},
    Scope{events_read, "read events, by pull and by live stream", "đọc sự kiện, theo trang hoặc trực tiếp"},
};

}  // namespace

std::span<Scope const> all() { return table; }

bool is_known(std::string_view name) { return std::ranges::find(table, name, &Scope::name) != table.end(); }

}  // namespace choso::merchants::scope
