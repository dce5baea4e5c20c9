#include <utility>

#include "qr/banks.hpp"
#include "qr/vietqr.hpp"

namespace choso::qr {
namespace {

void compare(std::vector<Difference>& out, std::string_view code, std::string_view field, std::string expected,
             std::optional<std::string> actual) {
    if (actual != expected)
        out.push_back({std::string{code}, std::string{field}, std::move(expected), std::move(actual), std::nullopt});
}

std::optional<std::string> owned(std::optional<std::string_view> text) {
    return text ? std::optional<std::string>{*text} : std::nullopt;
}

}  // namespace

std::string in_words(Difference const& difference) {
    auto const actual = difference.actual.value_or("");
    auto const expected = difference.expected.value_or("");
    auto const instead = [&](std::string_view what) {
        auto out = std::string{"Mã "};
        if (difference.actual)
            out.append("ghi ").append(what).append(" ").append(actual);
        else
            out.append("không ghi ").append(what);
        return out.append(", đúng ra phải là ").append(expected);
    };
    if (difference.code == "ACCOUNT_DIFFERS") return instead("số tài khoản");
    if (difference.code == "AMOUNT_DIFFERS") return instead("số tiền");
    if (difference.code == "CURRENCY_DIFFERS") return instead("loại tiền");
    if (difference.code == "NOT_VIETQR") return "Đây không phải mã VietQR";
    if (difference.code == "BIN_DIFFERS") {
        auto const name_of = [](std::string const& bin) {
            auto const* bank = find_by_bin(bin);
            return bank == nullptr ? bin : std::string{bank->display_name()};
        };
        return difference.actual ? "Mã trả về ngân hàng " + name_of(actual) + ", đúng ra phải là " + name_of(expected)
                                 : "Mã không ghi ngân hàng, đúng ra phải là " + name_of(expected);
    }
    return "Mã bị hỏng hoặc làm sai (" + difference.code + ")";
}

std::vector<Difference> verify(std::string_view payload, Expected const& expected) {
    std::vector<Difference> out;
    auto const parsed = parse(payload, Strictness::strict);
    for (auto const& error : parsed.errors)
        out.push_back({std::string{code_text(error.code)}, "payload", std::nullopt, std::nullopt, error.offset});
    if (parsed.kind != Kind::vietqr)
        out.push_back({"NOT_VIETQR", "payload", std::nullopt, std::nullopt, std::nullopt});
    compare(out, "BIN_DIFFERS", "bin", expected.bin, owned(parsed.bin));
    compare(out, "ACCOUNT_DIFFERS", "account", expected.account, owned(parsed.account));
    if (expected.amount) {
        auto const actual = parsed.amount ? std::optional{std::to_string(*parsed.amount)} : std::nullopt;
        compare(out, "AMOUNT_DIFFERS", "amount", std::to_string(expected.amount->dong()), actual);
    }
    compare(out, "CURRENCY_DIFFERS", "currency", "704", owned(parsed.currency));
    return out;
}

}  // namespace choso::qr
