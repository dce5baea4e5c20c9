#include "gateway/payouts/worker.hpp"

#include <future>

#include "gateway/payments/effects.hpp"
#include "gateway/payouts/sql.hpp"
#include "platform/log/log.hpp"

namespace choso::payouts {

Worker::Worker(WorkerOptions options, payments::Core& core, merchants::DirectoryWatch const& directory, std::unique_ptr<Channel> channel)
    : options_{std::move(options)}, core_{core}, directory_{directory}, channel_{std::move(channel)} {
    for (auto n = 0; n < options_.at_once; ++n) callers_.emplace_back([this] { run_calls(); });
    auto reading = events::ReaderOptions{};
    reading.from = options_.from;
    reading.name = "payouts";
    reading.types = {payments::event_type::payout_approved, payments::event_type::payout_unknown};
    reader_ = std::make_unique<events::LeasedReader>(std::move(reading), [this](payments::StoredEvent const& event) { return take(event); });
}

Worker::~Worker() {
    {
        auto const lock = std::lock_guard{mutex_};
        stopping_ = true;
    }
    changed_.notify_all();
    reader_.reset();
    for (auto& caller : callers_) caller.join();
}

bool Worker::take(payments::StoredEvent const& event) {
    if (!await_free_caller()) return false;
    auto const id = PayoutId{event.subject};
    if (event.type == payments::event_type::payout_approved) return submit(id);
    {
        // Our own call is still out (a test's clock ran ahead of it): it will tell.
        auto const lock = std::lock_guard{mutex_};
        if (sending_.contains(id)) return true;
    }
    hand_over([this, payout = load(id)] { ask(payout); });
    return true;
}

bool Worker::submit(PayoutId id) {
    auto const payout = load(id);
    auto const [attempt, fresh] = attempts_.try_emplace(id, Attempt{new_uuid(id.bucket(), SystemClock{}.now()), Steady::now()});
    auto command = std::make_unique<payments::SubmitPayout>();
    command->id = id;
    command->attempt = attempt->second.id;
    auto const submitted = attempt->second.first_at;
    auto const answer = order(std::move(command));
    // In doubt: the event comes again, and the same attempt asks whether it was this one that was committed.
    if (!answer && answer.error() != payments::Failure::failed) return false;
    attempts_.erase(attempt);
    if (!answer || answer->refusal) {
        log::info("payout_not_sent", {{"payout", id.text()}, {"why", answer ? payments::word(*answer->refusal) : std::string_view{"failed"}}});
        return true;
    }
    // From here on it is ours to send, this once.
    {
        auto const lock = std::lock_guard{mutex_};
        sending_.insert(id);
    }
    hand_over([this, id, payout, submitted] {
        send(payout, submitted);
        auto const lock = std::lock_guard{mutex_};
        sending_.erase(id);
    });
    return true;
}

void Worker::send(Outgoing const& payout, Steady::time_point submitted) {
    if (!payout.has_destination) return report(payout, {BankWord::Kind::failed, {}, "destination_erased"});
    if (Steady::now() - submitted > options_.send_within) {
        log::warn("payout_sent_too_late", {{"payout", payout.transfer.id.text()}});
        return;  // it is asked for, and given back when the bank has never heard of it
    }
    report(payout, channel_->send(payout.transfer));
}

void Worker::ask(Outgoing const& payout) {
    auto word = channel_->ask(payout.transfer.id);
    if (word.kind == BankWord::Kind::never_heard_of) word = {BankWord::Kind::failed, {}, "never_arrived"};
    report(payout, word);
}

void Worker::report(Outgoing const& payout, BankWord const& word) {
    if (word.kind == BankWord::Kind::nothing) return;  // it is asked for, at its time
    for (;;) {
        auto command = std::make_unique<payments::PayoutAnswered>();
        command->id = payout.transfer.id;
        command->keeps_debits = payout.keeps_debits;
        command->answer = word.kind == BankWord::Kind::succeeded ? payments::PayoutAnswer::succeeded
                          : word.kind == BankWord::Kind::failed  ? payments::PayoutAnswer::failed
                                                                 : payments::PayoutAnswer::pending;
        command->bank_reference = word.bank_reference;
        command->reason = word.reason;
        auto const answered = order(std::move(command));
        if (answered || answered.error() == payments::Failure::failed || answered.error() == payments::Failure::stopping) return;
        // The bank's word must not be lost for a database that is away; if this process ends first, it is asked for.
        auto lock = std::unique_lock{mutex_};
        if (changed_.wait_for(lock, std::chrono::seconds{1}, [this] { return stopping_; })) return;
    }
}

Worker::Outgoing Worker::load(PayoutId id) {
    static auto const statement = postgres::Statement{"payouts_payout_to_send", std::string{sql::payout_to_send}};
    try {
        if (!connection_) connection_ = std::make_unique<postgres::Connection>(options_.from.database_url);
        auto const rows = connection_->query(statement, postgres::Params::of(id.bucket(), id));
        auto const directory = directory_.current();
        auto const* account = rows.rows() == 0 ? nullptr : directory->account(rows.id<AccountId>(0, 0));
        if (account == nullptr) throw std::runtime_error{id.text() + " is paid from no account we know"};
        auto out = Outgoing{};
        out.keeps_debits = account->complete;
        out.has_destination = !rows.is_null(0, 4);
        out.transfer = {.id = id,
                        .from_bin = account->bin,
                        .from_account = account->number,
                        .to_bin = rows.maybe_text(0, 3).value_or(""),
                        .to_account = rows.maybe_text(0, 4).value_or(""),
                        .to_holder = rows.maybe_text(0, 5).value_or(""),
                        .amount = rows.money(0, 1),
                        .content = rows.maybe_text(0, 2).value_or("")};
        return out;
    } catch (std::exception const&) {
        connection_.reset();
        throw;  // the reader comes again with this event
    }
}

payments::Answer Worker::order(std::unique_ptr<payments::Command const> command) {
    auto const answered = std::make_shared<std::promise<payments::Answer>>();
    auto done = answered->get_future();
    core_.submit(std::move(command), [answered](payments::Answer answer) { answered->set_value(std::move(answer)); });
    return done.get();
}

bool Worker::await_free_caller() {
    auto lock = std::unique_lock{mutex_};
    auto const ready = [this] { return stopping_ || free_callers_ > static_cast<int>(calls_.size()); };
    return changed_.wait_for(lock, std::chrono::seconds{2}, ready) && !stopping_;
}

void Worker::hand_over(Call call) {
    {
        auto const lock = std::lock_guard{mutex_};
        calls_.push_back(std::move(call));
    }
    changed_.notify_all();
}

void Worker::run_calls() {
    auto lock = std::unique_lock{mutex_};
    for (;;) {
        ++free_callers_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return stopping_ || !calls_.empty(); });
        --free_callers_;
        if (calls_.empty()) return;
        auto const call = std::move(calls_.front());
        calls_.pop_front();
        lock.unlock();
        try {
            call();
        } catch (std::exception const& broken) {
            log::error("payout_call_broken", {{"why", broken.what()}});
        }
        lock.lock();
    }
}

}  // namespace choso::payouts
