// A school's term: pupils and bills from files, money in every way it can come, receipts, and a day that ends with our ledger, the
// bank's statement and the school's own sums equal to the đồng. CHOSO_TEST_SCHOOL=full: 1,200 pupils, 9,600 bills, 1,000 payments.
#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "base/fee_ids.hpp"
#include "base/vietnamese.hpp"
#include "tests/stories/simulated_bank.hpp"

namespace choso::stories {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

struct Size {
    int classes, pupils_a_class, bills_a_pupil, payments;
    [[nodiscard]] int pupils() const { return classes * pupils_a_class; }
    [[nodiscard]] int bills() const { return pupils() * bills_a_pupil; }
};
Size size() {
    auto const* said = std::getenv("CHOSO_TEST_SCHOOL");
    return said != nullptr && std::string_view{said} == "full" ? Size{30, 40, 8, 1'000} : Size{2, 10, 4, 40};
}

/// Every way of the simulator, then what comes past the bank: notes over the desk, money that an agent took.
struct Kind {
    std::string_view way, ends;
    std::int64_t over;  ///< 0: nothing, 1: something
};
constexpr std::array kinds{Kind{"exact", "paid", 0},         Kind{"too_little", "partially_paid", 0}, Kind{"too_much", "paid", 1},  Kind{"twice", "paid", 1},
                           Kind{"late", "paid", 0},          Kind{"wrong_note", "paid", 0},           Kind{"no_note", "open", 0},   Kind{"wrong_account", "open", 0},
                           Kind{"mangled", "paid", 0},       Kind{"reordered", "paid", 0},            Kind{"delayed", "paid", 0},   Kind{"repeated", "paid", 0},
                           Kind{"unnoticed", "paid", 0},     Kind{"taken_back", "open", 0},           Kind{"cash", "paid", 0},      Kind{"agent", "paid", 0},
                           Kind{"group", "paid", 0}};

struct Bill {
    std::string id, reference, qr;
    std::int64_t amount = 0;
    Kind const* kind = nullptr;
};

class School : public testing::Test {
 protected:
    void SetUp() override {
        province.settings = {{"CHOSO_READERS__POLL_MS", "50"}};
        province.stop();
        province.start();
        // The next morning, so that the day does not end while it is played.
        auto const morning = Instant{vietnam_day(now()) + std::chrono::days{1}} - vietnam_offset + hours{7};
        province.advance_clock(std::chrono::ceil<std::chrono::seconds>(morning - now()));
        advanced = morning - now();
        ASSERT_TRUE(support::eventually(patience, [&] {
            auto const made = parse_rfc3339(province.stall(0).sees(province.stall(0).asks(1'000)).text("created_at"));
            return made && *made > morning - minutes{1};
        }));
    }
    void TearDown() override { EXPECT_TRUE(province.book().balances()); }

    [[nodiscard]] Instant clock() const { return now() + std::chrono::duration_cast<std::chrono::microseconds>(advanced); }

    /// Uploads, looks, confirms, waits.
    void imports(std::string const& kind, std::string const& csv, int rows) const {
        auto const kept = software.send(http::Method::post, "/api/v1/fee-imports?kind=" + kind + "&merchant=" + merchant, {{"Content-Type", "text/csv"}}, csv);
        ASSERT_EQ(kept.status(), 201) << kept.response.body;
        ASSERT_EQ(kept.number("rows_good"), rows) << software.get("/api/v1/fee-imports/" + kept.text("id") + "/errors").response.body.substr(0, 500);
        ASSERT_EQ(software.post("/api/v1/fee-imports/" + kept.text("id") + "/confirm", "").status(), 200);
        auto const told = [&] { return software.get("/api/v1/fee-imports/" + kept.text("id")); };
        EXPECT_TRUE(support::eventually(minutes{5}, [&] { return told().text("state") == "done"; }));
        EXPECT_EQ(told().number("rows_done"), rows) << software.get("/api/v1/fee-imports/" + kept.text("id") + "/errors").response.body.substr(0, 500);
    }

    void bills_everybody() {
        auto const of = size();
        auto payers = std::string{"ma,ho_ten,dien_thoai,lop\n"};
        auto bills = std::string{"ma,lop,ma_phieu,han,khoan: Tiền ăn bán trú,khoan: Bảo hiểm y tế,tra_mot_phan\n"};
        for (auto n = 0; n < of.classes; ++n) {
            auto const made = software.post("/api/v1/fee-units", R"({"merchant":")" + merchant + R"(","code":"L)" + std::to_string(100 + n) + R"(","name":"Lớp )" + std::to_string(n) + "\"}");
            ASSERT_EQ(made.status(), 201) << made.response.body;
        }
        for (auto n = 0; n < of.pupils(); ++n) {
            auto const code = "S" + std::to_string(10'000 + n);
            auto const unit = "L" + std::to_string(100 + n / of.pupils_a_class);
            payers += code + ",Học sinh " + std::to_string(n) + ",09" + std::to_string(20'000'000 + n / 2) + "," + unit + "\n";
            for (auto m = 0; m < of.bills_a_pupil; ++m)
                bills += code + "," + unit + ",P" + std::to_string(n) + "-" + std::to_string(m) + ",31/12/2026," + std::to_string(400'000 + n % 9 * 1'000 + m) + ",50000,1\n";
        }
        tell("import of " + std::to_string(of.pupils()) + " pupils", [&] { imports("payers", payers, of.pupils()); });
        tell("import and issue of " + std::to_string(of.bills()) + " bills", [&] { imports("bills", bills, of.bills()); });
        auto const rows = province.sql("select b.id || ' ' || r.reference || ' ' || b.amount from bill b join payment_request r on r.bucket = b.bucket and r.id = b.request "
                                       "where b.code like 'P%' order by b.code");
        auto lines = std::istringstream{rows};
        for (std::string uuid, reference, amount; lines >> uuid >> reference >> amount;)
            all.push_back({BillId{from_hyphenated(uuid).value()}.text(), reference, {}, std::stoll(amount), nullptr});
        ASSERT_EQ(all.size(), static_cast<std::size_t>(of.bills()));
    }

    /// Transfers are one script of the bank's, in the order of the bills.
    void pays_some() {
        auto const of = size();
        auto script = std::string{"["} + R"({"do":"clock","at":")" + to_rfc3339(clock()) + "\"}";
        auto const step = all.size() / static_cast<std::size_t>(of.payments);
        auto const clerk = province.signed_in("thu-phi");
        for (auto n = 0; n < of.payments; ++n) {
            auto& bill = all[static_cast<std::size_t>(n) * step];
            bill.kind = &kinds[static_cast<std::size_t>(n) % kinds.size()];
            chosen.push_back(&bill);
            auto const way = std::string{bill.kind->way};
            if (way == "cash") {
                auto const once = to_hyphenated(new_uuid(Bucket::of_bits(0), clock()));
                auto const taken = clerk.send(http::Method::post, "/thu/tien-mat", {{"Content-Type", "application/x-www-form-urlencoded"}}, "phieu=" + bill.id + "&ve=%2Fthu&lan=" + once);
                ASSERT_EQ(taken.status(), 303) << taken.response.body;
                cash += bill.amount;
            } else if (way == "agent") {
                auto const body = R"({"merchant":")" + merchant + R"(","bill":")" + bill.id + R"(","amount":)" + std::to_string(bill.amount) + R"(,"transaction":"AG-)" + std::to_string(n) + "\"}";
                ASSERT_EQ(software.post("/api/v1/utility/pay", body).text("status"), "paid");
                cash += bill.amount;
            } else if (way == "group") {
                // With the next one of its pupil or class, in one transfer.
                auto& other = all[static_cast<std::size_t>(n) * step + 1];
                auto const made = software.post("/api/v1/bill-groups", R"({"bills":[")" + bill.id + R"(",")" + other.id + "\"]}");
                ASSERT_EQ(made.status(), 201) << made.response.body;
                other.kind = bill.kind;
                chosen.push_back(&other);
                script += R"(,{"do":"pay","way":"exact","qr":")" + made.text("qr") + "\"}";
            } else {
                auto const seen = software.get("/api/v1/bills/" + bill.id);
                script += R"(,{"do":"pay","way":")" + way + R"(","qr":")" + seen.text("qr") + "\"}";
            }
        }
        auto const later = [&](minutes by) { return R"({"do":"clock","at":")" + to_rfc3339(clock() + by) + R"("},{"do":"deliver"})"; };
        (void)bank.plays(script + R"(,{"do":"deliver"},)" + later(minutes{3}) + "," + later(minutes{20}) + R"(,{"do":"files"},{"do":"deliver"}])");
    }

