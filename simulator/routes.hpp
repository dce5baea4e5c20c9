#pragma once
#include "platform/http/router.hpp"
#include "simulator/bank.hpp"
#include "simulator/clerk.hpp"

namespace choso::bank {

/// What the handlers work with; the program owns it.
struct Desk {
    Bank& bank;
    Clerk& clerk;
};

/// Scripts, accounts, statements (README.md).
void add_api(http::Router& router, Desk desk);
/// The payout channel: POST /payouts, GET /payouts/{id}.
void add_payouts(http::Router& router, Desk desk);
/// The page on which a person plays the payer.
void add_page(http::Router& router, Desk desk);

[[nodiscard]] http::Response json_answer(int status, std::string body);
/// `{"error":…}`.
[[nodiscard]] http::Response failure(int status, std::string_view why);

}  // namespace choso::bank
