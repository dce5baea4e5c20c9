#include "gateway/events/deposit_reader.hpp"

#include <map>

#include "gateway/events/carried_out.hpp"
#include "gateway/events/receipt_reader.hpp"
#include "gateway/events/sql.hpp"
#include "merchants/deposits/commands.hpp"

namespace choso::events {
namespace {

/// Looks the deposits of a page up and orders what follows; its own connection, the reader's thread alone.
class Follower {
 public:
    Follower(std::string url, payments::Core& core, merchants::DirectoryWatch const& directory) : url_{std::move(url)}, core_{core}, directory_{directory} {}

    std::vector<std::future<bool>> follow(std::span<payments::StoredEvent const> page) {
        auto const deposits = deposits_of(page);
        auto out = std::vector<std::future<bool>>{};
        for (auto const& event : page) {
            auto const request = own_request_of(event);
            auto const found = request ? deposits.find(*request) : deposits.end();
            if (found == deposits.end()) out.push_back(carried_out(true));
            else out.push_back(carried_out(core_, std::make_unique<deposits::FollowDeposit>(found->second)));
        }
        return out;
    }

 private:
    std::map<PaymentRequestId, deposits::FollowDeposit> deposits_of(std::span<payments::StoredEvent const> page) {
        static auto const statement = postgres::Statement{"events_deposits_of_requests", std::string{sql::deposits_of_requests}};
        auto const asked = wanted_of(page);
        auto out = std::map<PaymentRequestId, deposits::FollowDeposit>{};
        if (asked.requests.empty()) return out;
        try {
            if (!connection_) connection_ = std::make_unique<postgres::Connection>(url_);
            auto const rows = connection_->query(statement, postgres::Params::of(asked.buckets, asked.requests));
            auto const directory = directory_.current();
            for (auto row = 0; row < rows.rows(); ++row) {
                auto const request = rows.id<PaymentRequestId>(row, 0);
                auto const* account = directory->account(rows.id<AccountId>(row, 2));
                if (account == nullptr) throw std::runtime_error{request.text() + " is paid into no account we know"};
                auto& command = out[request];
                command.id = DepositId{request.uuid()};
                command.merchant = rows.id<MerchantId>(row, 1);
                command.account = account->id;
                command.mode = directory->facts_of(*account).mode;
            }
        } catch (std::exception const&) {
            connection_.reset();
            throw;  // the reader comes again with this page
        }
        return out;
    }

    std::string url_;
    payments::Core& core_;
    merchants::DirectoryWatch const& directory_;
    std::unique_ptr<postgres::Connection> connection_;
};

}  // namespace

std::unique_ptr<LeasedReader> start_deposit_reader(Reading from, payments::Core& core, merchants::DirectoryWatch const& directory) {
    auto options = ReaderOptions{};
    options.from = std::move(from);
    options.name = "deposits";
    options.types = {payments::event_type::payment_received, payments::event_type::payment_duplicate, payments::event_type::payment_confirmed,
                     payments::event_type::payment_reversed, payments::event_type::request_cancelled};
    auto follower = std::make_shared<Follower>(options.from.database_url, core, directory);
    return std::make_unique<LeasedReader>(std::move(options), LeasedReader::PageHandler{[follower](auto page) { return follower->follow(page); }});
}

}  // namespace choso::events
