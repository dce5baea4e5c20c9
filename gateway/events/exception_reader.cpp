#include "gateway/events/exception_reader.hpp"

#include <algorithm>
#include <chrono>
#include <future>

#include "gateway/events/sql.hpp"
#include "platform/log/log.hpp"
#include "settlement/exceptions/watch.hpp"
#include "settlement/rules/store.hpp"

namespace choso::events {
namespace {

/// True once its answer is known; one that failed alone lies in quarantine and is not tried again.
bool carried_out(payments::Core& core, std::unique_ptr<payments::Command const> command) {
    auto const answered = std::make_shared<std::promise<bool>>();
    auto done = answered->get_future();
    core.submit(std::move(command), [answered](payments::Answer const& answer) {
        answered->set_value(answer.ok() || answer.error() == payments::Failure::failed);
    });
    return done.get();
}

/// Saturday and Sunday count for no bank.
std::chrono::sys_days two_working_days_before(std::chrono::sys_days day) {
    for (auto left = 2; left > 0;) {
        day -= std::chrono::days{1};
        auto const weekday = std::chrono::weekday{day};
        if (weekday != std::chrono::Saturday && weekday != std::chrono::Sunday) --left;
    }
    return day;
}

}  // namespace

ExceptionReader::ExceptionReader(Reading from, Clock const& clock, payments::Core& core)
    : database_url_{from.database_url}, poll_{from.poll}, clock_{clock}, core_{core} {
    auto options = ReaderOptions{};
    options.from = std::move(from);
    options.name = "exceptions";
    options.types = settlement::exception_events();
    reader_ = std::make_unique<LeasedReader>(std::move(options), [this](payments::StoredEvent const& event) {
        try {
            if (!reading_) reading_ = std::make_unique<postgres::Connection>(database_url_);
            auto opening = settlement::opening_of(*reading_, event.type, event.bucket, event.subject, event.body, clock_.now());
            return !opening || carried_out(core_, std::move(opening));
        } catch (...) {
            reading_.reset();
            throw;
        }
    });
    sweeper_ = std::thread{[this] { sweep(); }};
}

ExceptionReader::~ExceptionReader() {
    {
        auto const lock = std::lock_guard{mutex_};
        stopping_ = true;
    }
    changed_.notify_all();
    sweeper_.join();
    reader_.reset();
}

void ExceptionReader::sweep_once(postgres::Connection& connection) {
    static auto const take = postgres::Statement{"events_take_sweep", std::string{sql::take_sweep}};
    static auto const done = postgres::Statement{"events_sweep_done", std::string{sql::sweep_done}};
    for (auto& ending : settlement::endings(connection))
        if (!carried_out(core_, std::move(ending))) return;
    for (auto& opening : settlement::broken_chains(connection, clock_.now()))
        if (!carried_out(core_, std::move(opening))) return;
    for (auto& round : settlement::rule_rounds(connection, clock_.now())) {
        for (auto& order : round.orders)
            if (!carried_out(core_, std::move(order))) return;
        settlement::keep_looked_at(connection, round);
    }
    auto const day = two_working_days_before(vietnam_day(clock_.now()));
    // Days nobody was up for are caught up with, a week at most.
    for (auto each = day - std::chrono::days{7}; each <= day; each += std::chrono::days{1}) {
        auto const at = Instant{each} - vietnam_offset;
        if (connection.query(take, postgres::Params::of(at)).rows() > 0) continue;
        for (auto& opening : settlement::without_line(connection, each, clock_.now()))
            if (!carried_out(core_, std::move(opening))) return;
        connection.query(done, postgres::Params::of(at));
    }
}

void ExceptionReader::sweep() {
    using Timer = std::chrono::steady_clock;
    // With many open it is a longer look; it never takes more than a tenth of the time.
    constexpr auto rest = 9;
    auto connection = std::unique_ptr<postgres::Connection>{};
    auto took = Timer::duration{0};
    for (;;) {
        {
            auto lock = std::unique_lock{mutex_};
            if (changed_.wait_for(lock, std::max<Timer::duration>(2 * poll_, rest * took), [this] { return stopping_; })) return;
        }
        auto const began = Timer::now();
        try {
            if (!connection) connection = std::make_unique<postgres::Connection>(database_url_);
            sweep_once(*connection);
        } catch (std::exception const& failed) {
            log::warn("exception_sweep_failed", {{"why", failed.what()}});
            connection.reset();
        }
        took = Timer::now() - began;
    }
}

}  // namespace choso::events
