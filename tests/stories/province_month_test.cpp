// The month of a province: markets, schools and hospitals, each with an account whose every line its bank tells by statement,
// with every fault mixed in. What our book and the banks differ by is listed, to the đồng; days close; hledger agrees.
// CHOSO_TEST_PROVINCE=full plays 107 markets, 20 schools and 3 hospitals.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>

#include "base/id.hpp"
#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

struct Size {
    int markets, schools, hospitals, days, payments;
};
Size size() {
    auto const* said = std::getenv("CHOSO_TEST_PROVINCE");
    return said != nullptr && std::string_view{said} == "full" ? Size{107, 20, 3, 5, 8} : Size{3, 2, 1, 3, 8};
}

/// What a bank knows of one movement, and whether it was told by notice.
struct Movement {
    std::string content, reference;
    std::int64_t amount = 0;
    bool noticed = false;
    bool reversal = false;
};
struct Account {
    std::string merchant, id, number;
    std::vector<std::vector<Movement>> days;  ///< as the bank books them
    std::int64_t phantoms = 0;                ///< told by notice, never booked
    std::int64_t missing = 0;                 ///< booked and told by nobody: its day's statement was lost
    std::int64_t held = 0;                    ///< booked, in a statement whose chain is broken, told by nobody else
    int unconfirmed = 0;                      ///< told by notice, and by no statement that was taken into the book
};

std::string day_text(Instant at) { return to_rfc3339(at).substr(0, 10); }

class ProvinceMonth : public testing::Test {
 protected:
    void SetUp() override {
        province.settings = {{"CHOSO_READERS__POLL_MS", "50"}};
        make_province();
        province.stop();
        province.start();
    }
    void TearDown() override { EXPECT_TRUE(province.book().balances()); }

