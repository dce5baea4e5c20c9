// 10,000 live streams, 500 bank notices a second: how long from a notice to its bytes on the stall's stream, is any missed,
// and what does a stream cost.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>
#include <stdexcept>
#include <unordered_map>

#include "base/clock.hpp"
#include "load-tests/live/live_streams.hpp"
#include "load-tests/live/market_day.hpp"
#include "load-tests/support/calls.hpp"
#include "load-tests/support/gateway.hpp"
#include "load-tests/support/http_driver.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace {

using namespace choso;

constexpr auto credits_per_second = 500;
constexpr auto slow_readers = 20;
constexpr auto breaks = 200;
constexpr auto p99_ms_max = 200.0;

/// A request that waits to be paid, and what became of it. Times are seconds since the measured part began.
struct Sale {
    std::size_t stall = 0;
    std::int64_t amount = 0;
    std::string request, reference;
    double intended = -1;
    bool acknowledged = false;
    int heard = 0;
};

struct Footprint {
    double resident = 0, kernel = 0;
    std::int64_t descriptors = 0;
};

/// The process's resident bytes and descriptors; TCP's pages of the whole machine.
Footprint footprint_of(pid_t process) {
    auto out = Footprint{};
    auto const folder = "/proc/" + std::to_string(process);
    auto words = std::istringstream{support::read_file(folder + "/statm")};
    auto pages = 0.0;
    words >> pages >> pages;
    auto const page = static_cast<double>(sysconf(_SC_PAGESIZE));
    out.resident = pages * page;
    for ([[maybe_unused]] auto const& each : std::filesystem::directory_iterator{folder + "/fd"}) ++out.descriptors;
    auto const sockets = support::read_file("/proc/net/sockstat");
    if (auto const at = sockets.find(" mem "); at != std::string::npos) out.kernel = std::strtod(sockets.c_str() + at + 5, nullptr) * page;
    return out;
}

void raise_descriptors(rlim_t wanted) {
    auto limit = rlimit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur >= wanted) return;
    limit.rlim_cur = wanted;
    limit.rlim_max = std::max(limit.rlim_max, wanted);
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) throw std::runtime_error{"cannot have " + std::to_string(wanted) + " descriptors: ulimit -n"};
}

/// The day: sales are asked for beforehand, then paid at a fixed rate while the streams are listened to.
class Day {
 public:
    Day(load::Gateway& gateway, load::MarketDay const& market)
        : gateway_{gateway}, market_{market}, driver_{gateway.port(), 64}, streams_{gateway.port(), [this](auto const& event) { hear(event); }} {}

    void ask(std::size_t sales);
    void open_streams();
    void pay();
    /// Waits until everything that was acknowledged was heard, at most ten seconds.
    void listen_on();

    std::vector<Sale> sales{};
    std::vector<double> latencies_ms{}, answers_ms{};
    std::size_t refused = 0, replayed = 0;
    double open_seconds = 0, paid_seconds = 0;

    [[nodiscard]] load::LiveStreams& streams() { return streams_; }
    [[nodiscard]] std::size_t slow_cut() const { return streams_.slow_cut(); }

 private:
    void hear(load::LiveStreams::Event const& event);
    void send(std::size_t sale);
    void break_some();
    [[nodiscard]] double now() const { return load::seconds_since(began_); }

    load::Gateway& gateway_;
    load::MarketDay const& market_;
    load::HttpDriver driver_;
    load::LiveStreams streams_;
    std::unordered_map<std::string, std::size_t> by_request_{};
    std::vector<std::size_t> broken_{};
    std::vector<char> was_broken_{};
    double broken_at_ = -1;
    bool back_ = false;
    load::Steady::time_point began_{};
    std::string run_ = std::to_string(SystemClock{}.now().time_since_epoch().count());
    std::mt19937_64 chance_{20'261'122};
};

