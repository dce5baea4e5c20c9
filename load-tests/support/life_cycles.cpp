#include "load-tests/support/life_cycles.hpp"

#include "base/clock.hpp"
#include "load-tests/support/calls.hpp"

namespace choso::load {
LifeCycles::LifeCycles(std::uint16_t port, std::string api_key, std::string sepay_key, std::vector<Payee> payees)
    : port_{port},
      api_key_{std::move(api_key)},
      sepay_key_{std::move(sepay_key)},
      payees_{std::move(payees)},
      run_{std::to_string(SystemClock{}.now().time_since_epoch().count())} {}

std::string LifeCycles::create_bytes(std::size_t payee, std::int64_t amount) {
    return create_call(api_key_, payees_[payee].merchant, amount, run_ + "-" + std::to_string(next_++));
}

std::string LifeCycles::credit_bytes(Made const& made) {
    return credit_call(sepay_key_, {payees_[made.payee].account, made.reference, made.amount}, run_, next_++);
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
