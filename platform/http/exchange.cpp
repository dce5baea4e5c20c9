#include "platform/http/exchange.hpp"

#include <utility>

#include "platform/http/session.hpp"

namespace choso::http::detail {

bool Exchange::leave_pending(State to) {
    auto expected = State::pending;
    return state_.compare_exchange_strong(expected, to);
}

void Exchange::answer(Response given) {
    if (!leave_pending(State::answered)) return;
    response = std::move(given);
    mailbox_->dispatch(shared_from_this());
}

void Exchange::stream(StreamStart given) {
    if (!leave_pending(State::answered)) return;
    start = std::move(given);
    mailbox_->dispatch(shared_from_this());
}

void Exchange::drop() {
    if (!leave_pending(State::answered)) return;
    dropped = true;
    mailbox_->dispatch(shared_from_this());
}

void Exchange::deliver() {
    ready = true;
    if (auto const session = session_.lock()) session->wake();
}

bool Exchange::abandon() { return leave_pending(State::abandoned); }

}  // namespace choso::http::detail
