#include "gateway/events/bill_reader.hpp"

#include <algorithm>
#include <future>

#include "gateway/events/carried_out.hpp"
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

std::future<bool> note(payments::Core& core, BillId bill, std::optional<PaymentRequestId> request) {
    auto command = std::make_unique<fees::NoteBill>();
    command->bill = bill;
    command->request = request;
    return carried_out(core, std::move(command));
}

}  // namespace

std::unique_ptr<LeasedReader> start_bill_reader(Reading from, payments::Core& core, merchants::DirectoryWatch const& directory) {
    auto options = ReaderOptions{};
    options.from = std::move(from);
    options.name = "bills";
    options.types = {payments::event_type::payment_received, payments::event_type::payment_duplicate, payments::event_type::payment_reversed,
                     payments::event_type::payment_moved};
    auto connection = std::make_shared<std::unique_ptr<postgres::Connection>>();
    // True once all notes of one event are written.
    auto const notes_of = [&core, &directory, database_url = options.from.database_url, connection](payments::StoredEvent const& event) {
        auto notes = std::vector<std::future<bool>>{};
        // Stalls have no bills: their events, which are nearly all of them, cost no question.
        auto const* merchant = directory.current()->merchant(event.merchant);
        auto const request = merchant != nullptr && merchant->kind == "household" ? std::nullopt : request_of(event);
        if (request) {
            if (!*connection) *connection = std::make_unique<postgres::Connection>(database_url);
            for (auto const& [bill, own] : fees::bills_behind(**connection, *request)) notes.push_back(note(core, bill, own));
        }
        return std::async(std::launch::deferred, [notes = std::move(notes)]() mutable {
            return std::ranges::all_of(notes, [](std::future<bool>& each) { return each.get(); });
        });
    };
    return std::make_unique<LeasedReader>(std::move(options), LeasedReader::PageHandler{[notes_of, connection](std::span<payments::StoredEvent const> page) {
        auto out = std::vector<std::future<bool>>{};
        try {
            for (auto const& event : page) out.push_back(notes_of(event));
        } catch (std::exception const&) {
            connection->reset();
            throw;  // the reader comes again with this page
        }
        return out;
    }});
}

}  // namespace choso::events
