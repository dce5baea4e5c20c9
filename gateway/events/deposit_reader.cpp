#include "gateway/events/deposit_reader.hpp"

#include <future>

#include "gateway/events/receipt_reader.hpp"
#include "gateway/events/sql.hpp"
#include "merchants/deposits/commands.hpp"

namespace choso::events {
namespace {

/// Looks a request up and orders what follows; its own connection, the reader's thread alone.
class Follower {
 public:
    Follower(std::string url, payments::Core& core, merchants::DirectoryWatch const& directory) : url_{std::move(url)}, core_{core}, directory_{directory} {}

    bool follow(payments::StoredEvent const& event) {
        auto const request = request_of(event);
        if (!request || request->bucket() != event.bucket) return true;
        auto command = order_of(*request);
        if (!command) return true;
        auto const answered = std::make_shared<std::promise<bool>>();
        auto done = answered->get_future();
        core_.submit(std::move(command), [answered](payments::Answer const& answer) {
            // One that failed alone lies in quarantine; the reader goes on.
            answered->set_value(answer.ok() || answer.error() == payments::Failure::failed);
        });
        return done.get();
    }

 private:
    std::unique_ptr<payments::Command const> order_of(PaymentRequestId request) {
        static auto const statement = postgres::Statement{"events_deposit_of_request", std::string{sql::deposit_of_request}};
        try {
            if (!connection_) connection_ = std::make_unique<postgres::Connection>(url_);
            auto const rows = connection_->query(statement, postgres::Params::of(request.bucket(), request));
            if (rows.rows() == 0) return nullptr;
            auto const directory = directory_.current();
            auto const* account = directory->account(rows.id<AccountId>(0, 1));
            if (account == nullptr) throw std::runtime_error{request.text() + " is paid into no account we know"};
            auto out = std::make_unique<deposits::FollowDeposit>();
            out->id = DepositId{request.uuid()};
            out->merchant = rows.id<MerchantId>(0, 0);
            out->account = account->id;
            out->mode = directory->facts_of(*account).mode;
            return out;
        } catch (std::exception const&) {
            connection_.reset();
            throw;  // the reader comes again with this event
        }
    }

    std::string url_;
    payments::Core& core_;
    merchants::DirectoryWatch const& directory_;
    std::unique_ptr<postgres::Connection> connection_;
};

}  // namespace

std::unique_ptr<LeasedReader> start_deposit_reader(std::string database_url, std::chrono::milliseconds poll, payments::Core& core,
                                                  merchants::DirectoryWatch const& directory) {
    auto options = ReaderOptions{};
    options.database_url = database_url;
    options.name = "deposits";
    options.types = {payments::event_type::payment_received, payments::event_type::payment_duplicate, payments::event_type::payment_confirmed,
                     payments::event_type::payment_reversed, payments::event_type::request_cancelled};
    options.poll = poll;
    auto follower = std::make_shared<Follower>(std::move(database_url), core, directory);
    return std::make_unique<LeasedReader>(std::move(options), [follower](payments::StoredEvent const& event) { return follower->follow(event); });
}

}  // namespace choso::events
