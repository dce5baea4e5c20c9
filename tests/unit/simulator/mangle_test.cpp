// Each bank's way of writing a content, held against what was seen of it, and whether our reader still finds the code.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/reference.hpp"
#include "simulator/mangle.hpp"

namespace choso::bank {
namespace {

using testing::MatchesRegex;

constexpr auto code = "KX12345678MNFH";
constexpr auto vietcombank = "970436", mb = "970422", acb = "970416", bidv = "970418", agribank = "970405", vietinbank = "970415", other = "970432";

Leg leg_to(std::string const& bin, std::string content = code) {
    return {std::move(content), {"970436", "0123456789", "NGUYEN VAN A"}, {bin, "9900000102947", "NGUYEN THI HOA"},
            *parse_rfc3339("2026-11-21T14:02:37+07:00"), "MBVCB.6994946307"};
}

struct Row {
    char const* name;
    std::string (*write)(Leg const&, Dice&);
    char const* to;
    char const* pattern;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class Mangling : public testing::TestWithParam<Row> {};

TEST_P(Mangling, looks_as_that_bank_writes_and_keeps_the_code) {
    auto const& row = GetParam();
    for (auto seed = 0U; seed < 50; ++seed) {
        auto dice = Dice{seed};
        auto const written = row.write(leg_to(row.to), dice);
        EXPECT_THAT(written, MatchesRegex(row.pattern)) << "seed " << seed;
        auto const found = candidates(written);
        ASSERT_FALSE(found.empty()) << written;
        EXPECT_EQ(found.front(), (Candidate{*Reference::parse_exact(code), How::exact})) << written;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Banks, Mangling,
    testing::Values(
        Row{"vietcombank_itself", from_vietcombank, vietcombank, "MBVCB\\.[0-9]{10}\\.KX12345678MNFH\\.CT tu 0123456789 NGUYEN VAN A toi 9900000102947 NGUYEN THI HOA"},
        Row{"vietcombank_to_agribank", from_vietcombank, agribank, "MBVCB\\.[0-9]{10}\\.[0-9]{6}\\.KX12345678MNFH\\.CT tu .* toi .* tai AGRIBANK"},
        Row{"vietcombank_to_mb", from_vietcombank, mb, "CUSTOMER MBVCB [0-9]{10} [0-9]{6} KX12345678MNFH CT tu .* tai .* Trace [0-9]{6}"},
        Row{"vietcombank_to_bidv", from_vietcombank, bidv, "TKThe :0123456789, tai Vietcombank\\. .*KX12345678MNFH.* -CTLNHIDI[0-9]{15}-1/1-CRE-002"},
        Row{"techcombank", from_techcombank, vietcombank, "KX12345678MNFH MBVCB.*"},
        Row{"acb_to_another", from_acb, vietcombank, "KX12345678MNFH-211126-14:02:37 [0-9]{6}"},
        Row{"acb_itself_month_first", from_acb, acb, "KX12345678MNFH GD [0-9]{6}-112126 14:02:37"},
        Row{"agribank", from_agribank, vietcombank, "Vietcombank:9900000102947:KX12345678MNFH"},
        Row{"vietinbank_itself", from_vietinbank, vietinbank, "(CT nhanh 247 den:KX12345678MNFH|Chuyen tien den tu NAPAS Noi dung: KX12345678MNFH|Vietinbank;CT1111;KX12345678MNFH \\(CT1111\\))"},
        Row{"vietinbank_to_another", from_vietinbank, other, "CT DEN:[0-9]{12} KX12345678MNFH; tai Napas"},
        Row{"tpbank", from_tpbank, vietcombank, "KX12345678MNFH \\(by TPBank ChatPay\\)"},
        Row{"sacombank", from_sacombank, vietcombank, "IBFT KX12345678MNFH"},
        Row{"sacombank_to_acb", from_sacombank, acb, "SACOMBANK-GD [0-9]{6}-2026-11-21T14:02:37-970403-/CTR/IBFT KX12345678MNFH/MAC/[0-9A-F]{16}"},
        Row{"bidv_to_vietcombank", from_bidv, vietcombank, "SHGD:[0-9]{8}\\.DD:26[0-9]{4}\\.BO:NGUYEN VAN A\\.Remark:KX12345678MNFH"},
        Row{"bidv_citad", from_bidv, mb, "REM 9901CI[0-9]{8} B/O NGUYEN VAN A F/O-9900000102947 NGUYEN THI HOA DTLS-REF/[0-9]{30} KX12345678MNFH"},
        Row{"mb_to_agribank", from_mb, agribank, "MB\\([0-9]{6}\\)\\(KX12345678MNFH\\)"},
        Row{"mb_itself", from_mb, mb, "KX12345678MNFH   Ma giao dich  Trace[0-9]{6} Trace [0-9]{6}"},
        Row{"mb_to_another", from_mb, vietcombank, "KX12345678MNFH MBVCB.*"},
        Row{"momo_to_vietcombank", from_momo, vietcombank, "PARTNER\\.DIRECT_DEBITS_VCB\\.MSE\\.[0-9]{11}\\.20261121\\.[0-9]{11}-09[0-9]{8}_KX12345678MNFH"},
        Row{"momo_to_mb", from_momo, mb, "[0-9]{12}-KX12345678MNFH-CHUYEN TIEN-OQCH[0-9]+-MOMO[0-9]+MOMO"},
        Row{"momo_to_acb", from_momo, acb, "MoMoT09[0-9]{8}T[0-9]{11}T970416TKX12345678MNFH"},
        Row{"momo_glued_to_digits", from_momo, other, "[0-9]{28}KX12345678MNFH"},
        Row{"zalopay", from_zalopay, vietcombank, "ZP[0-9A-Z]{10} KX12345678MNFH"},
        Row{"napas_to_vietcombank", from_napas, vietcombank, "020097043611211402372026[0-9A-Za-z]{4}[0-9]{6}\\.[0-9]{5} \\.140237\\.KX12345678MNFH"},
        Row{"napas_to_another", from_napas, mb, "[0-9]{6}\\.211126\\.140237\\.KX12345678MNFH"}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Mangling, each_bank_cuts_where_it_cuts) {
    struct {
        std::string (*write)(Leg const&, Dice&);
        char const* to;
        std::size_t kept;  // of 300 characters
    } const rows[] = {{from_vietcombank, vietcombank, 110}, {from_techcombank, vietcombank, 140}, {from_vietinbank, other, 100}, {from_acb, acb, 75}, {from_mb, vietcombank, 199}};
    for (auto const& row : rows) {
        auto dice = Dice{1};
        auto const written = row.write(leg_to(row.to, std::string(300, 'X')), dice);
        EXPECT_EQ(std::count(written.begin(), written.end(), 'X'), static_cast<long>(row.kept)) << written;
    }
    auto dice = Dice{1};
    EXPECT_EQ(from_agribank(leg_to(vietcombank, std::string(300, 'X')), dice).size(), 179U);
    EXPECT_EQ(from_momo(leg_to(vietcombank, std::string(300, 'X')), dice).size(), 146U);
}

TEST(Mangling, signs_and_accents_are_lost) {
    auto dice = Dice{1};
    EXPECT_EQ(from_sacombank(leg_to(vietcombank, "Tiền rau_KX12345678MNFH#1"), dice), "IBFT Tien rau KX12345678MNFH 1");
}

TEST(Damage, leaves_the_code_readable) {
    for (auto const damage : {Damage::lower_case, Damage::blanks, Damage::line_break, Damage::telex, Damage::doubled, Damage::glued, Damage::punctuation}) {
        auto const content = damaged(code, damage);
        EXPECT_NE(content, code);
        auto const found = candidates(content);
        ASSERT_FALSE(found.empty()) << content;
        EXPECT_EQ(found.front().reference.text(), code) << content;
    }
}

TEST(Damage, one_wrong_symbol_is_told_and_can_be_put_right) {
    for (auto seed = 0U; seed < 200; ++seed) {
        auto dice = Dice{seed};
        auto const content = with_one_symbol_wrong(code, dice);
        EXPECT_NE(content, code);
        auto const found = candidates(content);
        ASSERT_FALSE(found.empty()) << content;
        EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](auto const& it) { return it.reference.text() == code && it.how == How::substitution; })) << content;
    }
}

TEST(Dice, one_seed_one_sequence) {
    auto a = Dice{42}, b = Dice{42}, c = Dice{43};
    auto differs = false;
    for (auto i = 0; i < 100; ++i) {
        auto const drawn = a.next();
        EXPECT_EQ(drawn, b.next());
        differs = differs || drawn != c.next();
    }
    EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace choso::bank
