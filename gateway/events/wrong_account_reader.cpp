#include "gateway/events/wrong_account_reader.hpp"

#include "gateway/events/carried_out.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace choso::events {

std::unique_ptr<payments::NoteWrongAccount> note_of(payments::StoredEvent const& event, ReferenceIssuer const& issuer) {
    auto const body = json::parse(event.body);
    if (!body) return nullptr;
    auto const* text = body->find("reference");
    auto const* amount = body->find("amount");
    // With a request it is the note's own event, or one that was noted where the request lives.
    if (text == nullptr || amount == nullptr || body->find("payment_request") != nullptr) return nullptr;
    auto const reference = Reference::parse_exact(text->as_string().value_or(""));
    if (!reference) return nullptr;
    auto const parts = issuer.open(*reference);
    if (!parts || parts->bucket == event.bucket || parts->kind == ReferenceKind::stall) return nullptr;
    auto note = std::make_unique<payments::NoteWrongAccount>(*reference);
    note->in = parts->bucket;
    note->payment = PaymentId{event.subject};
    note->amount = Money{amount->as_int().value_or(0)};
    return note;
}

std::unique_ptr<LeasedReader> start_wrong_account_reader(Reading from, payments::Core& core) {
    auto options = ReaderOptions{};
    options.from = std::move(from);
    options.name = "wrong_account";
    options.types = {payments::event_type::payment_wrong_account};
    return std::make_unique<LeasedReader>(std::move(options), [&core](payments::StoredEvent const& event) {
        auto note = note_of(event, core.issuer());
        if (!note) return true;
        return carried_out(core, std::move(note)).get();
    });
}

}  // namespace choso::events
