#pragma once
#include <future>
#include <memory>
#include <string>

#include "gateway/payments/core.hpp"

/// The core in this process on a real database, for faults that HTTP would not let in.
namespace choso::faults {

/// A direct account that is its own collector's, with one merchant.
struct OwnAccount {
    Bucket bucket;
    MerchantId merchant;
    payments::AccountFacts facts;

    explicit OwnAccount(int n) : bucket{Bucket::of_bits(static_cast<std::uint64_t>(n))}, merchant{MerchantId::make(bucket, SystemClock{}.now())} {
        facts.id = AccountId::make(bucket, SystemClock{}.now());
        facts.owner = merchant;
    }
};

inline ReferenceKey fixed_key() { return ReferenceKey{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}}; }

inline payments::CoreOptions core_options(std::string const& url, int lanes) {
    auto out = payments::CoreOptions{};
    out.database_url = url;
    out.lanes = lanes;
    return out;
}

/// Submits now, is answered later.
inline std::future<payments::Answer> submit(payments::Core& core, std::unique_ptr<payments::Command const> command) {
    auto promise = std::make_shared<std::promise<payments::Answer>>();
    auto out = promise->get_future();
    core.submit(std::move(command), [promise](payments::Answer answer) { promise->set_value(std::move(answer)); });
    return out;
}

inline std::unique_ptr<payments::CreateRequest> create(OwnAccount const& account, std::int64_t amount, std::string description = "rau muong") {
    auto out = std::make_unique<payments::CreateRequest>();
    auto const now = SystemClock{}.now();
    out->id = PaymentRequestId::make(account.bucket, now);
    out->merchant = account.merchant;
    out->account = account.facts.id;
    out->in = account.bucket;
    out->token = new_uuid(account.bucket, now);
    out->amount = Money{amount};
    out->description = std::move(description);
    out->expires_in = Seconds{900};
    out->idempotency = {new_uuid(account.bucket, now), std::string(32, 'f')};
    return out;
}

}  // namespace choso::faults
