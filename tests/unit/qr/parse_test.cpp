#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support.hpp"

namespace choso::qr {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Lines = std::vector<std::string>;

// The pieces of a good VietQR, so that a row shows only what it breaks.
constexpr std::string_view head = "000201010211";
constexpr std::string_view mai = "38540010A00000072701240006970436011010160391260208QRIBFTTA";
constexpr std::string_view vnd = "5303704";
constexpr std::string_view vn = "5802VN";

template <class... Piece>
std::string vietqr(Piece... pieces) {
    std::string payload;
    (payload.append(pieces), ...);
    return with_check(payload);
}

struct Row {
    char const* name;
    std::string payload;
    Lines errors;
    Lines warnings = {};
    Lines errors_when_lenient = {};
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name << ": " << row.payload; }

class Parse : public ::testing::TestWithParam<Row> {};

TEST_P(Parse, judges) {
    auto const& row = GetParam();
    auto const parsed = parse(row.payload);
    EXPECT_EQ(lines_of(parsed.errors), row.errors);
    EXPECT_EQ(lines_of(parsed.warnings), row.warnings);
    EXPECT_EQ(lines_of(parse(row.payload, Strictness::lenient).errors), row.errors_when_lenient);
}

auto const name_of = [](auto const& row) { return std::string{row.param.name}; };

// In VietQR rows the second piece begins at 12, 53 at 70, 58 at 77.
INSTANTIATE_TEST_SUITE_P(
    VietQr, Parse,
    ::testing::Values(
        Row{"good", vietqr(head, mai, vnd, vn), {}},
        Row{"any_order_inside", vietqr("000201", vn, vnd, mai, "010211"), {}},
        Row{"currency_missing", vietqr(head, mai, vn), {"NAPAS_CURRENCY 53 @84"}, {}, {"NAPAS_CURRENCY 53 @84"}},
        Row{"currency_of_no_table", vietqr(head, mai, "5303840", vn), {"NAPAS_CURRENCY 53 @74"}, {}, {"NAPAS_CURRENCY 53 @74"}},
        Row{"currency_of_napas_table", vietqr(head, mai, "5303392", vn), {}, {"CURRENCY_NOT_VND 53 @74"}},
        Row{"country_missing", vietqr(head, mai, vnd), {"NAPAS_COUNTRY 58 @85"}},
        Row{"method_missing", vietqr("000201", mai, vnd, vn), {"NO_INIT 01 @85"}},
        Row{"method_unknown", vietqr("000201010213", mai, vnd, vn), {"BAD_INIT 01 @10"}},
        Row{"format_indicator", vietqr("000200010211", mai, vnd, vn), {"BAD_PFI 00 @0"}, {}, {"BAD_PFI 00 @0"}},
        Row{"format_indicator_not_first", vietqr("010211000201", mai, vnd, vn), {"BAD_PFI 00 @6"}, {}, {"BAD_PFI 00 @6"}},
        Row{"two_payees", vietqr(head, mai, mai, vnd, vn), {"DUPLICATE 38 @70"}, {}, {"DUPLICATE 38 @70"}},
        Row{"two_amounts", vietqr(head, mai, vnd, "5403100", "5403200", vn), {"DUPLICATE 54 @84"}, {}, {"DUPLICATE 54 @84"}},
        Row{"digit_left_over_in_payee",
            vietqr(head, "38570010A00000072701270006970403011200110123456780208QRIBFTTA", vnd, vn),
            {"TRAILING 38.01 @60"}, {}, {"TRAILING 38.01 @60"}},
        Row{"service_beside_account",
            vietqr(head, "38540010A00000072701360006970436011010160391260208QRIBFTTA", vnd, vn),
            {"SERVICE_IN_WRONG_LEVEL 38.01.02 @58"}, {}, {"SERVICE_IN_WRONG_LEVEL 38.01.02 @58"}},
        Row{"no_service", vietqr(head, "38420010A0000007270124000697043601101016039126", vnd, vn), {"NO_SERVICE 38.02 @58"}},
        Row{"unknown_service", vietqr(head, "38520010A00000072701240006970436011010160391260206QRPAYX", vnd, vn), {},
            {"UNKNOWN_SERVICE 38.02 @62"}},
        Row{"unknown_bin", vietqr(head, "38540010A00000072701240006123456011010160391260208QRIBFTTA", vnd, vn), {},
            {"UNKNOWN_BIN 38.01.00 @38"}},
        Row{"short_bin", vietqr(head, "38530010A0000007270123000597043011010160391260208QRIBFTTA", vnd, vn),
            {"BAD_BIN 38.01.00 @38"}, {}, {"BAD_BIN 38.01.00 @38"}},
        Row{"account_of_20", vietqr(head, "38640010A000000727013400069704360120123456789012345678900208QRIBFTTA", vnd, vn),
            {"TOO_LONG 38.01.01 @48"}},
        Row{"account_with_dash", vietqr(head, "38540010A00000072701240006970436011010160-91260208QRIBFTTA", vnd, vn), {},
            {"ODD_ACCOUNT 38.01.01 @48"}},
        Row{"no_account", vietqr(head, "38400010A000000727011000069704360208QRIBFTTA", vnd, vn),
            {"NO_ACCOUNT 38.01.01 @44"}, {}, {"NO_ACCOUNT 38.01.01 @44"}},
        Row{"application_id_elsewhere",
            vietqr(head, "26540010A00000072701240006970436011010160391260208QRIBFTTA", vnd, vn),
            {"MISPLACED_TEMPLATE 26 @12"}, {}, {"MISPLACED_TEMPLATE 26 @12"}},
        Row{"raw_wallet_data_in_62", vietqr(head, mai, vnd, vn, "62078003046"), {}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Amounts, Parse,
    ::testing::Values(
        Row{"whole", vietqr(head, mai, vnd, "540550000", vn), {}},  //
        Row{"with_point", vietqr(head, mai, vnd, "540650000.", vn), {}},
        Row{"at_the_limit", vietqr(head, mai, vnd, "5409499999999", vn), {}},
        Row{"over_the_limit", vietqr(head, mai, vnd, "5409500000000", vn), {}, {"AMOUNT_OVER_LIMIT 54 @81"}},
        Row{"nought", vietqr(head, mai, vnd, "54010", vn), {"BAD_AMOUNT 54 @81"}, {}, {"BAD_AMOUNT 54 @81"}},
        Row{"negative", vietqr(head, mai, vnd, "5402-5", vn), {"BAD_AMOUNT 54 @81"}, {}, {"BAD_AMOUNT 54 @81"}},
        Row{"with_blank", vietqr(head, mai, vnd, "540650 000", vn), {"BAD_AMOUNT 54 @81"}, {}, {"BAD_AMOUNT 54 @81"}},
        Row{"with_comma", vietqr(head, mai, vnd, "540598,73", vn), {"BAD_AMOUNT 54 @81"}, {}, {"BAD_AMOUNT 54 @81"}},
        Row{"with_exponent", vietqr(head, mai, vnd, "54031e5", vn), {"BAD_AMOUNT 54 @81"}, {}, {"BAD_AMOUNT 54 @81"}},
        Row{"half_dong", vietqr(head, mai, vnd, "540410.5", vn), {"AMOUNT_DECIMALS 54 @81"}, {"AMOUNT_NOT_WHOLE 54 @81"}},
        Row{"leading_nought", vietqr(head, mai, vnd, "5406050000", vn), {"AMOUNT_LEADING_ZERO 54 @81"}},
        Row{"fourteen_digits", vietqr(head, mai, vnd, "541400000000000001", vn),
            {"TOO_LONG 54 @81", "AMOUNT_LEADING_ZERO 54 @81"}},
        Row{"fixed_fee_without_56", vietqr(head, mai, vnd, "550202", vn), {"TIP_56_RULE 56 @77"}},
        Row{"percent_of_hundred", vietqr(head, mai, vnd, "5502035703100", vn), {"BAD_FEE 57 @87"}},
        Row{"percent", vietqr(head, mai, vnd, "550203570500.01", vn), {}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Texts, Parse,
    ::testing::Values(
        Row{"purpose_of_26", vietqr(head, mai, vnd, vn, "62300826abcdefghijklmnopqrstuvwxyz"), {"TOO_LONG 62.08 @91"}},
        Row{"accents_counted", vietqr(head, mai, vnd, vn, "62120808Xin ch\xC3\xA0o"), {"NON_ANS 62.08 @91"}},
        Row{"accents_as_bytes", vietqr(head, mai, vnd, vn, "62130809Xin ch\xC3\xA0o"),
            {"NON_ANS 62.08 @91", "LENGTH_IS_BYTES @97"}},
        Row{"decomposed", vietqr(head, mai, vnd, vn, "62060802a\xCC\x80"), {"NON_ANS 62.08 @91", "NOT_NFC @92"}},
        Row{"not_utf8", vietqr(head, mai, vnd, vn, "62060802a\xFF"), {"NON_ANS 62.08 @91", "NOT_UTF8 @92"}, {},
            {"NOT_UTF8 @92"}},
        Row{"nul", vietqr(head, mai, vnd, vn, "62060802a", std::string(1, '\0')),
            {"NON_ANS 62.08 @91", "CONTROL_CHARACTER @92"}, {}, {"CONTROL_CHARACTER @92"}},
        Row{"empty_value", vietqr(head, mai, vnd, vn, "5900"), {"ZERO_LENGTH 59 @83"}},
        Row{"language", vietqr(head, mai, vnd, vn, "64150002vi0105Ch\xE1\xBB\xA3 A"), {}},
        Row{"language_decomposed", vietqr(head, mai, vnd, vn, "64150002vi0105Cho\xCC\xA3 "), {"NOT_NFC @100"}},
        Row{"language_of_one_letter", vietqr(head, mai, vnd, vn, "64140001v0105Cho A"), {"BAD_LANGUAGE 64.00 @91"}},
        Row{"language_without_name", vietqr(head, mai, vnd, vn, "64060002vi"), {"LANG_MISSING 64.01 @93"}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Checks, Parse,
    ::testing::Values(
        Row{"nothing", "", {"EMPTY @0"}, {}, {"EMPTY @0"}},
        Row{"no_check", "000201010211", {"NO_MAI 02 @12", "EMV_MISSING 53 @12", "EMV_MISSING 58 @12", "CRC_MISSING 63 @12"},
            {"EMV_MISSING 52 @12", "EMV_MISSING 59 @12", "EMV_MISSING 60 @12"}, {"NO_MAI 02 @12", "CRC_MISSING 63 @12"}},
        Row{"wrong", std::string{head} + std::string{mai} + "53037045802VN63040000", {"CRC_MISMATCH 63 @87"}, {},
            {"CRC_MISMATCH 63 @87"}},
        Row{"lower_case", "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304ae9f", {},
            {"CRC_LOWERCASE 63 @86"}},
        Row{"cut", std::string{head} + std::string{mai} + "53037045802VN6304", {"TRUNCATED 63 @83", "CRC_MALFORMED 63 @87"},
            {}, {"TRUNCATED 63 @83", "CRC_MALFORMED 63 @87"}},
        Row{"not_last", vietqr(head, mai, vnd, vn) + "9901x", {"CRC_NOT_LAST 63 @83"}, {}, {"CRC_NOT_LAST 63 @83"}},
        Row{"the_tag_inside_an_account", vietqr(head, "38540010A00000072701240006970436011063046304000208QRIBFTTA", vnd, vn), {}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    OtherSchemes, Parse,
    ::testing::Values(
        Row{"fractions_are_their_own", with_check("00020126180014br.gov.bcb.pix52040000530398654041.225802BR5903Pix6003Rio"), {},
            {"AMOUNT_NOT_WHOLE 54 @47"}},
        Row{"whole_fraction", with_check("00020126180014br.gov.bcb.pix52040000530398654041.005802BR5903Pix6003Rio"), {}},
        Row{"no_shop_data", with_check("00020101021129370016A000000677010111011300660000000005802TH5303764"), {},
            {"EMV_MISSING 52 @74", "EMV_MISSING 59 @74", "EMV_MISSING 60 @74"}},
        Row{"no_owner", with_check("00020126059901x5204000053039865802BR5903Pix6003Rio"), {"NO_GUID 26 @10"}, {},
            {"NO_GUID 26 @10"}},
        Row{"raw_unreserved", with_check("00020126180014br.gov.bcb.pix520400005303986"
                                         "5802BR5903Pix6003Rio80030469904ab1c"), {}}),
    name_of);

TEST(Fields, are_those_of_the_payload) {
    auto const parsed = parse(
        "00020101021238500010A000000727012200069704160108123456780206QRPUSH52045812530370454061200005802VN5917CUA HANG TIEN "
        "LOI6006HA NOI61051000062860107B123456021003900000010307NPS68690402100503abc0605C11230706aac1230809pay a "
        "box0901A64260002en0107Shop VN0205Hanoi63041F97");
    EXPECT_THAT(lines_of(parsed.errors), IsEmpty());
    EXPECT_EQ(parsed.kind, Kind::vietqr);
    EXPECT_EQ(parsed.method, Method::dynamic_code);
    EXPECT_EQ(parsed.bin, "970416");
    EXPECT_EQ(parsed.account, "12345678");
    EXPECT_EQ(parsed.service, "QRPUSH");
    EXPECT_EQ(parsed.amount, 120'000);
    EXPECT_EQ(parsed.currency, "704");
    EXPECT_EQ(parsed.country, "VN");
    EXPECT_EQ(parsed.merchant_name, "CUA HANG TIEN LOI");
    EXPECT_EQ(parsed.merchant_city, "HA NOI");
    EXPECT_EQ(parsed.bill_number, "B123456");
    EXPECT_EQ(parsed.mobile_number, "0390000001");
    EXPECT_EQ(parsed.store_label, "NPS6869");
    EXPECT_EQ(parsed.loyalty_number, "10");
    EXPECT_EQ(parsed.reference_label, "abc");
    EXPECT_EQ(parsed.customer_label, "C1123");
    EXPECT_EQ(parsed.terminal_label, "aac123");
    EXPECT_EQ(parsed.purpose, "pay a box");
}

TEST(Fields, no_half_account_is_shown) {
    auto const cut = parse("00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA53037045802VN6304F4E5");
    EXPECT_EQ(cut.account, std::nullopt);
    EXPECT_EQ(cut.bin, std::nullopt);
}

TEST(Fields, of_two_payees_none_is_shown) {
    auto const payload = vietqr(head, mai, "38540010A00000072701240006970415011099999999990208QRIBFTTA", vnd, vn);
    auto const two = parse(payload);
    EXPECT_EQ(two.kind, Kind::vietqr);
    EXPECT_EQ(two.account, std::nullopt);
    EXPECT_FALSE(two.ok());
}

TEST(Fields, beyond_any_symbol_nothing_is_read) {
    std::string const endless(1'000'000, '0');
    EXPECT_THAT(lines_of(parse(endless).errors), ElementsAre("PAYLOAD_TOO_LONG @2953"));
}

}  // namespace
}  // namespace choso::qr
