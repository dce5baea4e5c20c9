#include "load-tests/support/measure.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

namespace choso::load {

double seconds_since(Steady::time_point start) { return std::chrono::duration<double>(Steady::now() - start).count(); }

double percentile(std::vector<double> values, double p) {
    if (values.empty()) return 0;
    auto const rank = static_cast<std::size_t>(p / 100.0 * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(rank), values.end());
    return values[rank];
}

double median(std::vector<double> values) { return percentile(std::move(values), 50); }

std::string required_variable(char const* name) {
    auto const* value = std::getenv(name);
    if (value == nullptr || *value == '\0') throw std::runtime_error{std::string{name} + " is not set: start this through load-tests/run"};
    return value;
}

std::string output_of(std::vector<std::string> const& command) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) throw std::runtime_error{"pipe failed"};
    auto const child = fork();
    if (child < 0) throw std::runtime_error{"fork failed"};
    if (child == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        close(ends[0]);
        close(ends[1]);
        std::vector<char*> argv;
        for (auto const& word : command) argv.push_back(const_cast<char*>(word.c_str()));
        argv.push_back(nullptr);
        execvp(argv[0], argv.data());
        _exit(127);
    }
    close(ends[1]);
    std::string out;
    std::array<char, 4096> buffer{};
    for (ssize_t n = 0; (n = read(ends[0], buffer.data(), buffer.size())) > 0;) out.append(buffer.data(), static_cast<std::size_t>(n));
    close(ends[0]);
    auto status = 0;
    waitpid(child, &status, 0);
    if (status != 0) throw std::runtime_error{command.front() + " failed: " + out};
    return out;
}

namespace {

std::string with_database(std::string url, std::string const& name) {
    auto const slash = url.rfind('/');
    return url.substr(0, slash + 1) + name;
}

std::string const pgbench = "/usr/lib/postgresql/15/bin/pgbench";

}  // namespace

TpcB::TpcB(std::string url) : url_{with_database(url, "tpcb")} {
    output_of({"psql", "-q", url, "-c", "drop database if exists tpcb", "-c", "create database tpcb"});
    output_of({pgbench, "-i", "-s", "50", "-q", url_});
}

double TpcB::round(int seconds) {
    auto const text = output_of({pgbench, "-M", "prepared", "-c", "8", "-j", "2", "-T", std::to_string(seconds), url_});
    auto const at = text.find("tps = ");
    if (at == std::string::npos) throw std::runtime_error{"pgbench told no figure: " + text};
    return std::strtod(text.c_str() + at + 6, nullptr);
}

}  // namespace choso::load
