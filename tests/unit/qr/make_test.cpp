#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "qr/banks.hpp"
#include "support.hpp"

namespace choso::qr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Row {
    char const* name;
    MakeRequest request;
    std::string payload;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class Make : public ::testing::TestWithParam<Row> {};

TEST_P(Make, is_what_other_makers_make) {
    auto const made = make(GetParam().request);
    ASSERT_TRUE(made.ok()) << made.error().field << ' ' << rule_code(made.error().rule);
    EXPECT_EQ(*made, GetParam().payload);
}

auto const name_of = [](auto const& row) { return std::string{row.param.name}; };

INSTANTIATE_TEST_SUITE_P(
    KnownAnswers, Make,
    ::testing::Values(
        Row{"vietqr_io",
            {.bin = "970415", .account = "113366668888", .amount = Money{79'000}, .purpose = "Ung Ho Quy Vac Xin"},
            "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN62220818Ung Ho Quy "
            "Vac Xin63043ACF"},
        Row{"folded_purpose",
            {.bin = "970415", .account = "113366668888", .amount = Money{79'000}, .purpose = " Ủng Hộ Quỹ Vắc-Xin "},
            "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA53037045405790005802VN62220818Ung Ho Quy "
            "Vac Xin63043ACF"},
        Row{"napas_static", {.bin = "970403", .account = "0011012345678"},
            "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F"},
        Row{"napas_dynamic",
            {.bin = "970403", .account = "0011012345678", .amount = Money{180'000}, .purpose = "thanh toan don hang"},
            "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62230819thanh toan "
            "don hang63045FAB"},
        Row{"card_with_bill",
            {.bin = "970403", .account = "9704031101234567", .amount = Money{180'000}, .purpose = "thanh toan don hang",
             .service = "QRIBFTTC", .bill_number = "NPS6869"},
            "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800005802VN62340107NPS6869"
            "0819thanh toan don hang6304A203"},
        Row{"bill_and_purpose",
            {.bin = "970416", .account = "224528479", .amount = Money{10'000}, .purpose = "TRANSFER TO SOMEONE",
             .bill_number = "NPS6869"},
            "00020101021238530010A0000007270123000697041601092245284790208QRIBFTTA53037045405100005802VN62340107NPS68690819"
            "TRANSFER TO SOMEONE6304AC13"}),
    name_of);

struct RefusedRow {
    char const* name;
    MakeRequest request;
    std::string_view field;
    MakeRule rule;
};
void PrintTo(RefusedRow const& row, std::ostream* out) { *out << row.name; }

class MakeRefuses : public ::testing::TestWithParam<RefusedRow> {};

TEST_P(MakeRefuses, what_no_bank_takes) {
    auto const made = make(GetParam().request);
    ASSERT_FALSE(made.ok()) << *made;
    EXPECT_EQ(made.error().field, GetParam().field);
    EXPECT_EQ(made.error().rule, GetParam().rule);
    EXPECT_FALSE(rule_text(made.error().rule).empty());
}

MakeRequest to(std::string account, std::optional<Money> amount = {}, std::string purpose = {}) {
    return {.bin = "970436", .account = std::move(account), .amount = amount, .purpose = std::move(purpose)};
}

INSTANTIATE_TEST_SUITE_P(
    Rules, MakeRefuses,
    ::testing::Values(
        RefusedRow{"no_bank", {.bin = "", .account = "1"}, "bin", MakeRule::missing},
        RefusedRow{"unknown_bank", {.bin = "123456", .account = "1"}, "bin", MakeRule::unknown_bin},
        RefusedRow{"no_account", to(""), "account", MakeRule::missing},
        RefusedRow{"account_with_blank", to("1016 039126"), "account", MakeRule::not_letters_or_digits},
        RefusedRow{"account_with_accent", to("1016Đ"), "account", MakeRule::not_letters_or_digits},
        RefusedRow{"account_of_20", to("12345678901234567890"), "account", MakeRule::too_long},
        RefusedRow{"nought", to("1", Money{0}), "amount", MakeRule::not_positive},
        RefusedRow{"negative", to("1", Money{-5}), "amount", MakeRule::not_positive},
        RefusedRow{"over_limit", to("1", Money{500'000'000}), "amount", MakeRule::over_limit},
        RefusedRow{"purpose_of_26", to("1", {}, "abcdefghijklmnopqrstuvwxyz"), "purpose", MakeRule::too_long},
        RefusedRow{"purpose_of_signs", to("1", {}, "***"), "purpose", MakeRule::nothing_left},
        RefusedRow{"service", {.bin = "970436", .account = "1", .service = "QR"}, "service", MakeRule::unknown_service},
        RefusedRow{"category", {.bin = "970436", .account = "1", .category = "58a2"}, "category", MakeRule::not_four_digits},
        RefusedRow{"name", {.bin = "970436", .account = "1", .name = "abcdefghijklmnopqrstuvwxyz"}, "name", MakeRule::too_long},
        RefusedRow{"city", {.bin = "970436", .account = "1", .city = "Thành phố Hồ Chí Minh"}, "city", MakeRule::too_long},
        RefusedRow{"bill", {.bin = "970436", .account = "1", .bill_number = "HĐ1"}, "bill_number", MakeRule::not_printable_ascii},
        RefusedRow{"labels_together",
                   {.bin = "970436", .account = "1", .purpose = std::string(25, 'p'), .bill_number = std::string(25, 'b'),
                    .store_label = std::string(25, 's'), .reference_label = std::string(25, 'r')},
                   "additional_data", MakeRule::too_long}),
    name_of);

TEST(MakeTakes, every_bank_of_the_directory) {
    for (auto const& bank : banks()) EXPECT_TRUE(make({.bin = std::string{bank.bin}, .account = "1"}).ok()) << bank.name;
}

TEST(MakeTakes, the_largest_transfer_and_the_longest_account) {
    EXPECT_TRUE(make(to("1234567890123456789", Money{499'999'999}, std::string(25, 'x'))).ok());
}

MakeRequest random_request(std::mt19937_64& random) {
    constexpr std::string_view letters = "ABCXYZabcxyz0123456789";
    MakeRequest request;
    request.bin = banks()[below(random, banks().size())].bin;
    request.account = random_text(random, 1 + below(random, 19), letters);
    if (below(random, 2) == 0) request.amount = Money{static_cast<std::int64_t>(1 + below(random, 499'999'999))};
    if (below(random, 2) == 0) request.purpose = random_text(random, 1 + below(random, 25), letters);
    if (below(random, 2) == 0) request.bill_number = random_text(random, 1 + below(random, 25), "AZ09-/.#");
    if (below(random, 2) == 0) request.name = random_text(random, 1 + below(random, 25), letters);
    if (below(random, 2) == 0) request.city = random_text(random, 1 + below(random, 15), letters);
    if (below(random, 4) == 0) request.category = "5812";
    return request;
}

std::string or_empty(std::optional<std::string_view> text) { return std::string{text.value_or("")}; }

TEST(MakeAndParse, agree) {
    auto const seed = fresh_seed();
    std::mt19937_64 random{seed};
    for (int round = 0; round < 5'000; ++round) {
        auto const request = random_request(random);
        auto const made = make(request);
        ASSERT_TRUE(made.ok()) << "CHOSO_SEED=" << seed;
        auto const parsed = parse(*made);
        ASSERT_THAT(lines_of(parsed.errors), IsEmpty()) << *made << " CHOSO_SEED=" << seed;
        ASSERT_THAT(lines_of(parsed.warnings), IsEmpty()) << *made << " CHOSO_SEED=" << seed;
        ASSERT_EQ(parsed.bin, request.bin) << "CHOSO_SEED=" << seed;
        ASSERT_EQ(parsed.account, request.account) << "CHOSO_SEED=" << seed;
        auto const asked = request.amount ? std::optional{request.amount->dong()} : std::nullopt;
        ASSERT_EQ(parsed.amount, asked) << "CHOSO_SEED=" << seed;
        ASSERT_EQ(parsed.method, request.amount ? Method::dynamic_code : Method::static_code) << "CHOSO_SEED=" << seed;
        ASSERT_EQ(or_empty(parsed.purpose), request.purpose) << "CHOSO_SEED=" << seed;
        ASSERT_EQ(or_empty(parsed.bill_number), request.bill_number) << "CHOSO_SEED=" << seed;
        ASSERT_EQ(or_empty(parsed.merchant_name), request.name) << "CHOSO_SEED=" << seed;
        ASSERT_EQ(or_empty(parsed.merchant_city), request.city) << "CHOSO_SEED=" << seed;
    }
}

TEST(MakeAndParse, one_changed_byte_is_always_seen) {
    auto const seed = fresh_seed();
    std::mt19937_64 random{seed};
    for (int round = 0; round < 5'000; ++round) {
        auto payload = *make(random_request(random));
        auto const at = below(random, payload.size());
        auto const before = payload[at];
        payload[at] = static_cast<char>(payload[at] ^ static_cast<char>(1 + below(random, 255)));
        bool const only_case = at + 4 >= payload.size() && (before ^ payload[at]) == 0x20 && before >= 'A';
        ASSERT_EQ(parse(payload).ok(), only_case) << payload << " at " << at << " CHOSO_SEED=" << seed;
    }
}

TEST(Verify, finds_whom_a_code_pays) {
    auto const payload = *make(to("1016039126", Money{50'000}));
    auto const codes = [](std::vector<Difference> const& differences) {
        std::vector<std::string> out;
        for (auto const& difference : differences) out.push_back(difference.code);
        return out;
    };
    EXPECT_THAT(codes(verify(payload, {"970436", "1016039126", {}})), IsEmpty());
    EXPECT_THAT(codes(verify(payload, {"970436", "1016039126", Money{50'000}})), IsEmpty());
    EXPECT_THAT(codes(verify(payload, {"970436", "1016039126", Money{5'000}})), ElementsAre("AMOUNT_DIFFERS"));
    EXPECT_THAT(codes(verify(payload, {"970415", "1016039127", {}})), ElementsAre("BIN_DIFFERS", "ACCOUNT_DIFFERS"));
    EXPECT_THAT(codes(verify(*make(to("1")), {"970436", "1", Money{5'000}})), ElementsAre("AMOUNT_DIFFERS"));
    EXPECT_THAT(codes(verify("", {"970436", "1", {}})),
                ElementsAre("EMPTY", "NOT_VIETQR", "BIN_DIFFERS", "ACCOUNT_DIFFERS", "CURRENCY_DIFFERS"));

    auto damaged = payload;
    damaged.back() = damaged.back() == '0' ? '1' : '0';
    auto const differences = verify(damaged, {"970436", "1016039126", {}});
    ASSERT_THAT(codes(differences), ElementsAre("CRC_MISMATCH"));
    EXPECT_EQ(differences[0].offset, payload.size() - 4);
}

}  // namespace
}  // namespace choso::qr
