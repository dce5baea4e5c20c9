#include "load-tests/support/demo.hpp"

#include <stdexcept>

#include "load-tests/support/measure.hpp"
#include "platform/json/json.hpp"
#include "tests/support/process.hpp"

namespace choso::load {
namespace {

std::string text_of(json::Value const& object, std::string_view name) {
    auto const* value = object.find(name);
    if (value == nullptr || !value->as_string()) throw std::runtime_error{"demo.json lacks " + std::string{name}};
    return std::string{*value->as_string()};
}

}  // namespace

Demo seed_demo(std::string const& folder, std::uint16_t port) {
    auto const program = required_variable("CHOSO_BINARY");
    auto const file = folder + "/demo.json";
    output_of({program, "migrate"});
    output_of({program, "seed", "demo", "--file", file, "--base-url", "http://127.0.0.1:" + std::to_string(port)});
    auto const parsed = json::parse(support::read_file(file));
    if (!parsed) throw std::runtime_error{"demo.json is not JSON"};
    auto out = Demo{text_of(*parsed, "api_key"), text_of(*parsed->find("sepay"), "api_key"), text_of(parsed->find("logins")->items()[0], "user"), {}};
    for (auto const& stall : parsed->find("stalls")->items())
        out.payees.push_back({text_of(stall, "merchant"), text_of(*stall.find("bank_account"), "account")});
    return out;
}

}  // namespace choso::load
