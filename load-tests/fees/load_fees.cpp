// A school's term: pupils and bills from files, sheets of codes out. See README.md.
#include <cstdlib>
#include <iostream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "base/clock.hpp"
#include "load-tests/support/calls.hpp"
#include "load-tests/support/demo.hpp"
#include "load-tests/support/gateway.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/crypto/one_time.hpp"
#include "platform/http/client.hpp"
#include "platform/json/json.hpp"

namespace {

using namespace choso;

constexpr int classes = 30;
constexpr int pupils_a_class = 40;
constexpr int pupils = classes * pupils_a_class;

std::string class_of(int pupil) { return "L" + std::to_string(100 + pupil / pupils_a_class); }
std::string code_of(int pupil) { return "TN" + std::to_string(10'000 + pupil); }

/// What the run needs to call: the API with a key, the pages with a clerk's session.
class School {
 public:
    School(std::uint16_t port, std::string key, json::Value const& demo) : client_{"127.0.0.1", port, std::chrono::seconds{120}}, key_{std::move(key)} {
        merchant_ = text(*demo.find("school"), "merchant");
        for (auto const& login : demo.find("logins")->items())
            if (text(login, "page") == "/thu") sign_in(text(login, "user"), text(login, "password"), text(login, "totp_secret"));
        if (cookie_.empty()) throw std::runtime_error{"the demo has no clerk"};
    }

    [[nodiscard]] std::string const& merchant() const { return merchant_; }

    std::string get(std::string const& target) { return answered(client_.get(target, {{"Authorization", "Bearer " + key_}}), target); }
    std::string post(std::string const& target, std::string const& body, std::string const& type) {
        return answered(client_.post(target, body, {{"Authorization", "Bearer " + key_}, {"Idempotency-Key", "load-" + std::to_string(++calls_)}, {"Content-Type", type}}), target);
    }
    /// A form of the clerk's page.
    std::string submit(std::string const& target, std::string const& body) {
        return answered(client_.post(target, body, {{"Cookie", cookie_}, {"X-CSRF-Token", csrf_}, {"Content-Type", "application/x-www-form-urlencoded"}}), target);
    }

    static std::string text(json::Value const& object, std::string_view name) {
        auto const* value = object.find(name);
        if (value == nullptr || !value->as_string()) throw std::runtime_error{"there is no " + std::string{name}};
        return std::string{*value->as_string()};
    }

 private:
    void take(http::Response const& answer) {
        auto const set = answer.header("Set-Cookie");
        if (answer.status / 100 != 2 || (!set && cookie_.empty())) throw std::runtime_error{"the clerk may not sign in: " + answer.body};
        if (set) cookie_ = set->substr(0, set->find(';'));
        if (auto token = load::member(answer.body, "csrf"); !token.empty()) csrf_ = std::move(token);
    }
    void sign_in(std::string const& user, std::string const& password, std::string const& secret) {
        std::string body;
        json::Writer{body}.object().member("user", user).member("password", password).end();
        auto const answer = client_.post("/api/v1/sessions", body, {{"Content-Type", "application/json"}, {"Idempotency-Key", "load-sign-in"}});
        take(answer);
        auto const seconds = std::chrono::floor<std::chrono::seconds>(SystemClock{}.now()).time_since_epoch().count();
        auto const code = crypto::totp_code(crypto::from_base32(secret).value_or(""), seconds / crypto::totp_step_seconds);
        take(client_.post("/api/v1/session/second-factor", R"({"code":")" + code + "\"}",
                          {{"Content-Type", "application/json"}, {"Cookie", cookie_}, {"X-CSRF-Token", csrf_}, {"Idempotency-Key", "load-second-step"}}));
    }
    static std::string answered(http::Response answer, std::string const& target) {
        if (answer.status / 100 != 2) throw std::runtime_error{target + ": " + std::to_string(answer.status) + " " + answer.body.substr(0, 400)};
        return std::move(answer.body);
    }

    http::Client client_;
    std::string key_, merchant_, cookie_, csrf_;
    int calls_ = 0;
};

std::int64_t number(std::string const& text, std::string_view name) {
    auto const tree = json::parse(text);
    auto const* value = tree ? tree->find(name) : nullptr;
    if (value == nullptr || !value->as_int()) throw std::runtime_error{"no " + std::string{name} + " in " + text.substr(0, 400)};
    return *value->as_int();
}

std::string payers_csv() {
    auto out = std::string{"ma,ho_ten,dien_thoai,lop\n"};
    for (auto n = 0; n < pupils; ++n)
        out += code_of(n) + ",Học sinh " + std::to_string(n) + ",09" + std::to_string(10'000'000 + n / 2) + "," + class_of(n) + "\n";
    return out;
}

std::string bills_csv(std::int64_t rows) {
    auto out = std::string{"ma,lop,ma_phieu,han,khoan: Tiền ăn bán trú,khoan: Trông trưa,tra_mot_phan\n"};
    for (auto n = std::int64_t{0}; n < rows; ++n) {
        auto const pupil = static_cast<int>(n % pupils);
        out += code_of(pupil) + "," + class_of(pupil) + ",P" + std::to_string(n) + ",31/12/2026," + std::to_string(450'000 + n % 7 * 25'000) + ",80000,1\n";
    }
    return out;
}

struct Imported {
    double looked_s = 0, done_s = 0;
};

/// Throws when a row is refused or fails.
Imported import(School& school, std::string const& kind, std::string const& csv, std::int64_t rows) {
    auto out = Imported{};
    auto const begin = load::Steady::now();
    auto const kept = school.post("/api/v1/fee-imports?kind=" + kind + "&merchant=" + school.merchant(), csv, "text/csv");
    out.looked_s = load::seconds_since(begin);
    auto const id = load::member(kept, "id");
    if (number(kept, "rows_good") != rows) throw std::runtime_error{"rows were refused: " + kept};
    (void)school.post("/api/v1/fee-imports/" + id + "/confirm", "", "application/json");
    for (;;) {
        auto const told = school.get("/api/v1/fee-imports/" + id);
        if (load::member(told, "state") == "done") {
            if (number(told, "rows_done") != rows) throw std::runtime_error{"rows failed: " + told};
            break;
        }
        if (load::seconds_since(begin) > 300) throw std::runtime_error{"the import does not end: " + told};
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    out.done_s = load::seconds_since(begin);
    return out;
}

/// Every bill of the file there once, each with a reference of its own.
std::int64_t count_bills(School& school) {
    auto codes = std::set<std::string>{}, references = std::set<std::string>{};
    auto after = std::string{};
    do {
        auto const tree = json::parse(school.get("/api/v1/bills?limit=100&merchant=" + school.merchant() + (after.empty() ? "" : "&after=" + after)));
        for (auto const& bill : tree->find("data")->items()) {
            auto const* const code = bill.find("code");
            if (code == nullptr || !code->as_string() || !code->as_string()->starts_with("P")) continue;
            if (!codes.emplace(*code->as_string()).second) throw std::runtime_error{"twice: " + std::string{*code->as_string()}};
            if (!references.emplace(School::text(bill, "reference")).second) throw std::runtime_error{"one reference for two bills"};
        }
        auto const* const next = tree->find("next");
        after = next != nullptr && next->as_string() ? std::string{*next->as_string()} : std::string{};
    } while (!after.empty());
    return static_cast<std::int64_t>(codes.size());
}

std::string decimal(double value) {
    auto out = std::ostringstream{};
    out.precision(2);
    out << std::fixed << value;
    return out.str();
}

int run(std::int64_t rows) {
    auto const folder = load::required_variable("CHOSO_LOAD_CLUSTER_DIR");
    auto const port = support::free_port();
    auto const demo = load::seed_demo(folder, port);
    auto gateway = load::Gateway{folder, port};
    auto const parsed = json::parse(support::read_file(folder + "/demo.json"));
    auto school = School{port, demo.api_key, *parsed};
    std::vector<std::string> units;
    for (auto n = 0; n < classes; ++n) {
        std::string body;
        json::Writer{body}.object().member("merchant", school.merchant()).member("code", class_of(n * pupils_a_class)).member("name", "Lớp " + std::to_string(n)).end();
        units.push_back(load::member(school.post("/api/v1/fee-units", body, "application/json"), "id"));
    }
    auto const payers = import(school, "payers", payers_csv(), pupils);
    std::cerr << pupils << " pupils in " << payers.done_s << " s\n";
    auto const bills = import(school, "bills", bills_csv(rows), rows);
    std::cerr << rows << " bills in " << bills.done_s << " s, looked through in " << bills.looked_s << " s\n";
    auto const counted = count_bills(school);

    auto const begin = load::Steady::now();
    auto bytes = std::size_t{0};
    for (auto const& unit : units) {
        auto const sheet = school.submit("/thu/lop.pdf?don-vi=" + school.merchant() + "&lop=" + unit, "");
        if (!sheet.starts_with("%PDF-")) throw std::runtime_error{"no sheet of codes"};
        bytes += sheet.size();
    }
    auto const sheets = load::seconds_since(begin);
    std::cerr << classes << " sheets in " << sheets << " s\n";
    load::output_of({load::required_variable("CHOSO_BINARY"), "verify"});
    gateway.stop();

    std::string out;
    auto json = json::Writer{out};
    json.object().member("scenario", "fees").member("pupils", pupils).key("payers_s").raw(decimal(payers.done_s)).member("bills", rows);
    json.key("look_through_s").raw(decimal(bills.looked_s)).key("import_and_issue_s").raw(decimal(bills.done_s)).key("class_sheets_s").raw(decimal(sheets));
    json.member("class_sheets_bytes", static_cast<std::int64_t>(bytes)).member("counted", counted).end();
    std::cout << out << '\n';
    return counted == rows ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    auto rows = std::int64_t{10'000};
    for (auto i = 1; i + 1 < argc; ++i)
        if (std::string_view{argv[i]} == "--rows") rows = std::max(1L, std::atol(argv[i + 1]));
    try {
        return run(rows);
    } catch (std::exception const& failed) {
        std::cerr << "load_fees: " << failed.what() << '\n';
        return 1;
    }
}
