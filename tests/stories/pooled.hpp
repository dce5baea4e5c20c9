#pragma once
#include "tests/stories/province.hpp"

namespace choso::stories {

/// A story about the demo's collector for others: one account, three payees. The books must balance when it ends.
class PooledStory : public testing::Test {
 protected:
    Province province;
    Bank bank = province.bank();
    std::string owner = text_at(province.demo, "pooled.merchant");
    std::string account = text_at(province.demo, "pooled.bank_account.account");
    std::string account_id = text_at(province.demo, "pooled.bank_account.id");
    std::vector<std::string> payees = [this] {
        auto out = std::vector<std::string>{};
        for (auto const& payee : at(province.demo, "pooled.payees")->items()) out.emplace_back(payee.as_string().value());
        return out;
    }();

    void TearDown() override { EXPECT_TRUE(province.book().balances()); }

    /// A key of one merchant's own, once the gateway knows it.
    [[nodiscard]] Caller key_with(std::string const& merchant, std::vector<std::string> const& scopes) const {
        auto arguments = std::vector<std::string>{"admin", "key", "create", "--name", "k" + std::to_string(next_number()), "--merchant", merchant};
        for (auto const& scope : scopes) arguments.insert(arguments.end(), {"--scope", scope});
        auto caller = Caller{province.port, text_at(province.choso_json(arguments).at(0), "secret")};
        EXPECT_TRUE(support::eventually(patience, [&] { return caller.get("/api/v1/merchants").status() == 200; }));
        return caller;
    }
    /// A second, independent feed of the account tells what the first has told.
    void confirm(Notice notice) {
        if (second_feed_.empty()) {
            auto const made = province.choso_json({"admin", "feed", "create", "--kind", "sepay", "--name", "second", "--auth", "apikey", "--account", account_id});
            second_feed_ = text_at(made.at(0), "secret");
        }
        notice.id = next_number();
        EXPECT_TRUE(support::eventually(patience, [&] {
            return post_to(province.port, "/feeds/sepay", {{"Authorization", "Apikey " + second_feed_}, {"Content-Type", "application/json"}}, notice.json()).status() == 200;
        }));
    }
    /// What of a merchant's money is `seen`, `confirmed`, `proposed`, …
    [[nodiscard]] std::int64_t due_of(std::string const& merchant, std::string_view member) const {
        auto const answer = province.caller().get("/api/v1/due?merchant=" + merchant);
        return at(at(answer.body, "data")->items()[0], member)->as_int().value();
    }

 private:
    std::string second_feed_;
};

}  // namespace choso::stories
