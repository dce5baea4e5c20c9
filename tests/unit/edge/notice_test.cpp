#include <gtest/gtest.h>

#include "merchants/credit_texts.hpp"
#include "gateway/feeds/feed_credit.hpp"
#include "gateway/feeds/notice.hpp"
#include "gateway/feeds/refused.hpp"

namespace choso::feeds {
namespace {

std::string replaced(std::string text, std::string const& from, std::string const& to) {
    auto const at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

std::string const sample =
    R"({"id":92704,"gateway":"Vietcombank","transactionDate":"2026-11-21 14:02:37","accountNumber":"0123499999","code":null,)"
    R"("content":"chuyen tien","transferType":"in","transferAmount":2277000,"accumulated":19077000,"subAccount":null,)"
    R"("referenceCode":"MBVCB.3278907687","description":""})";

void expect_sample(BankNotice const& notice) {
    EXPECT_EQ(notice.id, "92704");
    EXPECT_EQ(to_rfc3339(notice.occurred_at), "2026-11-21T14:02:37+07:00");
    EXPECT_EQ(notice.account, "0123499999");
    EXPECT_EQ(notice.virtual_account, "");
    EXPECT_EQ(notice.amount, Money{2'277'000});
    EXPECT_EQ(notice.content, "chuyen tien");
    EXPECT_EQ(notice.reference_code, "MBVCB.3278907687");
}

TEST(sepay, reads_json) {
    auto const notice = parse_sepay("application/json", sample);
    ASSERT_TRUE(notice);
    expect_sample(*notice);
}

TEST(sepay, reads_a_form) {
    auto const notice = parse_sepay("application/x-www-form-urlencoded",
                                    "id=92704&gateway=Vietcombank&transactionDate=2026-11-21+14%3A02%3A37&accountNumber=0123499999&code=&"
                                    "content=chuyen+tien&transferType=in&transferAmount=2277000&accumulated=0&subAccount=&"
                                    "referenceCode=MBVCB.3278907687&description=");
    ASSERT_TRUE(notice);
    expect_sample(*notice);
}

TEST(sepay, reads_a_multipart_form) {
    std::string body;
    for (auto const& [name, value] : {std::pair{"id", "92704"}, {"transactionDate", "2026-11-21 14:02:37"}, {"accountNumber", "0123499999"},
                                      {"content", "chuyen tien"}, {"transferType", "in"}, {"transferAmount", "2277000"}, {"subAccount", ""},
                                      {"referenceCode", "MBVCB.3278907687"}})
        body += std::string{"--x\r\nContent-Disposition: form-data; name=\""} + name + "\"\r\n\r\n" + value + "\r\n";
    auto const notice = parse_sepay("multipart/form-data; boundary=x", body + "--x--\r\n");
    ASSERT_TRUE(notice);
    expect_sample(*notice);
}

TEST(sepay, money_out_is_negative) {
    auto const notice = parse_sepay("application/json", replaced(sample, "\"in\"", "\"out\""));
    ASSERT_TRUE(notice);
    EXPECT_EQ(notice->amount, Money{-2'277'000});
}

struct Row {
    char const* name;
    std::string body;
    char const* param;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }
class Malformed : public testing::TestWithParam<Row> {};

TEST_P(Malformed, names_the_field) {
    auto const notice = parse_sepay("application/json", GetParam().body);
    ASSERT_FALSE(notice);
    EXPECT_EQ(notice.error().param, GetParam().param);
    EXPECT_EQ(api::kind_of(notice.error().code).status, 422);
    EXPECT_FALSE(notice.error().detail.vi.empty());
}

INSTANTIATE_TEST_SUITE_P(
    sepay, Malformed,
    testing::Values(Row{"not_json", "hello", ""}, Row{"an_array", "[]", ""}, Row{"no_id", replaced(sample, R"("id":92704,)", ""), "id"},
                    Row{"id_with_fraction", replaced(sample, "92704", "92704.5"), "id"}, Row{"negative_id", replaced(sample, "92704", "-1"), "id"},
                    Row{"bad_date", replaced(sample, "2026-11-21", "2026-13-21"), "transactionDate"},
                    Row{"zero", replaced(sample, "2277000", "0"), "transferAmount"},
                    Row{"negative", replaced(sample, "2277000", "-5"), "transferAmount"},
                    Row{"fraction", replaced(sample, "2277000", "1.5"), "transferAmount"},
                    Row{"exponent", replaced(sample, "2277000", "1e5"), "transferAmount"},
                    Row{"beyond_all_money", replaced(sample, "2277000", "9223372036854775807"), "transferAmount"},
                    Row{"direction", replaced(sample, "\"in\"", "\"sideways\""), "transferType"},
                    Row{"account", replaced(sample, "0123499999", "01 23"), "accountNumber"}),
    [](auto const& each) { return each.param.name; });

TEST(content_hash, is_equal_however_a_bank_folds_it) {
    EXPECT_EQ(merchants::content_hash("Chuyển tiền KX-1"), merchants::content_hash("CHUYEN TIEN KX1"));
    EXPECT_NE(merchants::content_hash("KX1"), merchants::content_hash("KX2"));
}

TEST(keep_rate, is_spent_and_comes_back) {
    auto rate = KeepRate{2};
    auto const start = std::chrono::steady_clock::time_point{std::chrono::hours{1}};
    EXPECT_TRUE(rate.take(start));
    EXPECT_TRUE(rate.take(start));
    EXPECT_FALSE(rate.take(start + std::chrono::seconds{59}));
    EXPECT_TRUE(rate.take(start + std::chrono::seconds{60}));
}

}  // namespace
}  // namespace choso::feeds
