// choso-bank: the banks of a country, as a payment gateway meets them. Invented money; a program of its own.
#include <csignal>
#include <exception>
#include <iostream>

#include "simulator/program/options.hpp"

namespace {

constexpr std::string_view help = R"(usage: choso-bank serve --data DIR [--port N] [--listen A] [--setup FILE] [--seed N]
       choso-bank run --seed N [--days N] [--credits N] [--start YYYY-MM-DD] [--setup FILE] --out DIR

serve  plays the banks until SIGTERM: a page to pay on, scripts, payouts, notices to those who subscribed
run    plays days by itself without telling anybody, and writes the book, every notice, file and statement to DIR;
       the same seed writes the same bytes
)";

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    auto const arguments = std::vector<std::string_view>{argv + 1, argv + argc};
    auto const is_help = [](std::string_view word) { return word == "--help" || word == "-h" || word == "help"; };
    if (arguments.empty()) return std::cerr << help, 2;
    for (auto const argument : arguments)
        if (is_help(argument)) return std::cout << help, 0;
    auto const rest = std::vector<std::string_view>{arguments.begin() + 1, arguments.end()};
    try {
        if (arguments.front() == "serve") return choso::bank::serve(rest);
        if (arguments.front() == "run") return choso::bank::run(rest);
    } catch (std::exception const& failed) {
        std::cerr << "choso-bank: " << failed.what() << '\n';
        return 1;
    }
    std::cerr << "choso-bank: unknown subcommand " << arguments.front() << "\n\n" << help;
    return 2;
}
