#include "gateway/feeds/camt.hpp"

#include "gateway/api/respond.hpp"
#include "gateway/feeds/camt_reader.hpp"
#include "gateway/feeds/feed_credit.hpp"
#include "gateway/feeds/sender.hpp"
#include "gateway/feeds/sql.hpp"
#include "gateway/payments/reversal_line.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace choso::feeds {
namespace {

using api::Code;
using api::Problem;
using merchants::BankAccount;
using merchants::Directory;
using merchants::Feed;

constexpr std::size_t under_way_max = 256;
constexpr std::size_t files_waiting_max = 16;
constexpr std::size_t refused_shown = 200;
/// A line takes back what is not known yet: to be sent again later.
constexpr std::string_view original_unknown = "original_unknown";

/// The account a movement is on, if this feed may speak for it.
BankAccount const* account_of(Directory const& directory, Feed const& feed, CamtEntry const& entry) {
    auto const* account = directory.account_of_feed(feed, entry.account);
    return account != nullptr && !entry.bin.empty() && entry.bin != account->bin ? nullptr : account;
}

std::unique_ptr<payments::RecordCredit> command_of(CamtEntry const& entry, Feed const& feed, BankAccount const& account, Directory const& directory,
                                                    api::Edge const& edge, http::Request const& request) {
    auto notice = BankNotice{};
    notice.id = entry.source_id;
    notice.occurred_at = *entry.at;
    notice.account = entry.account;
    notice.amount = entry.amount;
    notice.content = entry.content;
    notice.description = entry.spaced;
    notice.code = entry.other_texts;
    notice.reference_code = entry.reference;
    auto credit = to_command(notice, feed, account, directory, edge.core.issuer(), edge.clock.now());
    credit->headers = headers_of(request);
    credit->raw = request.body.substr(entry.from, entry.to - entry.from);
    return credit;
}

}  // namespace

struct CamtDesk::File {
    std::shared_ptr<http::Responder> respond;
    std::shared_ptr<Directory const> directory;
    FeedId feed;
};

/// One file on its way through the core; the lanes answer into it.
class CamtDesk::Reading : public std::enable_shared_from_this<Reading> {
 public:
    Reading(Desk desk, http::Request const& request, Feed const& feed) : desk_{desk}, request_{request}, feed_{feed} {}

    void submit(api::Edge& edge, CamtEntry const& entry, std::unique_ptr<payments::Command const> command) {
        {
            auto lock = std::unique_lock{mutex_};
            less_.wait(lock, [this] { return under_way_ < under_way_max; });
            ++under_way_;
        }
        auto keep = entry;
        edge.core.submit(std::move(command), [self = shared_from_this(), entry = std::move(keep)](payments::Answer const& answer) { self->heard(entry, answer); });
    }

    /// A movement that never reaches the core.
    void refuse(CamtEntry const& entry, std::string_view verdict, std::string_view code) {
        desk_.refuse_part(request_, feed_, verdict, std::string_view{request_.body}.substr(entry.from, entry.to - entry.from));
        auto const lock = std::lock_guard{mutex_};
        note_refused(entry, code);
    }
    void ignore() {
        auto const lock = std::lock_guard{mutex_};
        ++ignored_;
    }
    /// Until all that was submitted is committed, or has failed.
    void wait() {
        auto lock = std::unique_lock{mutex_};
        less_.wait(lock, [this] { return under_way_ == 0; });
    }
    void fail(Code why) {
        auto const lock = std::lock_guard{mutex_};
        failure_ = why;
    }
    [[nodiscard]] bool has_failed() {
        auto const lock = std::lock_guard{mutex_};
        return failure_.has_value();
    }

