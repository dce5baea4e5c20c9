#include "gateway/events/bill_reader.hpp"

#include <future>

#include "merchants/fees/commands.hpp"
#include "merchants/fees/read.hpp"
#include "platform/json/json.hpp"

namespace choso::events {
namespace {

std::optional<PaymentRequestId> request_of(payments::StoredEvent const& event) {
    auto const body = json::parse(event.body);
    auto const* text = body ? body->find("payment_request") : nullptr;
    return text == nullptr ? std::nullopt : PaymentRequestId::parse(text->as_string().value_or(""));
}

/// False if the book could not take it: the event comes again.
bool note(payments::Core& core, BillId bill, std::optional<PaymentRequestId> request) {
    auto command = std::make_unique<fees::NoteBill>();
    command->bill = bill;
    command->request = request;
    auto const answered = std::make_shared<std::promise<bool>>();
    auto done = answered->get_future();
    core.submit(std::move(command), [answered](payments::Answer const& answer) {
        // One that failed alone lies in quarantine; the reader goes on.
        answered->set_value(answer.ok() || answer.error() == payments::Failure::failed);
    });
    return done.get();
}

}  // namespace

std::unique_ptr<LeasedReader> start_bill_reader(std::string database_url, std::chrono::milliseconds poll, payments::Core& core,
                                                merchants::DirectoryWatch const& directory) {
    auto options = ReaderOptions{};
    options.database_url = database_url;
    options.name = "bills";
    options.types = {payments::event_type::payment_received, payments::event_type::payment_duplicate, payments::event_type::payment_reversed,
                     payments::event_type::payment_moved};
    options.poll = poll;
    auto connection = std::make_shared<std::unique_ptr<postgres::Connection>>();
    return std::make_unique<LeasedReader>(std::move(options), [&core, &directory, database_url = std::move(database_url), connection](payments::StoredEvent const& event) {
        // Stalls have no bills: their events, which are nearly all of them, cost no question.
        auto const* merchant = directory.current()->merchant(event.merchant);
        if (merchant != nullptr && merchant->kind == "household") return true;
        auto const request = request_of(event);
        if (!request) return true;
        try {
            if (!*connection) *connection = std::make_unique<postgres::Connection>(database_url);
            for (auto const& [bill, own] : fees::bills_behind(**connection, *request))
                if (!note(core, bill, own)) return false;
            return true;
        } catch (postgres::ConnectionLost const&) {
            connection->reset();
            return false;
        }
    });
}

}  // namespace choso::events
