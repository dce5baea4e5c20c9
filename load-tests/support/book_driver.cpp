#include "load-tests/support/book_driver.hpp"

#include <random>

#include "load-tests/support/measure.hpp"

namespace choso::load {
namespace {

payments::CoreOptions options_of(std::string url, int lanes, std::size_t batch) {
    auto out = payments::CoreOptions{};
    out.database_url = std::move(url);
    out.lanes = lanes;
    out.queue.batch = batch;
    out.queue.commands = 100'000;
    out.queue.bytes = std::size_t{1} << 30U;
    return out;
}

ReferenceKey fixed_key() { return ReferenceKey{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}}; }

Uuid hash_of(std::int64_t n) {
    auto out = Uuid{};
    for (auto i = 0U; i < 8; ++i) out[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(n) * 0x9e3779b97f4a7c15ULL >> (8 * i));
    for (auto i = 0U; i < 8; ++i) out[8 + i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(n) >> (8 * i));
    return out;
}

}  // namespace

BookDriver::BookDriver(std::string database_url, int lanes, std::size_t batch, int accounts)
    : core_{options_of(std::move(database_url), lanes, batch), fixed_key(), {}, {}}, window_{batch * static_cast<std::size_t>(lanes) * 2} {
    for (auto n = 0; n < accounts; ++n) {
        auto const bucket = Bucket::of_bits(static_cast<std::uint64_t>(n));
        auto payee = Payee{{}, MerchantId::make(bucket, SystemClock{}.now()), bucket};
        payee.facts.id = AccountId::make(bucket, SystemClock{}.now());
        payee.facts.owner = payee.merchant;
        payees_.push_back(payee);
    }
    next_ = std::chrono::duration_cast<std::chrono::microseconds>(SystemClock{}.now().time_since_epoch()).count();
}

void BookDriver::wait_below(std::size_t limit) {
    for (auto now = in_flight_.load(); static_cast<std::size_t>(now) >= limit; now = in_flight_.load()) in_flight_.wait(now);
}

double BookDriver::create(double seconds, std::vector<std::pair<std::size_t, Reference>>& made) {
    std::mutex mutex;
    auto const start = Steady::now();
    auto sent = std::int64_t{0};
    while (seconds_since(start) < seconds) {
        wait_below(window_);
        auto const at = static_cast<std::size_t>(sent) % payees_.size();
        auto const& payee = payees_[at];
        auto command = std::make_unique<payments::CreateRequest>();
        command->id = PaymentRequestId::make(payee.bucket, SystemClock{}.now());
        command->merchant = payee.merchant;
        command->account = payee.facts.id;
        command->in = payee.bucket;
        command->token = new_uuid(payee.bucket, SystemClock{}.now());
        command->amount = Money{50'000 + sent % 1'000};
        command->description = "rau muong";
        command->expires_in = Seconds{900};
        command->idempotency = {hash_of(next_++), std::string(16, 'f')};
        ++in_flight_;
        ++sent;
        core_.submit(std::move(command), [&, at](payments::Answer const& answer) {
            if (answer && !answer->refusal) {
                auto const lock = std::lock_guard{mutex};
                made.emplace_back(at, *answer->request->reference);
            } else {
                ++failed_;
            }
            if (--in_flight_; true) in_flight_.notify_one();
        });
    }
    wait_below(1);
    return static_cast<double>(sent) / seconds_since(start);
}

double BookDriver::credit(double seconds, std::vector<std::pair<std::size_t, Reference>>& made) {
    auto const start = Steady::now();
    auto sent = std::int64_t{0};
    while (seconds_since(start) < seconds && static_cast<std::size_t>(sent) < made.size()) {
        wait_below(window_);
        auto const& [at, reference] = made[static_cast<std::size_t>(sent)];
        auto const& payee = payees_[at];
        auto command = std::make_unique<payments::RecordCredit>();
        command->account = payee.facts;
        command->in = payee.bucket;
        command->id = PaymentId::make(payee.bucket, SystemClock{}.now());
        command->source = 1;
        command->source_id = std::to_string(next_);
        command->amount = Money{50'000 + sent % 1'000};
        command->occurred_at = SystemClock{}.now();
        command->bank_ref = "FT" + std::to_string(next_);
        command->content = "MBVCB.6994946307." + reference.text() + ".CT tu 0123 toi 0456";
        command->content_hash = ++next_;
        command->found = {{reference, How::exact, false}};
        command->payees = {payee.merchant};
        command->raw = command->content;
        ++in_flight_;
        ++sent;
        core_.submit(std::move(command), [&](payments::Answer const& answer) {
            if (!answer || answer->refusal) ++failed_;
            if (--in_flight_; true) in_flight_.notify_one();
        });
    }
    wait_below(1);
    auto const rate = static_cast<double>(sent) / seconds_since(start);
    made.erase(made.begin(), made.begin() + sent);
    return rate;
}

BookRound BookDriver::round(double seconds) {
    auto const batches = core_.stats().batches.load();
    auto const commands = core_.stats().commands.load();
    auto out = BookRound{};
    auto made = std::vector<std::pair<std::size_t, Reference>>{};
    // Credits cost about twice a create, so creating a third of the time leaves enough to credit.
    out.creates_per_s = create(seconds * 0.4, made);
    out.credits_per_s = credit(seconds * 0.6, made);
    out.lifecycles_per_s = 1.0 / (1.0 / out.creates_per_s + 1.0 / out.credits_per_s);
    out.mean_batch = static_cast<double>(core_.stats().commands - commands) / static_cast<double>(core_.stats().batches - batches);
    out.failed = failed_.exchange(0);
    return out;
}

}  // namespace choso::load
