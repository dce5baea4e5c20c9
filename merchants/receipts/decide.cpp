#include "merchants/receipts/decide.hpp"

#include <algorithm>
#include <tuple>

namespace choso::receipts {
namespace {

using payments::PaymentRequest;
using payments::RequestStatus;

bool is_held(PaymentRequest const& request) {
    return request.status == RequestStatus::paid_late && request.late_decision != payments::LateDecision::accepted;
}

/// What receipts of one line say was given for it, counters set off.
Money receipted(std::vector<Receipt> const& receipts, int position) {
    auto sum = Money{};
    for (auto const& receipt : receipts)
        if (receipt.position == position) sum += receipt.amount;
    return sum;
}

Money stands(std::vector<Standing> const& standing, Receipt const& receipt) {
    auto sum = Money{};
    for (auto const& each : standing)
        if (each.payment.uuid() == receipt.cause && each.position == receipt.position) sum += each.amount;
    return sum;
}

Receipt const* valid_for(std::vector<Receipt> const& receipts, Standing const& money) {
    for (auto const& receipt : receipts)
        if (!receipt.cancels && receipt.cause == money.payment.uuid() && receipt.position == money.position && counter_in(receipts, receipt.id) == nullptr)
            return &receipt;
    return nullptr;
}

/// How often one for this money was cancelled; none if the last time by a person, whose word stands.
std::optional<int> next_turn(std::vector<Receipt> const& receipts, Standing const& money) {
    auto turn = 0;
    for (auto const& receipt : receipts) {
        if (receipt.cancels || receipt.cause != money.payment.uuid() || receipt.position != money.position) continue;
        auto const* counter = counter_in(receipts, receipt.id);
        if (counter != nullptr && counter->maker.kind != payments::ActorKind::system) return std::nullopt;
        turn = std::max(turn, receipt.turn + 1);
    }
    return turn;
}

}  // namespace

Receipt const* counter_in(std::vector<Receipt> const& all, ReceiptId receipt) {
    auto const found = std::find_if(all.begin(), all.end(), [&](Receipt const& each) { return each.cancels == receipt; });
    return found == all.end() ? nullptr : &*found;
}

Receipt counter_of(Receipt const& old, std::string reason, payments::Actor const& maker, Instant now) {
    auto out = old;
    out.id = {};
    out.token = {};
    out.number = 0;
    out.amount = -old.amount;
    out.cancels = old.id;
    out.reason = std::move(reason);
    out.maker = maker;
    out.issued_at = now;
    out.year = year_of(now);
    return out;
}

std::vector<Standing> standing_of(PaymentRequest const& request, std::vector<Allocated> money) {
    // As it was recorded: an older transfer that is told later takes no receipt away.
    auto const first_told = [](Allocated const& a, Allocated const& b) {
        return std::tie(a.payment.recorded_at, a.payment.id) < std::tie(b.payment.recorded_at, b.payment.id);
    };
    std::sort(money.begin(), money.end(), first_told);
    auto out = std::vector<Standing>{};
    auto open = request.amount.value_or(Money{});
    for (auto const& [payment, amount, shares] : money) {
        if (request.split) {
            for (auto const& share : shares)
                if (share.position > 0 && share.amount.is_positive())
                    out.push_back({payment.id, share.position, share.merchant, share.amount, payment.occurred_at});
            continue;
        }
        auto const part = request.amount ? std::min(amount, open) : amount;
        open -= part;
        if (part.is_positive()) out.push_back({payment.id, 0, request.merchant, part, payment.occurred_at});
    }
    return out;
}

std::vector<Receipt> missing(View const& view, Instant now) {
    auto out = std::vector<Receipt>{};
    if (!view.request) return out;
    auto const& request = *view.request;
    auto const held = is_held(request);
    auto all = view.receipts;
    for (auto const& receipt : view.receipts) {
        if (receipt.cancels || receipt.way != Way::transfer || counter_in(view.receipts, receipt.id) != nullptr) continue;
        if (!held && stands(view.standing, receipt) >= receipt.amount) continue;
        // Less of it stands now, or nothing: the old one goes first, so that no moment shows both.
        auto counter = counter_of(receipt, "payment_changed", {}, now);
        out.push_back(counter);
        all.push_back(std::move(counter));
    }
    if (held) return out;
    for (auto const& money : view.standing) {
        auto const issuer = view.issuers.find(money.merchant);
        if (issuer == view.issuers.end() || valid_for(all, money) != nullptr) continue;
        auto const turn = next_turn(all, money);
        if (!turn) continue;
        auto room = money.amount;
        if (!request.split && request.amount) room = std::min(room, *request.amount - receipted(all, 0));
        if (!room.is_positive()) continue;
        auto receipt = Receipt{};
        receipt.merchant = money.merchant;
        receipt.request = request.id;
        receipt.cause = money.payment.uuid();
        receipt.position = money.position;
        receipt.symbol = issuer->second;
        receipt.year = year_of(now);
        receipt.amount = room;
        receipt.turn = *turn;
        receipt.what = request.description;
        receipt.occurred_at = money.occurred_at;
        receipt.issued_at = now;
        all.push_back(receipt);
        out.push_back(std::move(receipt));
    }
    return out;
}

}  // namespace choso::receipts
