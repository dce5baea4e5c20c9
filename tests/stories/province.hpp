#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "platform/http/client.hpp"
#include "platform/json/json.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/process.hpp"

namespace choso::stories {

/// How long a story waits for what must happen; never what it measures.
inline constexpr auto patience = std::chrono::seconds{30};

/// The member at a dotted path (`bank_account.number`); nullptr if there is none.
[[nodiscard]] json::Value const* at(json::Value const& value, std::string_view path);
/// A text, a number as written, or empty when absent or null.
[[nodiscard]] std::string text_at(json::Value const& value, std::string_view path);
/// Throws std::runtime_error when it is no JSON.
[[nodiscard]] json::Value parsed(std::string_view text);

/// What the gateway answered.
struct Answer {
    http::Response response;
    json::Value body;  ///< null if it was no JSON

    [[nodiscard]] int status() const { return response.status; }
    [[nodiscard]] std::string text(std::string_view path) const { return text_at(body, path); }
    /// Throws std::runtime_error if there is no such number.
    [[nodiscard]] std::int64_t number(std::string_view path) const;
    [[nodiscard]] std::string header(std::string_view name) const { return std::string{response.header(name).value_or("")}; }
};
/// For failure messages: status and body.
void PrintTo(Answer const& answer, std::ostream* out);

/// A gateway process of this test on a port of its own.
class Gateway {
 public:
    using Settings = std::map<std::string, std::string>;
    Gateway(support::Database const& database, std::uint16_t port, std::string const& base_url, std::filesystem::path const& folder,
            Settings const& more = {});
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] support::Process& process() { return process_; }
    [[nodiscard]] std::string log() const { return process_.output(); }

 private:
    std::uint16_t port_;
    support::Process process_;
};

/// A caller of the API: one key, one gateway. Each call is a connection of its own, so callers may be used from any thread.
class Caller {
 public:
    Caller(std::uint16_t port, std::string key) : port_{port}, key_{std::move(key)} {}

    [[nodiscard]] Answer get(std::string const& target) const { return send(http::Method::get, target); }
    /// With an Idempotency-Key of its own, unless one is given.
    [[nodiscard]] Answer post(std::string const& target, std::string const& body, std::string const& idempotency_key = {},
                              std::vector<http::Header> more = {}) const;
    /// Exactly these headers and the key.
    [[nodiscard]] Answer send(http::Method method, std::string const& target, std::vector<http::Header> headers = {},
                              std::string const& body = {}) const;
    [[nodiscard]] std::string const& key() const { return key_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
    std::uint16_t port_;
    std::string key_;
};

/// A live stream of one caller.
class Stream {
 public:
    explicit Stream(Caller const& caller, std::string const& last_event_id = {});
    /// The next event of this type, others passed over; a null value when none comes.
    [[nodiscard]] json::Value hears(std::string_view type);
    /// As `hears`, and of this subject or naming this payment request.
    [[nodiscard]] json::Value hears(std::string_view type, std::string_view id);
    /// The next event whatever it is.
    [[nodiscard]] std::optional<http::EventReader::Event> next(std::chrono::milliseconds limit = patience);
    /// The next line that is a comment; false when none comes.
    [[nodiscard]] bool hears_a_heartbeat();
    [[nodiscard]] std::string const& last_event_id() const { return last_event_id_; }
    [[nodiscard]] http::Response const& response() const { return reader_.response(); }

 private:
    http::EventReader reader_;
    std::string last_event_id_;
};

/// A bank's notice as SePay sends it.
struct Notice {
    std::int64_t id = 0;
    std::string account;
    std::int64_t amount = 0;
    std::string content;
    std::string at;  ///< the bank's time, `YYYY-MM-DD HH:MM:SS`
    std::string type = "in";
    std::string bank_reference;
    std::string sub_account;

    [[nodiscard]] std::string json() const;
    [[nodiscard]] std::string form() const;
    [[nodiscard]] std::string multipart(std::string_view boundary) const;
};

/// A request for money as the API answered it.
struct Asked {
    std::string id, reference, qr, pay_url, account, expires_at;
    std::int64_t amount = 0;
};

/// The book as `choso verify` and the API show it.
struct Book {
    std::function<support::Finished()> verify;
    /// Every invariant over everything that was stored. Prints what is broken.
    [[nodiscard]] testing::AssertionResult balances() const;
};

class Province;

/// Somebody with a browser: keeps the session's cookie and CSRF token, and sends them along.
class Visitor {
 public:
    explicit Visitor(std::uint16_t port) : port_{port} {}

    [[nodiscard]] Answer get(std::string const& target) const { return send(http::Method::get, target); }
    /// JSON, with an Idempotency-Key of its own.
    Answer post(std::string const& target, std::string const& body, std::vector<http::Header> more = {}) const;
    Answer send(http::Method method, std::string const& target, std::vector<http::Header> more = {}, std::string const& body = {}) const;

