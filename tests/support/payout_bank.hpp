#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "platform/http/server.hpp"
#include "platform/json/json.hpp"

namespace choso::support {

/// A bank's connector on a socket, whose manners a test sets. It counts what it was sent, by payout, so that a second
/// sending would show whatever became of the first.
class PayoutBank {
 public:
    enum class Manner {
        pays,         ///< and says so
        refuses,      ///< says failed
        takes_time,   ///< says pending; paid by the time it is asked
        pays_silently,  ///< pays, and never answers
        loses_it,     ///< never heard of it, and never answers
        stays_silent  ///< never answers anything; pays once `wakes()`
    };
    /// What it does with the n-th payout it is sent.
    using Choose = std::function<Manner(int n)>;

    explicit PayoutBank(Choose choose = [](int) { return Manner::pays; }) : choose_{std::move(choose)} {
        auto router = http::Router{};
        router.add(http::Method::post, "/payouts", "pay", [this](http::Request const& request, http::Responder respond) { pay(request, std::move(respond)); });
        router.add(http::Method::get, "/payouts/{id}", "ask", [this](http::Request const& request, http::Responder respond) { ask(request, std::move(respond)); });
        auto options = http::ServerOptions{};
        options.port = 0;
        options.stop_timeout = std::chrono::milliseconds{100};
        server_ = std::make_unique<http::Server>(options, std::move(router));
        server_->run_in_background();
    }
    ~PayoutBank() {
        auto waiting = std::vector<http::Responder>{};
        {
            auto const lock = std::lock_guard{mutex_};
            waiting.swap(unanswered_);
        }
        waiting.clear();
        server_->stop();
    }
    PayoutBank(PayoutBank const&) = delete;
    PayoutBank& operator=(PayoutBank const&) = delete;

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
    void behaves(Manner manner) {
        auto const lock = std::lock_guard{mutex_};
        choose_ = [manner](int) { return manner; };
    }
    void wakes() {
        auto const lock = std::lock_guard{mutex_};
        silent_ = false;
    }
    /// How often each payout was sent.
    [[nodiscard]] std::map<std::string, int> sent() const {
        auto const lock = std::lock_guard{mutex_};
        return sent_;
    }
    /// What it paid, and how much.
    [[nodiscard]] std::map<std::string, std::int64_t> paid() const {
        auto const lock = std::lock_guard{mutex_};
        return paid_;
    }
    [[nodiscard]] int asked() const {
        auto const lock = std::lock_guard{mutex_};
        return asked_;
    }
    [[nodiscard]] std::string last_body() const {
        auto const lock = std::lock_guard{mutex_};
        return last_body_;
    }

 private:
    static std::string text(json::Value const& value, std::string_view field) {
        auto const* found = value.find(field);
        return found == nullptr ? std::string{} : std::string{found->as_string().value_or("")};
    }
    static http::Response said(std::string const& id, std::string_view status, std::string_view reason = {}) {
        auto out = http::Response{200, "application/json", {}, {}};
        json::Writer{out.body}.object().member("id", id).member("status", status).member("bank_reference", "FT" + id.substr(id.size() - 6))
            .member("reason", reason).end();
        return out;
    }

    void pay(http::Request const& request, http::Responder respond) {
        auto const body = json::parse(request.body);
        auto const id = body ? text(*body, "id") : std::string{};
        auto const* amount = body ? body->find("amount") : nullptr;
        auto const lock = std::lock_guard{mutex_};
        ++sent_[id];
        last_body_ = request.body;
        switch (choose_(static_cast<int>(sent_.size()))) {
            case Manner::pays: paid_[id] = amount->as_int().value_or(0); return respond(said(id, "succeeded"));
            case Manner::refuses: refused_[id] = true; return respond(said(id, "failed", "account_closed"));
            case Manner::takes_time: paid_[id] = amount->as_int().value_or(0); return respond(said(id, "pending"));
            case Manner::pays_silently: paid_[id] = amount->as_int().value_or(0); break;
            case Manner::loses_it: break;
            case Manner::stays_silent:
                paid_[id] = amount->as_int().value_or(0);
                silent_ = true;
                break;
        }
        unanswered_.push_back(std::move(respond));
    }
    void ask(http::Request const& request, http::Responder respond) {
        auto const& id = request.param("id");
        auto const lock = std::lock_guard{mutex_};
        ++asked_;
        if (silent_) return unanswered_.push_back(std::move(respond));
        if (paid_.contains(id)) return respond(said(id, "succeeded"));
        if (refused_.contains(id)) return respond(said(id, "failed", "account_closed"));
        respond({404, "application/json", R"({"id":")" + id + R"(","status":"unknown"})", {}});
    }

    mutable std::mutex mutex_;
    Choose choose_;
    std::map<std::string, int> sent_;
    std::map<std::string, std::int64_t> paid_;
    std::map<std::string, bool> refused_;
    std::vector<http::Responder> unanswered_;
    std::string last_body_;
    int asked_ = 0;
    bool silent_ = false;
    std::unique_ptr<http::Server> server_;
};

}  // namespace choso::support