    /// By SQL: a hundred institutions by the command line would take minutes. What it makes is what the directory's tables say.
    void make_province() {
        auto const of = size();
        auto const total = of.markets + of.schools + of.hospitals;
        (void)province.sql(R"(
            create temporary table wanted as
                select n, case when n <= )" + std::to_string(of.markets) + R"( then 'public_office' when n <= )" + std::to_string(of.markets + of.schools) +
                     R"( then 'school' else 'hospital' end::merchant_kind as kind,
                       ('019a0000-0000-7' || lpad(to_hex((n % 64) * 64), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id from generate_series(1, )" + std::to_string(total) + R"() n;
            insert into collector (id, name, bucket, mode) select id, 'Đơn vị ' || n, n % 64, 'direct' from wanted;
            insert into merchant (id, name, kind, live, collector, is_owner) select id, case kind when 'school' then 'Trường ' when 'hospital' then 'Bệnh viện ' else 'Chợ ' end || n, kind, false, id, true from wanted;
            insert into bank_account (id, collector, bin, number, holder, coverage) select id, id, '970436', '99' || lpad(n::text, 8, '0'), 'DON VI ' || n, 'complete' from wanted;
            insert into api_key_merchant (api_key, merchant) select k.id, w.id from api_key k, wanted w where k.revoked_at is null and k.prefix = left(')" + province.caller().key() + R"(', 16);
            insert into feed_account (feed, account) select f.id, w.id from wanted w, feed f where f.name = 'demo sepay';)");
        auto const rows = province.sql("select id || '/' || number from bank_account where number like '99________' order by number");
        for (std::size_t from = 0; from < rows.size();) {
            auto const end = std::min(rows.find('\n', from), rows.size());
            auto const row = rows.substr(from, end - from);
            auto const uuid = from_hyphenated(row.substr(0, 36)).value();
            accounts.push_back({MerchantId{uuid}.text(), AccountId{uuid}.text(), row.substr(37), {}, 0, 0, 0});
            from = end + 1;
        }
        ASSERT_EQ(accounts.size(), static_cast<std::size_t>(total));
    }

    [[nodiscard]] Instant clock() const { return now() + advanced; }
    void advance(std::chrono::seconds by) {
        province.advance_clock(by);
        advanced += by;
        EXPECT_TRUE(support::eventually(patience, [&] {
            auto const made = parse_rfc3339(province.stall(0).sees(province.stall(0).asks(1'000)).text("created_at"));
            return made && *made > clock() - minutes{1};
        }));
    }

    void notice(Account const& at, Movement& movement, std::int64_t id) {
        auto told = Notice{};
        told.id = id;
        told.account = at.number;
        told.amount = movement.amount;
        told.content = movement.content;
        told.at = bank_time(clock());
        told.bank_reference = movement.reference;
        auto const answer = province.bank().sends(told);
        EXPECT_EQ(answer.status(), 200) << answer.response.body;
        movement.noticed = true;
    }

    /// One payment with the fault of its number.
    void pays(Account& at, int fault, bool lost_day, bool broken_day) {
        auto const n = next_number();
        auto const amount = 10'000 + n % 997 * 1'000;
        auto const asked = province.caller().post("/api/v1/payment-requests", R"({"merchant":")" + at.merchant + R"(","amount":)" + std::to_string(amount) + "}");
        ASSERT_EQ(asked.status(), 201) << asked.response.body;
        auto code = asked.text("reference");
        auto movement = Movement{"", "FT" + std::to_string(n), amount, false};
        if (fault == 4) code = "tien thang nay";
        if (fault == 6)
            for (auto const place : {5U, 10U}) code[place] = code[place] == '7' ? '8' : '7';
        if (fault == 7) movement.amount = amount / 2;
        movement.content = "MBVCB." + std::to_string(n) + "." + code + ".CT tu 0123 toi " + at.number;
        if (fault != 3) notice(at, movement, n);
        if (fault == 2) notice(at, movement, n);
        if (fault == 5) {
            at.phantoms += movement.amount;
            ++at.unconfirmed;
            return;
        }
        if (movement.noticed && (lost_day || broken_day)) ++at.unconfirmed;
        if (!movement.noticed && lost_day) at.missing += movement.amount;
        if (!movement.noticed && broken_day) at.held += movement.amount;
        at.days.back().push_back(std::move(movement));
    }

    /// The bank takes the day's first payment back; only its statement says so.
    static void takes_back(Account& at, bool lost_day, bool broken_day) {
        auto const& first = at.days.back().front();
        auto back = Movement{"HOAN TRA " + first.reference, "R" + first.reference, -first.amount, false, true};
        if (lost_day) at.missing += back.amount;
        if (broken_day) at.held += back.amount;
        at.days.back().push_back(std::move(back));
    }

    /// A table written from the bank's side: what came in stands under Nợ. Only the running balance tells.
    [[nodiscard]] std::string swapped_table(Account const& at, std::int64_t opening, std::int64_t gap) const {
        auto const day = day_text(clock());
        auto const shown = day.substr(8, 2) + "/" + day.substr(5, 2) + "/" + day.substr(0, 4);
        auto out = "Số tài khoản," + at.number + "\r\nNgày giao dịch,Mã giao dịch,Nợ,Có,Số dư,Nội dung\r\n";
        auto balance = opening + gap;
        for (auto const& line : at.days.back()) {
            balance += line.amount;
            auto const in = line.amount > 0;
            out += shown + "," + line.reference + "," + (in ? std::to_string(line.amount) : "") + "," + (in ? "" : std::to_string(-line.amount)) + "," + std::to_string(balance) + "," +
                   line.content + "\r\n";
        }
        return out;
    }

    /// MT940 of the account's last day; `gap` makes it open with another balance than the day before closed with.
    [[nodiscard]] std::string statement(Account const& at, std::int64_t opening, std::int64_t gap) const {
        auto const day = day_text(clock());
        auto const short_day = day.substr(2, 2) + day.substr(5, 2) + day.substr(8, 2);
        auto out = ":20:SAOKE\r\n:25:" + at.number + "\r\n:28C:" + std::to_string(at.days.size()) + "/1\r\n:60F:C" + short_day + "VND" + std::to_string(opening + gap) + ",\r\n";
        auto closing = opening + gap;
        for (auto const& line : at.days.back()) {
            out += ":61:" + short_day + short_day.substr(2) + (line.reversal ? "RC" : "C") + std::to_string(std::abs(line.amount)) + ",NTRFNONREF//" + line.reference + "\r\n:86:" + line.content + "\r\n";
            closing += line.amount;
        }
        return out + ":62F:C" + short_day + "VND" + std::to_string(closing) + ",\r\n-\r\n";
    }

    void imports(std::vector<std::string> const& files) {
        auto arguments = std::vector<std::string>{"statement", "import"};
        auto n = 0;
        for (auto const& file : files) {
            auto const path = province.folder.path() / ("s" + std::to_string(next_number()) + "-" + std::to_string(n++) + ".sta");
            std::ofstream{path} << file;
            arguments.push_back(path.string());
        }
        auto const done = province.choso(arguments);
        EXPECT_EQ(done.status, 0) << done.output;
    }

    [[nodiscard]] std::map<std::string, std::int64_t> bank_balances() const {
        auto out = std::map<std::string, std::int64_t>{};
        auto const rows = province.sql("select b.number || ' ' || coalesce(sum(e.amount), 0) from bank_account b left join ledger_account a on a.kind = 'bank' and a.subject = b.id "
                                       "left join entry e on e.bucket = a.bucket and e.account = a.id where b.number like '99________' group by b.number");
        for (std::size_t from = 0; from < rows.size();) {
            auto const end = std::min(rows.find('\n', from), rows.size());
            auto const blank = rows.find(' ', from);
            out[rows.substr(from, blank - from)] = std::stoll(rows.substr(blank + 1, end - blank - 1));
            from = end + 1;
        }
        return out;
    }

    Province province;
    std::vector<Account> accounts;
    std::chrono::seconds advanced{0};
};

TEST_F(ProvinceMonth, differs_from_the_banks_by_what_is_listed) {
    auto const of = size();
    auto const first_day = day_text(clock());
    for (auto day = 0; day < of.days; ++day) {
        auto files = std::vector<std::string>{};
        for (std::size_t i = 0; i < accounts.size(); ++i) {
            auto& at = accounts[i];
            // Each account has a day that is lost, or a day whose chain is broken: after it the next day's opening is none of ours.
            auto const lost = day == of.days - 1 && i % 3 == 0;
            auto const broken = day == of.days - 1 && i % 3 == 1;
            auto opening = std::int64_t{1'000'000};
            for (auto const& before : at.days)
                for (auto const& line : before) opening += line.amount;
            at.days.emplace_back();
            for (auto n = 0; n < of.payments; ++n) pays(at, n, lost, broken);
            // A table's line says of no line that it takes back another one: it is money that went out.
            takes_back(at, lost, broken);
            if (lost) continue;
            auto const gap = broken ? 777'000 : 0;
            files.push_back(i % 4 == 2 ? swapped_table(at, opening, gap) : statement(at, opening, gap));
            if (i % 2 == 0) files.push_back(files.back());
        }
        imports(files);
        advance(hours{24});
    }
    // Two working days later at the latest it is told what no statement has: the phantoms, and the money of days that were lost or held.
    advance(hours{120});
    auto unconfirmed = 0;
    for (auto const& at : accounts) unconfirmed += at.unconfirmed;
    auto const expected = std::to_string(unconfirmed);
    EXPECT_TRUE(support::eventually(std::chrono::minutes{2}, [&] { return province.sql("select count(*) from exception where kind = 'notice_without_line'") == expected; }))
        << province.sql("select kind, count(*) from exception group by kind");

    // A month passes here in seconds: the desk's reader of events comes round once in a while, and the close counts what it has opened.
    auto const unopened = "select count(*) from payment p where p.status = 'unreferenced' and not exists (select from exception x where x.bucket = p.bucket and x.subject = p.id)";
    EXPECT_TRUE(support::eventually(std::chrono::minutes{1}, [&] { return province.sql(unopened) == "0"; })) << province.sql(unopened);

    auto const balances = bank_balances();
    auto listed = std::map<std::string, std::int64_t>{};
    for (auto const& at : accounts) {
        auto bank = std::int64_t{0};
        for (auto const& day : at.days)
            for (auto const& line : day) bank += line.amount;
        EXPECT_EQ(balances.at(at.number), bank + at.phantoms - at.missing - at.held) << at.number;
        listed["told by notice, in no statement"] += at.phantoms;
        listed["in a statement that was lost"] -= at.missing;
        listed["in a statement whose chain is broken"] -= at.held;
    }
    for (auto const& [cause, amount] : listed) std::cout << "  " << amount << " đ: " << cause << '\n';
    std::cout << "  " << province.sql("select string_agg(kind || ' ' || n, ', ') from (select kind, count(*) as n from exception group by kind order by kind) x") << '\n';

    auto const closed = province.choso({"close", "--day", first_day, "--json"});
    EXPECT_EQ(closed.status, 0) << closed.output << province.sql(
        "select a.kind, r.closing, x.parts from day_rest r join ledger_account a on a.bucket = r.bucket and a.id = r.account "
        "left join lateral (select string_agg(e.what || ' ' || e.amount, ', ') as parts, coalesce(sum(e.amount), 0) as sum from day_explained e "
        "where e.bucket = r.bucket and e.day = r.day and e.account = r.account) x on true where -r.closing <> x.sum");
    std::cout << "  " << closed.output;
    auto const file = province.folder.path() / "book.journal";
    std::ofstream{file} << province.choso({"ledger", "export", "--format", "hledger"}).output;
    auto const checked = support::run({.arguments = {"/usr/bin/hledger", "-f", file.string(), "check"}, .environment = {{"LC_ALL", "C.UTF-8"}}, .output = {}, .input = {}});
    EXPECT_EQ(checked.status, 0) << checked.output;
}

}  // namespace
}  // namespace choso::stories
