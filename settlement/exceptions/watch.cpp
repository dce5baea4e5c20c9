#include "settlement/exceptions/watch.hpp"

#include <algorithm>
#include <optional>

#include "gateway/payments/effects.hpp"
#include "platform/json/json.hpp"
#include "settlement/exceptions/sql.hpp"

namespace choso::settlement {
namespace {

using postgres::Array;
using postgres::Params;
using postgres::Result;
using postgres::Statement;
namespace event = payments::event_type;

struct Row {
    std::string_view event;
    ExceptionKind kind;
    bool of_payout;
};
constexpr Row table[] = {
    {event::payment_unreferenced, ExceptionKind::unreferenced, false},      {event::payment_wrong_account, ExceptionKind::wrong_account, false},
    {event::payment_duplicate, ExceptionKind::duplicate, false},            {event::payment_reversed, ExceptionKind::reversed, false},
    {"payment_request.paid_late", ExceptionKind::paid_late, false},         {event::payout_unresolved, ExceptionKind::payout_unknown, true},
    {event::payout_contradicted, ExceptionKind::payout_contradicted, true}, {event::payout_returned, ExceptionKind::payout_returned, true},
};

std::unique_ptr<OpenException> opening(ExceptionKind kind, Bucket bucket, Uuid const& subject, Result const& facts, int row, int first, Instant now) {
    auto out = std::make_unique<OpenException>();
    auto& fresh = out->fresh;
    fresh.id = ExceptionId::make(bucket, now);
    fresh.kind = kind;
    fresh.subject = subject;
    fresh.account = facts.id<AccountId>(row, first);
    auto const amount = facts.money(row, first + 1);
    fresh.amount = amount.is_negative() ? -amount : amount;
    fresh.occurred_at = facts.time(row, first + 2);
    fresh.merchant = facts.id<MerchantId>(row, first + 3);
    out->id = fresh.id;
    return out;
}

/// The newest late payment of a request, which is what its status is about.
std::optional<Uuid> late_payment_of(postgres::Connection& connection, Bucket bucket, Uuid const& request) {
    static auto const statement = Statement{"exceptions_late_payment", std::string{exceptions_sql::late_payment}};
    auto const rows = connection.query(statement, Params::of(bucket, request));
    if (rows.rows() == 0) return std::nullopt;
    return rows.uuid(0, 0);
}

Array all_buckets() {
    auto out = Array{Array::Type::int2};
    for (auto n = 0; n < Bucket::count; ++n) out.add(static_cast<std::int16_t>(n));
    return out;
}

/// The least id of a bucket made at that moment.
Uuid first_id(Bucket bucket, Instant at) {
    auto out = new_uuid(bucket, at);
    for (std::size_t i = 7; i < out.size(); ++i) out[i] = 0;
    out[6] = static_cast<std::uint8_t>(out[6] & 0xf0U);
    return out;
}

}  // namespace

std::vector<std::string_view> const& exception_events() {
    static auto const all = [] {
        auto out = std::vector<std::string_view>{};
        for (auto const& row : table) out.push_back(row.event);
        return out;
    }();
    return all;
}

std::unique_ptr<OpenException> opening_of(postgres::Connection& connection, std::string_view type, Bucket bucket, Uuid const& subject,
                                          std::string_view body, Instant now) {
    static auto const of_payment = Statement{"exceptions_payment_facts", std::string{exceptions_sql::payment_facts}};
    static auto const of_payout = Statement{"exceptions_payout_facts", std::string{exceptions_sql::payout_facts}};
    auto const* found = std::ranges::find(table, type, &Row::event);
    if (found == std::end(table)) return nullptr;
    auto about = subject;
    if (found->kind == ExceptionKind::paid_late) {
        auto const late = late_payment_of(connection, bucket, subject);
        if (!late) return nullptr;
        about = *late;
    }
    auto const facts = connection.query(found->of_payout ? of_payout : of_payment, Params::of(bucket, about));
    // Told for the merchant whose reference it was, in the request's own bucket: the money is elsewhere, and so is its exception.
    if (facts.rows() == 0) return nullptr;
    auto kind = found->kind;
    auto const status = facts.text(0, 4);
    if ((kind == ExceptionKind::unreferenced || kind == ExceptionKind::wrong_account) && status != "unreferenced") return nullptr;
    // What comes back is unreferenced money, but the payout's own exception tells more.
    if (kind == ExceptionKind::unreferenced && body.find("\"payout_returned\"") != std::string_view::npos) return nullptr;
    return opening(kind, bucket, about, facts, 0, 0, now);
}

std::vector<std::unique_ptr<ExceptionCommand>> endings(postgres::Connection& connection) {
    static auto const statement = Statement{"exceptions_resolved", std::string{exceptions_sql::resolved}};
    auto out = std::vector<std::unique_ptr<ExceptionCommand>>{};
    auto const rows = connection.query(statement, Params::of(all_buckets()));
    for (auto row = 0; row < rows.rows(); ++row) {
        auto const why = rows.maybe_text(row, 1);
        if (!why) continue;
        if (*why == "refund_rejected") {
            out.push_back(std::make_unique<RejectResolution>());
        } else {
            auto end = std::make_unique<EndException>();
            end->why = *why;
            out.push_back(std::move(end));
        }
        out.back()->id = rows.id<ExceptionId>(row, 0);
    }
    return out;
}

std::vector<std::unique_ptr<OpenException>> without_line(postgres::Connection& connection, std::chrono::sys_days day, Instant now) {
    static auto const statement = Statement{"exceptions_unconfirmed", std::string{exceptions_sql::unconfirmed}};
    auto out = std::vector<std::unique_ptr<OpenException>>{};
    auto const from = Instant{day} - vietnam_offset;
    for (auto n = 0; n < Bucket::count; ++n) {
        auto const bucket = Bucket::of_bits(static_cast<std::uint64_t>(n));
        auto one = Array{Array::Type::int2};
        one.add(bucket);
        auto const rows = connection.query(statement, Params::of(one, first_id(bucket, from), first_id(bucket, from + std::chrono::days{1})));
        for (auto row = 0; row < rows.rows(); ++row)
            out.push_back(opening(ExceptionKind::notice_without_line, bucket, rows.uuid(row, 0), rows, row, 1, now));
    }
    return out;
}

std::vector<std::unique_ptr<OpenException>> broken_chains(postgres::Connection& connection, Instant now) {
    static auto const statement = Statement{"exceptions_held_statements", std::string{exceptions_sql::held_statements}};
    auto out = std::vector<std::unique_ptr<OpenException>>{};
    auto const rows = connection.query(statement, Params::of(all_buckets()));
    for (auto row = 0; row < rows.rows(); ++row)
        out.push_back(opening(ExceptionKind::chain_broken, rows.bucket(row, 0), rows.uuid(row, 1), rows, row, 2, now));
    return out;
}

}  // namespace choso::settlement
