#include "gateway/payments/core.hpp"

#include "gateway/payments/commands_out.hpp"
#include "gateway/payments/sql.hpp"
#include "platform/log/log.hpp"

namespace choso::payments {
namespace {

/// What is to be done for a `due` row; null for a kind that nobody here knows.
std::unique_ptr<Command const> due_command(std::vector<Family> const& families, std::string_view kind, Uuid const& subject, Instant at) {
    if (kind == due_kind::expire_request) {
        auto command = std::make_unique<ExpireRequest>();
        command->id = PaymentRequestId{subject};
        command->due_at = at;
        return command;
    }
    if (kind == due_kind::payout_unanswered) {
        auto command = std::make_unique<PayoutUnanswered>();
        command->id = PayoutId{subject};
        command->due_at = at;
        return command;
    }
    for (auto const& family : families) {
        if (!family.due) continue;
        if (auto command = family.due(kind, subject, at)) return command;
    }
    return nullptr;
}

}  // namespace

Core::Core(CoreOptions options, ReferenceKey const& key, std::vector<Family> families, Lane::OnCommitted on_committed)
    : options_{std::move(options)}, issuer_{key}, families_{std::move(families)} {
    for (auto n = 0; n < options_.lanes; ++n) {
        auto lane = LaneOptions{};
        lane.database_url = options_.database_url;
        lane.queue = options_.queue;
        lanes_.push_back(std::make_unique<Lane>(std::move(lane), issuer_, families_, stats_, on_committed));
    }
    due_watch_ = std::thread{[this] { watch_dues(); }};
}

Core::~Core() {
    stop();
    due_watch_.join();
    lanes_.clear();  // they finish what was taken, and answer into members below
}

void Core::stop() {
    {
        auto const lock = std::lock_guard{due_mutex_};
        stopping_ = true;
    }
    due_wake_.notify_all();
    for (auto& lane : lanes_) lane->stop();
}

void Core::submit(std::unique_ptr<Command const> command, std::function<void(Answer)> done) {
    auto& lane = *lanes_[static_cast<std::size_t>(command->bucket().number()) % lanes_.size()];
    auto job = Job{std::move(command), std::move(done), 0};
    job.bytes = job.command->size_hint();
    if (lane.push(job)) return;
    auto const closing = [this] {
        auto const lock = std::lock_guard{due_mutex_};
        return stopping_;
    }();
    job.done(closing ? Failure::stopping : Failure::overloaded);
}

std::size_t Core::waiting() const {
    auto sum = std::size_t{0};
    for (auto const& lane : lanes_) sum += lane->waiting();
    return sum;
}

void Core::submit_dues(postgres::Connection& connection) {
    static auto const statement = postgres::Statement{"load_due", std::string{sql::load_due}};
    auto buckets = postgres::Array{postgres::Array::Type::int2};
    for (auto n = 0; n < Bucket::count; ++n) buckets.add(static_cast<std::int16_t>(n));
    auto const rows = connection.query(statement, postgres::Params::of(buckets, std::int64_t{1'000}));
    for (auto row = 0; row < rows.rows(); ++row) {
        auto const subject = rows.uuid(row, 3);
        auto command = due_command(families_, rows.text(row, 2), subject, rows.time(row, 1));
        if (!command) continue;
        {
            auto const lock = std::lock_guard{due_mutex_};
            if (!dues_under_way_.insert(subject).second) continue;
        }
        submit(std::move(command), [this, subject](Answer const& answer) {
            // One that failed alone lies in quarantine for a person; trying it twice a second would bury it.
            if (!answer && answer.error() == Failure::failed) return;
            auto const lock = std::lock_guard{due_mutex_};
            dues_under_way_.erase(subject);
        });
    }
}

void Core::watch_dues() {
    auto connection = std::unique_ptr<postgres::Connection>{};
    for (;;) {
        {
            auto lock = std::unique_lock{due_mutex_};
            if (due_wake_.wait_for(lock, options_.due_poll, [this] { return stopping_; })) return;
        }
        try {
            if (!connection) connection = std::make_unique<postgres::Connection>(options_.database_url);
            submit_dues(*connection);
        } catch (std::exception const& failed) {
            log::warn("due_watch_failed", {{"why", failed.what()}});
            connection.reset();
        }
    }
}

}  // namespace choso::payments
