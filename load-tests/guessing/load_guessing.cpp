// Somebody guesses passwords: 1,000 for one account, from eight connections at once. What it costs the attacker, and what it
// does to everybody else's payments, in turns with rounds in which nobody guesses.
#include <cstdlib>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "load-tests/support/demo.hpp"
#include "load-tests/support/gateway.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace {

using namespace choso;

constexpr int guesses = 1'000;
constexpr int guessers = 8;
constexpr double payments_per_second = 50;
constexpr int rounds = 3;

std::string guess_call(std::string_view user, int n) {
    auto const body = "{\"user\":\"" + std::string{user} + "\",\"password\":\"sai-mat-khau-" + std::to_string(n) + "\"}";
    return "POST /api/v1/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

struct Guessed {
    std::map<int, int> answers;  ///< how many of each status
    double seconds = 0;
};

Guessed guess(std::uint16_t port, std::string const& login) {
    auto out = Guessed{};
    auto driver = load::HttpDriver{port, guessers};
    auto const start = load::Steady::now();
    auto sent = 0;
    while ((sent < guesses || driver.in_flight() > 0) && load::seconds_since(start) < 60) {
        while (sent < guesses && driver.has_idle()) driver.send(guess_call(login, sent++), [&](load::HttpDriver::Answer const& answer) { ++out.answers[answer.status]; });
        driver.poll(10);
    }
    out.seconds = load::seconds_since(start);
    return out;
}

std::string decimal(double value) {
    auto out = std::ostringstream{};
    out.precision(2);
    out << std::fixed << value;
    return out.str();
}

struct Measured {
    std::vector<double> quiet_p99, guessed_p99;
    std::map<int, int> answers;
    double guessing_seconds = 0;
};

Measured measure(load::LifeCycles& cycles, load::Gateway const& gateway, std::string const& login, int seconds) {
    auto out = Measured{};
    (void)cycles.closed_loop(1, 16);
    for (auto round = 0; round < rounds; ++round) {
        auto const quiet = cycles.open_loop(seconds, payments_per_second, 64);
        auto guessed = Guessed{};
        auto attacker = std::thread{[&] { guessed = guess(gateway.port(), login); }};
        auto const beside = cycles.open_loop(seconds, payments_per_second, 64);
        attacker.join();
        out.quiet_p99.push_back(load::percentile(quiet.create_ms, 99));
        out.guessed_p99.push_back(load::percentile(beside.create_ms, 99));
        for (auto const& [status, count] : guessed.answers) out.answers[status] += count;
        out.guessing_seconds += guessed.seconds;
        std::cerr << "round " << round + 1 << ": creates' p99 " << out.quiet_p99.back() << " ms, beside the guesses " << out.guessed_p99.back() << " ms\n";
    }
    return out;
}

int run(int seconds) {
    log::set_level(log::Level::warn);
    auto const folder = load::required_variable("CHOSO_LOAD_CLUSTER_DIR");
    auto const port = support::free_port();
    auto const demo = load::seed_demo(folder, port);
    auto gateway = load::Gateway{folder, port};
    auto cycles = load::LifeCycles{gateway.port(), demo.api_key, demo.sepay_key, demo.payees};
    auto measured = measure(cycles, gateway, demo.login, seconds);
    gateway.stop();

    auto answered = 0;
    for (auto const& [status, count] : measured.answers) answered += count;
    auto const tried = measured.answers[401], told_to_wait = measured.answers[429];
    std::string out;
    auto json = json::Writer{out};
    json.object().member("scenario", "guessing").member("guesses", guesses * rounds).member("tried", tried).member("told_to_wait", told_to_wait);
    json.key("guessing_s").raw(decimal(measured.guessing_seconds)).key("create_p99_ms").raw(decimal(load::median(measured.quiet_p99)));
    json.key("create_p99_ms_beside_guesses").raw(decimal(load::median(measured.guessed_p99))).member("refused", cycles.refused()).end();
    std::cout << out << '\n';
    // A guess is a wrong password or is told to wait; nobody gets in, and nobody else is turned away for it.
    return answered == guesses * rounds && tried + told_to_wait == answered && tried < answered / 10 && cycles.refused() == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    auto seconds = 10;
    for (auto i = 1; i + 1 < argc; ++i)
        if (std::string_view{argv[i]} == "--seconds") seconds = std::max(1, std::atoi(argv[i + 1]));
    try {
        return run(seconds);
    } catch (std::exception const& failed) {
        std::cerr << "load_guessing: " << failed.what() << '\n';
        return 1;
    }
}