    Answer signs_in(std::string const& user, std::string const& password);
    /// The second step, or the second factor once more.
    Answer gives(std::string const& code);
    /// Takes over what an answer sets: its cookie, and the CSRF token of its body.
    void take(Answer const& answer);
    /// The same person at another process.
    [[nodiscard]] Visitor at(std::uint16_t port) const;

    std::string cookie, csrf;  ///< `name=value`; empty while signed out

 private:
    std::uint16_t port_;
};

/// A stall with its payee's account; asks with the demo's key.
class Stall {
 public:
    Stall(Province& province, json::Value const& row);
    /// `more`: further members, `"expires_in":60`. The test fails if it is refused.
    [[nodiscard]] Asked asks(std::int64_t amount, std::string const& more = {}) const;
    [[nodiscard]] Answer sees(Asked const& asked) const;
    [[nodiscard]] std::string status(Asked const& asked) const { return sees(asked).text("status"); }
    [[nodiscard]] Answer cancels(Asked const& asked) const;
    /// Waits until the request has this status.
    [[nodiscard]] bool comes_to(Asked const& asked, std::string_view status) const;

    std::string id, merchant, account, account_id, bin, url;

 private:
    Province* province_;
};

/// The banks, all told through SePay by API key.
class Bank {
 public:
    explicit Bank(Province& province) : province_{&province} {}
    /// A notice of a transfer made by scanning what was asked; mangled as Vietcombank mangles contents.
    [[nodiscard]] Notice transfer(Asked const& asked, std::int64_t amount) const;
    [[nodiscard]] Notice transfer(std::string const& account, std::string const& content, std::int64_t amount) const;
    Answer sends(Notice const& notice) const;
    /// A transfer told at once; the test fails if it is not taken.
    Notice credits(Asked const& asked, std::int64_t amount) const;
    Notice credits(Asked const& asked, std::int64_t amount, Instant at) const;

 private:
    Province* province_;
};

/// A copy of the demo province's database, and a gateway that serves it.
class Province {
 public:
    Province();
    Province(Province const&) = delete;
    Province& operator=(Province const&) = delete;

    [[nodiscard]] Stall stall(std::size_t n = 0) { return Stall{*this, at(demo, "stalls")->items()[n]}; }
    [[nodiscard]] Bank bank() { return Bank{*this}; }
    [[nodiscard]] Book book() const;
    /// The demo's key, which may speak for all; and one that may speak for the second stall alone.
    [[nodiscard]] Caller caller() const { return {port, text_at(demo, "api_key")}; }
    [[nodiscard]] Caller other_caller() const { return {port, text_at(demo, "other_api_key")}; }
    /// The demo's member of this login: user, password, totp_secret.
    [[nodiscard]] json::Value const& login(std::string const& user) const;
    /// What the member's app shows. A code is good once: this makes the server forget that it was used.
    [[nodiscard]] std::string code_of(std::string const& user) const;
    /// Signed in, with the second factor where there is one.
    [[nodiscard]] Visitor signed_in(std::string const& user) const;
    [[nodiscard]] Stream listens() const { return Stream{caller()}; }

    /// Runs `choso` on this database. `input` is its stdin.
    [[nodiscard]] support::Finished choso(std::vector<std::string> arguments, std::string const& input = {}) const;
    /// The same, with one JSON object a line as its output.
    [[nodiscard]] std::vector<json::Value> choso_json(std::vector<std::string> arguments) const;
    [[nodiscard]] std::string sql(std::string_view statements) const { return support::Cluster::shared().sql(statements, database.name); }
    void advance_clock(std::chrono::seconds by) const;

    void start();
    void stop() { gateway.reset(); }
    /// One more gateway on the same database.
    [[nodiscard]] std::unique_ptr<Gateway> another_gateway() const;

    support::TemporaryFolder folder;
    std::uint16_t port;
    std::string base_url;
    support::Database database;
    json::Value demo;
    Gateway::Settings settings;  ///< more of the gateways that start from now on
    std::unique_ptr<Gateway> gateway;
};

/// POST to a gateway with these headers alone.
[[nodiscard]] Answer post_to(std::uint16_t port, std::string const& target, std::vector<http::Header> const& headers, std::string const& body);
/// As a bank writes it: `2026-11-21 14:02:37`, in Vietnam.
[[nodiscard]] std::string bank_time(Instant at);
[[nodiscard]] Instant now();
/// A number no other call in this process returns.
[[nodiscard]] std::int64_t next_number();
/// A path below the project's folder.
[[nodiscard]] std::filesystem::path project(std::string_view path);

/// One province for a whole table of rows.
class SharedProvince : public testing::Test {
 public:
    static void SetUpTestSuite() { shared_ = std::make_unique<Province>(); }
    static void TearDownTestSuite() { shared_.reset(); }

 protected:
    [[nodiscard]] static Province& province() { return *shared_; }

 private:
    inline static std::unique_ptr<Province> shared_;
};

}  // namespace choso::stories
