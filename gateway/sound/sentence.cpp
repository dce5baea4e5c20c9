#include "gateway/sound/sentence.hpp"

namespace choso::sound {

std::string_view word(Kind kind) {
    switch (kind) {
        case Kind::exact: return "exact";
        case Kind::received: return "received";
        case Kind::short_: return "short";
        case Kind::over: return "over";
        case Kind::twice: return "twice";
        case Kind::late: return "late";
        case Kind::reversed: return "reversed";
        case Kind::small: return "small";
        case Kind::unreferenced: return "unreferenced";
    }
    return "received";
}

bool is_alarm(Kind kind) { return kind == Kind::short_ || kind == Kind::small || kind == Kind::reversed; }

std::optional<Heard> heard_in(std::string_view type, json::Value const& event) {
    if (type != "payment.received" && type != "payment.reversed" && type != "payment.unreferenced") return std::nullopt;
    auto const money = [&](std::string_view name) {
        auto const* member = event.find(name);
        return member != nullptr ? member->as_int() : std::nullopt;
    };
    auto const amount = money("amount");
    if (!amount) return std::nullopt;
    auto out = Heard{};
    out.type = type;
    out.amount = Money{*amount};
    if (auto const expected = money("expected")) out.expected = Money{*expected};
    out.amount_paid = Money{money("amount_paid").value_or(0)};
    out.overpaid_by = Money{money("overpaid_by").value_or(0)};
    out.missing = Money{money("missing").value_or(0)};
    if (auto const* status = event.find("status")) out.status = status->as_string().value_or("");
    return out;
}

Kind kind_of(Heard const& heard, Money usual) {
    if (heard.type == "payment.reversed") return Kind::reversed;
    if (heard.type == "payment.unreferenced") return Kind::unreferenced;
    if (heard.status == "paid_late") return Kind::late;
    if (heard.missing.is_positive()) return Kind::short_;
    if (heard.expected && heard.amount == *heard.expected && heard.overpaid_by >= *heard.expected) return Kind::twice;
    if (heard.overpaid_by.is_positive()) return Kind::over;
    if (heard.expected) return Kind::exact;
    if (heard.amount < small_money || heard.amount.dong() * small_part < usual.dong()) return Kind::small;
    return Kind::received;
}

std::string sentence_of(Kind kind, Heard const& heard, Dialect dialect) {
    auto const words = [&](Money amount) { return in_words(amount, dialect) + " đồng"; };
    switch (kind) {
        case Kind::exact: return "Đã nhận đủ " + words(heard.expected.value_or(heard.amount));
        case Kind::short_: return "Cảnh báo. Thiếu tiền. Chỉ nhận " + words(heard.amount) + ", còn thiếu " + words(heard.missing);
        case Kind::over: return "Đã nhận " + words(heard.amount_paid) + ". Thừa " + words(heard.overpaid_by) + ", mời trả lại khách";
        case Kind::twice: return "Khách trả hai lần. Thừa " + words(heard.overpaid_by) + ", mời trả lại khách";
        case Kind::late: return "Tiền đến muộn. Đã nhận " + words(heard.amount) + " sau hạn";
        case Kind::reversed: return "Cảnh báo. Ngân hàng thu lại " + words(heard.amount);
        case Kind::small: {
            auto out = "Cảnh báo. Tiền nhỏ. Chỉ nhận " + words(heard.amount);
            // Two hundred đồng for two hundred thousand is the oldest trick.
            if (heard.amount < small_money) out += dialect == Dialect::south ? ", không phải ngàn" : ", không phải nghìn";
            return out;
        }
        case Kind::unreferenced: return "Có " + words(heard.amount) + " không rõ của ai";
        case Kind::received: break;
    }
    return "Đã nhận " + words(heard.amount);
}

}  // namespace choso::sound
