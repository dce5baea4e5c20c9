#include "gateway/cli/clock.hpp"

#include <gtest/gtest.h>

#include <string>

namespace choso::cli {
namespace {

struct Row {
    char const* name;
    char const* text;
    std::int64_t seconds;  ///< 0: it is no duration
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class Duration : public ::testing::TestWithParam<Row> {};

TEST_P(Duration, is_read) {
    auto const read = parse_duration(GetParam().text);
    EXPECT_EQ(read ? read->count() : 0, GetParam().seconds);
}

INSTANTIATE_TEST_SUITE_P(Clock, Duration,
                         ::testing::Values(Row{"seconds", "90s", 90}, Row{"minutes", "15m", 900}, Row{"hours", "2h", 7200},
                                           Row{"days", "1d", 86'400}, Row{"ten_years", "3660d", 316'224'000},
                                           Row{"more", "3661d", 0}, Row{"overflow", "99999999999999999999d", 0},
                                           Row{"zero", "0s", 0}, Row{"negative", "-5m", 0}, Row{"plus", "+5m", 0},
                                           Row{"no_unit", "90", 0}, Row{"no_number", "s", 0}, Row{"fraction", "1.5h", 0},
                                           Row{"blank", "1 h", 0}, Row{"unknown_unit", "1w", 0}, Row{"two", "1h30m", 0},
                                           Row{"none", "", 0}),
                         [](auto const& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace choso::cli