void Day::ask(std::size_t wanted) {
    sales.resize(wanted);
    auto next = std::size_t{0};
    while (next < wanted || driver_.in_flight() > 0) {
        while (next < wanted && driver_.has_idle()) {
            auto const at = next++;
            auto& sale = sales[at];
            sale.stall = chance_() % market_.stalls.size();
            sale.amount = 10'000 + static_cast<std::int64_t>(chance_() % 90'000);
            auto const& stall = market_.stalls[sale.stall];
            driver_.send(load::create_call(market_.api_key, stall.merchant, sale.amount, run_ + "-" + std::to_string(at), stall.id),
                         [this, at](load::HttpDriver::Answer const& answer) {
                             if (answer.status != 201) throw std::runtime_error{"a request was refused: " + std::string{answer.body}};
                             sales[at].request = load::member(answer.body, "id");
                             sales[at].reference = load::member(answer.body, "reference");
                             by_request_[sales[at].request] = at;
                         });
        }
        driver_.poll(10);
    }
}

void Day::open_streams() {
    auto const start = load::Steady::now();
    for (auto const& stall : market_.stalls) {
        streams_.open(stall.link_token);
        while (streams_.opening() >= 256) streams_.poll(10);
    }
    while (streams_.opening() > 0) {
        streams_.poll(10);
        if (load::seconds_since(start) > 120) throw std::runtime_error{"the streams do not open"};
    }
    open_seconds = load::seconds_since(start);
    was_broken_.assign(market_.stalls.size(), 0);
}

void Day::hear(load::LiveStreams::Event const& event) {
    if (event.type != "payment.received") return;
    auto const found = by_request_.find(load::member(event.data, "payment_request"));
    if (found == by_request_.end() || sales[found->second].stall != event.stream) throw std::runtime_error{"a stream says what is not its own: " + std::string{event.data}};
    auto& sale = sales[found->second];
    ++sale.heard;
    auto const late = sale.intended;
    auto const missed_live = was_broken_[event.stream] != 0 && late >= broken_at_ - 1 && late <= broken_at_ + 2;
    if (missed_live) ++replayed;
    else latencies_ms.push_back((now() - late) * 1000.0);
}

void Day::send(std::size_t at) {
    auto const& sale = sales[at];
    auto const bytes = load::credit_call(market_.sepay_key, {market_.stalls[sale.stall].account, sale.reference, sale.amount}, run_, static_cast<std::int64_t>(at));
    driver_.send(bytes, [this, at](load::HttpDriver::Answer const& answer) {
        answers_ms.push_back((now() - sales[at].intended) * 1000.0);
        if (answer.status == 200) sales[at].acknowledged = true;
        else ++refused;
    });
}

/// Streams break and come back a second later; those of stalls that are being paid, so that there is something to miss.
void Day::break_some() {
    if (broken_at_ >= 0 && !back_ && now() > broken_at_ + 1) {
        for (auto const stream : broken_) streams_.come_back(stream);
        back_ = true;
    }
    if (broken_at_ >= 0) return;
    broken_at_ = now();
    for (auto const& sale : sales) {
        if (broken_.size() == breaks) return;
        if (sale.intended >= 0 || was_broken_[sale.stall] != 0) continue;
        was_broken_[sale.stall] = 1;
        broken_.push_back(sale.stall);
        streams_.cut(sale.stall);
    }
}

void Day::pay() {
    for (auto n = 0; n < slow_readers; ++n) streams_.open_slow(market_.api_key);
    began_ = load::Steady::now();
    auto const gap = 1.0 / credits_per_second;
    auto const middle = static_cast<double>(sales.size()) * gap / 3;
    auto next = std::size_t{0};
    while (next < sales.size() || driver_.in_flight() > 0) {
        for (auto time = now(); next < sales.size() && static_cast<double>(next) * gap <= time && driver_.has_idle(); ++next) {
            sales[next].intended = static_cast<double>(next) * gap;
            send(next);
        }
        if (now() > middle) break_some();
        driver_.poll(0);
        auto const until_next = static_cast<double>(next) * gap - now();
        streams_.poll(until_next > 0.001 ? 1 : 0);
        if (now() > static_cast<double>(sales.size()) * gap + 60) throw std::runtime_error{"the notices are not answered"};
    }
    paid_seconds = now();
}

void Day::listen_on() {
    auto const start = load::Steady::now();
    auto const done = [this] {
        return back_ && streams_.opening() == 0 && std::all_of(sales.begin(), sales.end(), [](Sale const& sale) { return !sale.acknowledged || sale.heard > 0; });
    };
    while (!done() && load::seconds_since(start) < 10) {
        break_some();
        streams_.poll(10);
    }
    // What comes twice comes late.
    for (auto const end = load::Steady::now(); load::seconds_since(end) < 0.5;) streams_.poll(10);
}

