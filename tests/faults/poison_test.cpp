#include <gtest/gtest.h>

#include <ostream>

#include "platform/postgres/connection.hpp"
#include "tests/faults/core_words.hpp"
#include "tests/faults/gateway.hpp"

namespace choso::faults {
namespace {

using namespace payments;

/// Rows of a family that cannot be stored when a Broken of that kind is in the batch. One lane: one batch at a time.
class BrittleRows final : public Rows {
 public:
    static inline bool broken = false;

    BrittleRows() { broken = false; }
    void load(postgres::Pipeline&, BatchBuckets const&) override {}
    void store(postgres::Pipeline&, BatchBuckets const&) override { CHOSO_ASSERT(!broken); }
};

/// Breaks in one of the steps every command goes through.
class Broken final : public Command {
 public:
    enum class Step { plan, decide, store };
    Broken(Bucket in, Step step) : in_{in}, step_{step} {}

    [[nodiscard]] std::string_view name() const override { return "broken"; }
    [[nodiscard]] Bucket bucket() const override { return in_; }
    [[nodiscard]] MerchantId payer_of_turn() const override { return {}; }
    void plan(Book&) const override {
        CHOSO_ASSERT(step_ != Step::plan);
        BrittleRows::broken = step_ == Step::store;
    }
    [[nodiscard]] Outcome decide(Book&, Instant) const override {
        CHOSO_ASSERT(step_ != Step::decide);
        return {};
    }
    [[nodiscard]] std::string text() const override { return R"({"broken":true})"; }

 private:
    Bucket in_;
    Step step_;
};

using Make = std::unique_ptr<Command const> (*)(OwnAccount const&);

struct Row {
    char const* name;
    Make make;
    char const* said;  ///< in the quarantine's `error`
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class Poison : public testing::TestWithParam<Row> {};

TEST_P(Poison, among_511_good_commands_fails_alone) {
    auto const place = support::Cluster::shared().fresh_database();
    auto database = postgres::Connection{place.super_url, {.application_name = "poison_test", .idle_in_transaction_timeout = std::chrono::minutes{1}}};
    auto const family = Family{"brittle", [](Book&) { return std::make_unique<BrittleRows>(); }};
    auto core = Core{core_options(place.server_url, 1), fixed_key(), {family}, {}};
    auto const account = OwnAccount{pick(0, 63)};
    // While the test holds the bucket, the first command's batch waits and the 512 behind it become one batch.
    database.execute("begin; select from bucket for update");
    auto opening = submit(core, create(account, 1));
    ASSERT_TRUE(support::eventually(std::chrono::seconds{10}, [&] { return core.waiting() == 0; }));
    auto good = std::vector<std::future<Answer>>{};
    auto poisoned = std::future<Answer>{};
    auto const place_of_poison = pick(0, 511);
    for (auto n = 0; n < 512; ++n) {
        if (n == place_of_poison) poisoned = submit(core, GetParam().make(account));
        else good.push_back(submit(core, create(account, 1'000 + n)));
    }
    database.execute("rollback");

    SCOPED_TRACE("at " + std::to_string(place_of_poison) + ", CHOSO_TEST_SEED=" + std::to_string(seed()));
    EXPECT_TRUE(opening.get().ok());
    auto booked = 0;
    for (auto& answer : good) {
        auto const got = answer.get();
        booked += got && !got->refusal && got->request && !got->replayed ? 1 : 0;
    }
    EXPECT_EQ(booked, 511);
    auto const bad = poisoned.get();
    ASSERT_FALSE(bad.ok());
    EXPECT_EQ(bad.error(), Failure::failed);
    EXPECT_EQ(std::string{database.execute("select count(*) from payment_request").text(0, 0)}, "512");
    EXPECT_EQ(std::string{database.execute("select count(*) from event").text(0, 0)}, "512");
    auto const kept = database.execute("select error from quarantine");
    ASSERT_EQ(kept.rows(), 1);
    EXPECT_NE(kept.text(0, 0).find(GetParam().said), std::string_view::npos) << kept.text(0, 0);
    EXPECT_EQ(core.stats().quarantined, 1);
    auto const verified = choso(place, {"verify"});
    EXPECT_EQ(verified.status, 0) << verified.output;
}

INSTANTIATE_TEST_SUITE_P(
    commands, Poison,
    testing::Values(Row{"the_database_refuses_its_text",
                        [](OwnAccount const& account) -> std::unique_ptr<Command const> { return create(account, 5, "\xff\xfe rau"); },
                        "invalid byte sequence"},
                    Row{"the_database_refuses_its_value",
                        [](OwnAccount const& account) -> std::unique_ptr<Command const> { return create(account, 0); }, "amount_check"},
                    Row{"its_decision_breaks_an_assertion",
                        [](OwnAccount const& account) -> std::unique_ptr<Command const> {
                            return std::make_unique<Broken>(account.bucket, Broken::Step::decide);
                        },
                        "Step::decide"},
                    Row{"its_plan_breaks_an_assertion",
                        [](OwnAccount const& account) -> std::unique_ptr<Command const> {
                            return std::make_unique<Broken>(account.bucket, Broken::Step::plan);
                        },
                        "Step::plan"},
                    Row{"its_rows_break_an_assertion",
                        [](OwnAccount const& account) -> std::unique_ptr<Command const> {
                            return std::make_unique<Broken>(account.bucket, Broken::Step::store);
                        },
                        "!broken"}),
    [](auto const& tested) { return std::string{tested.param.name}; });

}  // namespace
}  // namespace choso::faults
