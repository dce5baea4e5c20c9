#include "load-tests/qr/cached_picture.hpp"

#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include "load-tests/support/gateway.hpp"
#include "load-tests/support/http_driver.hpp"
#include "load-tests/support/measure.hpp"
#include "platform/http/client.hpp"
#include "tests/support/process.hpp"

namespace choso::load {
namespace {

constexpr int connections = 32;
constexpr auto target = "/image/970415-113366668888-compact2.png?amount=79000&addInfo=Ung+Ho+Quy+Vac+Xin";

/// Answers a second with every connection always asking.
double closed_loop(std::uint16_t port, std::string const& path, int seconds, std::size_t bytes) {
    auto driver = HttpDriver{port, connections};
    auto const request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n\r\n";
    std::uint64_t answered = 0;
    auto const check = [&](HttpDriver::Answer const& answer) {
        if (answer.status != 200 || answer.body.size() != bytes) throw std::runtime_error{path + " was answered " + std::to_string(answer.status)};
        ++answered;
    };
    auto const begin = Steady::now();
    while (seconds_since(begin) < seconds) {
        while (driver.has_idle()) driver.send(request, check);
        driver.poll(10);
    }
    auto const rate = static_cast<double>(answered) / seconds_since(begin);
    while (driver.in_flight() > 0) driver.poll(10);
    return rate;
}

/// nginx with one file, as fast as it goes: two workers, no log.
class Nginx {
 public:
    Nginx(std::string const& folder, std::uint16_t port, std::string const& file) {
        auto const root = folder + "/static";
        (void)support::run({{"mkdir", "-p", root}, {}, {}, {}});
        std::ofstream{root + "/picture.png", std::ios::binary}.write(file.data(), static_cast<std::streamsize>(file.size()));
        auto const settings = folder + "/nginx.conf";
        std::ofstream{settings} << (geteuid() == 0 ? "user root;\n" : "") << "worker_processes 2;\npid " << folder << "/nginx.pid;\nerror_log " << folder
                                << "/nginx.log;\nevents { worker_connections 1024; }\nhttp { access_log off; sendfile on; keepalive_requests 1000000000; "
                                << "open_file_cache max=10; types { image/png png; } server { listen 127.0.0.1:" << port << "; root " << root << "; } }\n";
        process_.emplace(support::Launch{{"nginx", "-c", settings, "-g", "daemon off;"}, {}, folder + "/nginx.out", {}});
        auto const up = support::eventually(std::chrono::seconds{20}, [&] {
            try {
                return http::Client{"127.0.0.1", port, std::chrono::seconds{2}}.request(http::Method::get, "/picture.png").status == 200;
            } catch (std::exception const&) {
                return false;
            }
        });
        if (!up) throw std::runtime_error{"nginx did not start: " + process_->output()};
    }

 private:
    std::optional<support::Process> process_;
};

}  // namespace

CachedPicture cached_picture(std::string const& folder, int rounds, int seconds) {
    auto const port = support::free_port();
    auto const program = required_variable("CHOSO_BINARY");
    output_of({program, "migrate"});
    output_of({program, "seed", "demo", "--file", folder + "/demo.json", "--base-url", "http://127.0.0.1:" + std::to_string(port)});
    auto gateway = Gateway{folder, port};
    auto const drawn = http::Client{"127.0.0.1", port, std::chrono::seconds{30}}.request(http::Method::get, target);
    if (drawn.status != 200) throw std::runtime_error{"the picture was answered " + std::to_string(drawn.status)};
    auto const static_port = support::free_port();
    auto const nginx = Nginx{folder, static_port, drawn.body};
    auto out = CachedPicture{{}, {}, drawn.body.size()};
    for (auto round = 0; round < rounds; ++round) {
        out.ours.push_back(closed_loop(port, target, seconds, out.bytes));
        out.nginx.push_back(closed_loop(static_port, "/picture.png", seconds, out.bytes));
    }
    return out;
}

}  // namespace choso::load