std::string decimal(double value) {
    auto out = std::ostringstream{};
    out.precision(2);
    out << std::fixed << value;
    return out.str();
}

int run(int seconds, int stalls) {
    log::set_level(log::Level::warn);
    raise_descriptors(static_cast<rlim_t>(stalls) + 1000);
    auto const folder = load::required_variable("CHOSO_LOAD_CLUSTER_DIR");
    load::output_of({load::required_variable("CHOSO_BINARY"), "migrate"});
    auto const seeding = load::Steady::now();
    auto const market = load::open_market(load::required_variable("CHOSO_DATABASE__URL"), load::required_variable("CHOSO_DATABASE__OWNER_URL"), stalls);
    std::cerr << stalls << " stalls made in " << load::seconds_since(seeding) << " s\n";

    auto gateway = load::Gateway{folder, support::free_port()};
    auto day = Day{gateway, market};
    day.ask(static_cast<std::size_t>(seconds * credits_per_second));
    auto const before = footprint_of(gateway.pid());
    day.open_streams();
    auto const after = footprint_of(gateway.pid());
    std::cerr << day.streams().live() << " streams open after " << day.open_seconds << " s\n";
    day.pay();
    day.listen_on();
    auto const slow_cut = day.slow_cut();
    auto const seen_by_gateway = gateway.metric("choso_http_streams");
    auto const end = footprint_of(gateway.pid());

    auto acknowledged = std::int64_t{0}, missed = std::int64_t{0}, doubled = std::int64_t{0};
    for (auto const& sale : day.sales) {
        acknowledged += sale.acknowledged ? 1 : 0;
        missed += sale.acknowledged && sale.heard == 0 ? 1 : 0;
        doubled += sale.heard > 1 ? sale.heard - 1 : 0;
    }
    auto const p99 = load::percentile(day.latencies_ms, 99);
    auto const each = static_cast<double>(stalls);
    std::string out;
    auto json = json::Writer{out};
    json.object().member("scenario", "live").member("streams", day.streams().live()).member("credits", acknowledged).member("refused", day.refused);
    json.key("credits_per_s").raw(decimal(static_cast<double>(acknowledged) / day.paid_seconds)).key("p50_ms").raw(decimal(load::percentile(day.latencies_ms, 50)));
    json.key("p99_ms").raw(decimal(p99)).key("max_ms").raw(decimal(load::percentile(day.latencies_ms, 100)));
    json.key("answer_p50_ms").raw(decimal(load::percentile(day.answers_ms, 50))).key("answer_p99_ms").raw(decimal(load::percentile(day.answers_ms, 99)));
    json.member("missed", missed).member("doubled", doubled).member("gaps", day.streams().gaps()).member("ended", day.streams().ended());
    json.member("slow_readers", slow_readers).member("slow_readers_dropped", slow_cut).member("breaks", breaks).member("replayed", day.replayed);
    json.key("streams_opened_per_s").raw(decimal(each / day.open_seconds)).key("bytes_per_stream").raw(decimal((after.resident - before.resident) / each));
    json.key("bytes_per_stream_at_end").raw(decimal((end.resident - before.resident) / each));
    json.key("kernel_bytes_per_stream").raw(decimal((after.kernel - before.kernel) / each));
    json.key("descriptors_per_stream").raw(decimal(static_cast<double>(after.descriptors - before.descriptors) / each)).end();
    std::cout << out << '\n';
    gateway.stop();
    auto const whole = static_cast<std::size_t>(stalls) == day.streams().live() && seen_by_gateway == each && day.streams().ended() == 0;
    auto const right = missed == 0 && doubled == 0 && day.streams().gaps() == 0 && day.refused == 0 && slow_cut == slow_readers;
    return whole && right && p99 <= p99_ms_max ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    auto seconds = 10;
    auto stalls = 10'000;
    for (auto i = 1; i + 1 < argc; ++i) {
        if (std::string_view{argv[i]} == "--seconds") seconds = std::max(1, std::atoi(argv[i + 1]));
        if (std::string_view{argv[i]} == "--rows") stalls = std::max(breaks, std::atoi(argv[i + 1]));
    }
    try {
        return run(seconds, stalls);
    } catch (std::exception const& failed) {
        std::cerr << "load_live: " << failed.what() << '\n';
        return 1;
    }
}
