#include "load-tests/support/gateway.hpp"

#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "load-tests/support/measure.hpp"
#include "platform/http/client.hpp"

namespace choso::load {

Gateway::Gateway(std::string const& folder, std::uint16_t port) : port_{port} {
    auto launch = support::Launch{};
    launch.arguments = {required_variable("CHOSO_BINARY"), "serve"};
    launch.environment = {{"CHOSO_HTTP__PORT", std::to_string(port_)},
                          {"CHOSO_HTTP__BASE_URL", "http://127.0.0.1:" + std::to_string(port_)},
                          {"CHOSO_LOG__LEVEL", "warn"}};
    launch.output = folder + "/gateway.log";
    process_.emplace(std::move(launch));
    for (auto tries = 0; tries < 200; ++tries) {
        try {
            if (http::Client{"127.0.0.1", port_}.get("/readyz").status == 200) return;
        } catch (http::ClientError const&) {
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    throw std::runtime_error{"the gateway did not become ready: " + support::read_file(folder + "/gateway.log")};
}

double Gateway::metric(std::string_view name) const {
    auto const text = http::Client{"127.0.0.1", port_}.get("/metrics").body;
    auto sum = 0.0;
    auto lines = std::istringstream{text};
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(name) && (line[name.size()] == ' ' || line[name.size()] == '{'))
            sum += std::strtod(line.c_str() + line.rfind(' '), nullptr);
    return sum;
}

}  // namespace choso::load
