// Search over a real catalogue: what share of what holds the phrase is among the first ten, for each way people type it.
// The corpus is found through CHOSO_CORPORA; without it the tests are skipped, and say so.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "marketplace/search/index.hpp"

namespace choso::marketplace {
namespace {

/// One line of a CSV whose fields may be quoted.
std::vector<std::string> fields_of(std::string const& line) {
    std::vector<std::string> out(1);
    auto quoted = false;
    for (auto i = std::size_t{0}; i < line.size(); ++i) {
        if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') { out.back() += '"'; ++i; }
        else if (line[i] == '"') quoted = !quoted;
        else if (line[i] == ',' && !quoted) out.emplace_back();
        else if (line[i] != '\r') out.back() += line[i];
    }
    return out;
}

class Corpus : public ::testing::Test {
 protected:
    static void SetUpTestSuite() {
        auto const* const folder = std::getenv("CHOSO_CORPORA");
        if (folder == nullptr) return;
        auto const at = std::string{folder} + "/marketplace/search/";
        auto in = std::ifstream{at + "prod.csv"};
        for (std::string line; std::getline(in, line);) {
            auto const fields = fields_of(line);
            if (fields.size() < 3) continue;
            auto document = Document{};
            document.id = ProductId::make(*Bucket::from(3), Instant{});
            document.external_id = fields[0];
            document.name = fields[2];
            document.category_name = "Hàng hoá";
            names_[fields[0]] = fields[2];
            index_.put(std::move(document), "");
        }
        auto queries = std::ifstream{at + "q.csv"};
        for (std::string line; std::getline(queries, line);) queries_.push_back(fields_of(line));
        auto relevant = std::ifstream{at + "rel.csv"};
        for (std::string line; std::getline(relevant, line);) {
            auto const fields = fields_of(line);
            relevant_[fields[0]].insert(fields[1]);
        }
    }
    void SetUp() override {
        if (names_.empty()) GTEST_SKIP() << "CHOSO_CORPORA is not set: no catalogue to search";
    }

    static std::vector<std::string> first_ten(std::string const& text) {
        auto query = Query{};
        query.text = text;
        query.limit = 10;
        std::vector<std::string> out;
        for (auto const& row : index_.find(query).rows) out.push_back(row->external_id);
        return out;
    }

    static inline Index index_;
    static inline std::map<std::string, std::string> names_;
    static inline std::vector<std::vector<std::string>> queries_;
    static inline std::map<std::string, std::set<std::string>> relevant_;
};

TEST_F(Corpus, recall_at_ten_for_each_way_of_typing) {
    std::map<std::string, std::pair<double, int>> recall;
    auto const tell = std::getenv("CHOSO_SHOW_MISSES") != nullptr;
    for (auto const& query : queries_) {
        auto const& wanted = relevant_[query[0]];
        if (wanted.empty()) continue;
        auto const found = first_ten(query[2]);
        auto const hits = std::ranges::count_if(found, [&](auto const& id) { return wanted.contains(id); });
        auto const share = static_cast<double>(hits) / static_cast<double>(std::min<std::size_t>(10, wanted.size()));
        recall[query[1]].first += share;
        recall[query[1]].second += 1;
        if (tell && share < 0.99) std::cout << query[1] << ' ' << query[2] << " (" << query[0] << ") " << share << " of " << wanted.size() << (found.empty() ? "" : " first: " + names_[found[0]]) << '\n';
    }
    std::map<std::string, double> const least{{"exact", .99}, {"noaccent", .99}, {"nfd", .99}, {"upper", .99}, {"mixed", .99}, {"telex", .97}, {"typo", .85}, {"joined", .90}, {"tonepos", .99}};
    for (auto const& [kind, sum] : recall) {
        auto const mean = sum.first / sum.second;
        std::cout << kind << " recall@10 " << mean << " of " << sum.second << '\n';
        ASSERT_TRUE(least.contains(kind)) << kind;
        EXPECT_GE(mean, least.at(kind)) << kind;
    }
}

/// Syllables that fold to the same letters: who types the marks sees those first.
TEST_F(Corpus, marks_that_were_typed_are_kept_to) {
    std::map<std::string, std::map<std::string, std::set<std::string>>> by_folded;
    std::map<std::string, std::string> shown;
    for (auto const& [id, name] : names_)
        for (auto const& word : words_of(name)) {
            by_folded[word.folded][word.accented].insert(id);
            shown.try_emplace(word.accented, word.shown);
        }
    auto sum = 0.0;
    auto n = 0;
    for (auto const& [folded, forms] : by_folded) {
        if (forms.size() < 2) continue;
        for (auto const& [accented, ids] : forms) {
            if (ids.size() < 10 || n == 400) continue;
            auto const plain = std::ranges::all_of(shown[accented], [](char c) { return static_cast<unsigned char>(c) < 0x80; });
            if (plain) continue;   // typed without marks: all may come
            auto const found = first_ten(shown[accented]);
            auto const right = std::ranges::count_if(found, [&](auto const& id) { return ids.contains(id); });
            sum += static_cast<double>(right) / 10.0;
            ++n;
        }
    }
    ASSERT_GT(n, 100);
    std::cout << "accent P@10 " << sum / n << " of " << n << '\n';
    EXPECT_GE(sum / n, .95);
}

}  // namespace
}  // namespace choso::marketplace
