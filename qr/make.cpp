#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include "base/assert.hpp"
#include "base/vietnamese.hpp"
#include "qr/checks.hpp"
#include "qr/crc16.hpp"
#include "qr/vietqr.hpp"

namespace choso::qr {
namespace {

using Refusal = std::optional<MakeError>;

constexpr std::size_t template_max = 99;
constexpr std::size_t payload_max = 384;  // more than all fields together take

/// The request's texts as they will stand in the payload.
struct Folded {
    std::string_view purpose;
    std::string_view name;
    std::string_view city;
};

Refusal check_payee(MakeRequest const& request) {
    if (request.bin.empty()) return MakeError{"bin", MakeRule::missing};
    if (!is_known_bin(request.bin)) return MakeError{"bin", MakeRule::unknown_bin};
    if (request.account.empty()) return MakeError{"account", MakeRule::missing};
    if (!is_alphanumeric(request.account)) return MakeError{"account", MakeRule::not_letters_or_digits};
    if (request.account.size() > 19) return MakeError{"account", MakeRule::too_long};
    if (request.amount && !request.amount->is_positive()) return MakeError{"amount", MakeRule::not_positive};
    if (request.amount && *request.amount > most_in_one_transfer) return MakeError{"amount", MakeRule::over_limit};
    return std::nullopt;
}

/// A text that was folded; `before` it was.
Refusal check_folded(std::string_view field, std::string_view before, std::string_view after, std::size_t length_max) {
    if (!before.empty() && after.empty()) return MakeError{field, MakeRule::nothing_left};
    if (after.size() > length_max) return MakeError{field, MakeRule::too_long};
    return std::nullopt;
}

/// A text that another machine reads, so it is taken as it is or not at all.
Refusal check_label(std::string_view field, std::string_view label) {
    if (!is_ans(label)) return MakeError{field, MakeRule::not_printable_ascii};
    if (label.size() > 25) return MakeError{field, MakeRule::too_long};
    return std::nullopt;
}

Refusal check(MakeRequest const& request, Folded const& folded) {
    if (auto refused = check_payee(request)) return refused;
    if (auto refused = check_folded("purpose", request.purpose, folded.purpose, 25)) return refused;
    if (!is_service(request.service)) return MakeError{"service", MakeRule::unknown_service};
    if (!request.category.empty() && (request.category.size() != 4 || !is_digits(request.category)))
        return MakeError{"category", MakeRule::not_four_digits};
    if (auto refused = check_folded("name", request.name, folded.name, 25)) return refused;
    if (auto refused = check_folded("city", request.city, folded.city, 15)) return refused;
    if (auto refused = check_label("bill_number", request.bill_number)) return refused;
    if (auto refused = check_label("store_label", request.store_label)) return refused;
    if (auto refused = check_label("reference_label", request.reference_label)) return refused;
    return check_label("terminal_label", request.terminal_label);
}

/// The objects of 62, in order; empty ones are left out.
struct Label {
    int id;
    std::string_view value;
};
using Labels = std::array<Label, 5>;

/// What a list of objects takes.
std::size_t size_of(Labels const& labels) {
    std::size_t size = 0;
    for (auto const& label : labels) size += label.value.empty() ? 0 : 4 + label.value.size();
    return size;
}

/// Writes a payload into a space that holds any that check() lets through; measured, since codes are made by the hundred
/// thousand for printing.
class Pen {
 public:
    /// An object; none if the value is empty.
    void given(int id, std::string_view value) {
        if (value.empty()) return;
        header(id, value.size());
        append(value);
    }
    /// Begins a template; its length is filled in by close().
    [[nodiscard]] std::size_t open(int id) {
        header(id, 0);
        return size_;
    }
    void close(std::size_t start) {
        auto const length = size_ - start;
        CHOSO_ASSERT(length > 0 && length <= template_max);
        put_two(start - 2, length);
    }
    void append(std::string_view text) {
        CHOSO_ASSERT(text.size() <= space_.size() - size_);
        std::memcpy(space_.data() + size_, text.data(), text.size());
        size_ += text.size();
    }
    [[nodiscard]] std::string_view text() const { return {space_.data(), size_}; }

 private:
    void header(int id, std::size_t length) {
        CHOSO_ASSERT(length <= 99 && space_.size() - size_ >= 4);
        put_two(size_, static_cast<std::size_t>(id));
        put_two(size_ + 2, length);
        size_ += 4;
    }
    void put_two(std::size_t at, std::size_t n) {
        space_[at] = static_cast<char>('0' + n / 10);
        space_[at + 1] = static_cast<char>('0' + n % 10);
    }

