#include "gateway/payments/lane.hpp"

#include <unistd.h>

#include "gateway/payments/sql.hpp"
#include "gateway/payments/statements.hpp"
#include "platform/log/log.hpp"

namespace choso::payments {
namespace {

/// A command met a broken assertion while it was planned or decided; its batch is undone and runs again without it.
struct Poisoned {
    std::size_t index;
    std::string why;
};

/// Calls what is not ours to trust; what it throws is logged and goes no further.
template <class Call>
void unharmed(Call&& call) {
    try {
        call();
    } catch (std::exception const& broken) {
        log::error("answer_broken", {{"why", broken.what()}});
    }
}

/// A batch costs nearly as much for one command as for ten. So a lane that has just had several at once lets the next come
/// together for a moment: less work for the same commands, and shorter waits when the machine is busy. A lone command never waits.
constexpr std::size_t crowd = 4;
constexpr auto gathering = std::chrono::milliseconds{5};

}  // namespace

Lane::Lane(LaneOptions options, ReferenceIssuer const& issuer, std::vector<Family> const& families, LaneStats& stats, OnCommitted on_committed)
    : options_{std::move(options)},
      issuer_{issuer},
      families_{families},
      stats_{stats},
      on_committed_{std::move(on_committed)},
      queue_{options_.queue},
      thread_{[this] { run(); }} {}

Lane::~Lane() {
    queue_.close();
    thread_.join();
}

postgres::Connection& Lane::connection() {
    if (!connection_) {
        auto how = postgres::ConnectionOptions{};
        how.application_name = "choso lane " + std::to_string(getpid());
        how.answer_timeout = std::chrono::seconds{10};
        connection_ = std::make_unique<postgres::Connection>(options_.database_url, how);
        // A lane looks rows up by their keys, and its plans are made once: for few rows or many, whatever the tables hold by then.
        // Left to itself the planner would make each small batch's anew, and read whole tables that held one page when it looked.
        connection_->execute("set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off");
    }
    return *connection_;
}

/// A plan that is kept was made for the tables as they were. While they held a page, any index that begins with the bucket looked
/// as good as the key's own: so plans are made again each time the work done has doubled.
void Lane::plan_anew() {
    if (commands_ < plan_again_) return;
    connection_->execute("discard plans");
    plan_again_ = commands_ * 2;
}

void Lane::run() {
    for (;;) {
        auto jobs = queue_.take();
        if (jobs.empty()) return;
        auto const crowded = jobs.size() >= crowd;
        if (jobs.back().command->priority() == Priority::bulk) look_for_others();
        settle(std::move(jobs), Clock::now() + options_.give_up);
        if (crowded) std::this_thread::sleep_for(gathering);
    }
}

void Lane::rollback() {
    try {
        if (connection_) connection_->execute("rollback");
    } catch (std::exception const&) {
        connection_.reset();
    }
}

void Lane::end_silent_lanes() {
    static auto const statement = postgres::Statement{"end_silent_lanes", std::string{sql::end_silent_lanes}};
    try {
        auto const ended = connection().query(statement).rows();
        if (ended > 0) log::error("silent_lanes_ended", {{"count", ended}});
    } catch (std::exception const& failed) {
        log::warn("silent_lanes_stay", {{"why", failed.what()}});
        connection_.reset();
    }
}

void Lane::look_for_others() {
    static auto const statement = postgres::Statement{"other_lanes", std::string{sql::other_lanes}};
    if (Clock::now() < look_again_) return;
    look_again_ = Clock::now() + options_.queue.live_for / 2;
    try {
        if (connection().query(statement).boolean(0, 0)) queue_.heed_others();
    } catch (std::exception const& failed) {
        log::warn("others_not_seen", {{"why", failed.what()}});
        connection_.reset();
    }
}

void Lane::settle(std::vector<Job> jobs, Clock::time_point give_up) {
    auto pause = std::chrono::milliseconds{20};
    auto in_doubt = false;
    while (!jobs.empty()) {
        auto why = std::string{};
        try {
            run_batch(jobs);
            return;
        } catch (Poisoned const& poisoned) {
            rollback();
            quarantine(jobs[poisoned.index], poisoned.why);
            jobs.erase(jobs.begin() + static_cast<std::ptrdiff_t>(poisoned.index));
            continue;
        } catch (postgres::ConnectionLost const& lost) {
            // In doubt: the same batch again on a new connection. Ids were made before, so it answers as the first did.
            ++stats_.connections_lost;
            connection_.reset();
            why = lost.what();
            in_doubt = in_doubt || stage_ == Stage::committing;
            // Nobody is there to ask, and nothing was done: the callers are told so at once.
            if (stage_ == Stage::connecting && !in_doubt) {
                log::warn("database_away", {{"commands", static_cast<std::int64_t>(jobs.size())}, {"why", why}});
                break;
            }
        } catch (postgres::StatementFailed const& failed) {
            rollback();
            why = failed.what();
            if (!failed.is_transient()) return find_culprit(std::move(jobs), why, give_up);
            if (failed.is_lock_timeout()) end_silent_lanes();
        } catch (std::exception const& broken) {
            // Our own bug, met while rows were read or written: whose command it was, halving finds out.
            rollback();
            return find_culprit(std::move(jobs), broken.what(), give_up);
        }
        log::warn("batch_retried", {{"commands", static_cast<std::int64_t>(jobs.size())}, {"why", why}});
        if (Clock::now() + pause >= give_up) break;
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::milliseconds{1'000});
    }
    for (auto& job : jobs) job.done(Failure::unavailable);
}

void Lane::find_culprit(std::vector<Job> jobs, std::string const& why, Clock::time_point give_up) {
    if (jobs.size() == 1) return quarantine(jobs.front(), why);
    ++stats_.splits;
    log::warn("batch_split", {{"commands", static_cast<std::int64_t>(jobs.size())}, {"why", why}});
    auto const middle = jobs.begin() + static_cast<std::ptrdiff_t>(jobs.size() / 2);
    auto second = std::vector<Job>{std::make_move_iterator(middle), std::make_move_iterator(jobs.end())};
    jobs.erase(middle, jobs.end());
    settle(std::move(jobs), give_up);
    settle(std::move(second), give_up);
}

void Lane::run_batch(std::vector<Job>& jobs) {
    auto const started = Clock::now();
    auto book = Book{issuer_, numbers_};
    auto rows = std::vector<std::unique_ptr<Rows>>{};
    for (auto const& family : families_) rows.push_back(family.start(book));
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        try {
            book.want_bucket(jobs[i].command->bucket());
            jobs[i].command->plan(book);
        } catch (std::exception const& broken) {
            throw Poisoned{i, broken.what()};
        }
    }
    auto const in = BatchBuckets{book.buckets()};
    stage_ = Stage::connecting;
    auto& database = connection();
    stage_ = Stage::working;
    plan_anew();
    auto pipeline = postgres::Pipeline{database};

    // Lock, then load: the lock is a statement of its own, since one that locks and loads would read the past.
    pipeline.add(statements().begin.in(in));
    pipeline.add(statements().lock_buckets.in(in), params_of(in));
    book.load(pipeline, in);
    for (auto& family : rows) family->load(pipeline, in);
    pipeline.run();
    for (auto more = true; more;) {
        more = book.load_more(pipeline, in);
        for (auto& family : rows) more |= family->load_more(pipeline, in);
        if (more) pipeline.run();
    }

    auto outcomes = std::vector<Outcome>{};
    outcomes.reserve(jobs.size());
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        try {
            outcomes.push_back(jobs[i].command->decide(book, book.now()));
        } catch (std::exception const& broken) {
            throw Poisoned{i, broken.what()};
        }
    }

