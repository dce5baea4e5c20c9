#include "gateway/events/receipt_reader.hpp"

#include <set>

#include "gateway/events/carried_out.hpp"
#include "gateway/events/sql.hpp"
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

std::optional<PaymentRequestId> own_request_of(payments::StoredEvent const& event) {
    auto const request = request_of(event);
    return request && request->bucket() == event.bucket ? request : std::nullopt;
}

Wanted wanted_of(std::span<payments::StoredEvent const> page) {
    auto out = Wanted{postgres::Array{postgres::Array::Type::int2}, postgres::Array{postgres::Array::Type::uuid}};
    for (auto const& event : page) {
        auto const request = own_request_of(event);
        if (!request) continue;
        out.buckets.add(event.bucket);
        out.requests.add(*request);
    }
    return out;
}

namespace {

/// Which requests have a payee that issues receipts: nearly all events are a stall's, which does not, and cost no command.
class Issuing {
 public:
    explicit Issuing(std::string url) : url_{std::move(url)} {}

    std::set<PaymentRequestId> among(std::span<payments::StoredEvent const> page) {
        static auto const statement = postgres::Statement{"events_requests_with_receipts", std::string{sql::requests_with_receipts}};
        auto const asked = wanted_of(page);
        auto out = std::set<PaymentRequestId>{};
        if (asked.requests.empty()) return out;
        try {
            if (!connection_) connection_ = std::make_unique<postgres::Connection>(url_);
            auto const rows = connection_->query(statement, postgres::Params::of(asked.buckets, asked.requests));
            for (auto row = 0; row < rows.rows(); ++row) out.insert(rows.id<PaymentRequestId>(row, 0));
        } catch (std::exception const&) {
            connection_.reset();
            throw;  // the reader comes again with this page
        }
        return out;
    }

 private:
    std::string url_;
    std::unique_ptr<postgres::Connection> connection_;
};

}  // namespace

std::unique_ptr<LeasedReader> start_receipt_reader(Reading from, payments::Core& core) {
    auto options = ReaderOptions{};
    options.from = std::move(from);
    options.name = "receipts";
    options.types = {payments::event_type::payment_received, payments::event_type::payment_duplicate, payments::event_type::payment_reversed,
                     payments::event_type::payment_moved, payments::event_type::request_cancelled, payments::event_type::request_revised};
    auto const issuing = std::make_shared<Issuing>(options.from.database_url);
    return std::make_unique<LeasedReader>(std::move(options), LeasedReader::PageHandler{[&core, issuing](std::span<payments::StoredEvent const> page) {
        auto const wanted = issuing->among(page);
        auto out = std::vector<std::future<bool>>{};
        for (auto const& event : page) {
            auto const request = own_request_of(event);
            if (!request || !wanted.contains(*request)) {
                out.push_back(carried_out(true));
                continue;
            }
            auto command = std::make_unique<receipts::UpdateReceipts>();
            command->request = *request;
            out.push_back(carried_out(core, std::move(command)));
        }
        return out;
    }});
}

}  // namespace choso::events
