// The core without HTTP against TPC-B on the same cluster, in alternating rounds: creates, credits, and both by batch size.
#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include "load-tests/support/book_driver.hpp"
#include "load-tests/support/measure.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace {

int run(int seconds) {
    using namespace choso;
    log::set_level(log::Level::warn);
    load::output_of({load::required_variable("CHOSO_BINARY"), "migrate"});
    auto const url = load::required_variable("CHOSO_DATABASE__URL");
    auto tpcb = load::TpcB{load::required_variable("CHOSO_LOAD_SUPER_URL")};
    std::string out;
    auto json = json::Writer{out};
    json.object().member("scenario", "ledger").key("batches").array();
    auto failed = std::int64_t{0};
    auto best_ratio = 0.0;
    for (auto const batch : {1, 16, 64, 256, 512}) {
        auto rates = std::vector<double>{}, creates = std::vector<double>{}, credits = std::vector<double>{}, baseline = std::vector<double>{};
        auto driver = load::BookDriver{url, 2, static_cast<std::size_t>(batch), 64};
        for (auto round = 0; round < 3; ++round) {
            baseline.push_back(tpcb.round(seconds));
            auto const result = driver.round(seconds);
            std::cerr << "batch " << batch << " (mean " << result.mean_batch << "): " << result.creates_per_s << " creates/s, "
                      << result.credits_per_s << " credits/s, TPC-B " << baseline.back() << "\n";
            failed += result.failed;
            creates.push_back(result.creates_per_s);
            credits.push_back(result.credits_per_s);
            rates.push_back(result.lifecycles_per_s);
        }
        auto const ratio = load::median(rates) / load::median(baseline);
        best_ratio = std::max(best_ratio, ratio);
        json.object().member("batch", batch).member("creates_per_s", static_cast<std::int64_t>(load::median(creates)));
        json.member("credits_per_s", static_cast<std::int64_t>(load::median(credits)));
        json.member("lifecycles_per_s", static_cast<std::int64_t>(load::median(rates)));
        json.member("tpcb_per_s", static_cast<std::int64_t>(load::median(baseline)));
        json.key("ratio_tpcb").raw(std::to_string(ratio)).end();
    }
    json.end().key("ratio_tpcb").raw(std::to_string(best_ratio)).member("failed", failed).end();
    std::cout << out << '\n';
    return failed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    auto seconds = 5;
    for (auto i = 1; i + 1 < argc; ++i)
        if (std::string_view{argv[i]} == "--seconds") seconds = std::atoi(argv[i + 1]);
    try {
        return run(seconds);
    } catch (std::exception const& failed) {
        std::cerr << "load_ledger: " << failed.what() << '\n';
        return 1;
    }
}
