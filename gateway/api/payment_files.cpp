#include <atomic>

#include "gateway/api/body.hpp"
#include "gateway/api/decisions.hpp"
#include "gateway/api/desk.hpp"
#include "gateway/api/exceptions.hpp"
#include "gateway/api/respond.hpp"
#include "gateway/api/settlements.hpp"
#include "gateway/payments/commands_out.hpp"
#include "platform/crypto/crypto.hpp"
#include "settlement/batches/payment_file.hpp"

namespace choso::api {
namespace {

using Respond = std::shared_ptr<http::Responder>;

void refuse(Respond const& respond, Problem const& problem) { (*respond)(to_response(problem, audience_of(respond->request()))); }

std::string to_json(settlement::PaymentFile const& file) {
    std::string out;
    auto json = json::Writer{out};
    json.object().member("id", file.id.text()).member("settlement_batch", file.batch.text()).member("bank_account", file.account.text());
    json.member("count", file.transfers.size()).member("amount", file.order.sum()).member("created_at", to_rfc3339(file.order.created_at));
    json.key("payouts").array();
    for (auto const& each : file.transfers)
        json.object().member("id", each.payout.text()).member("reference", each.transfer.reference).member("amount", each.transfer.amount).member("status", each.status).end();
    json.end().end();
    return out;
}

/// Submits one order for each of some payouts, and calls `done` once all are answered.
void submit_all(Edge& edge, std::vector<std::unique_ptr<payments::Command const>> commands, std::function<void(int refused)> done) {
    struct Count {
        std::atomic<std::size_t> left;
        std::atomic<int> refused{0};
    };
    if (commands.empty()) return done(0);
    auto const count = std::make_shared<Count>();
    count->left = commands.size();
    for (auto& command : commands)
        edge.core.submit(std::move(command), [count, done](payments::Answer const& answer) {
            if (problem_in(answer)) ++count->refused;
            if (--count->left == 0) done(count->refused);
        });
}

void answer_with_file(Edge& edge, Respond const& respond, PaymentFileId id, int status) {
    edge.reads.ask(respond, audience_of(respond->request()), [respond, id, status](postgres::Connection& connection) {
        auto const file = settlement::find_file(connection, id);
        if (!file) return refuse(respond, Problem{Code::not_found});
        auto out = json_response(status, to_json(*file));
        out.with("Location", "/api/v1/payment-files/" + id.text());
        (*respond)(std::move(out));
    });
}

std::optional<settlement::PaymentFile> file_of(Person const& person, Respond const& respond, postgres::Connection& connection) {
    auto const id = PaymentFileId::parse(respond->request().param("id"));
    auto found = id ? settlement::find_file(connection, *id) : std::nullopt;
    if (found && !person.may(desk_roles, found->merchant)) found.reset();
    if (!found) refuse(respond, Problem{Code::not_found});
    return found;
}

}  // namespace

http::Handler create_payment_file(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.roles = deciders, .fresh = true}, [&edge](Person const& person, Respond const& later, postgres::Connection& connection) {
            auto const id = SettlementId::parse(later->request().param("id"));
            auto const batch = id ? find_settlement(connection, *id) : std::nullopt;
            if (!batch || !person.may(deciders, batch->merchant)) return refuse(later, Problem{Code::not_found});
            auto const now = edge.clock.now();
            auto execute_on = vietnam_day(now);
            if (!later->request().body.empty()) {
                auto const body = parse_object(later->request().body, {"execute_on"});
                if (!body) return refuse(later, body.error());
                if (auto const* value = body->find("execute_on")) {
                    auto const day = parse_day(value->as_string().value_or(""));
                    if (!day || *day < execute_on) return refuse(later, invalid("execute_on", {"Phải là ngày YYYY-MM-DD từ hôm nay trở đi", "must be a day YYYY-MM-DD, not before today"}));
                    execute_on = *day;
                }
            }
            auto const waiting = settlement::waiting_payouts(connection, batch->id);
            if (waiting.empty()) return refuse(later, Problem{Code::payout_not_sendable});
            auto const file = PaymentFileId::make(batch->id.bucket(), now);
            settlement::keep_file(connection, file, batch->id, person.actor(), now, execute_on);
            auto commands = std::vector<std::unique_ptr<payments::Command const>>{};
            for (auto const& payout : waiting) {
                auto submit = std::make_unique<payments::SubmitPayout>();
                submit->id = payout;
                submit->attempt = file.uuid();
                commands.push_back(std::move(submit));
            }
            // Whoever else was quicker with one of them has it; the file holds those that are its own.
            submit_all(edge, std::move(commands), [&edge, later, file](int) { answer_with_file(edge, later, file, 201); });
        });
    };
}

http::Handler get_payment_file(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.roles = desk_roles}, [](Person const& person, Respond const& later, postgres::Connection& connection) {
            auto const file = file_of(person, later, connection);
            if (!file) return;
            auto const wanted = later->request().query_value("format");
            if (!wanted) return (*later)(json_response(200, to_json(*file)));
            auto const format = settlement::payment_file_format_of(*wanted);
            if (!format)
                return refuse(later, Problem{Code::parameter_invalid, "format", {"Phải là pain.001.001.03, pain.001.001.09, csv-vietcombank, csv-bidv hoặc csv-mb",
                                                                                "must be pain.001.001.03, pain.001.001.09, csv-vietcombank, csv-bidv or csv-mb"}});
            auto bytes = settlement::write_payment_file(file->order, *format);
            auto out = http::Response{200, std::string{settlement::content_type_of(*format)}, {}, {}};
            out.with("Cache-Control", "no-store").with("X-Content-SHA256", crypto::to_hex(crypto::sha256(bytes)));
            out.with("Content-Disposition", "attachment; filename=\"" + file->id.text() + "." + std::string{settlement::ending_of(*format)} + "\"");
            out.body = std::move(bytes);
            (*later)(std::move(out));
        });
    };
}

http::Handler take_status_report(Edge& edge) {
    return [&edge](http::Request const&, http::Responder respond) {
        enter_person(edge, std::move(respond), {.roles = desk_roles}, [&edge](Person const& person, Respond const& later, postgres::Connection& connection) {
            auto const report = settlement::read_status_report(later->request().body);
            if (!report) return refuse(later, Problem{Code::body_invalid, {}, {"Không phải pain.002: " + report.error().why, "Not a pain.002: " + report.error().why}});
            auto const id = PaymentFileId::parse(report->original);
            auto const file = id ? settlement::find_file(connection, *id) : std::nullopt;
            if (!file || !person.may(desk_roles, file->merchant)) return refuse(later, Problem{Code::not_found, "OrgnlMsgId"});
            auto const verdicts = settlement::verdicts_of(*file, *report);
            auto const* account = person.directory->account(file->account);
            auto commands = std::vector<std::unique_ptr<payments::Command const>>{};
            for (auto const& [payout, verdict] : verdicts) {
                auto answered = std::make_unique<payments::PayoutAnswered>();
                answered->id = payout;
                answered->answer = verdict.answer;
                answered->reason = verdict.reason;
                answered->keeps_debits = account != nullptr && account->complete;
                answered->bank_reference = report->id;
                commands.push_back(std::move(answered));
            }
            submit_all(edge, std::move(commands), [&edge, later, file = file->id](int) { answer_with_file(edge, later, file, 200); });
        });
    };
}

}  // namespace choso::api
