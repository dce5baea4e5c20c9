// What happens when a sign-in or a change meets another one on its way; and who counts as an approver since when.
#include <gtest/gtest.h>

#include "merchants/people/attempts.hpp"
#include "merchants/people/sign_in.hpp"
#include "merchants/people/transaction.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/process.hpp"

namespace choso::people {
namespace {

using support::Cluster;

constexpr auto password = "con mèo trèo cây cau";
constexpr auto other_password = "con chuột leo giàn mướp";

/// As the gateway does: as the restricted role, on a migrated database.
class Overtaking : public testing::Test {
 protected:
    support::Database database_ = Cluster::shared().fresh_database();
    postgres::Connection connection_{database_.server_url};
    Origin origin_{"203.0.113.9", "a browser"};
    payments::Actor shell_{};

    void TearDown() override { Cluster::shared().drop(database_); }

    [[nodiscard]] std::string sql(std::string_view statements) const { return Cluster::shared().sql(statements, database_.name); }
    StaffId add(std::string const& login, std::vector<Grant> grants = {}) {
        auto const made = create_staff(connection_, shell_, {.login = login, .name = "Nguyễn Thị Hoa", .password = password, .grants = std::move(grants)});
        EXPECT_TRUE(made.ok());
        return made->id;
    }
    RightPassword right(std::string const& login, std::string_view typed = password) {
        auto const tried = try_password(connection_, login, typed, origin_);
        EXPECT_TRUE(std::holds_alternative<RightPassword>(tried));
        return std::get<RightPassword>(tried);
    }
    std::string signs_in(std::string const& login) {
        auto const token = sign_in(connection_, right(login), origin_);
        EXPECT_TRUE(token.has_value());
        return std::string{token->reveal()};
    }
    /// The session of a token; the test fails if there is none.
    Session session(std::string const& token) {
        auto found = find_session(connection_, token);
        EXPECT_TRUE(found.has_value());
        return found.value_or(Session{});
    }
};

TEST_F(Overtaking, a_reset_ends_a_sign_in_that_has_only_checked_its_password) {
    (void)add("hoa");
    auto const checked = right("hoa");
    ASSERT_TRUE(reset_staff(connection_, shell_, "hoa").ok());
    EXPECT_FALSE(sign_in(connection_, checked, origin_).has_value());
    EXPECT_EQ(sql("select count(*) from staff_session"), "0");
}

TEST_F(Overtaking, so_does_a_revocation) {
    (void)add("hoa");
    auto const checked = right("hoa");
    ASSERT_TRUE(revoke_staff(connection_, shell_, "hoa").ok());
    EXPECT_FALSE(sign_in(connection_, checked, origin_).has_value());
    EXPECT_EQ(sql("select count(*) from staff_session"), "0");
}

TEST_F(Overtaking, a_reset_stands_against_a_change_that_was_on_its_way) {
    auto const hoa = add("hoa");
    auto const mine = session(signs_in("hoa"));
    auto const weighed = weigh_password(connection_, hoa, password, other_password);
    ASSERT_TRUE(std::holds_alternative<NewPassword>(weighed));
    auto const reset = reset_staff(connection_, shell_, "hoa");
    ASSERT_TRUE(reset.ok());
    EXPECT_FALSE(change_password(connection_, hoa, std::get<NewPassword>(weighed), mine.id.uuid()).ok());
    EXPECT_TRUE(std::holds_alternative<WrongCredentials>(try_password(connection_, "hoa", other_password, origin_)));
    EXPECT_EQ(right("hoa", reset->password.reveal()).staff, hoa);
    EXPECT_EQ(sql("select temporary from staff"), "t");
}

TEST_F(Overtaking, a_session_that_has_ended_is_not_confirmed) {
    auto const hoa = add("hoa");
    auto const mine = session(signs_in("hoa"));
    EXPECT_TRUE(confirm_session(connection_, mine.id).has_value());
    ASSERT_TRUE(end_session(connection_, hoa, mine.id));
    EXPECT_FALSE(confirm_session(connection_, mine.id).has_value());
}

TEST_F(Overtaking, hashing_waits_for_no_lock_of_the_trail) {
    auto const hoa = add("hoa");
    auto holder = postgres::Connection{database_.server_url};
    auto held = Transaction{holder};
    note(holder, shell_, "staff.role_given", hoa);
    connection_.execute("set statement_timeout = '2s'");
    EXPECT_EQ(right("hoa").staff, hoa);
    EXPECT_TRUE(std::holds_alternative<NewPassword>(weigh_password(connection_, hoa, password, other_password)));
}

TEST_F(Overtaking, one_address_runs_out_of_attempts_before_it_has_locked_an_account) {
    auto const stranger = by_address("203.0.113.66");
    EXPECT_GT(stranger.longest, by_account("hoa").longest);
    for (auto i = 0; i < 40; ++i) (void)take_attempt(connection_, {by_account("hoa"), stranger});
    EXPECT_TRUE(take_attempt(connection_, {stranger}).has_value()) << "what was refused cost the address nothing";
    EXPECT_FALSE(take_attempt(connection_, {by_address("203.0.113.67")}).has_value());
}

TEST_F(Overtaking, the_longest_wait_is_no_quiet_time) {
    auto const stranger = by_address("203.0.113.66");
    (void)take_attempt(connection_, {stranger});
    (void)sql("update sign_in_attempt set failures = 40, last_at = now() - interval '15 minutes 1 second', wait_until = now() - interval '1 second'");
    EXPECT_FALSE(take_attempt(connection_, {stranger}).has_value());
    EXPECT_EQ(sql("select failures, wait_until > now() + interval '10 minutes' from sign_in_attempt"), "41|t");
}

TEST_F(Overtaking, sessions_long_over_are_forgotten) {
    auto const hoa = add("hoa");
    for (auto i = 0; i < 3; ++i) (void)signs_in("hoa");
    (void)sql("update staff_session set ended_at = now() - interval '25 hours' where id = (select min(id::text)::uuid from staff_session)");
    (void)sql("update staff_session set created_at = now() - interval '37 hours' where id = (select max(id::text)::uuid from staff_session)");
    (void)signs_in("hoa");
    EXPECT_EQ(sql("select count(*) from staff_session"), "2");
    EXPECT_EQ(list_sessions(connection_, hoa).size(), 2U);
}

TEST_F(Overtaking, nobody_gives_a_role_to_themselves) {
    auto const van = payments::Actor{payments::ActorKind::person, add("van", {{Role::operator_, Reach::province, {}}}).uuid()};
    auto const ha = payments::Actor{payments::ActorKind::person, add("ha", {{Role::operator_, Reach::province, {}}}).uuid()};
    auto const approver = Grant{Role::approver, Reach::province, {}};
    EXPECT_FALSE(give_role(connection_, van, "van", approver).ok());
    EXPECT_EQ(sql("select count(*) from staff_grant where role = 'approver'"), "0");
    EXPECT_TRUE(give_role(connection_, ha, "van", approver).ok());
}

TEST_F(Overtaking, an_approver_counts_a_day_after_the_role_or_a_reset) {
    (void)add("duyet", {{Role::approver, Reach::province, {}}, {Role::viewer, Reach::province, {}}});
    auto const approves = [this](std::string const& token) { return session(token).grants.everywhere({Role::approver}); };
    auto const first = signs_in("duyet");
    EXPECT_FALSE(approves(first));
    EXPECT_TRUE(session(first).grants.everywhere({Role::viewer})) << "the other roles count at once";
    auto const a_day_ago = "update staff_grant set granted_at = granted_at - interval '24 hours'";
    (void)sql(a_day_ago);
    EXPECT_TRUE(approves(first));
    auto const reset = reset_staff(connection_, shell_, "duyet");
    ASSERT_TRUE(reset.ok());
    auto const again = sign_in(connection_, right("duyet", reset->password.reveal()), origin_);
    ASSERT_TRUE(again.has_value());
    EXPECT_FALSE(approves(std::string{again->reveal()}));
    (void)sql(a_day_ago);
    EXPECT_TRUE(approves(std::string{again->reveal()}));
}

}  // namespace
}  // namespace choso::people
