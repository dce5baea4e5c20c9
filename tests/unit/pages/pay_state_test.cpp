// Which page a payer sees: from stored facts and the time alone; every state has a page and can be reached.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "gateway/pages/pay_state.hpp"
#include "gateway/payments/status.hpp"

namespace choso::pages {
namespace {

using namespace std::chrono_literals;
using payments::LateDecision;
using payments::Refund;
using payments::RefundStatus;
using payments::RequestStatus;

Instant const noon = parse_rfc3339("2026-11-21T12:00:00+07:00").value();

RefundId refund_id(std::uint8_t n) {
    auto uuid = Uuid{};
    uuid[6] = 0x70;
    uuid[15] = n;
    return RefundId{uuid};
}

/// A request of 50,000 đ until noon, as the book would hold it.
struct Seen {
    PayView view;
    Instant now = noon - 10min;

    explicit Seen(RequestStatus status, std::int64_t paid = 0) {
        view.request.amount = Money{50'000};
        view.request.expires_at = noon;
        view.request.created_at = noon - 15min;
        view.request.status = status;
        view.request.amount_paid = Money{paid};
        if (paid > 0) view.money.receipts.push_back({Money{paid}, false});
    }
    Seen&& receipts(std::vector<api::RequestReceipt> all) && {
        view.money.receipts = std::move(all);
        return std::move(*this);
    }
    Seen&& refund(RefundStatus status, std::int64_t amount, std::uint8_t payment = 1) && {
        auto uuid = Uuid{};
        uuid[15] = payment;
        auto row = payments::Refund{};
        row.id = refund_id(static_cast<std::uint8_t>(view.money.refunds.size() + 1));
        row.payment = PaymentId{uuid};
        row.amount = Money{amount};
        row.status = status;
        view.money.refunds.push_back(std::move(row));
        return std::move(*this);
    }
    Seen&& decided(LateDecision decision) && {
        view.request.late_decision = decision;
        return std::move(*this);
    }
    Seen&& at(Instant when) && {
        now = when;
        return std::move(*this);
    }
    Seen&& needed_no_more() && {
        view.not_needed = true;
        return std::move(*this);
    }
    Seen&& of_any_amount() && {
        view.request.amount.reset();
        return std::move(*this);
    }
};

struct Row {
    char const* name;
    Seen seen;
    PayState expected;
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

using enum RequestStatus;

std::vector<Row> const rows{
    {"open", Seen{open}, PayState::waiting},
    {"at_the_last_moment", Seen{open}.at(noon), PayState::waiting},
    {"in_the_grace", Seen{open}.at(noon + 1us), PayState::time_passed},
    {"short_in_the_grace", Seen{partially_paid, 20'000}.at(noon + 1min), PayState::time_passed},
    {"short", Seen{partially_paid, 20'000}, PayState::partially_paid},
    {"written_off", Seen{open}.needed_no_more(), PayState::not_needed},
    {"written_off_and_paid_all_the_same", Seen{paid, 50'000}.needed_no_more(), PayState::paid},
    {"whole", Seen{paid, 50'000}, PayState::paid},
    {"whole_in_two_parts", Seen{paid, 50'000}.receipts({{Money{20'000}, false}, {Money{30'000}, false}}), PayState::paid},
    {"any_amount", Seen{paid, 7'000}.of_any_amount(), PayState::paid},
    {"any_amount_again", Seen{paid, 14'000}.of_any_amount().receipts({{Money{7'000}, false}, {Money{7'000}, false}}), PayState::paid},
    {"over", Seen{paid, 80'000}, PayState::overpaid},
    {"over_by_the_whole_in_one", Seen{paid, 100'000}, PayState::overpaid},
    {"twice", Seen{paid, 100'000}.receipts({{Money{50'000}, false}, {Money{50'000}, false}}), PayState::duplicate},
    {"twice_but_one_taken_back", Seen{paid, 50'000}.receipts({{Money{50'000}, true}, {Money{50'000}, false}}), PayState::paid},
    {"late_and_held", Seen{paid_late, 50'000}.at(noon + 1h), PayState::paid_late_held},
    {"late_and_taken", Seen{paid_late, 50'000}.decided(LateDecision::accepted).at(noon + 1h), PayState::paid_late_accepted},
    {"late_and_refused", Seen{paid_late, 50'000}.decided(LateDecision::refunding).refund(RefundStatus::proposed, 50'000), PayState::refund_proposed},
    {"late_and_sent_back", Seen{paid_late, 50'000}.decided(LateDecision::refunding).refund(RefundStatus::submitted, 50'000), PayState::refund_sent},
    {"expired", Seen{expired}.at(noon + 1h), PayState::expired},
    {"expired_short", Seen{expired, 20'000}.at(noon + 1h), PayState::expired_with_money},
    {"cancelled", Seen{cancelled}, PayState::cancelled},
    {"cancelled_proposed", Seen{cancelled}.refund(RefundStatus::proposed, 20'000), PayState::refund_proposed},
    {"cancelled_approved", Seen{cancelled}.refund(RefundStatus::approved, 20'000), PayState::refund_approved},
    {"cancelled_sent", Seen{cancelled}.refund(RefundStatus::submitted, 20'000), PayState::refund_sent},
    {"cancelled_in_doubt", Seen{cancelled}.refund(RefundStatus::unknown, 20'000), PayState::refund_in_doubt},
    {"cancelled_done", Seen{cancelled}.refund(RefundStatus::succeeded, 20'000), PayState::refund_done},
    {"cancelled_failed", Seen{cancelled}.refund(RefundStatus::failed, 20'000), PayState::refund_failed},
    {"failed_then_tried_again", Seen{cancelled}.refund(RefundStatus::failed, 20'000).refund(RefundStatus::submitted, 20'000), PayState::refund_sent},
    {"one_of_two_failed", Seen{cancelled}.refund(RefundStatus::succeeded, 20'000, 1).refund(RefundStatus::failed, 5'000, 2), PayState::refund_failed},
    {"paid_and_all_returned", Seen{paid, 50'000}.refund(RefundStatus::succeeded, 50'000), PayState::refund_done},
    {"paid_and_a_part_returned", Seen{paid, 50'000}.refund(RefundStatus::succeeded, 10'000), PayState::paid},
    {"paid_and_the_return_failed", Seen{paid, 50'000}.refund(RefundStatus::failed, 50'000), PayState::paid},
    {"taken_back", Seen{open}.receipts({{Money{50'000}, true}}), PayState::reversed},
    {"one_of_two_taken_back", Seen{partially_paid, 20'000}.receipts({{Money{20'000}, false}, {Money{30'000}, true}}), PayState::reversed},
    {"taken_back_and_expired", Seen{expired}.receipts({{Money{50'000}, true}}).at(noon + 1h), PayState::reversed_ended},
};

class StateOf : public testing::TestWithParam<Row> {};

TEST_P(StateOf, follows_from_the_facts) {
    auto const state = state_of(GetParam().seen.view, GetParam().seen.now);
    EXPECT_EQ(page_of(state).word, page_of(GetParam().expected).word);
}

TEST_P(StateOf, is_told_in_both_languages_with_every_figure_filled_in) {
    auto const& [view, now] = GetParam().seen;
    for (auto const language : {Language::vi, Language::en}) {
        auto const [title, money, next] = told(language, state_of(view, now), view, "Cô Hoa");
        for (auto const& sentence : {title, money, next}) {
            EXPECT_FALSE(sentence.empty());
            EXPECT_EQ(sentence.find_first_of("{}"), std::string::npos) << sentence;
            EXPECT_EQ(sentence.find(" 0\u00A0₫"), std::string::npos) << "no page speaks of nothing as of money: " << sentence;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(pages, StateOf, testing::ValuesIn(rows), [](auto const& tested) { return std::string{tested.param.name}; });

TEST(pay_state, every_state_of_a_request_is_reached_by_a_row) {
    auto reached = std::set<PayState>{PayState::unavailable, PayState::not_found};  // of no request: the page without a view
    for (auto const& row : rows) reached.insert(state_of(row.seen.view, row.seen.now));
    for (auto const& page : state_pages()) EXPECT_TRUE(reached.contains(page.state)) << page.word;
}

TEST(pay_state, every_state_has_one_page_and_every_page_its_own_words) {
    auto words = std::set<std::string_view>{};
    auto sentences = std::set<std::pair<Text, Text>>{};
    for (auto const& page : state_pages()) {
        EXPECT_EQ(&page_of(page.state), &page);
        EXPECT_TRUE(words.insert(page.word).second) << page.word;
        EXPECT_TRUE(sentences.emplace(page.title, page.next).second) << page.word << " says what another state says";
    }
    // The words are the enum's own names: what the browser's tests go by.
    auto in = std::ifstream{CHOSO_SOURCE_DIR "/gateway/pages/pay_state.hpp"};
    auto text = std::ostringstream{};
    text << in.rdbuf();
    auto const source = text.str();
    auto found = std::smatch{};
    ASSERT_TRUE(std::regex_search(source, found, std::regex{R"(enum class PayState \{([^}]*)\})"}));
    auto const body = found[1].str();
    auto names = std::set<std::string>{};
    auto const name = std::regex{R"(\w+)"};
    for (auto it = std::sregex_iterator{body.begin(), body.end(), name}; it != std::sregex_iterator{}; ++it) names.insert(it->str());
    EXPECT_EQ(names, (std::set<std::string>{words.begin(), words.end()}));
}

TEST(pay_state, only_what_can_still_be_paid_shows_a_code) {
    for (auto const& row : rows) {
        auto const& page = page_of(state_of(row.seen.view, row.seen.now));
        auto const status = row.seen.view.request.status;
        auto const in_time = row.seen.now <= noon;
        EXPECT_EQ(page.payable, (status == open || status == partially_paid) && in_time && !row.seen.view.not_needed) << row.name;
        EXPECT_TRUE(page.live || !page.payable) << row.name;
    }
}

TEST(pay_state, a_fingerprint_changes_with_what_the_page_says) {
    auto const print = [](Seen const& seen) { return fingerprint(seen.view, state_of(seen.view, seen.now)); };
    auto prints = std::set<std::string>{};
    // Of these each says something else; the others repeat a state with the same figures.
    for (auto const* name : {"open", "in_the_grace", "short", "whole", "over", "twice", "late_and_held", "late_and_taken", "expired", "cancelled",
                             "cancelled_proposed", "cancelled_approved", "cancelled_done", "paid_and_a_part_returned", "taken_back"})
        for (auto const& row : rows) {
            if (std::string_view{row.name} != name) continue;
            EXPECT_TRUE(prints.insert(print(row.seen)).second) << name;
        }
    EXPECT_EQ(print(Seen{open}), print(Seen{open}.at(noon - 1min)));
}

}  // namespace
}  // namespace choso::pages
