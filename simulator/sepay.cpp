#include "simulator/sepay.hpp"

#include "platform/crypto/crypto.hpp"
#include "qr/banks.hpp"

namespace choso::bank {

std::string sepay_notice(Movement const& movement) {
    auto at = to_rfc3339(movement.at).substr(0, 19);
    at[10] = ' ';
    auto const* bank = qr::find_by_bin(movement.account.bin);
    auto const is_in = movement.amount.is_positive();
    auto out = std::string{};
    auto writer = json::Writer{out};
    writer.object().member("id", movement.number).member("gateway", bank == nullptr ? std::string_view{} : bank->display_name());
    writer.member("transactionDate", at).member("accountNumber", movement.account.number).key("code").null();
    writer.member("content", movement.content).member("transferType", is_in ? "in" : "out");
    writer.member("transferAmount", is_in ? movement.amount : -movement.amount).member("accumulated", movement.balance);
    writer.key("subAccount").null().member("referenceCode", movement.reference).member("description", "").end();
    return out;
}

std::vector<http::Header> proof_of(Subscription const& to, std::string_view body, Instant real_now) {
    if (to.auth == Subscription::Auth::apikey) return {{"Authorization", "Apikey " + to.key}};
    auto const at = std::to_string(std::chrono::floor<Seconds>(real_now).time_since_epoch().count());
    auto const signature = crypto::hmac_sha256(to.key, at + "." + std::string{body});
    return {{"X-SePay-Timestamp", at}, {"X-SePay-Signature", "sha256=" + crypto::to_hex(crypto::as_text(signature))}};
}

bool was_taken(int status, std::string_view body) {
    if (status != 200 && status != 201) return false;
    auto const answer = json::parse(body);
    if (!answer) return false;
    if (auto const* success = answer->find("success"); success != nullptr) return success->as_bool().value_or(false) || success->as_int() == 1;
    auto const* refused = answer->find("refused");
    if (refused == nullptr) return false;
    for (auto const& entry : refused->items())
        if (auto const* code = entry.find("code"); code != nullptr && code->as_string() == "original_unknown") return false;
    return true;
}

}  // namespace choso::bank
