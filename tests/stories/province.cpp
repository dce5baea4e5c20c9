#include "tests/stories/province.hpp"

#include <atomic>
#include <fstream>
#include <ostream>
#include <sstream>
#include <stdexcept>

#include "platform/crypto/one_time.hpp"
#include "platform/http/url.hpp"

namespace choso::stories {

json::Value const* at(json::Value const& value, std::string_view path) {
    auto const* here = &value;
    while (here != nullptr && !path.empty()) {
        auto const dot = std::min(path.find('.'), path.size());
        here = here->find(path.substr(0, dot));
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return here;
}

std::string text_at(json::Value const& value, std::string_view path) {
    auto const* found = at(value, path);
    if (found == nullptr) return {};
    if (auto const text = found->as_string()) return std::string{*text};
    if (auto const yes = found->as_bool()) return *yes ? "true" : "false";
    return std::string{found->as_number_text().value_or("")};
}

json::Value parsed(std::string_view text) {
    auto value = json::parse(text, {.depth = 64, .bytes = 1U << 26U});
    if (!value) throw std::runtime_error{"not JSON: " + std::string{text.substr(0, 500)}};
    return std::move(value).value();
}

std::int64_t Answer::number(std::string_view path) const {
    auto const* found = at(body, path);
    auto const value = found == nullptr ? std::nullopt : found->as_int();
    if (!value) throw std::runtime_error{"no number " + std::string{path} + " in " + response.body};
    return *value;
}

void PrintTo(Answer const& answer, std::ostream* out) { *out << answer.status() << ' ' << answer.response.body; }

std::int64_t next_number() {
    static std::atomic<std::int64_t> last{92'704'000};
    return ++last;
}

Instant now() { return SystemClock{}.now(); }

std::string bank_time(Instant at) {
    auto text = to_rfc3339(std::chrono::floor<std::chrono::seconds>(at)).substr(0, 19);
    text[10] = ' ';
    return text;
}

std::filesystem::path project(std::string_view path) { return std::filesystem::path{CHOSO_SOURCE_DIR} / path; }

namespace {

Answer as_answer(http::Response response) {
    auto body = json::parse(response.body, {.depth = 64, .bytes = 1U << 26U});
    return {std::move(response), body ? std::move(body).value() : json::Value{}};
}

support::Launch launch_of(support::Database const& database, std::uint16_t port, std::string const& base_url,
                          std::filesystem::path const& folder, Gateway::Settings const& more) {
    auto out = support::Launch{
            .arguments = {support::Cluster::program().string(), "serve"},
            .environment = {{"CHOSO_DATABASE__URL", database.server_url},
                            {"CHOSO_HTTP__PORT", std::to_string(port)},
                            {"CHOSO_HTTP__BASE_URL", base_url},
                            // The stories sign in from one address; tests/edge holds the usual limits.
                            {"CHOSO_LIMITS__GUARDED", "create_session=100000/minute,take_sign_in=100000/minute,take_password=100000/minute"},
                            {"CHOSO_LOG__LEVEL", "warn"}},
            .output = folder / ("gateway-" + std::to_string(port) + ".log"),
            .input = {}};
    for (auto const& [name, value] : more) out.environment[name] = value;
    return out;
}

}  // namespace

Answer post_to(std::uint16_t port, std::string const& target, std::vector<http::Header> const& headers, std::string const& body) {
    return as_answer(http::Client{"127.0.0.1", port, patience}.post(target, body, headers));
}

Gateway::Gateway(support::Database const& database, std::uint16_t port, std::string const& base_url, std::filesystem::path const& folder,
                 Settings const& more)
    : port_{port}, process_{launch_of(database, port, base_url, folder, more)} {
    auto const ready = support::eventually(patience, [&] {
        if (!process_.running()) return true;
        try {
            return http::Client{"127.0.0.1", port_}.get("/readyz").status == 200;
        } catch (http::ClientError const&) {
            return false;
        }
    });
    if (!ready || !process_.running()) throw std::runtime_error{"the gateway did not become ready: " + log()};
}

Answer Caller::send(http::Method method, std::string const& target, std::vector<http::Header> headers, std::string const& body) const {
    if (!key_.empty()) headers.push_back({"Authorization", "Bearer " + key_});
    return as_answer(http::Client{"127.0.0.1", port_, patience}.request(method, target, headers, body));
}

Answer Caller::post(std::string const& target, std::string const& body, std::string const& idempotency_key,
                    std::vector<http::Header> more) const {
    more.push_back({"Idempotency-Key", idempotency_key.empty() ? "story-" + std::to_string(next_number()) : idempotency_key});
    more.push_back({"Content-Type", "application/json"});
    return send(http::Method::post, target, std::move(more), body);
}

Answer Visitor::send(http::Method method, std::string const& target, std::vector<http::Header> headers, std::string const& body) const {
    if (!cookie.empty()) headers.push_back({"Cookie", cookie});
    if (!csrf.empty() && method != http::Method::get) headers.push_back({"X-CSRF-Token", csrf});
    return as_answer(http::Client{"127.0.0.1", port_, patience}.request(method, target, headers, body));
}

Answer Visitor::post(std::string const& target, std::string const& body, std::vector<http::Header> more) const {
    more.push_back({"Idempotency-Key", "visitor-" + std::to_string(next_number())});
    more.push_back({"Content-Type", "application/json"});
    return send(http::Method::post, target, std::move(more), body);
}

void Visitor::take(Answer const& answer) {
    if (auto const set = answer.response.header("Set-Cookie")) cookie = set->substr(0, set->find(';'));
    if (auto token = answer.text("csrf"); !token.empty()) csrf = std::move(token);
}

Answer Visitor::signs_in(std::string const& user, std::string const& password) {
    std::string body;
    json::Writer{body}.object().member("user", user).member("password", password).end();
    auto answer = post("/api/v1/sessions", body);
    take(answer);
    return answer;
}

Answer Visitor::gives(std::string const& code) {
    std::string body;
    json::Writer{body}.object().member("code", code).end();
    auto answer = post("/api/v1/session/second-factor", body);
    take(answer);
    return answer;
}

Visitor Visitor::at(std::uint16_t port) const {
    auto out = Visitor{port};
    out.cookie = cookie;
    out.csrf = csrf;
    return out;
}

namespace {

std::vector<http::Header> stream_headers(Caller const& caller, std::string const& last_event_id) {
    auto out = std::vector<http::Header>{{"Authorization", "Bearer " + caller.key()}};
    if (!last_event_id.empty()) out.push_back({"Last-Event-ID", last_event_id});
    return out;
}

}  // namespace

Stream::Stream(Caller const& caller, std::string const& last_event_id)
    : reader_{"127.0.0.1", caller.port(), "/api/v1/stream", stream_headers(caller, last_event_id), patience}, last_event_id_{last_event_id} {}

std::optional<http::EventReader::Event> Stream::next(std::chrono::milliseconds limit) {
    auto event = reader_.event(limit);
    if (event && !event->id.empty()) last_event_id_ = event->id;
    return event;
}

json::Value Stream::hears(std::string_view type) { return hears(type, {}); }

json::Value Stream::hears(std::string_view type, std::string_view id) {
    auto const until = std::chrono::steady_clock::now() + patience;
    try {
        while (std::chrono::steady_clock::now() < until) {
            auto const event = next();
            if (!event) return {};
            auto value = parsed(event->data);
            if (text_at(value, "type") != type) continue;
            if (id.empty() || text_at(value, "subject") == id || text_at(value, "payment_request") == id) return value;
        }
    } catch (http::ClientError const&) {
        // Told by the empty value: the story says what it waited for.
    }
    return {};
}

bool Stream::hears_a_heartbeat() {
    try {
        while (auto const line = reader_.line(patience))
            if (line->starts_with(':')) return true;
    } catch (http::ClientError const&) {
    }
    return false;
}

testing::AssertionResult Book::balances() const {
    auto const finished = verify();
    if (finished.status == 0) return testing::AssertionSuccess();
    return testing::AssertionFailure() << "choso verify says:\n" << finished.output;
}

Province::Province()
    : port{support::free_port()},
      base_url{"http://127.0.0.1:" + std::to_string(port)},
      database{support::Cluster::shared().fresh_demo(folder.path() / "demo.json", base_url)},
      demo{parsed(support::read_file(folder.path() / "demo.json"))} {
    start();
}

void Province::start() { gateway = std::make_unique<Gateway>(database, port, base_url, folder.path(), settings); }

std::unique_ptr<Gateway> Province::another_gateway() const {
    return std::make_unique<Gateway>(database, support::free_port(), base_url, folder.path(), settings);
}

support::Finished Province::choso(std::vector<std::string> arguments, std::string const& input) const {
    arguments.insert(arguments.begin(), support::Cluster::program().string());
    auto const file = folder.path() / ("input-" + std::to_string(next_number()));
    if (!input.empty()) std::ofstream{file, std::ios::binary} << input;
    return support::run({.arguments = std::move(arguments),
                         .environment = {{"CHOSO_DATABASE__URL", database.server_url}, {"CHOSO_DATABASE__OWNER_URL", database.owner_url}},
                         .output = {},
                         .input = input.empty() ? std::filesystem::path{} : file});
}

std::vector<json::Value> Province::choso_json(std::vector<std::string> arguments) const {
    arguments.emplace_back("--json");
    auto const finished = choso(std::move(arguments));
    if (finished.status != 0) throw std::runtime_error{"choso: " + finished.output};
    auto out = std::vector<json::Value>{};
    auto lines = std::istringstream{finished.output};
    for (std::string line; std::getline(lines, line);) out.push_back(parsed(line));
    return out;
}

void Province::advance_clock(std::chrono::seconds by) const {
    auto const finished = choso({"clock", "advance", std::to_string(by.count()) + "s"});
    if (finished.status != 0) throw std::runtime_error{"choso clock: " + finished.output};
}

json::Value const& Province::login(std::string const& user) const {
    for (auto const& each : at(demo, "logins")->items())
        if (text_at(each, "user") == user) return each;
    throw std::runtime_error{"the demo has no login " + user};
}

std::string Province::code_of(std::string const& user) const {
    auto const secret = crypto::from_base32(text_at(login(user), "totp_secret"));
    if (!secret) throw std::runtime_error{user + " has no app"};
    (void)sql("update staff_totp t set last_step = 0 from staff s where s.id = t.staff and s.login = '" + user + "'");
    auto const seconds = std::chrono::floor<std::chrono::seconds>(now()).time_since_epoch().count();
    return crypto::totp_code(*secret, seconds / crypto::totp_step_seconds);
}

Visitor Province::signed_in(std::string const& user) const {
    auto out = Visitor{port};
    auto const& it = login(user);
    if (auto const answer = out.signs_in(user, text_at(it, "password")); answer.status() != 201)
        throw std::runtime_error{user + " could not sign in: " + answer.response.body};
    if (text_at(it, "totp_secret").empty()) return out;
    if (auto const answer = out.gives(code_of(user)); answer.status() != 200)
        throw std::runtime_error{user + " could not take the second step: " + answer.response.body};
    return out;
}

Book Province::book() const {
    return {[this] { return choso({"verify"}); }};
}

Stall::Stall(Province& province, json::Value const& row)
    : id{text_at(row, "stall")}, merchant{text_at(row, "merchant")}, account{text_at(row, "bank_account.account")},
      account_id{text_at(row, "bank_account.id")}, bin{text_at(row, "bank_account.bin")}, url{text_at(row, "url")}, province_{&province} {}

Asked Stall::asks(std::int64_t amount, std::string const& more) const {
    auto const body = R"({"merchant":")" + merchant + R"(","stall":")" + id + R"(","amount":)" + std::to_string(amount) +
                      (more.empty() ? "" : "," + more) + "}";
    auto const answer = province_->caller().post("/api/v1/payment-requests", body);
    if (answer.status() != 201) throw std::runtime_error{"the stall may not ask: " + answer.response.body};
    return {answer.text("id"), answer.text("reference"), answer.text("qr"), answer.text("pay_url"), account, answer.text("expires_at"), amount};
}

Answer Stall::sees(Asked const& asked) const { return province_->caller().get("/api/v1/payment-requests/" + asked.id); }
Answer Stall::cancels(Asked const& asked) const { return province_->caller().post("/api/v1/payment-requests/" + asked.id + "/cancel", ""); }

bool Stall::comes_to(Asked const& asked, std::string_view wanted) const {
    return support::eventually(patience, [&] { return status(asked) == wanted; });
}

std::string Notice::json() const {
    std::string out;
    auto writer = json::Writer{out};
    writer.object().member("id", id).member("gateway", "Vietcombank").member("transactionDate", at).member("accountNumber", account);
    writer.key("code").null().member("content", content).member("transferType", type).member("transferAmount", amount);
    writer.member("accumulated", 0).key("subAccount");
    if (sub_account.empty()) writer.null();
    else writer.value(sub_account);
    writer.member("referenceCode", bank_reference).member("description", "").end();
    return out;
}

namespace {

std::vector<std::pair<std::string, std::string>> fields_of(Notice const& notice) {
    return {{"id", std::to_string(notice.id)}, {"gateway", "Vietcombank"}, {"transactionDate", notice.at},
            {"accountNumber", notice.account}, {"code", ""}, {"content", notice.content}, {"transferType", notice.type},
            {"transferAmount", std::to_string(notice.amount)}, {"accumulated", "0"}, {"subAccount", notice.sub_account},
            {"referenceCode", notice.bank_reference}, {"description", ""}};
}

std::string form_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (auto const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        auto const plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_';
        if (plain) out += c;
        else if (c == ' ') out += '+';
        else ((out += '%') += digits[byte >> 4U]) += digits[byte & 15U];
    }
    return out;
}

}  // namespace

std::string Notice::form() const {
    std::string out;
    for (auto const& [name, value] : fields_of(*this)) (out += out.empty() ? "" : "&") += name + "=" + form_encoded(value);
    return out;
}

std::string Notice::multipart(std::string_view boundary) const {
    std::string out;
    for (auto const& [name, value] : fields_of(*this))
        out += "--" + std::string{boundary} + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    return out + "--" + std::string{boundary} + "--\r\n";
}

Notice Bank::transfer(std::string const& account, std::string const& content, std::int64_t amount) const {
    auto const id = next_number();
    return {.id = id,
            .account = account,
            .amount = amount,
            .content = content,
            .at = bank_time(now()),
            .type = "in",
            .bank_reference = "MBVCB." + std::to_string(id),
            .sub_account = {}};
}

Notice Bank::transfer(Asked const& asked, std::int64_t amount) const {
    auto out = transfer(asked.account, "", amount);
    out.content = out.bank_reference + "." + asked.reference + ".CT tu 0123456789 NGUYEN VAN A toi " + asked.account + " tai VCB";
    return out;
}

Answer Bank::sends(Notice const& notice) const {
    return post_to(province_->port, "/feeds/sepay",
                   {{"Authorization", "Apikey " + text_at(province_->demo, "sepay.api_key")}, {"Content-Type", "application/json"}},
                   notice.json());
}

Notice Bank::credits(Asked const& asked, std::int64_t amount) const { return credits(asked, amount, now()); }

Notice Bank::credits(Asked const& asked, std::int64_t amount, Instant at) const {
    auto notice = transfer(asked, amount);
    notice.at = bank_time(at);
    auto const answer = sends(notice);
    if (answer.status() != 200) throw std::runtime_error{"the notice was not taken: " + answer.response.body};
    return notice;
}

}  // namespace choso::stories
