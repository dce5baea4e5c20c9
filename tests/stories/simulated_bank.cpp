#include "tests/stories/simulated_bank.hpp"

#include <csignal>
#include <fstream>
#include <set>
#include <stdexcept>

namespace choso::stories {
namespace {

/// Every `bank_account` anywhere in demo.json.
void collect_accounts(json::Value const& value, std::set<std::vector<std::string>>& out) {
    if (!text_at(value, "bin").empty() && !text_at(value, "account").empty() && !text_at(value, "holder").empty())
        out.insert({text_at(value, "bin"), text_at(value, "account"), text_at(value, "holder")});
    for (auto const& [key, member] : value.members()) collect_accounts(member, out);
    for (auto const& item : value.items()) collect_accounts(item, out);
}

std::string setup_of(Province const& province, SimulatedBank::Options const& options) {
    auto accounts = std::set<std::vector<std::string>>{};
    collect_accounts(province.demo, accounts);
    auto out = std::string{};
    auto writer = json::Writer{out};
    writer.object().key("accounts").array();
    for (auto const& account : accounts)
        writer.object().member("bin", account[0]).member("account", account[1]).member("holder", account[2]).member("opening", 0).end();
    writer.end().key("subscriptions").array();
    auto const subscribe = [&](std::string_view kind) {
        auto const key = text_at(province.demo, std::string{kind} + ".api_key");
        writer.object().member("name", kind).member("kind", kind).member("url", province.base_url + "/feeds/" + std::string{kind}).member("key", key).end();
    };
    subscribe("sepay");
    if (options.with_camt) subscribe("camt");
    writer.end().key("payouts").object().member("token", options.payout_token).end().member("camt_every", 0).end();
    return out;
}

}  // namespace

SimulatedBank::SimulatedBank(Province& province, Options options)
    : province_{province}, options_{std::move(options)}, folder_{province.folder.path() / ("bank-" + std::to_string(next_number()))}, port_{support::free_port()} {
    std::filesystem::create_directories(folder_);
    std::ofstream{folder_ / "setup.json"} << setup_of(province, options_);
    start();
    stands_at(now());
}

std::filesystem::path SimulatedBank::book() const { return folder_ / "book.jsonl"; }

void SimulatedBank::start() {
    process_ = std::make_unique<support::Process>(support::Launch{
        .arguments = {CHOSO_BANK_BINARY, "serve", "--data", folder_.string(), "--port", std::to_string(port_), "--setup", (folder_ / "setup.json").string(),
                      "--seed", std::to_string(options_.seed)},
        .environment = {},
        .output = folder_ / "log",
        .input = {}});
    auto const ready = support::eventually(patience, [&] {
        if (!process_->running()) return true;
        try {
            return http::Client{"127.0.0.1", port_}.get("/livez").status == 200;
        } catch (http::ClientError const&) {
            return false;
        }
    });
    if (!ready || !process_->running()) throw std::runtime_error{"choso-bank did not become ready: " + process_->output()};
}

void SimulatedBank::kill() {
    process_->signal(SIGKILL);
    (void)process_->wait(patience);
    process_.reset();
}

json::Value SimulatedBank::plays(std::string const& script) const {
    auto const answer = http::Client{"127.0.0.1", port_, std::chrono::minutes{5}}.post("/script", script, {{"Content-Type", "application/json"}});
    if (answer.status != 200) throw std::runtime_error{"choso-bank: " + answer.body};
    return parsed(answer.body);
}

json::Value SimulatedBank::does(std::string const& step) const { auto const played = plays("[{" + step + "}]"); return played.items()[0]; }

std::vector<json::Value> SimulatedBank::pays(Asked const& asked, std::string const& way, std::string const& more) const {
    auto const paid = does(R"("do":"pay","qr":")" + asked.qr + R"(","way":")" + way + "\"" + (more.empty() ? "" : "," + more));
    auto const movements = at(paid, "movements")->items();
    return {movements.begin(), movements.end()};
}

void SimulatedBank::stands_at(Instant at) const { (void)does(R"("do":"clock","at":")" + to_rfc3339(at) + "\""); }

http::Response SimulatedBank::raw(std::string const& target) const { return http::Client{"127.0.0.1", port_, patience}.get(target); }
json::Value SimulatedBank::get(std::string const& target) const { return parsed(raw(target).body); }

Answer SimulatedBank::post(std::string const& target, std::string const& body, std::string const& bearer) const {
    return post_to(port_, target, {{"Authorization", "Bearer " + bearer}, {"Content-Type", "application/json"}}, body);
}

}  // namespace choso::stories
