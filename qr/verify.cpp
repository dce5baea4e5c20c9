#include <utility>

#include "qr/vietqr.hpp"

namespace choso::qr {
namespace {

void compare(std::vector<Difference>& out, std::string_view code, std::string_view field, std::string expected,
             std::optional<std::string> actual) {
    if (actual != expected)
        out.push_back({std::string{code}, std::string{field}, std::move(expected), std::move(actual), std::nullopt});
}

}  // namespace

std::vector<Difference> verify(std::string_view payload, Expected const& expected) {
    std::vector<Difference> out;
    auto const parsed = parse(payload, Strictness::strict);
    for (auto const& error : parsed.errors)
        out.push_back({std::string{code_text(error.code)}, "payload", std::nullopt, std::nullopt, error.offset});
    if (parsed.kind != Kind::vietqr)
        out.push_back({"NOT_VIETQR", "payload", std::nullopt, std::nullopt, std::nullopt});
    compare(out, "BIN_DIFFERS", "bin", expected.bin, parsed.bin);
    compare(out, "ACCOUNT_DIFFERS", "account", expected.account, parsed.account);
    if (expected.amount) {
        auto const actual = parsed.amount ? std::optional{std::to_string(*parsed.amount)} : std::nullopt;
        compare(out, "AMOUNT_DIFFERS", "amount", std::to_string(expected.amount->dong()), actual);
    }
    compare(out, "CURRENCY_DIFFERS", "currency", "704", parsed.currency);
    return out;
}

}  // namespace choso::qr
