// Who may do what to an exception, as tables.
#include <gtest/gtest.h>

#include "settlement/exceptions/decide.hpp"

namespace choso::settlement {
namespace {

using payments::Actor;
using payments::ActorKind;
using payments::Refusal;

Uuid uuid(std::uint8_t n) {
    auto out = Uuid{};
    out[15] = n;
    return out;
}
Actor const maker{ActorKind::person, uuid(1)};
Actor const other{ActorKind::person, uuid(2)};
Actor const key{ActorKind::key, uuid(3)};
Instant const now{std::chrono::seconds{1'000'000}};

Exception row(ExceptionKind kind = ExceptionKind::unreferenced, std::int64_t amount = 50'000) {
    auto out = Exception{};
    out.id = ExceptionId{uuid(9)};
    out.kind = kind;
    out.amount = Money{amount};
    return out;
}
Resolution match() { return {ExceptionAction::match, uuid(7), {}, "payer_told"}; }
Exception proposed() { return propose(row(), maker, match(), now)->row; }

TEST(exceptions, forced_matches_and_money_back_always_need_a_second_person) {
    struct Case {
        ExceptionAction action;
        std::int64_t amount;
        bool second;
    };
    for (auto const& [action, amount, second] : {Case{ExceptionAction::match, 1, true}, {ExceptionAction::assign, 1, true}, {ExceptionAction::refund, 1, true},
                                                 {ExceptionAction::reverse, 1, true}, {ExceptionAction::accept, 5'000'000, false},
                                                 {ExceptionAction::accept, 5'000'001, true}}) {
        auto const kind = action == ExceptionAction::reverse ? ExceptionKind::notice_without_line : ExceptionKind::unreferenced;
        auto const changed = propose(row(kind, amount), maker, {action, uuid(7), {}, "kept"}, now);
        ASSERT_TRUE(changed.ok()) << word(action);
        EXPECT_EQ(changed->row.state, second ? ExceptionState::proposed : ExceptionState::done) << word(action) << ' ' << amount;
        EXPECT_EQ(changed->audits.size(), 1U);
        EXPECT_EQ(changed->events.empty(), second);
    }
}

TEST(exceptions, what_fits_a_kind) {
    EXPECT_TRUE(fits(ExceptionKind::unreferenced, ExceptionAction::match));
    EXPECT_FALSE(fits(ExceptionKind::duplicate, ExceptionAction::match));
    EXPECT_FALSE(fits(ExceptionKind::payout_unknown, ExceptionAction::refund));
    EXPECT_FALSE(fits(ExceptionKind::unreferenced, ExceptionAction::reverse));
    EXPECT_TRUE(fits(ExceptionKind::chain_broken, ExceptionAction::accept));
    EXPECT_EQ(propose(row(ExceptionKind::duplicate), maker, match(), now).error(), Refusal::payment_not_assignable);
}

TEST(exceptions, a_yes_is_anothers_a_persons_and_of_what_was_shown) {
    EXPECT_EQ(approve({}, other, true, match(), now).error(), Refusal::not_found);
    EXPECT_EQ(approve(row(), other, true, match(), now).error(), Refusal::proposal_missing);
    EXPECT_EQ(approve(proposed(), key, true, match(), now).error(), Refusal::approver_must_be_person);
    EXPECT_EQ(approve(proposed(), other, false, match(), now).error(), Refusal::second_factor_needed);
    EXPECT_EQ(approve(proposed(), maker, true, match(), now).error(), Refusal::approver_is_maker);
    auto changed_since = match();
    changed_since.target = uuid(8);
    EXPECT_EQ(approve(proposed(), other, true, changed_since, now).error(), Refusal::proposal_changed);
    auto const done = approve(proposed(), other, true, match(), now);
    ASSERT_TRUE(done.ok());
    EXPECT_EQ(done->row.state, ExceptionState::done);
    EXPECT_EQ(done->row.ended, "approved");
    EXPECT_EQ(approve(done->row, other, true, match(), now).error(), Refusal::already_decided);
}

TEST(exceptions, anothers_proposal_is_rejected_not_overwritten) {
    EXPECT_EQ(propose(proposed(), other, match(), now).error(), Refusal::already_decided);
    auto const again = propose(proposed(), maker, {ExceptionAction::accept, {}, {}, "kept"}, now);
    ASSERT_TRUE(again.ok());
    auto const rejected = reject(proposed(), other, now);
    ASSERT_TRUE(rejected.ok());
    EXPECT_EQ(rejected->row.state, ExceptionState::claimed) << "who proposed it still has it";
    EXPECT_FALSE(rejected->row.resolution.has_value());
    EXPECT_TRUE(propose(rejected->row, other, match(), now).ok());
}

TEST(exceptions, undone_it_is_open_again_and_ends_by_itself_once) {
    auto const done = approve(proposed(), other, true, match(), now)->row;
    auto const open = reopen(done, maker);
    ASSERT_TRUE(open.ok());
    EXPECT_EQ(open->row.state, ExceptionState::claimed);
    EXPECT_EQ(reopen(open->row, maker).error(), Refusal::proposal_missing);
    auto const ended = end_by_itself(open->row, "found", now);
    ASSERT_TRUE(ended.ok());
    EXPECT_EQ(ended->row.ended, "found");
    EXPECT_EQ(end_by_itself(ended->row, "found", now).error(), Refusal::already_decided);
    EXPECT_EQ(claim(ended->row, maker, false).error(), Refusal::already_decided);
}

}  // namespace
}  // namespace choso::settlement