    std::array<char, payload_max> space_;  // only what size_ counts is ever read
    std::size_t size_ = 0;
};

void append_account(Pen& pen, MakeRequest const& request) {
    auto const account = pen.open(38);
    pen.append("0010A000000727");
    auto const payee = pen.open(1);
    pen.given(0, request.bin);
    pen.given(1, request.account);
    pen.close(payee);
    pen.given(2, request.service);
    pen.close(account);
}

void append_amount(Pen& pen, Money amount) {
    std::array<char, 20> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), amount.dong()).ptr;
    pen.given(54, {digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void append_labels(Pen& pen, Labels const& labels) {
    if (size_of(labels) == 0) return;
    auto const additional = pen.open(62);
    for (auto const& label : labels) pen.given(label.id, label.value);
    pen.close(additional);
}

/// Whether fold_for_memo would leave it as it is: letters, digits, single blanks between them.
bool is_folded(std::string_view text) {
    bool after_blank = true;
    for (char const c : text) {
        bool const blank = c == ' ';
        if (blank ? after_blank : !is_alphanumeric({&c, 1})) return false;
        after_blank = blank;
    }
    return !after_blank || text.empty();
}

/// fold_for_memo, into `space` only where there is something to fold.
std::string_view folded(std::string_view text, std::string& space) {
    if (is_folded(text)) return text;
    return space = fold_for_memo(text);
}

}  // namespace

std::string_view rule_code(MakeRule rule) {
    switch (rule) {
        case MakeRule::missing: return "missing";
        case MakeRule::unknown_bin: return "unknown_bin";
        case MakeRule::unknown_service: return "unknown_service";
        case MakeRule::not_letters_or_digits: return "not_letters_or_digits";
        case MakeRule::not_printable_ascii: return "not_printable_ascii";
        case MakeRule::not_four_digits: return "not_four_digits";
        case MakeRule::not_positive: return "not_positive";
        case MakeRule::over_limit: return "over_limit";
        case MakeRule::too_long: return "too_long";
        case MakeRule::nothing_left: return "nothing_left";
    }
    return "unknown";
}

std::string_view rule_text(MakeRule rule) {
    switch (rule) {
        case MakeRule::missing: return "is missing";
        case MakeRule::unknown_bin: return "is not the number of a bank in the directory";
        case MakeRule::unknown_service: return "is none of QRIBFTTA, QRIBFTTC, QRPUSH, QRCASH";
        case MakeRule::not_letters_or_digits: return "holds something else than letters A-Z and digits";
        case MakeRule::not_printable_ascii: return "holds something else than printable ASCII";
        case MakeRule::not_four_digits: return "is not four digits";
        case MakeRule::not_positive: return "is not greater than 0";
        case MakeRule::over_limit: return "is more than 499999999, the most one NAPAS 247 transfer carries";
        case MakeRule::too_long: return "is longer than its field";
        case MakeRule::nothing_left: return "has no letter or digit that banks transmit";
    }
    return "is not acceptable";
}

std::string_view rule_text_vi(MakeRule rule) {
    switch (rule) {
        case MakeRule::missing: return "chưa có";
        case MakeRule::unknown_bin: return "không phải mã ngân hàng trong danh mục";
        case MakeRule::unknown_service: return "chỉ được là QRIBFTTA, QRIBFTTC, QRPUSH hoặc QRCASH";
        case MakeRule::not_letters_or_digits: return "chỉ được gồm chữ không dấu và chữ số";
        case MakeRule::not_printable_ascii: return "chỉ được gồm chữ không dấu, chữ số và dấu câu";
        case MakeRule::not_four_digits: return "phải gồm đúng bốn chữ số";
        case MakeRule::not_positive: return "phải lớn hơn 0";
        case MakeRule::over_limit: return "lớn hơn 499999999, mức cao nhất một lần chuyển nhanh NAPAS 247";
        case MakeRule::too_long: return "dài quá mức cho phép";
        case MakeRule::nothing_left: return "không có chữ hay số nào ngân hàng truyền đi được";
    }
    return "không được chấp nhận";
}

Result<std::string, MakeError> make(MakeRequest const& request) {
    std::array<std::string, 3> space;
    Folded const texts{folded(request.purpose, space[0]), folded(request.name, space[1]), folded(request.city, space[2])};
    if (auto const refused = check(request, texts)) return *refused;
    Labels const labels{{{1, request.bill_number},
                         {3, request.store_label},
                         {5, request.reference_label},
                         {7, request.terminal_label},
                         {8, texts.purpose}}};
    if (size_of(labels) > template_max) return MakeError{"additional_data", MakeRule::too_long};

    // From here on the code is made; nothing below may refuse. The order is that of NAPAS' examples.
    Pen pen;
    pen.append(request.amount ? "000201010212" : "000201010211");
    append_account(pen, request);
    pen.given(52, request.category);
    pen.given(53, "704");
    if (request.amount) append_amount(pen, *request.amount);
    pen.given(58, "VN");
    pen.given(59, texts.name);
    pen.given(60, texts.city);
    append_labels(pen, labels);
    pen.append("6304");
    pen.append(to_hex4(crc16(pen.text())));
    return std::string{pen.text()};
}

}  // namespace choso::qr
