#include <array>
#include <utility>

#include "base/assert.hpp"
#include "base/vietnamese.hpp"
#include "qr/checks.hpp"
#include "qr/crc16.hpp"
#include "qr/tlv.hpp"
#include "qr/vietqr.hpp"

namespace choso::qr {
namespace {

using Refusal = std::optional<MakeError>;

constexpr std::size_t template_max = 99;
constexpr std::size_t payload_max = 320;  // more than all fields together take, so the text never moves

/// The request's texts as they will stand in the payload.
struct Folded {
    std::string purpose;
    std::string name;
    std::string city;
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

void append_given(std::string& payload, int id, std::string_view value) {
    if (!value.empty()) append_tlv(payload, id, value);
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

/// A template that is written into the payload itself; its length is filled in at the end.
class OpenTemplate {
 public:
    OpenTemplate(std::string& payload, int id) : payload_{payload} {
        append_tlv(payload, id, "-");
        payload.pop_back();
        start_ = payload.size();
    }
    void close() {
        auto const length = payload_.size() - start_;
        CHOSO_ASSERT(length > 0 && length <= template_max);
        payload_[start_ - 2] = static_cast<char>('0' + length / 10);
        payload_[start_ - 1] = static_cast<char>('0' + length % 10);
    }

 private:
    std::string& payload_;
    std::size_t start_ = 0;
};

void append_account(std::string& payload, MakeRequest const& request) {
    OpenTemplate account{payload, 38};
    append_tlv(payload, 0, "A000000727");
    OpenTemplate payee{payload, 1};
    append_tlv(payload, 0, request.bin);
    append_tlv(payload, 1, request.account);
    payee.close();
    append_tlv(payload, 2, request.service);
    account.close();
}

void append_labels(std::string& payload, Labels const& labels) {
    if (size_of(labels) == 0) return;
    OpenTemplate additional{payload, 62};
    for (auto const& label : labels) append_given(payload, label.id, label.value);
    additional.close();
}

/// fold_for_memo, but quick for a text that is folded already: letters, digits, single blanks between them.
std::string folded(std::string_view text) {
    bool after_blank = true;
    for (char const c : text) {
        bool const blank = c == ' ';
        if (blank ? after_blank : !is_alphanumeric({&c, 1})) return fold_for_memo(text);
        after_blank = blank;
    }
    return after_blank ? fold_for_memo(text) : std::string{text};
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

Result<std::string, MakeError> make(MakeRequest const& request) {
    Folded const texts{folded(request.purpose), folded(request.name), folded(request.city)};
    if (auto const refused = check(request, texts)) return *refused;
    Labels const labels{{{1, request.bill_number},
                         {3, request.store_label},
                         {5, request.reference_label},
                         {7, request.terminal_label},
                         {8, texts.purpose}}};
    if (size_of(labels) > template_max) return MakeError{"additional_data", MakeRule::too_long};

    // From here on the code is made; nothing below may refuse. The order is that of NAPAS' examples.
    std::string payload;
    payload.reserve(payload_max);
    append_tlv(payload, 0, "01");
    append_tlv(payload, 1, request.amount ? "12" : "11");
    append_account(payload, request);
    append_given(payload, 52, request.category);
    append_tlv(payload, 53, "704");
    if (request.amount) append_tlv(payload, 54, std::to_string(request.amount->dong()));
    append_tlv(payload, 58, "VN");
    append_given(payload, 59, texts.name);
    append_given(payload, 60, texts.city);
    append_labels(payload, labels);
    payload += "6304";
    payload += to_hex4(crc16(payload));
    return payload;
}

}  // namespace choso::qr