    /// Waits for what is under way, then says it all.
    http::Response answer() {
        wait();
        auto const lock = std::lock_guard{mutex_};
        if (failure_) return api::to_response(Problem{*failure_}, api::audience_of(request_));
        auto text = std::string{};
        auto out = json::Writer{text};
        out.object().member("entries", taken_ + repeated_ + ignored_ + refused_count_).member("taken", taken_).member("repeated", repeated_);
        out.member("ignored", ignored_).member("refused_count", refused_count_).key("refused").array();
        for (auto const& it : refused_)
            out.object().member("entry", it.place).member("reference", it.reference).member("code", it.code).member("param", it.param).end();
        out.end().end();
        return api::json_response(200, std::move(text));
    }

 private:
    struct Refused {
        std::string place, reference, code, param;
    };

    static std::string_view code_of(payments::Refusal refusal) {
        return refusal == payments::Refusal::not_found ? original_unknown : payments::word(refusal);
    }

    void heard(CamtEntry const& entry, payments::Answer const& answer) {
        if (answer.ok() && answer->refusal) {
            desk_.refuse_part(request_, feed_, code_of(*answer->refusal) == original_unknown ? original_unknown : "conflict", std::string_view{request_.body}.substr(entry.from, entry.to - entry.from));
        } else {
            desk_.observer.count_notice(!answer.ok() ? "failed" : answer->replayed ? "repeated" : "accepted");
        }
        auto const lock = std::lock_guard{mutex_};
        if (!answer.ok()) failure_ = api::code_of(answer.error());
        else if (answer->refusal) note_refused(entry, code_of(*answer->refusal));
        else if (answer->replayed) ++repeated_;
        else ++taken_;
        --under_way_;
        less_.notify_all();
    }

    void note_refused(CamtEntry const& entry, std::string_view code) {
        ++refused_count_;
        if (refused_.size() < refused_shown) refused_.push_back({entry.place, entry.reference, std::string{code}, entry.param});
    }

    Desk desk_;
    http::Request const& request_;  ///< lives until the file is answered, which is after the last movement
    Feed const& feed_;              ///< of the directory that the file holds
    std::mutex mutex_;
    std::condition_variable less_;
    std::size_t under_way_ = 0;
    std::int64_t taken_ = 0, repeated_ = 0, ignored_ = 0, refused_count_ = 0;
    std::vector<Refused> refused_;
    std::optional<Code> failure_;
};

CamtDesk::CamtDesk(api::Edge& edge, Desk desk, std::string database_url) : edge_{edge}, desk_{desk}, database_url_{std::move(database_url)} {
    thread_ = std::thread{[this] { run(); }};
}

CamtDesk::~CamtDesk() { stop(); }

