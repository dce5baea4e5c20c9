// What a bank's connector says about a payout: which bytes move money, and which are no answer.
#include <gtest/gtest.h>

#include "gateway/payouts/http_channel.hpp"

namespace choso::payouts {
namespace {

using Kind = BankWord::Kind;

auto const asked = PayoutId::make(Bucket::of_bits(5), Instant{});

struct Row {
    std::string name;
    int status;
    std::string body;  ///< `ID` stands for the payout's
    Kind says;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class ConnectorAnswers : public ::testing::TestWithParam<Row> {};

TEST_P(ConnectorAnswers, are_read) {
    auto const& row = GetParam();
    auto body = row.body;
    if (auto const at = body.find("ID"); at != std::string::npos) body.replace(at, 2, asked.text());
    EXPECT_EQ(read_answer(row.status, body, asked).kind, row.says);
}

INSTANTIATE_TEST_SUITE_P(adr_0013, ConnectorAnswers,
                         ::testing::Values(Row{"paid", 200, R"({"id":"ID","status":"succeeded"})", Kind::succeeded},
                                           Row{"refused", 200, R"({"id":"ID","status":"failed","reason":"account_closed"})", Kind::failed},
                                           Row{"taken", 200, R"({"id":"ID","status":"pending"})", Kind::pending},
                                           Row{"of_another_payout", 200, R"({"id":"po_1","status":"succeeded"})", Kind::nothing},
                                           Row{"no_json", 200, "succeeded", Kind::nothing},
                                           Row{"never_heard_of", 404, R"({"id":"ID","status":"unknown"})", Kind::never_heard_of},
                                           Row{"a_proxys_404", 404, "<h1>Not Found</h1>", Kind::nothing},
                                           Row{"an_empty_404", 404, "", Kind::nothing}, Row{"an_empty_object", 404, "{}", Kind::nothing},
                                           Row{"a_404_of_another", 404, R"({"id":"po_1","status":"unknown"})", Kind::nothing},
                                           Row{"a_404_that_says_paid", 404, R"({"id":"ID","status":"succeeded"})", Kind::nothing},
                                           Row{"a_404_that_says_failed", 404, R"({"id":"ID","status":"failed"})", Kind::nothing},
                                           Row{"unknown_without_404", 200, R"({"id":"ID","status":"unknown"})", Kind::nothing},
                                           Row{"out_of_order", 500, R"({"id":"ID","status":"succeeded"})", Kind::nothing}),
                         [](auto const& given) { return given.param.name; });

}  // namespace
}  // namespace choso::payouts
