// Every way a transfer can go wrong, played by choso-bank against the real gateway, and what is then shown.
#include "tests/stories/simulated_bank.hpp"

namespace choso::stories {
namespace {

class Banks : public SharedProvince {
 public:
    static void SetUpTestSuite() {
        SharedProvince::SetUpTestSuite();
        bank_ = std::make_unique<SimulatedBank>(province(), SimulatedBank::Options{.seed = 3, .with_camt = false});
    }
    static void TearDownTestSuite() {
        bank_.reset();
        SharedProvince::TearDownTestSuite();
    }

 protected:
    static SimulatedBank& bank() { return *bank_; }
    static Stall stall(std::size_t n = 0) { return province().stall(n); }
    /// The bank's clock at the real time, `on` further.
    static void clock(std::chrono::seconds on = {}) { bank().stands_at(now() + on); }
    static Answer payments_of(std::string const& merchant) { return province().caller().get("/api/v1/payments?merchant=" + merchant + "&limit=100"); }

 private:
    inline static std::unique_ptr<SimulatedBank> bank_;
};

TEST_F(Banks, an_exact_transfer_pays) {
    clock();
    auto const asked = stall().asks(50'000);
    bank().pays(asked, "exact");
    bank().delivers();
    EXPECT_EQ(stall().status(asked), "paid");
}

}  // namespace
}  // namespace choso::stories
