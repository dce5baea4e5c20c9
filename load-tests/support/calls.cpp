#include "load-tests/support/calls.hpp"

#include "base/clock.hpp"

namespace choso::load {
namespace {

std::string post(std::string_view target, std::string_view authorization, std::string_view extra, std::string_view body) {
    std::string out;
    out.reserve(512 + body.size());
    out.append("POST ").append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: ");
    out.append(authorization).append("\r\n").append(extra).append("Content-Length: ").append(std::to_string(body.size()));
    out.append("\r\n\r\n").append(body);
    return out;
}

}  // namespace

std::string create_call(std::string_view api_key, std::string_view merchant, std::int64_t amount, std::string_view idempotency_key, std::string_view stall) {
    auto const at_stall = stall.empty() ? std::string{} : ",\"stall\":\"" + std::string{stall} + "\"";
    auto const body = std::string{"{\"merchant\":\""}.append(merchant).append("\",\"amount\":") + std::to_string(amount) + ",\"description\":\"rau muong\"" + at_stall + "}";
    return post("/api/v1/payment-requests", std::string{"Bearer "}.append(api_key), std::string{"Idempotency-Key: "}.append(idempotency_key).append("\r\n"), body);
}

std::string credit_call(std::string_view sepay_key, Credit const& credit, std::string_view run, std::int64_t n) {
    auto now = to_rfc3339(SystemClock{}.now()).substr(0, 19);
    now[10] = ' ';
    auto const trace = std::to_string(6'994'900'000 + n);
    auto const account = std::string{credit.account};
    auto const body = "{\"id\":1" + std::string{run.substr(run.size() - 9)} + std::to_string(n) + ",\"gateway\":\"Vietcombank\",\"transactionDate\":\"" + now +
                      "\",\"accountNumber\":\"" + account + "\",\"code\":null,\"content\":\"MBVCB." + trace + "." + std::string{credit.reference} +
                      ".CT tu 0123456789 NGUYEN VAN A toi " + account + "\",\"transferType\":\"in\",\"transferAmount\":" + std::to_string(credit.amount) +
                      ",\"accumulated\":0,\"subAccount\":null,\"referenceCode\":\"MBVCB." + trace + "\",\"description\":\"\"}";
    return post("/feeds/sepay", std::string{"Apikey "}.append(sepay_key), "", body);
}

std::string member(std::string_view json, std::string_view name) {
    auto const key = "\"" + std::string{name} + "\":\"";
    auto const at = json.find(key);
    if (at == std::string_view::npos) return {};
    auto const from = at + key.size();
    return std::string{json.substr(from, json.find('"', from) - from)};
}

}  // namespace choso::load
