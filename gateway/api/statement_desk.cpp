#include "gateway/api/statement_desk.hpp"

#include "gateway/api/respond.hpp"
#include "merchants/scopes.hpp"
#include "platform/json/json.hpp"
#include "platform/log/log.hpp"

namespace choso::api {
namespace {

constexpr std::size_t uploads_waiting_max = 8;
constexpr auto between_looks = std::chrono::minutes{1};

std::string to_json(imports::Imported const& imported) {
    auto text = std::string{};
    auto out = json::Writer{text};
    out.object().member("known", imported.known).key("statements").array();
    for (auto const& each : imported.statements) {
        out.object().key("id");
        if (each.id.empty()) out.null();
        else out.value(each.id);
        out.member("account", each.account).member("format", each.format).member("proof", each.proof).member("state", each.state).member("why", each.why);
        out.member("lines", each.lines).member("confirmed", each.confirmed).member("posted", each.posted).member("repeated", each.repeated).member("kept_out", each.kept_out).end();
    }
    out.end().end();
    return text;
}

/// The reader's word for why a file is no statement.
Problem refusal_of(statements::Refused const& why) {
    auto const at = why.place > 0 ? " (" + std::to_string(why.place) + ")" : std::string{};
    return Problem{Code::body_invalid, "body", {"Tệp không phải sao kê đọc được: " + why.code + at, why.code + ": " + why.message + at}};
}

}  // namespace

StatementDesk::StatementDesk(Edge& edge, std::string database_url, std::string schemas)
    : edge_{edge}, database_url_{std::move(database_url)}, schemas_{std::move(schemas)}, thread_{[this] { run(); }} {}

StatementDesk::~StatementDesk() { stop(); }

void StatementDesk::stop() {
    {
        auto const lock = std::lock_guard{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

http::Handler StatementDesk::handler() {
    return [this](http::Request const& request, http::Responder respond) {
        enter_maker(edge_, request, std::move(respond), merchants::scope::payouts_write, [this](Maker const& maker, auto const& later) { take_in(maker, later); });
    };
}

void StatementDesk::take_in(Maker const& maker, std::shared_ptr<http::Responder> const& respond) {
    auto const audience = audience_of(respond->request());
    if (respond->request().body.empty()) return (*respond)(to_response(Problem{Code::body_invalid, "body"}, audience));
    {
        auto const lock = std::lock_guard{mutex_};
        if (!stopping_ && uploads_.size() < uploads_waiting_max) {
            uploads_.push_back({respond, maker});
            wake_.notify_one();
            return;
        }
    }
    (*respond)(to_response(Problem{Code::overloaded}, audience));
}

imports::Importer& StatementDesk::importer() {
    if (!importer_) {
        importer_ = std::make_unique<imports::Importer>(database_url_, edge_.core, [this] { return edge_.directory.current(); }, edge_.clock);
        importer_->advise_by(schemas_);
        importer_->stop_when([this] { return stopping_.load(); });
    }
    return *importer_;
}

void StatementDesk::run() {
    for (;;) {
        auto upload = std::optional<Upload>{};
        {
            auto lock = std::unique_lock{mutex_};
            wake_.wait_for(lock, between_looks, [this] { return stopping_ || !uploads_.empty(); });
            if (!uploads_.empty()) {
                upload = std::move(uploads_.front());
                uploads_.pop_front();
            } else if (stopping_) {
                return;
            }
            if (stopping_ && upload) {
                (*upload->respond)(to_response(Problem{Code::stopping}, audience_of(upload->respond->request())));
                continue;
            }
        }
        try {
            if (upload) answer(*upload);
            else importer().resume();
        } catch (std::exception const& failed) {
            // What was begun is finished by resume, here or in another process.
            log::error("statement_failed", {{"why", failed.what()}});
            importer_.reset();
            if (upload) (*upload->respond)(to_response(Problem{Code::unavailable}, audience_of(upload->respond->request())));
        }
    }
}

void StatementDesk::answer(Upload const& upload) {
    auto const& request = upload.respond->request();
    auto const may = [&](merchants::BankAccount const& account) {
        auto const* owner = upload.maker.directory->merchant(upload.maker.directory->facts_of(account).owner);
        return owner != nullptr && upload.maker.may_see(owner->id);
    };
    auto const name = request.query_value("name").value_or("upload");
    auto const imported = importer().take(name.substr(0, 200), request.body, {"api", upload.maker.actor}, may);
    if (imported.refused) return (*upload.respond)(to_response(refusal_of(*imported.refused), audience_of(request)));
    // Whose account it is, nobody else hears: a foreign one is answered as one that does not exist.
    auto shown = imported;
    for (auto& each : shown.statements)
        if (each.why == "account_forbidden") each.why = "account_unknown";
    (*upload.respond)(json_response(imported.known ? 200 : 201, to_json(shown)));
}

}  // namespace choso::api
