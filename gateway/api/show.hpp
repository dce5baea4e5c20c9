#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "gateway/payments/ledger.hpp"
#include "merchants/directory.hpp"
#include "platform/json/json.hpp"

/// How requests and payments are shown, in one place: to the API and to pages.
namespace choso::api {

/// `BASE/t/<token>`: where a payer sees the request.
[[nodiscard]] std::string pay_url(payments::PaymentRequest const& request, std::string_view base_url);

/// The VietQR payload that pays a request, or why there is none.
struct PayCode {
    std::optional<std::string> payload;
    std::string_view unavailable;  ///< over_limit (one transfer carries 499 999 999 đ), account_unknown
};
/// Asks for what is still open; for the whole amount where nothing is. Its purpose is the reference.
[[nodiscard]] PayCode pay_code(payments::PaymentRequest const& request, merchants::BankAccount const* account);

/// CONTRACTS' answer: id, reference, status, amount, … as one JSON object.
[[nodiscard]] std::string to_json(payments::PaymentRequest const& request, merchants::Directory const& directory, std::string_view base_url);
/// A payment and what some merchants may see of it: all of it (`whole`: it is one of theirs), or their shares alone.
struct SeenPayment {
    payments::Payment payment;
    bool whole = true;
    std::vector<payments::Part> shares;  ///< of those merchants; none unless its request is split
};
/// Whoever sees shares alone sees their sum as the amount, the first of them as the merchant, and nothing of the rest.
[[nodiscard]] std::string to_json(SeenPayment const& seen, merchants::Directory const& directory);

/// `{"data":[…],"next":"…"|null}` of objects that are JSON already.
class ListJson {
 public:
    ListJson() { json_.object().key("data").array(); }
    void add(std::string_view object) { json_.raw(object); }
    [[nodiscard]] std::string close(std::optional<std::string> const& next);
    [[nodiscard]] std::string close(std::string const& next, bool more);

 private:
    std::string text_;
    json::Writer json_{text_};
};

}  // namespace choso::api
