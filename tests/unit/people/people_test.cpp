#include <gtest/gtest.h>
#include <ostream>

#include "merchants/people/attempts.hpp"
#include "merchants/people/session.hpp"
#include "platform/crypto/one_time.hpp"
#include "platform/crypto/password.hpp"
#include "platform/crypto/seal.hpp"

namespace choso::people {
namespace {

TEST(totp, agrees_with_rfc_6238) {
    struct Row {
        std::int64_t seconds;
        char const* code;
    };
    for (auto const& row : {Row{59, "287082"}, Row{1'111'111'109, "081804"}, Row{1'111'111'111, "050471"}, Row{1'234'567'890, "005924"},
                            Row{2'000'000'000, "279037"}, Row{20'000'000'000, "353130"}})
        EXPECT_EQ(crypto::totp_code("12345678901234567890", row.seconds / crypto::totp_step_seconds), row.code) << row.seconds;
}

TEST(base32, agrees_with_rfc_4648_and_has_one_spelling) {
    struct Row {
        char const* bytes;
        char const* symbols;
    };
    for (auto const& row : {Row{"", ""}, Row{"f", "MY"}, Row{"fo", "MZXQ"}, Row{"foo", "MZXW6"}, Row{"foob", "MZXW6YQ"}, Row{"fooba", "MZXW6YTB"},
                            Row{"foobar", "MZXW6YTBOI"}}) {
        EXPECT_EQ(crypto::to_base32(row.bytes), row.symbols);
        EXPECT_EQ(crypto::from_base32(row.symbols), row.bytes);
    }
    EXPECT_EQ(crypto::from_base32("mzxw 6ytb oi"), "foobar");
    for (auto const* wrong : {"M", "MZX", "MZXW6Y", "MZ", "M1", "MY=="}) EXPECT_FALSE(crypto::from_base32(wrong).has_value()) << wrong;
}

TEST(seal, opens_for_the_same_key_and_purpose_alone) {
    auto const key = std::string(32, 'k');
    auto const sealed = crypto::seal(key, "secret", "totp one");
    EXPECT_EQ(crypto::open_sealed(key, sealed, "totp one"), "secret");
    EXPECT_FALSE(crypto::open_sealed(key, sealed, "totp two").has_value());
    EXPECT_FALSE(crypto::open_sealed(std::string(32, 'j'), sealed, "totp one").has_value());
    EXPECT_NE(sealed, crypto::seal(key, "secret", "totp one"));
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        auto spoilt = sealed;
        spoilt[at] = static_cast<char>(spoilt[at] ^ 1);
        EXPECT_FALSE(crypto::open_sealed(key, spoilt, "totp one").has_value()) << at;
        EXPECT_FALSE(crypto::open_sealed(key, sealed.substr(0, at), "totp one").has_value()) << at;
    }
}

TEST(attempts, of_one_ipv6_line_are_one_addresss_however_it_is_written) {
    auto const line = by_address("2001:db8:1:2::1").subject;
    for (auto const* same : {"2001:db8:1:2::2", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3::", "2001:DB8:1:2:0:0:0:1"})
        EXPECT_EQ(by_address(same).subject, line) << same;
    EXPECT_EQ(by_address("2001:db8::1").subject, by_address("2001:db8:0:0:5::1").subject);
    EXPECT_EQ(by_address("::ffff:203.0.113.9").subject, by_address("203.0.113.9").subject);
    for (auto const* other : {"2001:db8:1:3::1", "2001:db8::1", "203.0.113.9", ""}) EXPECT_NE(by_address(other).subject, line) << other;
}

TEST(passwords, are_hashed_with_argon2id_at_owasps_floor) {
    auto const hash = crypto::hash_password("con mèo trèo cây cau");
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash;
    EXPECT_NE(hash, crypto::hash_password("con mèo trèo cây cau"));
    EXPECT_TRUE(crypto::is_password_of(hash, "con mèo trèo cây cau"));
    EXPECT_FALSE(crypto::is_password_of(hash, "con mèo trèo cây cao"));
    EXPECT_FALSE(crypto::is_password_of("", "x"));
    EXPECT_FALSE(crypto::is_password_of("$argon2id$v=19$m=19456", "x"));
}

TEST(passwords, long_ones_are_taken_and_those_that_are_tried_first_are_not) {
    struct Row {
        char const* password;
        bool taken;
    };
    for (auto const& row : {
             Row{"con mèo trèo cây cau", true}, Row{"correct horse battery staple", true}, Row{"aaaaaaaaaaaaaaaaaaaa1b2c9", true},
             Row{"xK8-vq1LmZ0pR7t_wE3", true}, Row{"mười bốn chữ à", false}, Row{"ngắn quá", false}, Row{"password12345678", false},
             Row{"P4ssword P4ssword", false}, Row{"matkhau123456789", false}, Row{"Mật khẩu 12345678", false}, Row{"123456789012345", false},
             Row{"987654321098765", false}, Row{"111111111111111", false}, Row{"qwertyuiopasdfgh", false}, Row{"abcabcabcabcabcabc", false},
             Row{"anhyeuemanhyeuem", false}, Row{"hoa nguyen 19851985", false}, Row{"duyetchi12345678", false}, Row{"1qaz2wsx3edc4rfv", false},
             Row{"thainguyen choso 2026", false}, Row{"bad\nbut long enough", false}, Row{"\xff\xfe not utf-8 at all", false}})
        EXPECT_EQ(!check_password(row.password, "duyet-chi", "Nguyễn Thị Hoa").has_value(), row.taken) << row.password;
}

TEST(roles, reach_their_merchant_their_collectors_or_all) {
    auto const now = Instant{} + std::chrono::hours{500'000};
    auto const bucket = Bucket::of_bits(3);
    auto merchant = merchants::Merchant{MerchantId::make(bucket, now), "A", "school", false, CollectorId::make(bucket, now), true};
    auto sibling = merchant;
    sibling.id = MerchantId::make(bucket, now);
    auto stranger = merchants::Merchant{MerchantId::make(bucket, now), "B", "school", false, CollectorId::make(bucket, now), true};
    struct Row {
        char const* name;
        Grant grant;
        bool itself, of_its_collector, another;
    };
    for (auto const& row : {Row{"merchant", {Role::approver, Reach::merchant, merchant.id.uuid()}, true, false, false},
                            Row{"collector", {Role::approver, Reach::collector, merchant.collector.uuid()}, true, true, false},
                            Row{"province", {Role::approver, Reach::province, {}}, true, true, true},
                            Row{"another_role", {Role::viewer, Reach::province, {}}, false, false, false},
                            Row{"a_collectors_id_as_a_merchants", {Role::approver, Reach::merchant, merchant.collector.uuid()}, false, false, false}}) {
        auto const grants = Grants{{row.grant}};
        EXPECT_EQ(grants.reach({Role::approver}, merchant), row.itself) << row.name;
        EXPECT_EQ(grants.reach({Role::approver}, sibling), row.of_its_collector) << row.name;
        EXPECT_EQ(grants.reach({Role::approver}, stranger), row.another) << row.name;
    }
}

TEST(sessions, stand_as_their_person_has_gone) {
    auto session = Session{};
    EXPECT_EQ(standing_of(session), Standing::whole) << "who has no role that touches money needs no second factor";
    session.grants = Grants{{{Role::approver, Reach::province, {}}}};
    EXPECT_EQ(standing_of(session), Standing::second_factor_absent);
    session.has_totp = true;
    EXPECT_EQ(standing_of(session), Standing::second_factor_due);
    session.temporary_password = true;
    EXPECT_EQ(standing_of(session), Standing::second_factor_due);
    session.second_factor_at = Instant{};
    EXPECT_EQ(standing_of(session), Standing::password_temporary);
    session.temporary_password = false;
    EXPECT_EQ(standing_of(session), Standing::whole);
}

TEST(sessions, are_over_after_their_time) {
    using namespace std::chrono_literals;
    auto const begun = Instant{} + 500'000h;
    struct Row {
        char const* name;
        Role role;
        std::chrono::minutes alone, age;
        bool over;
    };
    for (auto const& row : {Row{"fresh", Role::approver, 0min, 0min, false}, Row{"money_14", Role::approver, 14min, 60min, false},
                            Row{"money_15", Role::approver, 15min, 60min, true}, Row{"viewer_15", Role::viewer, 15min, 60min, false},
                            Row{"viewer_12_hours", Role::viewer, 0min, 720min, true}, Row{"clerk_15", Role::fee_clerk, 15min, 15min, true}}) {
        auto session = Session{};
        session.grants = Grants{{{row.role, Reach::province, {}}}};
        session.created_at = begun;
        session.now = begun + row.age;
        session.seen_at = session.now - row.alone;
        EXPECT_EQ(is_over(session), row.over) << row.name;
    }
    auto session = Session{};
    session.now = begun;
    EXPECT_FALSE(is_fresh(session));
    session.second_factor_at = begun - 4min;
    EXPECT_TRUE(is_fresh(session));
    session.second_factor_at = begun - 5min;
    EXPECT_FALSE(is_fresh(session));
}

}  // namespace
}  // namespace choso::people
