#include "gateway/cli/migrate.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace choso::cli {
namespace {

constexpr std::array three{Migration{"0001_a", "create a"}, Migration{"0002_b", "create b"}, Migration{"0003_c", "create c"}};

struct Row {
    char const* name;
    std::map<std::int32_t, std::string> applied;
    bool refused;
    std::size_t pending;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class Pending : public ::testing::TestWithParam<Row> {};

TEST_P(Pending, is_told_from_what_was_applied) {
    auto const todo = pending(three, GetParam().applied);
    ASSERT_EQ(todo.ok(), !GetParam().refused) << (todo.ok() ? "" : todo.error().text);
    EXPECT_EQ(todo.ok() ? todo->size() : 0, GetParam().pending);
}

INSTANTIATE_TEST_SUITE_P(
    Migrate, Pending,
    ::testing::Values(Row{"first_run", {}, false, 3}, Row{"half_way", {{1, three[0].checksum()}}, false, 2},
                      Row{"done", {{1, three[0].checksum()}, {2, three[1].checksum()}, {3, three[2].checksum()}}, false, 0},
                      Row{"changed_since", {{1, three[1].checksum()}}, true, 0},
                      Row{"a_gap", {{1, three[0].checksum()}, {3, three[2].checksum()}}, true, 0},
                      Row{"newer_than_the_program", {{1, three[0].checksum()}, {4, "x"}}, true, 0}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Migrations, are_embedded_in_the_order_of_their_numbers) {
    auto const all = migrations();
    ASSERT_GE(all.size(), 3U);
    for (auto i = std::size_t{0}; i < all.size(); ++i) {
        EXPECT_EQ(all[i].number(), static_cast<std::int32_t>(i) + 1);
        EXPECT_FALSE(all[i].sql.empty());
    }
    EXPECT_EQ(all[0].name(), "directory");
}

TEST(MigrateCommand, refuses_what_it_does_not_know) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(migrate({"--backwards"}, in, out, err), 2);
    EXPECT_EQ(migrate({"--help"}, in, out, err), 0);
    EXPECT_TRUE(out.str().starts_with("usage: choso migrate"));
}

}  // namespace
}  // namespace choso::cli
