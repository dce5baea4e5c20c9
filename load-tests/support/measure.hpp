#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

/// Words the load tests share: percentiles, medians, the TPC-B baseline on the same cluster.
namespace choso::load {

using Steady = std::chrono::steady_clock;

[[nodiscard]] double seconds_since(Steady::time_point start);
/// The p-th percentile (0–100) in the unit given; 0 for none.
[[nodiscard]] double percentile(std::vector<double> values, double p);
[[nodiscard]] double median(std::vector<double> values);

/// pgbench's TPC-B (`-M prepared -c 8 -j 2`) against a database of its own on the cluster of `url`, scale 50. Made at
/// the first call; throws std::runtime_error with what pgbench said.
class TpcB {
 public:
    explicit TpcB(std::string url);
    /// Transactions a second over one round.
    [[nodiscard]] double round(int seconds);

 private:
    std::string url_;
};

/// Runs a command, waits, and returns its standard output; throws std::runtime_error if it fails.
std::string output_of(std::vector<std::string> const& command);

/// The value of a variable, or an error naming it.
[[nodiscard]] std::string required_variable(char const* name);

}  // namespace choso::load