    for (auto& family : rows) family->follow(book.now());

    // Even a batch that stores nothing commits: its row locks make that commit a durable barrier behind every replay.
    book.store(pipeline, in);
    for (auto& family : rows) family->store(pipeline, in);
    pipeline.add(statements().commit.in(in));
    stage_ = Stage::committing;
    pipeline.run();

    stats_.commit_us += std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started).count();
    ++stats_.batches;
    stats_.commands += static_cast<std::int64_t>(jobs.size());
    commands_ += jobs.size();
    // It is committed: nothing that a listener does may make it run again.
    unharmed([&] {
        if (on_committed_ && !book.events().empty()) on_committed_(book.events());
    });
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (outcomes[i].replayed) ++stats_.replays;
        unharmed([&] { jobs[i].done(std::move(outcomes[i])); });
    }
}

void Lane::quarantine(Job& job, std::string const& why) {
    ++stats_.quarantined;
    log::error("command_quarantined", {{"command", job.command->name()}, {"why", why}});
    static auto const statement = postgres::Statement{
        "insert_quarantine", "insert into quarantine (bucket, id, command, bytes, error) values ($1, $2, $3, $4, $5)"};
    try {
        auto const bucket = job.command->bucket();
        auto const text = job.command->text();
        connection().query(statement, postgres::Params::of(bucket, new_uuid(bucket, SystemClock{}.now()), job.command->name(),
                                                           postgres::Bytes{text}, why));
    } catch (std::exception const& failed) {
        // The command was undone and its caller is told so; only the copy for the desk is lost, and the log says it.
        log::error("quarantine_failed", {{"why", failed.what()}, {"command", job.command->text()}});
        connection_.reset();
    }
    job.done(Failure::failed);
}

}  // namespace choso::payments
