// The bank's own book: what survives a crash, what pays once, what a statement says.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "qr/vietqr.hpp"
#include "simulator/bank.hpp"
#include "simulator/month.hpp"
#include "simulator/script.hpp"
#include "simulator/sepay.hpp"
#include "simulator/statement.hpp"

namespace choso::bank {
namespace {

class Folder {
 public:
    Folder() {
        auto name = (std::filesystem::temp_directory_path() / "choso-bank-test.XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"mkdtemp"};
        path = name;
    }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

std::string text_of(std::filesystem::path const& file) {
    auto in = std::ifstream{file, std::ios::binary};
    return std::string{std::istreambuf_iterator<char>{in}, {}};
}

AccountKey const hoa{"970436", "9900000102947"};

Setup setup() {
    auto out = Setup{};
    out.accounts = {{hoa, "NGUYEN THI HOA", Money{1'000'000}}, {{"970415", "9900000205894"}, "TRAN VAN BINH", Money{0}}};
    for (auto const kind : {Subscription::Kind::sepay, Subscription::Kind::camt}) {
        auto subscription = Subscription{};
        subscription.name = kind == Subscription::Kind::sepay ? "sepay" : "camt";
        subscription.kind = kind;
        out.subscriptions.push_back(subscription);
    }
    out.payout_token = "token";
    return out;
}

std::string qr(std::int64_t dong = 50'000) {
    return *qr::make({.bin = hoa.bin, .account = hoa.number, .amount = Money{dong}, .purpose = "KX12345678MNFH"});
}

Instant const morning = *parse_rfc3339("2026-11-21T09:00:00+07:00");

class Banking : public testing::Test {
 protected:
    void open() {
        bank.reset();
        bank = std::make_unique<Bank>(setup(), folder.path / "book.jsonl", 7, 1'000);
        bank->stand_at(at);
    }
    void SetUp() override { open(); }
    void pass(Seconds time) {
        bank->stand_at(at += time);
        bank->catch_up();
    }
    Paid pays(Way way) {
        auto paid = bank->pay({.qr = qr(), .way = way, .bank = {}, .amount = {}, .note = {}});
        if (!paid) throw std::runtime_error{paid.error()};
        return std::move(paid).value();
    }
    [[nodiscard]] Money balance() const {
        return bank->look([](Book const& book) { return book.account(hoa)->balance; });
    }
    Payout order(std::string id, std::int64_t dong = 40'000) const {
        auto out = Payout{};
        out.id = std::move(id);
        out.from = hoa;
        out.to = {"970422", "0711223344", "VU VAN X"};
        out.amount = Money{dong};
        out.content = "KX3CM1K6121492";
        return out;
    }

    Folder folder;
    Instant at = morning;
    std::unique_ptr<Bank> bank;
};

TEST_F(Banking, a_restart_knows_all_and_goes_on_counting) {
    auto const first = pays(Way::taken_back).movements[0];
    EXPECT_EQ(first.number, 1'001);
    open();
    EXPECT_EQ(balance(), Money{1'050'000});
    EXPECT_EQ(bank->due(10).size(), 1U) << "the notice is still to be sent";
    pass(std::chrono::minutes{3});
    EXPECT_EQ(balance(), Money{1'000'000}) << "what was planned happens after the restart too";
    EXPECT_EQ(pays(Way::exact).movements[0].number, 1'003);
}

TEST_F(Banking, a_torn_last_line_is_cut_off) {
    pays(Way::exact);
    bank.reset();
    auto const whole = text_of(folder.path / "book.jsonl");
    std::ofstream{folder.path / "book.jsonl", std::ios::app} << R"({"what":"movement","num)";
    open();
    EXPECT_EQ(balance(), Money{1'050'000});
    EXPECT_EQ(text_of(folder.path / "book.jsonl"), whole);
}

TEST_F(Banking, an_order_to_pay_out_pays_once) {
    auto const first = bank->pay_out(order("po_1"));
    EXPECT_EQ(first.payout->status, PayoutStatus::succeeded);
    EXPECT_EQ(balance(), Money{960'000});
    open();
    auto const again = bank->pay_out(order("po_1"));
    EXPECT_EQ(again.payout->reference, first.payout->reference);
    EXPECT_EQ(balance(), Money{960'000});
    EXPECT_EQ(bank->pay_out(order("po_1", 41'000)).status, 409) << "the same id with another order";
    EXPECT_EQ(bank->pay_out(order("po_2", 2'000'000)).payout->reason, "insufficient_funds");
    EXPECT_EQ(balance(), Money{960'000});
}

TEST_F(Banking, a_crash_between_movement_and_answer_does_not_pay_again) {
    bank->pay_out(order("po_1"));
    bank.reset();
    // As if the last line, which says that it succeeded, and the notice before it had never reached the disk.
    auto text = text_of(folder.path / "book.jsonl");
    auto const moved = text.find("\"what\":\"movement\"");
    ASSERT_NE(moved, std::string::npos);
    std::filesystem::resize_file(folder.path / "book.jsonl", text.find('\n', moved) + 1);
    open();
    EXPECT_EQ(bank->payout("po_1")->status, PayoutStatus::succeeded);
    EXPECT_FALSE(bank->payout("po_1")->reference.empty());
    EXPECT_EQ(bank->pay_out(order("po_1")).payout->status, PayoutStatus::succeeded);
    EXPECT_EQ(balance(), Money{960'000});
}

TEST_F(Banking, payouts_go_wrong_as_the_script_says) {
    bank->plan_payouts({"fail", "pending", "pending_fail", "silent", "silent_lost", "return"});
    EXPECT_EQ(bank->pay_out(order("po_1")).payout->status, PayoutStatus::failed);
    EXPECT_EQ(bank->pay_out(order("po_2")).payout->status, PayoutStatus::pending);
    EXPECT_EQ(bank->pay_out(order("po_3")).payout->status, PayoutStatus::pending);
    EXPECT_EQ(balance(), Money{1'000'000});
    EXPECT_TRUE(bank->pay_out(order("po_4")).silent);
    EXPECT_EQ(bank->payout("po_4")->status, PayoutStatus::succeeded) << "it paid and never said so";
    EXPECT_TRUE(bank->pay_out(order("po_5")).silent);
    EXPECT_FALSE(bank->payout("po_5")) << "it never heard of it";
    EXPECT_EQ(bank->pay_out(order("po_6")).payout->status, PayoutStatus::succeeded);
    EXPECT_EQ(balance(), Money{920'000});
    pass(std::chrono::minutes{5});
    EXPECT_EQ(bank->payout("po_2")->status, PayoutStatus::succeeded);
    EXPECT_EQ(bank->payout("po_3")->status, PayoutStatus::failed);
    EXPECT_EQ(balance(), Money{880'000});
    pass(std::chrono::minutes{40});
    EXPECT_EQ(balance(), Money{920'000}) << "the returned one came back";
    EXPECT_EQ(bank->payout("po_6")->status, PayoutStatus::succeeded);
}

TEST_F(Banking, a_notice_is_tried_on_sepays_waits_and_then_given_up) {
    pays(Way::exact);
    auto const number = bank->due(1).front().delivery;
    for (auto const wait : {1, 1, 2, 3, 5, 8, 13}) {
        ASSERT_EQ(bank->due(1).size(), 1U);
        bank->answered(number, 503, "");
        EXPECT_TRUE(bank->due(1).empty());
        pass(std::chrono::minutes{wait} - Seconds{1});
        EXPECT_TRUE(bank->due(1).empty()) << wait;
        pass(Seconds{1});
    }
    bank->answered(number, 0, "refused");
    pass(std::chrono::hours{24});
    EXPECT_TRUE(bank->due(1).empty());
}

TEST_F(Banking, what_counts_as_an_answer) {
    EXPECT_TRUE(was_taken(200, R"({"success":true})"));
    EXPECT_TRUE(was_taken(201, R"({"success":1})"));
    EXPECT_FALSE(was_taken(200, R"({"success":false})"));
    EXPECT_FALSE(was_taken(200, "OK"));
    EXPECT_FALSE(was_taken(500, R"({"success":true})"));
    EXPECT_TRUE(was_taken(200, R"({"taken":1,"refused":[{"code":"sighting_conflict"}]})"));
    EXPECT_FALSE(was_taken(200, R"({"taken":1,"refused":[{"code":"original_unknown"}]})")) << "to be sent again when the original is known";
}

TEST_F(Banking, a_code_that_no_app_would_pay_is_not_paid) {
    auto broken = qr();
    broken.back() = broken.back() == '0' ? '1' : '0';
    auto const stranger = *qr::make({.bin = "970436", .account = "123456789", .amount = Money{1'000}});
    for (auto const& payload : {std::string{}, std::string{"hello"}, broken, stranger})
        EXPECT_FALSE(bank->pay({.qr = payload, .way = Way::exact, .bank = {}, .amount = {}, .note = {}}).ok()) << payload;
    EXPECT_EQ(balance(), Money{1'000'000});
}

TEST_F(Banking, statements_close_in_every_format) {
    for (auto const way : {Way::exact, Way::twice, Way::too_little, Way::taken_back}) pays(way), pass(std::chrono::minutes{5});
    bank->pay_out(order("po_1"));
    bank->look([&](Book const& book) {
        auto const today = statement_of(book, *book.account(hoa), vietnam_day(at));
        EXPECT_EQ(today.opening, Money{1'000'000});
        EXPECT_EQ(today.closing, book.account(hoa)->balance);
        auto sum = today.opening;
        for (auto const* line : today.lines) sum += line->amount;
        EXPECT_EQ(sum, today.closing);
        EXPECT_EQ(today.balances.back(), today.closing);
        auto const tomorrow = statement_of(book, *book.account(hoa), vietnam_day(at) + std::chrono::days{1});
        EXPECT_EQ(tomorrow.opening, today.closing);
        EXPECT_TRUE(tomorrow.lines.empty());
        auto const closing = std::to_string(today.closing.dong());
        EXPECT_NE(as_camt053(book, today).find("<Cd>CLBD</Cd>\n</CdOrPrtry>\n</Tp>\n<Amt Ccy=\"VND\">" + closing), std::string::npos);
        EXPECT_NE(as_mt940(book, today).find(":62F:C261121VND" + closing + ","), std::string::npos);
        EXPECT_NE(as_mt940(book, today).find("RC50000,"), std::string::npos) << "a credit taken back";
        EXPECT_NE(as_csv(today).find(with_dots(today.closing)), std::string::npos);
    });
}

TEST(month, one_seed_one_month) {
    auto const a = Folder{}, b = Folder{}, c = Folder{};
    auto plan = MonthPlan{11, 3, 200, vietnam_day(morning), {}};
    auto const told = play_month(plan, a.path);
    EXPECT_EQ(told, play_month(plan, b.path));
    plan.seed = 12;
    auto const other = play_month(plan, c.path);
    EXPECT_NE(told, other);
    auto files = 0;
    for (auto const& it : std::filesystem::recursive_directory_iterator{a.path}) {
        if (!it.is_regular_file()) continue;
        ++files;
        EXPECT_EQ(text_of(it.path()), text_of(b.path / std::filesystem::relative(it.path(), a.path))) << it.path();
    }
    EXPECT_GT(files, 50);
    EXPECT_NE(text_of(a.path / "notices.jsonl"), text_of(c.path / "notices.jsonl"));
}

}  // namespace
}  // namespace choso::bank
