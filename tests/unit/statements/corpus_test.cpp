#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>

#include "platform/json/json.hpp"
#include "settlement/statements/file.hpp"
#include "settlement/statements/parse.hpp"

namespace choso::statements {
namespace {

/// Prints every file of the corpora: lines, proof, verdict; each is read or refused, and what its balances say is true.
TEST(statement_corpus, every_file_is_read_or_refused_with_a_reason) {
    auto const* const root = std::getenv("CHOSO_CORPORA");
    if (root == nullptr) GTEST_SKIP() << "CHOSO_CORPORA is not set";
    auto const folder = std::filesystem::path{root} / "statements";
    auto const list = File::open((folder / "manifest.jsonl").string());
    ASSERT_TRUE(list.ok());
    auto files = std::size_t{0}, refused = std::size_t{0};
    auto rest = list->bytes();
    while (!rest.empty()) {
        auto const end = std::min(rest.find('\n'), rest.size());
        auto const entry = json::parse(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ASSERT_TRUE(entry.ok());
        auto const name = std::string{*entry->find("file")->as_string()};
        auto const format = std::string{*entry->find("format")->as_string()};
        if (format.starts_with("pain")) continue;
        auto const file = File::open((folder / name).string());
        ASSERT_TRUE(file.ok()) << name;
        auto const parsed = parse_whole(file->bytes(), {});
        ++files;
        auto const shown = name.substr(name.rfind("__") + 2);
        std::cout << "  " << format << ' ' << shown << ": ";
        if (parsed.refused) {
            ++refused;
            std::cout << "refused, " << parsed.refused->code << ": " << parsed.refused->message << '\n';
            continue;
        }
        auto lines = std::size_t{0};
        auto proofs = std::string{};
        for (auto const& each : parsed.statements) {
            lines += each.lines.size();
            if (parsed.statements.size() < 12) proofs += std::string{proofs.empty() ? "" : ","} + std::string{word(each.summary.proof)};
            // The proof is told again here, from the lines alone.
            if (each.summary.proof == Proof::absent) continue;
            auto sum = each.summary.opening->amount;
            auto booked = sum;
            for (auto const& line : each.lines) {
                sum += line.amount;
                if (!line.pending) booked += line.amount;
            }
            auto const closes = sum == each.summary.closing->amount || booked == each.summary.closing->amount;
            EXPECT_EQ(closes, each.summary.proof == Proof::ok) << name;
        }
        std::cout << parsed.statements.size() << " statements, " << lines << " lines, " << proofs << '\n';
        // A fragment of a test is no statement; a whole file of a bank is one.
        auto const is_statement = !format.ends_with("fragment") && name.find("wrong.xml") == std::string::npos && name.find("templates") == std::string::npos;
        EXPECT_TRUE(!is_statement || !parsed.statements.empty()) << name;
    }
    std::cout << "  " << files << " files, " << refused << " refused\n";
    EXPECT_GT(files, 100U);
}

}  // namespace
}  // namespace choso::statements
