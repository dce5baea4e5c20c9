#include "tests/faults/clients.hpp"

#include "base/clock.hpp"
#include "platform/json/json.hpp"

namespace choso::faults {
namespace {

using namespace std::chrono_literals;

std::string member(std::string const& body, std::string_view name) {
    auto const parsed = json::parse(body);
    auto const* value = parsed ? parsed->find(name) : nullptr;
    return value != nullptr && value->as_string() ? std::string{*value->as_string()} : std::string{};
}

std::string notice_of(Life const& life, std::string const& account, std::string const& id) {
    auto at = to_rfc3339(SystemClock{}.now()).substr(0, 19);
    at[10] = ' ';
    auto const trace = "FT" + id;
    auto out = std::string{};
    json::Writer{out}.object().member("id", std::stoll(id)).member("gateway", "Vietcombank").member("transactionDate", at)
        .member("accountNumber", account).member("content", "MBVCB." + id + "." + life.reference + ".CT tu 0123456789 NGUYEN VAN A")
        .member("transferType", "in").member("transferAmount", life.amount).member("accumulated", 0).member("referenceCode", trace)
        .member("description", "").end();
    return out;
}

/// The outcome is not known, or the gateway asks to try again: nothing that a client could call an answer.
bool is_unsettled(http::Response const& answer) { return answer.status == 503 || answer.status == 408; }

}  // namespace

Clients::Clients(Province const& province, std::vector<std::uint16_t> ports, int threads, std::chrono::milliseconds patience)
    : province_{province},
      ports_{std::move(ports)},
      patience_{patience},
      run_{std::to_string(SystemClock{}.now().time_since_epoch().count() % 1'000'000'000'000)} {
    under_way_ = threads;
    for (auto n = std::size_t{0}; n < static_cast<std::size_t>(threads); ++n) threads_.emplace_back([this, n] { live(n); });
}

Clients::~Clients() {
    finishing_ = true;
    abandoned_ = true;
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
}

bool Clients::finish(std::chrono::milliseconds limit) {
    finishing_ = true;
    auto const all = support::eventually(limit, [this] { return under_way_ == 0; });
    abandoned_ = true;
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    return all;
}

bool Clients::advance(std::int64_t more, std::chrono::milliseconds limit) const {
    auto const until = acknowledged() + more;
    return support::eventually(limit, [&] { return acknowledged() >= until; });
}

void Clients::complain(std::string what) {
    auto const lock = std::lock_guard{mutex_};
    if (complaints_.size() < 50) complaints_.push_back(std::move(what));
}

Life Clients::begin(std::size_t thread) {
    auto const n = next_++;
    auto out = Life{};
    // Neighbours share a payee, so that commands meet in one bucket.
    out.payee = (thread / 2 + static_cast<std::size_t>(n) / 7) % province_.payees.size();
    out.amount = 10'000 + n % 90'000;
    out.key = run_ + "-" + std::to_string(n);
    auto const& payee = province_.payees[out.payee];
    json::Writer{out.create_body}.object().member("merchant", payee.merchant).member("stall", payee.stall).member("amount", out.amount)
        .member("description", "rau muong " + std::to_string(n)).end();
    return out;
}

Clients::Answered Clients::send(std::string const& target, std::string const& body, std::vector<http::Header> const& headers, int& sent,
                                std::size_t& at, http::Client& client) {
    for (auto pause = 5ms; !abandoned_; pause = std::min(pause * 2, 100ms)) {
        if (pause > 5ms) ++resent_;
        ++sent;
        try {
            auto const answer = client.post(target, body, headers);
            if (!is_unsettled(answer)) return {answer.status, answer.body};
            if (answer.status == 503 && !answer.header("Retry-After")) complain("503 without Retry-After: " + answer.body);
        } catch (http::ClientError const&) {
            // Not known what became of it: to the next gateway with the same bytes.
            at = (at + 1) % ports_.size();
            client = http::Client{"127.0.0.1", ports_[at], patience_};
        }
        std::this_thread::sleep_for(pause);
    }
    return {};
}

void Clients::ask(Life& life, std::size_t& at, http::Client& client) {
    auto const headers = std::vector<http::Header>{
        {"Authorization", "Bearer " + province_.api_key}, {"Content-Type", "application/json"}, {"Idempotency-Key", life.key}};
    auto const answer = send("/api/v1/payment-requests", life.create_body, headers, life.sent_creates, at, client);
    if (answer.status == 0) return;
    auto const request = member(answer.body, "id");
    auto const reference = member(answer.body, "reference");
    if (answer.status != 201 || request.empty() || reference.empty())
        return complain("create answered " + std::to_string(answer.status) + ": " + answer.body);
    if (life.request.empty()) {
        life.request = request;
        life.reference = reference;
        ++acknowledged_;
    } else if (life.request != request || life.reference != reference) {
        complain("one key, two answers: " + life.request + " and " + request);
    }
}

void Clients::pay(Life& life, std::size_t& at, http::Client& client) {
    auto const headers =
        std::vector<http::Header>{{"Authorization", "Apikey " + province_.sepay_key}, {"Content-Type", "application/json"}};
    auto const answer = send("/feeds/sepay", life.notice_body, headers, life.sent_notices, at, client);
    if (answer.status == 0) return;
    if (answer.status != 200) return complain("notice answered " + std::to_string(answer.status) + ": " + answer.body);
    if (!life.paid) ++acknowledged_;
    life.paid = true;
}

void Clients::live(std::size_t thread) {
    auto at = thread % ports_.size();
    auto client = http::Client{"127.0.0.1", ports_[at], patience_};
    for (auto n = 0; !finishing_; ++n) {
        auto life = begin(thread);
        ask(life, at, client);
        if (!life.request.empty()) {
            life.notice_body = notice_of(life, province_.payees[life.payee].account, run_ + life.key.substr(run_.size() + 1));
            pay(life, at, client);
            if (life.paid && n % 4 == 0) {
                ask(life, at, client);
                pay(life, at, client);
            }
        }
        auto const lock = std::lock_guard{mutex_};
        lives_.push_back(std::move(life));
    }
    --under_way_;
}

}  // namespace choso::faults
