#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/api/rows_of_request.hpp"
#include "gateway/pages/texts.hpp"
#include "gateway/payments/types.hpp"

/// What a payer is told: one state for everything that can be true of a request, one page for each state.
namespace choso::pages {

enum class PayState {
    waiting,
    time_passed,
    partially_paid,
    paid,
    overpaid,
    duplicate,
    paid_late_held,
    paid_late_accepted,
    expired,
    expired_with_money,
    cancelled,
    not_needed,
    refund_proposed,
    refund_approved,
    refund_sent,
    refund_in_doubt,
    refund_done,
    refund_failed,
    reversed,
    reversed_ended,
    unavailable,
    not_found,
};

/// One of several whom a payment is for.
struct PayShare {
    std::string payee;
    Money amount;
};

/// All that the page says of one request.
struct PayView {
    payments::PaymentRequest request{};
    api::RequestMoney money{};
    std::string beneficiary{};         ///< for whom it is paid, masked; empty: nobody is named
    std::vector<PayShare> shares{};    ///< empty: all of it is for the one payee
    bool not_needed = false;           ///< a bill that was written off, or several of which one was paid by itself
};

/// Follows from what is stored and the time alone, like the request's status; so every reader sees the same.
[[nodiscard]] PayState state_of(PayView const& view, Instant now);

/// How a state looks: the class that colours it, never the only sign.
enum class Tone { wait, part, done, ended };
[[nodiscard]] std::string_view class_of(Tone tone);

/// A state's page: what it is called in the document and in tests, what it says, what it offers.
struct StatePage {
    PayState state;
    std::string_view word;
    Tone tone;
    Text title;
    Text money;   ///< whether money moved; where it says none and there is some, that is said
    Text next;    ///< what happens next, what to do
    bool payable; ///< shows the code and the ways to pay
    bool live;    ///< may still change while somebody looks: the page listens
};
[[nodiscard]] StatePage const& page_of(PayState state);
[[nodiscard]] std::span<StatePage const> state_pages();

/// A state's three sentences with this request's figures.
struct Told {
    std::string title;
    std::string money;
    std::string next;
};
[[nodiscard]] Told told(Language language, PayState state, PayView const& view, std::string_view payee);

/// Equal for two views exactly when their pages say the same: what a live page compares.
[[nodiscard]] std::string fingerprint(PayView const& view, PayState state);

/// A refund's state in two or three words.
[[nodiscard]] Text word_of(payments::RefundStatus status);

}  // namespace choso::pages
