// Orders to pay out: the bank's side of the payout channel, and all that may go wrong on it.
#include <algorithm>

#include "platform/crypto/crypto.hpp"
#include "simulator/bank.hpp"

namespace choso::bank {
namespace {

using std::chrono::minutes;

bool same_order(Payout const& a, Payout const& b) {
    return a.from == b.from && a.to.bin == b.to.bin && a.to.number == b.to.number && a.amount == b.amount && a.content == b.content;
}

PayoutAnswer refused(int status, std::string why) {
    auto out = PayoutAnswer{};
    out.status = status;
    out.problem = std::move(why);
    return out;
}

PayoutAnswer answer_of(Payout payout) {
    auto out = PayoutAnswer{};
    out.payout = std::move(payout);
    return out;
}

}  // namespace

bool Bank::takes_token(std::string_view token) const {
    return !setup_.payout_token.empty() && crypto::constant_time_equal(setup_.payout_token, token);
}

void Bank::plan_payouts(std::vector<std::string> faults) {
    auto const lock = std::lock_guard{mutex_};
    payout_plan_.assign(faults.begin(), faults.end());
}

std::optional<Payout> Bank::payout(std::string const& id) const {
    auto const lock = std::lock_guard{mutex_};
    auto const* known = book_.payout(id);
    return known == nullptr ? std::nullopt : std::optional{*known};
}

PayoutAnswer Bank::pay_out(Payout order) {
    auto const lock = std::lock_guard{mutex_};
    if (auto const* known = book_.payout(order.id)) {
        if (!same_order(*known, order)) return refused(409, "this id was given another order");
        return answer_of(*known);
    }
    if (!order.amount.is_positive() || order.amount > most_in_one_transfer) return refused(422, "amount: from 1 to 499999999");
    if (book_.account(order.from) == nullptr) return refused(422, "from: there is no such account");
    auto fault = std::string{"succeed"};
    if (!payout_plan_.empty()) {
        fault = payout_plan_.front();
        payout_plan_.pop_front();
    }
    auto out = PayoutAnswer{};
    if (fault == "silent_lost") {  // it never got through
        out.silent = true;
        return out;
    }
    out.silent = fault == "silent";
    order.status = PayoutStatus::pending;
    // Heard of before anything moves: whatever crashes after this line, the id never moves money a second time.
    book_.put(order);
    if (book_.account(order.from)->balance < order.amount) {
        order.status = PayoutStatus::failed;
        order.reason = "insufficient_funds";
    } else if (fault == "fail") {
        order.status = PayoutStatus::failed;
        order.reason = "account_closed";
    } else if (fault == "pending" || fault == "pending_fail") {
        book_.later({0, time() + minutes{3}, fault == "pending" ? "complete_payout" : "fail_payout", 0, order.id});
    } else {
        carry_out(order);
        if (fault == "return") book_.later({0, time() + minutes{30}, "return_payout", 0, order.id});
    }
    book_.put(order);
    book_.sync();
    out.payout = order;
    return out;
}

void Bank::carry_out(Payout& payout) {
    auto movement = named(payout.from, -payout.amount, payout.content, "CT");
    movement.other = payout.to;
    movement.payout = payout.id;
    movement.why = "payout";
    movement = book_.add(std::move(movement));
    payout.status = PayoutStatus::succeeded;
    payout.reference = movement.reference;
    tell(movement, Seconds{0});
    // Money that goes to an account of this book arrives there.
    auto const to = AccountKey{payout.to.bin, payout.to.number};
    auto const* from = book_.account(payout.from);
    if (book_.account(to) == nullptr) return;
    auto arrival = named(to, payout.amount, payout.content, "NT");
    arrival.other = {payout.from.bin, payout.from.number, from->holder};
    arrival.why = "payout";
    arrival = book_.add(std::move(arrival));
    tell(arrival, Seconds{0});
}

void Bank::finish_torn_payouts() {
    auto moved = std::map<std::string, std::string>{};
    for (auto const& movement : book_.movements())
        if (!movement.payout.empty()) moved[movement.payout] = movement.reference;
    auto torn = std::vector<Payout>{};
    for (auto const& [id, payout] : book_.payouts())
        if (payout.status == PayoutStatus::pending && moved.contains(id)) torn.push_back(payout);
    for (auto& payout : torn) {
        payout.status = PayoutStatus::succeeded;
        payout.reference = moved.at(payout.id);
        book_.put(payout);
    }
}

void Bank::settle(Later const& later) {
    if (later.what == "reverse") {
        reverse(later.movement);
        return;
    }
    auto const* known = book_.payout(later.payout);
    if (known == nullptr) return;
    auto payout = *known;
    if (later.what == "complete_payout" && payout.status == PayoutStatus::pending) {
        carry_out(payout);
    } else if (later.what == "fail_payout" && payout.status == PayoutStatus::pending) {
        payout.status = PayoutStatus::failed;
        payout.reason = "rejected_by_beneficiary_bank";
    } else if (later.what == "return_payout") {
        // It has succeeded and stays so; the money comes back as a movement of its own.
        for (auto const& movement : book_.movements())
            if (movement.payout == payout.id && movement.account == payout.from) {
                reverse(movement.number);
                return;
            }
        return;
    }
    book_.put(payout);
}

}  // namespace choso::bank
