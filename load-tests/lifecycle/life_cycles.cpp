#include "load-tests/lifecycle/life_cycles.hpp"

#include "base/clock.hpp"

namespace choso::load {
namespace {

std::string request_bytes(std::string_view target, std::string_view authorization, std::string_view extra, std::string_view body) {
    std::string out;
    out.reserve(512 + body.size());
    out.append("POST ").append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: ");
    out.append(authorization).append("\r\n").append(extra).append("Content-Length: ").append(std::to_string(body.size()));
    out.append("\r\n\r\n").append(body);
    return out;
}

/// The string member `name` of a flat JSON text of ours.
std::string member(std::string_view json, std::string_view name) {
    auto const key = "\"" + std::string{name} + "\":\"";
    auto const at = json.find(key);
    if (at == std::string_view::npos) return {};
    auto const from = at + key.size();
    return std::string{json.substr(from, json.find('"', from) - from)};
}

}  // namespace

LifeCycles::LifeCycles(std::uint16_t port, std::string api_key, std::string sepay_key, std::vector<Payee> payees)
    : port_{port},
      api_key_{"Bearer " + api_key},
      sepay_key_{"Apikey " + sepay_key},
      payees_{std::move(payees)},
      run_{std::to_string(SystemClock{}.now().time_since_epoch().count())} {}

std::string LifeCycles::create_bytes(std::size_t payee, std::int64_t amount) {
    auto const& to = payees_[payee];
    auto const body = "{\"merchant\":\"" + to.merchant + "\",\"amount\":" + std::to_string(amount) +
                      ",\"description\":\"rau muong\"}";
    return request_bytes("/api/v1/payment-requests", api_key_, "Idempotency-Key: " + run_ + "-" + std::to_string(next_++) + "\r\n", body);
}

std::string LifeCycles::credit_bytes(Made const& made) {
    auto const n = next_++;
    auto now = to_rfc3339(SystemClock{}.now()).substr(0, 19);
    now[10] = ' ';
    auto const trace = std::to_string(6'994'900'000 + n);
    auto const body = "{\"id\":1" + run_.substr(run_.size() - 9) + std::to_string(n) + ",\"gateway\":\"Vietcombank\",\"transactionDate\":\"" + now +
                      "\",\"accountNumber\":\"" + payees_[made.payee].account + "\",\"code\":null,\"content\":\"MBVCB." + trace + "." +
                      made.reference + ".CT tu 0123456789 NGUYEN VAN A toi " + payees_[made.payee].account +
                      "\",\"transferType\":\"in\",\"transferAmount\":" + std::to_string(made.amount) +
                      ",\"accumulated\":0,\"subAccount\":null,\"referenceCode\":\"MBVCB." + trace + "\",\"description\":\"\"}";
    return request_bytes("/feeds/sepay", sepay_key_, "", body);
}

bool LifeCycles::take_created(HttpDriver::Answer const& answer, std::size_t payee, std::int64_t amount, Made& made) {
    ++statuses_[answer.status];
    if (answer.status != 201) return ++refused_, false;
    made = {payee, member(answer.body, "id"), member(answer.body, "reference"), amount};
    created_.push_back(made.request);
    return true;
}

void LifeCycles::take_paid(HttpDriver::Answer const& answer, Made const& made) {
    ++statuses_[answer.status];
    if (answer.status == 200) paid_.push_back({made.request, made.amount});
    else ++refused_;
}

double LifeCycles::closed_loop(double seconds, int connections) {
    auto driver = HttpDriver{port_, connections};
    auto const start = Steady::now();
    auto const before = paid_.size();
    auto running = true;
    std::function<void()> begin = [&] {
        auto const payee = static_cast<std::size_t>(next_) % payees_.size();
        auto const amount = 10'000 + next_ % 90'000;
        driver.send(create_bytes(payee, amount), [&, payee, amount](HttpDriver::Answer const& answer) {
            auto made = Made{};
            if (!take_created(answer, payee, amount, made)) return;
            driver.send(credit_bytes(made), [&, made](HttpDriver::Answer const& credited) {
                take_paid(credited, made);
                if (running) begin();
            });
        });
    };
    for (auto n = 0; n < connections; ++n) begin();
    while (seconds_since(start) < seconds) driver.poll(10);
    auto const rate = static_cast<double>(paid_.size() - before) / seconds_since(start);
    running = false;
    for (auto const stop = Steady::now(); driver.in_flight() > 0 && seconds_since(stop) < 30;) driver.poll(10);
    return rate;
}

LifeCycles::Latencies LifeCycles::open_loop(double seconds, double per_second, int connections) {
    auto driver = HttpDriver{port_, connections};
    auto out = Latencies{};
    auto ready = std::deque<Made>{};
    auto const start = Steady::now();
    auto const gap = 1.0 / per_second;
    auto const ms_since = [&](double intended) { return (seconds_since(start) - intended) * 1000.0; };
    // Credits run one second behind creates, on a clock of their own.
    auto next_create = 0.0;
    auto next_credit = 1.0;
    for (;;) {
        auto const now = seconds_since(start);
        auto const creating = next_create < seconds;
        if (!creating && ready.empty() && driver.in_flight() == 0) break;
        if (now > seconds + 60) break;
        if (creating && next_create <= now && driver.has_idle()) {
            auto const payee = static_cast<std::size_t>(next_) % payees_.size();
            auto const amount = 10'000 + next_ % 90'000;
            auto const intended = next_create;
            next_create += gap;
            driver.send(create_bytes(payee, amount), [&, payee, amount, intended](HttpDriver::Answer const& answer) {
                out.create_ms.push_back(ms_since(intended));
                auto made = Made{};
                if (take_created(answer, payee, amount, made)) ready.push_back(std::move(made));
            });
        }
        if (!ready.empty() && next_credit <= now && driver.has_idle()) {
            auto const made = ready.front();
            ready.pop_front();
            auto const intended = next_credit;
            next_credit += gap;
            driver.send(credit_bytes(made), [&, made, intended](HttpDriver::Answer const& answer) {
                out.credit_ms.push_back(ms_since(intended));
                take_paid(answer, made);
            });
        }
        auto const due = creating ? std::min(next_create, ready.empty() ? next_create : next_credit) : (ready.empty() ? now + 1 : next_credit);
        driver.poll(due <= seconds_since(start) ? 0 : 1);
    }
    out.achieved_per_s = static_cast<double>(out.credit_ms.size()) / seconds;
    return out;
}

}  // namespace choso::load
