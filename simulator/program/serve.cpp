#include <csignal>
#include <filesystem>
#include <iostream>
#include <pthread.h>

#include "platform/crypto/crypto.hpp"
#include "platform/http/server.hpp"
#include "platform/log/log.hpp"
#include "simulator/program/options.hpp"
#include "simulator/routes.hpp"

namespace choso::bank {
namespace {

int misused(std::string const& why) {
    std::cerr << "choso-bank serve: " << why << '\n';
    return 2;
}

std::uint64_t random_seed() {
    auto const bytes = crypto::random_bytes(8);
    auto out = std::uint64_t{0};
    for (auto const byte : bytes) out = (out << 8U) | static_cast<unsigned char>(byte);
    return out;
}

}  // namespace

int serve(std::vector<std::string_view> const& arguments) {
    auto const options = parse_options(arguments, {"--data", "--port", "--listen", "--setup", "--seed"});
    if (!options) return misused(options.error());
    auto const port = number_of(*options, "--port", 8090, 0, 65'535);
    auto const seed = number_of(*options, "--seed", -1, 0, std::numeric_limits<std::int64_t>::max());
    for (auto const* number : {&port, &seed})
        if (!*number) return misused(number->error());
    auto const data = options->find("--data");
    if (data == options->end()) return misused("--data DIR is needed: where the book is kept");
    auto setup = Setup{};
    if (auto const file = options->find("--setup"); file != options->end()) {
        auto const text = file_text(file->second);
        if (!text) throw std::runtime_error{"cannot read " + file->second};
        auto read = parse_setup(*text);
        if (!read) throw std::runtime_error{file->second + ": " + read.error()};
        setup = std::move(read).value();
    }
    // Blocked before any thread begins, so that all inherit it and only sigwait sees them.
    auto signals = sigset_t{};
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);

    std::filesystem::create_directories(data->second);
    // A new book's numbers begin where an older book of this machine cannot have come to, unless a seed wants them the same.
    auto const first = *seed >= 0 ? *seed % 1'000'000 * 1'000'000 : std::chrono::floor<Seconds>(SystemClock{}.now()).time_since_epoch().count() * 1'000;
    auto bank = Bank{std::move(setup), std::filesystem::path{data->second} / "book.jsonl", *seed >= 0 ? static_cast<std::uint64_t>(*seed) : random_seed(), first};
    auto clerk = Clerk{bank};
    auto router = http::Router{};
    auto const desk = Desk{bank, clerk};
    add_api(router, desk);
    add_payouts(router, desk);
    add_page(router, desk);
    auto server_options = http::ServerOptions{};
    server_options.port = static_cast<std::uint16_t>(*port);
    server_options.threads = 4;
    server_options.body_bytes_max = 64 * 1024;
    if (auto const listen = options->find("--listen"); listen != options->end()) server_options.listen = listen->second;
    auto server = http::Server{server_options, std::move(router)};
    server.run_in_background();
    log::info("bank_serving", {{"listen", server_options.listen}, {"port", static_cast<int>(server.port())}});
    auto signal = 0;
    sigwait(&signals, &signal);
    log::info("bank_stopping", {{"signal", signal}});
    server.stop();
    return 0;
}

}  // namespace choso::bank
