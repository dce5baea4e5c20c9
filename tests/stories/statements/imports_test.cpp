// Banks' statements taken into the book: known money confirmed, new money found, and the same book whatever the order.
#include <algorithm>
#include <fstream>
#include <random>
#include <set>

#include "tests/stories/province.hpp"

namespace choso::stories {
namespace {

struct BankLine {
    std::string reference, content;
    std::int64_t amount;  ///< negative: it left
};

/// `21/11/2026`.
std::string slashed(std::chrono::sys_days day) {
    auto const text = to_rfc3339(Instant{day} - vietnam_offset).substr(0, 10);
    return text.substr(8, 2) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4);
}

/// A day's statement as a bank lets it be downloaded; `balance` goes on from day to day. `lost`: a line is left out, its
/// money not.
std::string statement_of(std::string const& account, std::chrono::sys_days day, std::vector<BankLine> const& lines, std::int64_t& balance, std::size_t lost = SIZE_MAX) {
    auto out = "Số tài khoản," + account + "\nSố dư đầu kỳ," + std::to_string(balance) + "\nNgày giao dịch,Số tham chiếu,Ghi nợ,Ghi có,Số dư,Mô tả\n";
    for (auto i = std::size_t{0}; i < lines.size(); ++i) {
        auto const& line = lines[i];
        balance += line.amount;
        if (i == lost) continue;
        auto const amount = std::to_string(line.amount < 0 ? -line.amount : line.amount);
        out += slashed(day) + "," + line.reference + "," + (line.amount < 0 ? amount + "," : "," + amount) + "," + std::to_string(balance) + ",\"" + line.content + "\"\n";
    }
    return out + "Số dư cuối kỳ," + std::to_string(balance) + "\n";
}

std::string written(Province const& province, std::string const& name, std::string const& text) {
    auto const path = province.folder.path() / name;
    std::ofstream{path, std::ios::binary} << text;
    return path.string();
}

/// Two of twelve symbols change places.
std::string swapped(std::string code) {
    for (auto i = std::size_t{3}; i + 1 < code.size(); ++i)
        if (code[i] != code[i + 1]) {
            std::swap(code[i], code[i + 1]);
            break;
        }
    return code;
}

std::chrono::sys_days today() { return vietnam_day(now()); }

class Statements : public SharedProvince {};

TEST_F(Statements, confirm_what_is_known_and_find_what_is_not) {
    auto const stall = province().stall(0);
    auto const known = stall.asks(50'000), unheard = stall.asks(120'000), harmed = stall.asks(77'000);
    auto const notice = province().bank().credits(known, 50'000);
    auto balance = std::int64_t{1'000'000};
    auto const file = written(province(), "first.csv",
                              statement_of(stall.account, today(), {{notice.bank_reference, notice.content, 50'000},
                                                                    {"VCB.1001", "MBVCB.1." + unheard.reference + ".CT tu 0123", 120'000},
                                                                    {"VCB.1002", "tien rau " + swapped(harmed.reference), 77'000},
                                                                    {"VCB.1003", "khong biet cua ai", 5'000}}, balance));
    auto const told = province().choso_json({"statement", "import", file});
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(text_at(told[0], "state"), "booked");
    EXPECT_EQ(text_at(told[0], "confirmed"), "1");
    EXPECT_EQ(text_at(told[0], "posted") + "+" + text_at(told[0], "kept_out"), text_at(told[0], "kept_out") == "0" ? "3+0" : "2+1") << "a private account keeps only what is for us";
    EXPECT_EQ(stall.status(unheard), "paid");
    EXPECT_EQ(stall.status(harmed), "paid") << "one error is put right where the amount says so too";
    EXPECT_EQ(province().sql("select count(*) from payment where bucket between 0 and 63 and confirmed_at is not null and request is not null"), "3");

    auto const page = province().signed_in("doi-soat").get("/doi-soat/sao-ke").response.body;
    EXPECT_NE(page.find("first.csv"), std::string::npos);
    EXPECT_NE(page.find("Đã ghi sổ: 1 xác nhận"), std::string::npos);
    EXPECT_EQ(province().signed_in("duyet-truong").get("/doi-soat/sao-ke").response.body.find("first.csv"), std::string::npos) << "a school's approver sees no other's";

    auto const again = province().choso_json({"statement", "import", file});
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(std::stoi(text_at(again[0], "repeated")) + std::stoi(text_at(again[0], "kept_out")), 4);
    EXPECT_TRUE(province().book().balances());
}

TEST_F(Statements, are_held_where_they_do_not_prove_themselves) {
    auto const stall = province().stall(1);
    auto const asked = stall.asks(66'000);
    auto balance = std::int64_t{0};
    auto const broken = written(province(), "broken.csv",
                                statement_of(stall.account, today(), {{"B.1", asked.reference, 66'000}, {"B.2", "mat dong nay", 10'000}}, balance, 1));
    auto const told = province().choso_json({"statement", "import", broken});
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(text_at(told[0], "state") + " " + text_at(told[0], "why"), "held proof_broken");
    EXPECT_EQ(stall.status(asked), "open") << "nothing of it is booked";
    balance = 0;
    auto const whole = written(province(), "whole.csv", statement_of(stall.account, today(), {{"B.1", asked.reference, 66'000}, {"B.2", "mat dong nay", 10'000}}, balance));
    (void)province().choso_json({"statement", "import", whole});
    EXPECT_EQ(stall.status(asked), "paid");
    EXPECT_TRUE(province().book().balances());
}

TEST_F(Statements, are_read_as_their_accounts_tables_were_before) {
    auto const stall = province().stall(3);
    auto const head = "Số tài khoản," + stall.account + "\n";
    auto const first = stall.asks(31'000), second = stall.asks(32'000), third = stall.asks(33'000);
    auto const day = slashed(today());
    // From the bank's side: what came in stands under Nợ, and the running balance says so.
    auto const proved = head + "Ngày giao dịch,Mã giao dịch,Nợ,Có,Số dư,Nội dung\n" + day + ",S1,31000,,131000," + first.reference + "\n" + day + ",S2,32000,,163000," + second.reference + "\n";
    ASSERT_EQ(text_at(province().choso_json({"statement", "import", written(province(), "swapped.csv", proved)})[0], "state"), "booked");
    // One line without a balance proves nothing; read by its heading it would be money that left.
    auto const bare = head + "Ngày giao dịch,Mã giao dịch,Nợ,Có,Nội dung\n" + day + ",S3,33000,," + third.reference + "\n";
    auto const told = province().choso_json({"statement", "import", written(province(), "bare.csv", bare)});
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(text_at(told[0], "proof"), "absent");
    EXPECT_EQ(stall.status(first) + " " + stall.status(second) + " " + stall.status(third), "paid paid paid");
    EXPECT_EQ(province().sql("select count(*) from statement_layout where swapped"), "1");
    EXPECT_TRUE(province().book().balances());
}

TEST_F(Statements, come_by_the_api_and_are_nobody_elses) {
    auto const stall = province().stall(2);
    auto balance = std::int64_t{500};
    auto const text = statement_of(stall.account, today(), {{"A.1", stall.asks(31'000).reference, 31'000}}, balance);
    auto const taken = province().caller().send(http::Method::post, "/api/v1/statements?name=a.csv", {{"Content-Type", "text/csv"}}, text);
    ASSERT_EQ(taken.status(), 201) << taken.response.body;
    auto const id = text_at(at(taken.body, "statements")->items()[0], "id");
    auto const shown = province().caller().get("/api/v1/statements/" + id);
    EXPECT_EQ(shown.text("state"), "booked") << shown.response.body;
    EXPECT_EQ(shown.text("proof"), "ok");
    EXPECT_EQ(at(shown.body, "lines")->items().size(), 1U);
    EXPECT_EQ(province().other_caller().get("/api/v1/statements/" + id).status(), 404);
    EXPECT_EQ(province().caller().send(http::Method::post, "/api/v1/statements", {}, text).status(), 200) << "the same bytes";
    auto const refused = province().caller().send(http::Method::post, "/api/v1/statements", {}, "no statement at all");
    EXPECT_EQ(refused.text("code"), "body_invalid");
    EXPECT_GE(at(province().caller().get("/api/v1/statements").body, "data")->items().size(), 1U);
}

/// Days of one account, each downloaded whole and in two halves.
struct Days {
    std::vector<std::pair<std::string, std::string>> files;
};

std::string booked(Province const& province) {
    return province.sql("select string_agg(x, E'\\n' order by x) from (select bank_ref || ' ' || amount || ' ' || status || ' ' || (confirmed_at is not null) || ' ' || "
                        "(request is not null) as x from payment where bucket between 0 and 63 and bank_ref like 'D%') y");
}

Days played(Province& province, std::uint64_t seed) {
    auto random = std::mt19937_64{seed};
    auto out = Days{};
    auto const stall = province.stall(0);
    auto balance = std::int64_t{10'000};
    for (auto day = 0; day < 4; ++day) {
        auto const at = today() - std::chrono::days{3 - day};
        auto lines = std::vector<BankLine>{};
        for (auto n = 0; n < 30; ++n) {
            auto const amount = 1'000 * (1 + static_cast<std::int64_t>(random() % 500));
            auto const asked = stall.asks(amount);
            lines.push_back({"D" + std::to_string(day) + "-" + std::to_string(n), "tien " + asked.reference, amount});
            if (n % 3 != 0) continue;
            auto told = province.bank().transfer(asked, amount);
            told.bank_reference = lines.back().reference;
            told.content = lines.back().content;
            told.at = bank_time(Instant{at} - vietnam_offset + std::chrono::hours{10});
            EXPECT_EQ(province.bank().sends(told).status(), 200);
        }
        auto whole = balance, half = balance;
        out.files.emplace_back("day" + std::to_string(day) + ".csv", statement_of(stall.account, at, lines, whole));
        auto const first = std::vector<BankLine>{lines.begin(), lines.begin() + 15}, second = std::vector<BankLine>{lines.begin() + 15, lines.end()};
        out.files.emplace_back("day" + std::to_string(day) + "a.csv", statement_of(stall.account, at, first, half));
        out.files.emplace_back("day" + std::to_string(day) + "b.csv", statement_of(stall.account, at, second, half));
        balance = whole;
    }
    return out;
}

TEST(StatementOrder, shuffled_doubled_cut_and_killed_files_make_the_same_book) {
    auto in_order = Province{};
    for (auto const& [name, text] : played(in_order, 11).files)
        if (name.size() == 8) (void)in_order.choso({"statement", "import", written(in_order, name, text)});
    auto const expected = booked(in_order);
    ASSERT_EQ(std::count(expected.begin(), expected.end(), '\n'), 119);

    auto shuffled = Province{};
    auto files = played(shuffled, 11).files;
    auto const seed = std::random_device{}();
    auto random = std::mt19937{seed};
    std::shuffle(files.begin(), files.end(), random);
    auto paths = std::vector<std::string>{};
    for (auto const& [name, text] : files) paths.push_back(written(shuffled, name, text));
    auto const import = [&](std::vector<std::string> const& which) {
        auto launch = support::Launch{{support::Cluster::program().string(), "statement", "import"}, {{"CHOSO_DATABASE__URL", shuffled.database.server_url}}, {}, {}};
        launch.arguments.insert(launch.arguments.end(), which.begin(), which.end());
        return support::Process{std::move(launch)};
    };
    // Two at once, one killed somewhere on its way, each three times over.
    for (auto round = 0; round < 3; ++round) {
        auto killed = import(paths);
        std::reverse(paths.begin(), paths.end());
        auto other = import(paths);
        auto const some = static_cast<std::size_t>(random() % 100);
        (void)support::eventually(patience, [&] { return std::stoul("0" + shuffled.sql("select count(*) from statement_line where bucket between 0 and 63")) >= some || !killed.running(); });
        killed.signal(SIGKILL);
        EXPECT_TRUE(other.wait(std::chrono::minutes{2}).has_value()) << "seed " << seed;
    }
    (void)import(paths).wait(std::chrono::minutes{2});
    EXPECT_EQ(booked(shuffled), expected) << "seed " << seed;
    EXPECT_EQ(shuffled.sql("select count(*) from statement where bucket between 0 and 63 and state <> 'booked'"), "0") << "seed " << seed;
    EXPECT_EQ(shuffled.sql("select count(*) from statement_line where bucket between 0 and 63 and payment is null"), "0") << "seed " << seed;
    EXPECT_TRUE(shuffled.book().balances());
}

}  // namespace
}  // namespace choso::stories
