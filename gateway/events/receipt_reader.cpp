#include "gateway/events/receipt_reader.hpp"

#include <future>

#include "merchants/receipts/commands.hpp"
#include "platform/json/json.hpp"

namespace choso::events {

std::optional<PaymentRequestId> request_of(payments::StoredEvent const& event) {
    if (event.type.starts_with("payment_request.")) return PaymentRequestId{event.subject};
    auto const body = json::parse(event.body);
    if (!body) return std::nullopt;
    auto const* text = body->find("payment_request");
    return text != nullptr ? PaymentRequestId::parse(text->as_string().value_or("")) : std::nullopt;
}

std::unique_ptr<LeasedReader> start_receipt_reader(std::string database_url, std::chrono::milliseconds poll, payments::Core& core) {
    auto options = ReaderOptions{};
    options.database_url = std::move(database_url);
    options.name = "receipts";
    options.types = {payments::event_type::payment_received, payments::event_type::payment_duplicate, payments::event_type::payment_reversed,
                     payments::event_type::payment_moved, payments::event_type::request_cancelled, payments::event_type::request_revised};
    options.poll = poll;
    return std::make_unique<LeasedReader>(std::move(options), [&core](payments::StoredEvent const& event) {
        auto const request = request_of(event);
        if (!request || request->bucket() != event.bucket) return true;
        auto command = std::make_unique<receipts::UpdateReceipts>();
        command->request = *request;
        auto const answered = std::make_shared<std::promise<bool>>();
        auto done = answered->get_future();
        core.submit(std::move(command), [answered](payments::Answer const& answer) {
            // One that failed alone lies in quarantine; the reader goes on.
            answered->set_value(answer.ok() || answer.error() == payments::Failure::failed);
        });
        return done.get();
    });
}

}  // namespace choso::events
