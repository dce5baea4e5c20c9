#include "json_shapes.hpp"

#include <gtest/gtest.h>

#include <ostream>

#include "platform/json/json.hpp"

namespace choso::json {

void PrintTo(Shape const& shape, std::ostream* out) { *out << shape.text; }

namespace {

class JsonShapes : public testing::TestWithParam<Shape> {};

TEST_P(JsonShapes, are_read_or_refused) { EXPECT_EQ(parse(GetParam().text).ok(), GetParam().accepted) << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(texts, JsonShapes, testing::ValuesIn(json_shapes()), [](auto const& each) { return each.param.name; });

}  // namespace
}  // namespace choso::json
