// docs/openapi.yaml is the source of truth: each of its routes is served, and each that is served is in it.
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

using Route = std::pair<std::string, std::string>;  ///< path as written, method in capitals

std::string without_names(std::string path) {
    return std::regex_replace(path, std::regex{R"(\{[^}]*\})"}, "{}");
}

std::string in_capitals(std::string text) {
    for (auto& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
}

/// Paths stand two blanks in, their methods four, as in every OpenAPI file that is written by hand.
std::set<Route> documented() {
    auto out = std::set<Route>{};
    auto in = std::ifstream{project("docs/openapi.yaml")};
    auto const is_path = std::regex{R"(^  (/[^:]*):\s*$)"};
    auto const is_method = std::regex{R"(^    (get|head|post|put|patch|delete):(\s*|\s+\{.*)$)"};
    std::string path;
    std::smatch found;
    for (std::string line; std::getline(in, line);) {
        if (std::regex_match(line, found, is_path)) path = found[1];
        else if (!line.empty() && line.front() != ' ') path.clear();
        else if (!path.empty() && std::regex_match(line, found, is_method)) out.emplace(path, in_capitals(found[1]));
    }
    return out;
}

/// What the sources tell the router.
std::set<Route> in_the_sources() {
    auto out = std::set<Route>{};
    auto const is_route = std::regex{R"re(\.add\(\s*(?:http::)?Method::(\w+),\s*"([^"]+)")re"};
    for (auto const& file : std::filesystem::recursive_directory_iterator{project("gateway")}) {
        if (file.path().extension() != ".cpp") continue;
        auto const text = support::read_file(file.path());
        for (auto it = std::sregex_iterator{text.begin(), text.end(), is_route}; it != std::sregex_iterator{}; ++it)
            out.emplace((*it)[2], in_capitals((*it)[1] == "del" ? "delete" : (*it)[1].str()));
    }
    return out;
}

std::set<Route> nameless(std::set<Route> const& routes) {
    auto out = std::set<Route>{};
    for (auto const& [path, method] : routes) out.emplace(without_names(path), method);
    return out;
}

TEST(openapi, every_route_of_the_sources_is_in_the_file) {
    auto const told = nameless(documented());
    auto const routes = in_the_sources();
    ASSERT_GT(routes.size(), 15U);
    for (auto const& [path, method] : routes) EXPECT_TRUE(told.contains({without_names(path), method})) << method << ' ' << path;
}

TEST(openapi, every_route_of_the_file_is_served) {
    auto const routes = documented();
    ASSERT_GT(routes.size(), 15U);
    auto province = Province{};
    auto client = http::Client{"127.0.0.1", province.port, patience};
    for (auto const& [path, method] : routes) {
        auto const target = std::regex_replace(path, std::regex{R"(\{[^}]*\})"}, "x");
        // A method that no route has: the router's own answer then lists those that the path does have.
        auto const answer = client.request(http::Method::patch, target);
        EXPECT_EQ(answer.status, 405) << method << ' ' << path << ' ' << answer.body;
        EXPECT_NE(std::string{answer.header("Allow").value_or("")}.find(method), std::string::npos) << method << ' ' << path;
    }
}

TEST(openapi, every_code_of_a_refusal_is_in_the_file) {
    auto const text = support::read_file(project("docs/openapi.yaml"));
    auto const table = support::read_file(project("gateway/api/problem_table.cpp"));
    auto const is_code = std::regex{R"re(\{Code::\w+, "(\w+)")re"};
    auto count = 0;
    for (auto it = std::sregex_iterator{table.begin(), table.end(), is_code}; it != std::sregex_iterator{}; ++it, ++count)
        EXPECT_NE(text.find((*it)[1].str()), std::string::npos) << (*it)[1].str();
    EXPECT_GT(count, 30);
}

}  // namespace
}  // namespace choso::stories