    [[nodiscard]] std::int64_t receipted(json::Value const& bill) const {
        auto sum = std::int64_t{0};
        for (auto const& receipt : at(bill, "receipts")->items()) sum += std::stoll(text_at(receipt, "amount"));
        return sum;
    }

    /// What the school's account holds by our ledger.
    [[nodiscard]] std::int64_t in_the_ledger() const {
        auto const id = text_at(province.demo, "school.bank_account.id");
        auto lines = std::istringstream{province.choso({"ledger", "export", "--format", "json"}).output};
        auto sum = std::int64_t{0};
        for (std::string line; std::getline(lines, line);) {
            auto const entry = parsed(line);
            if (text_at(entry, "account").ends_with(":bank:" + id)) sum += std::stoll(text_at(entry, "amount"));
        }
        return sum;
    }

    template <class Work>
    void tell(std::string const& what, Work work) const {
        auto const begin = std::chrono::steady_clock::now();
        work();
        std::cout << "  " << what << ": " << std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() << " s\n";
    }

    Province province;
    SimulatedBank bank{province, {.seed = 1'200}};
    Caller software = province.caller();
    std::string merchant = text_at(province.demo, "school.merchant");
    std::string bin = text_at(province.demo, "school.bank_account.bin");
    std::string account = text_at(province.demo, "school.bank_account.account");
    std::chrono::nanoseconds advanced{0};
    std::vector<Bill> all;
    std::vector<Bill*> chosen;
    std::int64_t cash = 0;
};

TEST_F(School, a_term_is_billed_paid_in_every_way_and_its_day_ends_without_a_difference) {
    bills_everybody();
    auto const day = to_rfc3339(clock()).substr(0, 10);
    tell(std::to_string(size().payments) + " payments", [&] { pays_some(); });

    auto seen = std::map<std::string, json::Value>{};
    tell("their states and receipts", [&] {
        for (auto const* bill : chosen) {
            SCOPED_TRACE(std::string{bill->kind->way} + " " + bill->reference);
            auto const settled = [&] {
                auto answer = software.get("/api/v1/bills/" + bill->id);
                // An agent gives its own receipt.
                auto const due = bill->kind->way == "agent" ? 0 : answer.number("amount_paid") - answer.number("overpaid_by");
                auto const right = answer.text("status") == bill->kind->ends && receipted(answer.body) == due;
                seen[bill->id] = std::move(answer.body);
                return right;
            };
            EXPECT_TRUE(support::eventually(patience, settled)) << text_at(seen[bill->id], "status") << ' ' << receipted(seen[bill->id]);
            EXPECT_EQ(std::stoll(text_at(seen[bill->id], "overpaid_by")) > 0, bill->kind->over > 0);
        }
    });
    EXPECT_EQ(province.sql("select count(*) - max(number) || ' ' || count(*) - count(distinct number) from receipt where merchant = '" + to_hyphenated(MerchantId::parse(merchant)->uuid()) + "'"), "0 0")
        << "no gap, no number twice";
    auto const waiting = bank.get("/deliveries?waiting=true");
    EXPECT_EQ(waiting.items().size(), 0U) << "told and not taken";

    // The bank's own balance, our ledger, and the day's statement: one sum.
    auto held = std::int64_t{-1};
    auto const accounts = bank.get("/accounts");
    for (auto const& each : accounts.items())
        if (text_at(each, "account") == account) held = std::stoll(text_at(each, "balance"));
    EXPECT_GT(held, 0);
    EXPECT_EQ(in_the_ledger(), held);
    auto const statement = province.folder.path() / "school.xml";
    std::ofstream{statement} << bank.raw("/accounts/" + bin + "/" + account + "/statement?day=" + day + "&format=camt053").body;
    auto const imported = province.choso({"statement", "import", statement.string()});
    EXPECT_EQ(imported.status, 0) << imported.output;
    auto const reconciled = province.choso_json({"reconcile", "--day", day});
    ASSERT_EQ(reconciled.size(), 1U);
    auto found = false;
    for (auto const& each : at(reconciled[0], "accounts")->items()) {
        if (text_at(each, "account") != text_at(province.demo, "school.bank_account.id")) continue;
        found = true;
        EXPECT_EQ(text_at(each, "not_in_book"), "0");
        EXPECT_EQ(text_at(each, "sum"), std::to_string(held));
    }
    EXPECT_TRUE(found);
    std::cout << "  the bank holds " << held << " đ, our ledger " << in_the_ledger() << " đ, difference " << held - in_the_ledger() << "; over desks " << cash << " đ\n";

    // What desks and agents hold is theirs, and the desk's page says the same.
    auto const desk = province.signed_in("thu-phi").get("/thu?don-vi=" + merchant);
    EXPECT_NE(desk.response.body.find("Tiền mặt hôm nay"), std::string::npos);
    EXPECT_NE(desk.response.body.find(with_dots(Money{cash})), std::string::npos) << "cash of the day: " << cash;
    province.advance_clock(hours{24});
    auto const closed = province.choso({"close", "--day", day, "--json"});
    EXPECT_EQ(closed.status, 0) << closed.output;
    EXPECT_EQ(text_at(parsed(closed.output), "unexplained"), "0") << closed.output;
}

}  // namespace
}  // namespace choso::stories
