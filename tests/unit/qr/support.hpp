#pragma once
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "qr/crc16.hpp"
#include "qr/vietqr.hpp"

namespace choso::qr {

/// A payload without its check, finished with a right one; so that a test breaks one rule and not the check too.
inline std::string with_check(std::string payload) {
    payload += "6304";
    return payload + to_hex4(crc16(payload));
}

/// Codes as a test compares them: "TRAILING 38.01 @60".
inline std::vector<std::string> lines_of(std::vector<Finding> const& findings) {
    std::vector<std::string> lines;
    for (auto const& finding : findings) {
        auto const path = finding.path.text();
        lines.push_back(std::string{code_text(finding.code)} + (path.empty() ? "" : ' ' + path) + " @" +
                        std::to_string(finding.offset));
    }
    return lines;
}

/// The folder with test data that does not belong to the repository; none where it is not at hand.
inline std::optional<std::string> corpora() {
    auto const* const folder = std::getenv("CHOSO_CORPORA");
    return folder == nullptr || *folder == '\0' ? std::nullopt : std::optional<std::string>{folder};
}

inline std::string read_file(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

/// A seed that differs each run, or the one of CHOSO_SEED to run a failure again.
inline std::uint64_t fresh_seed() {
    auto const* const given = std::getenv("CHOSO_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

inline std::size_t below(std::mt19937_64& random, std::size_t n) { return static_cast<std::size_t>(random() % n); }

inline std::string random_text(std::mt19937_64& random, std::size_t length, std::string_view alphabet) {
    std::string text;
    while (text.size() < length) text += alphabet[below(random, alphabet.size())];
    return text;
}

}  // namespace choso::qr