void CamtDesk::stop() {
    {
        auto const lock = std::lock_guard{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

http::Handler CamtDesk::handler() {
    return [this](http::Request const& request, http::Responder respond) { take_in(request, std::move(respond)); };
}

void CamtDesk::take_in(http::Request const& request, http::Responder respond_once) {
    auto const respond = api::shared(std::move(respond_once));
    auto directory = edge_.directory.current();
    auto const sender = sender_of(request, "camt", *directory, edge_.directory.installation().session_key, SystemClock{}.now());
    if (sender.verdict == Sender::Verdict::unknown) return desk_.refuse(request, nullptr, "unauthorized", Problem{Code::unauthorized}, respond);
    if (sender.verdict == Sender::Verdict::stale) return desk_.refuse(request, sender.feed, "stale_signature", Problem{Code::signature_stale}, respond);
    auto const feed = sender.feed->id;
    {
        auto const lock = std::lock_guard{mutex_};
        if (!stopping_ && files_.size() < files_waiting_max) {
            files_.push_back({respond, std::move(directory), feed});
            wake_.notify_one();
            return;
        }
    }
    (*respond)(api::to_response(Problem{Code::overloaded}, api::audience_of(request)));
}

void CamtDesk::run() {
    for (;;) {
        auto lock = std::unique_lock{mutex_};
        wake_.wait(lock, [this] { return stopping_ || !files_.empty(); });
        if (files_.empty()) return;
        auto const file = std::move(files_.front());
        files_.pop_front();
        auto const stopping = stopping_;
        lock.unlock();
        if (stopping) (*file.respond)(api::to_response(Problem{Code::stopping}, api::audience_of(file.respond->request())));
        else read_guarded(file);
    }
}

/// A file that we fail at is answered; the desk goes on with the next.
void CamtDesk::read_guarded(File const& file) {
    try {
        read(file);
    } catch (std::exception const& failed) {
        log::error("camt_file_failed", {{"why", failed.what()}});
        (*file.respond)(api::to_response(Problem{Code::internal}, api::audience_of(file.respond->request())));
    }
}

void CamtDesk::submit(Reading& reading, CamtEntry const& entry, std::unique_ptr<payments::RecordCredit> command) {
    // Money that comes back is a credit like any other; its content says of what.
    if (!entry.reversal || entry.amount.is_positive()) return reading.submit(edge_, entry, std::move(command));
    reading.wait();
    try {
        auto const original = find_original(*command, entry.originals);
        if (!original) return reading.refuse(entry, original_unknown, original_unknown);
        reading.submit(edge_, entry, std::make_unique<payments::RecordReversal>(*command, *original));
    } catch (std::exception const& failed) {
        log::error("camt_original_not_looked_up", {{"why", failed.what()}});
        connection_.reset();
        reading.fail(Code::unavailable);
    }
}

std::optional<PaymentId> CamtDesk::find_original(payments::RecordCredit const& line, std::vector<std::string> const& references) {
    static auto const find = postgres::Statement{"feeds_find_original", std::string{sql::find_original}};
    // No bank takes back what is older.
    constexpr auto longest = std::chrono::days{180};
    auto named = postgres::Array{postgres::Array::Type::text};
    for (auto const& reference : references) named.add(reference);
    for (auto last = false;; last = true) {
        try {
            if (!connection_) connection_ = std::make_unique<postgres::Connection>(database_url_);
            auto const rows = connection_->query(find, postgres::Params::of(line.in, line.account.id, -line.amount, named, line.occurred_at - longest,
                                                                            line.occurred_at + std::chrono::days{2}));
            return rows.rows() == 0 ? std::nullopt : std::optional{rows.id<PaymentId>(0, 0)};
        } catch (postgres::ConnectionLost const&) {
            connection_.reset();
            if (last) throw;
        }
    }
}

void CamtDesk::read(File const& file) {
    auto const& request = file.respond->request();
    auto const& directory = *file.directory;
    auto const& feed = *directory.feed(file.feed);
    // First whether all of it may be said, then what it says: a refused file leaves nothing behind.
    auto stranger = std::string{};
    auto const refused = read_camt054(request.body, [&](CamtEntry const& entry) {
        if (account_of(directory, feed, entry) == nullptr) stranger = entry.place;
        return stranger.empty();
    });
    if (!stranger.empty()) return desk_.refuse(request, &feed, "account_not_allowed", Problem{Code::account_not_allowed, "Acct"}, file.respond);
    if (refused) {
        auto const where = std::to_string(refused->offset);
        auto const text = api::Text{"Tệp không đọc được ở byte " + where + ": " + refused->message, "The document cannot be read at byte " + where + ": " + refused->message};
        return desk_.refuse(request, &feed, "malformed", Problem{Code::field_invalid, "", text}, file.respond);
    }

    auto const reading = std::make_shared<Reading>(desk_, request, feed);
    (void)read_camt054(request.body, [&](CamtEntry const& entry) {
        if (!entry.booked) reading->ignore();
        else if (!entry.problem.empty()) reading->refuse(entry, "malformed", entry.problem);
        else submit(*reading, entry, command_of(entry, feed, *account_of(directory, feed, entry), directory, edge_, request));
        // Once the core cannot take any more, the file comes again; what is in is a repetition then.
        return !reading->has_failed();
    });
    auto answer = reading->answer();
    (*file.respond)(std::move(answer));
}

}  // namespace choso::feeds
