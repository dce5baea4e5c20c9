#include "merchants/complaints/complaint.hpp"

#include <array>

namespace choso::complaints {
namespace {

constexpr std::array all{
    KindWords{Kind::paid_not_recorded, "paid_not_recorded", "Đã trả nhưng chưa ghi nhận", "Paid, and not recorded"},
    KindWords{Kind::paid_twice, "paid_twice", "Trả hai lần", "Paid twice"},
    KindWords{Kind::amount_wrong, "amount_wrong", "Sai số tiền", "The amount is wrong"},
    KindWords{Kind::payee_wrong, "payee_wrong", "Trả nhầm nơi thu", "Paid to the wrong payee"},
    KindWords{Kind::refund_missing, "refund_missing", "Chưa nhận được tiền hoàn", "A refund has not arrived"},
    KindWords{Kind::receipt_wrong, "receipt_wrong", "Biên lai sai", "The receipt is wrong"},
    KindWords{Kind::other, "other", "Việc khác", "Something else"},
};

}  // namespace

std::span<KindWords const> kinds() { return all; }
KindWords const& words_of(Kind kind) { return all.at(static_cast<std::size_t>(kind)); }

std::optional<Kind> kind_of(std::string_view text) {
    for (auto const& each : all)
        if (each.word == text) return each.kind;
    return std::nullopt;
}

std::string_view word(Status status) { return status == Status::open ? "open" : "answered"; }

std::optional<Status> status_of(std::string_view text) {
    if (text == "open") return Status::open;
    if (text == "answered") return Status::answered;
    return std::nullopt;
}

}  // namespace choso::complaints
