#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "gateway/payouts/channel.hpp"

namespace choso::payouts {

struct HttpChannelOptions {
    std::string host;
    std::uint16_t port = 80;
    std::string prefix;  ///< of every path; no `/` at its end
    std::string token;   ///< `Authorization: Bearer …`
    std::chrono::milliseconds total{15'000};  ///< the longest a call takes, connecting included
};

/// `http://host[:port][/prefix]`; nullopt for anything else. https is for a connector to speak (docs/adr/0013).
[[nodiscard]] std::optional<HttpChannelOptions> parse_channel_url(std::string_view url);

/// The connector's HTTP protocol: `POST {url}/payouts`, `GET {url}/payouts/{id}`.
class HttpChannel final : public Channel {
 public:
    explicit HttpChannel(HttpChannelOptions options) : options_{std::move(options)} {}
    [[nodiscard]] BankWord send(Transfer const& transfer) override;
    [[nodiscard]] BankWord ask(PayoutId id) override;

 private:
    HttpChannelOptions options_;
};

/// What a connector's answer about `id` says; for itself because it is the bank's bytes that are read.
[[nodiscard]] BankWord read_answer(int status, std::string_view body, PayoutId id);

}  // namespace choso::payouts
