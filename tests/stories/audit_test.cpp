// Who did what is kept, in order, and cannot be changed unseen.
#include <array>
#include <sstream>

#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

class Audit : public testing::Test {
 protected:
    Province province;

    [[nodiscard]] std::vector<json::Value> trail() const {
        auto out = std::vector<json::Value>{};
        auto lines = std::istringstream{province.choso({"audit", "export"}).output};
        for (std::string line; std::getline(lines, line);) out.push_back(parsed(line));
        return out;
    }
    [[nodiscard]] std::string last_action() const {
        auto out = std::string{};
        for (auto const& row : trail())
            if (text_at(row, "bucket") == "0") out = text_at(row, "action") + " by " + text_at(row, "actor_kind");
        return out;
    }
};

TEST_F(Audit, what_an_operator_does_leaves_a_row) {
    auto const key = province.choso_json({"admin", "key", "create", "--name", "audit", "--merchant", province.stall().merchant, "--scope", "events:read"}).at(0);
    EXPECT_EQ(last_action(), "api_key.created by system");
    EXPECT_EQ(province.choso({"admin", "key", "revoke", text_at(key, "key")}).status, 0);
    EXPECT_EQ(last_action(), "api_key.revoked by system");
    EXPECT_EQ(province.choso({"admin", "staff", "add", "--login", "moi", "--name", "Người Mới", "--role", "viewer"}).status, 0);
    EXPECT_EQ(last_action(), "staff.created by system");
    auto const person = province.signed_in("duyet-chi");
    EXPECT_EQ(last_action(), "session.confirmed by person");
    auto const whole = province.choso({"audit", "export", "--format", "csv"}).output;
    EXPECT_TRUE(whole.starts_with("bucket,seq,at,actor_kind,actor,action,subject,body,hash\n")) << whole.substr(0, 200);
    EXPECT_EQ(whole.find("Người Mới"), std::string::npos) << "a name in the trail";
    EXPECT_EQ(whole.find("duyet-chi"), std::string::npos) << "a login in the trail";
    EXPECT_TRUE(province.book().balances());
}

TEST_F(Audit, a_change_a_gap_and_an_insertion_are_named) {
    struct Row {
        char const* name;
        char const* change;
        char const* told;
    };
    auto const rows = std::array{
        Row{"changed", "update audit set action = 'feed.revoked' where bucket = 0 and seq = 2", "bucket 0 seq 2 does not follow from the row before"},
        Row{"taken_out", "delete from audit where bucket = 0 and seq = 2", "bucket 0 seq 3, expected 2"},
        Row{"put_in", "insert into audit select seq - 1, at, actor, subject, bucket, actor_kind, action, body, hash from audit where bucket = 0 and seq = 1",
            "bucket 0 seq 0, expected 1"},
        Row{"moved_in_time", "update audit set at = at - interval '1 day' where bucket = 0 and seq = 3", "bucket 0 seq 3 does not follow from the row before"}};
    auto const before = province.sql("create table audit_before as table audit; select count(*) from audit");
    for (auto const& row : rows) {
        SCOPED_TRACE(row.name);
        (void)province.sql(row.change);
        auto const verified = province.choso({"verify"});
        EXPECT_EQ(verified.status, 1);
        EXPECT_NE(verified.output.find(row.told), std::string::npos) << verified.output;
        (void)province.sql("delete from audit; insert into audit select * from audit_before");
        EXPECT_EQ(province.choso({"verify"}).status, 0);
    }
}

}  // namespace
}  // namespace choso::stories
