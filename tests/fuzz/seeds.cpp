// fuzz_seeds FOLDER: the tables of tests/unit as seeds, FOLDER/request and FOLDER/json, so that they stand in one place.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "tests/unit/platform/framing_cases.hpp"
#include "tests/unit/platform/json_shapes.hpp"

namespace {

void write(std::filesystem::path const& file, std::string const& bytes) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream{file, std::ios::binary} << bytes;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: fuzz_seeds FOLDER\n";
        return 2;
    }
    auto const folder = std::filesystem::path{argv[1]};
    for (auto const& each : choso::http::framing_cases())
        if (each.bytes.size() < 4096) write(folder / "request" / each.name, each.bytes);
    for (auto const& each : choso::json::json_shapes()) write(folder / "json" / each.name, each.text);
}
