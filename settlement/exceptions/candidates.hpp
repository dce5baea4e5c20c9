#pragma once
#include <map>
#include <string>
#include <vector>

#include "settlement/exceptions/find.hpp"
#include "settlement/exceptions/foreign.hpp"

/// Why not: what comes nearest to money that nobody was found for. Suggestions only; nothing here decides.
namespace choso::settlement {

enum class Reason {
    exact_amount,      ///< what is still open
    part_of_amount,    ///< less than is open
    reference_near,    ///< 1 to 3 symbols of the reference are wrong in the content
    order_code,        ///< the request's own order code stands in the content
    close_in_time,     ///< asked within 15 minutes before
    same_day,
    learned_reference, ///< a code of the request stands in the content, and codes of its shape have named requests before
};
[[nodiscard]] std::string_view word(Reason reason);

struct Candidate {
    PaymentRequestId request;
    MerchantId merchant;
    std::string reference, description, order_code;
    std::optional<Money> amount;
    Money amount_paid;
    payments::RequestStatus status = payments::RequestStatus::open;
    Instant created_at;
    std::vector<Reason> reasons;
    int wrong_symbols = 99;  ///< of the reference, as the content has it
    std::int64_t minutes = 0;  ///< asked this long before the money came
    int score = 0;             ///< for the order alone
    bool certain = false;      ///< the amount fits, at most two symbols are wrong, and nothing else comes near
};

/// Best first, at most eight for each.
[[nodiscard]] std::map<ExceptionId, std::vector<Candidate>> candidates_of(postgres::Connection& connection, std::vector<ShownException> const& exceptions);

/// How many symbols must change, be put in or left out, so that `reference` stands somewhere in `content`; blanks, case and
/// separators do not count. Pure.
[[nodiscard]] int distance_in(std::string_view content, std::string_view reference);
/// Reasons, order and certainty of one exception's candidates. `shapes`: of learned references. Pure.
void judge(std::vector<Candidate>& candidates, Money amount, std::string_view content, Instant occurred_at, std::set<std::string> const& shapes = {});

}  // namespace choso::settlement
