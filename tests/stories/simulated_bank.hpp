#pragma once
#include "tests/stories/province.hpp"

namespace choso::stories {

/// `choso-bank` at the end of a province's feeds: every demo account, the SePay key, the camt key if there is one. Its
/// clock stands where the story puts it; nothing is told until the story says `deliver`.
class SimulatedBank {
 public:
    struct Options {
        std::uint64_t seed = 1;
        bool with_camt = true;
        std::string payout_token = "story-payout-token";
    };
    explicit SimulatedBank(Province& province) : SimulatedBank{province, Options{}} {}
    SimulatedBank(Province& province, Options options);

    /// Plays a script; throws std::runtime_error when it is refused.
    json::Value plays(std::string const& script) const;
    /// One step: `"do":"pay","way":"exact"`; its result.
    json::Value does(std::string const& step) const;
    /// A scan of what was asked, done in this way; the movements it made.
    std::vector<json::Value> pays(Asked const& asked, std::string const& way, std::string const& more = {}) const;
    /// All that is due is told.
    void delivers() const { (void)does(R"("do":"deliver")"); }
    void stands_at(Instant at) const;
    [[nodiscard]] json::Value get(std::string const& target) const;
    [[nodiscard]] http::Response raw(std::string const& target) const;
    [[nodiscard]] Answer post(std::string const& target, std::string const& body, std::string const& bearer) const;

    /// Ends it, or kills it as a crash does; starts it again on its book.
    void stop() { process_.reset(); }
    void kill();
    void start();

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::filesystem::path book() const;

 private:
    Province& province_;
    Options options_;
    std::filesystem::path folder_;
    std::uint16_t port_;
    std::unique_ptr<support::Process> process_;
};

}  // namespace choso::stories
