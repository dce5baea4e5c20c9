#include "gateway/payments/statement.hpp"

#include <array>
#include <string>

namespace choso::payments {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

/// Line breaks and indentation are for readers; the forms below look for single blanks.
std::string on_one_line(std::string_view text) {
    std::string out;
    for (auto const c : text) {
        auto const blank = c == '\n' || c == ' ';
        if (blank && (out.empty() || out.back() == ' ')) continue;
        out += blank ? ' ' : c;
    }
    return out;
}

std::string columns(std::string_view alias, std::initializer_list<std::string_view> names) {
    std::string out;
    for (auto const name : names) {
        if (!out.empty()) out += ", ";
        out += alias;
        out += '.';
        out += name;
    }
    return out;
}

std::string with_columns(std::string text) {
    replace_all(text, "request_columns(r)",
                columns("r", {"id", "merchant", "account", "token", "reference", "amount", "amount_paid", "late_paid", "status", "closed",
                              "late_policy", "late_decision", "expires_at", "created_at", "description", "stall", "order_code",
                              "return_url", "metadata", "fill"}));
    replace_all(text, "payment_columns(p)",
                columns("p", {"id", "account", "amount", "occurred_at", "recorded_at", "content_hash", "merchant", "status",
                              "wrong_account", "bank_ref", "sources", "reference", "request", "stall", "confirmed_at"}));
    replace_all(text, "refund_columns(f)",
                columns("f", {"id", "payment", "request", "amount", "status", "reason", "merchant", "maker_kind", "maker", "approver_kind",
                              "approver", "destination", "taken_from", "reference", "failure", "created_at", "decided_at"}));
    replace_all(text, "payout_columns(o)",
                columns("o", {"id", "purpose", "refund", "merchant", "account", "amount", "destination", "status", "maker_kind", "maker",
                              "approver_kind", "approver", "reference", "attempt", "line", "returned_by", "asked", "reason", "failure",
                              "bank_reference", "created_at", "approved_at", "submitted_at", "settled_at", "booked_at"}));
    replace_all(text, "p.sources", "array_prepend(p.source, p.later_sources)");
    return text;
}

}  // namespace

BatchStatement::BatchStatement(std::string_view name, std::string_view text) {
    auto const whole = with_columns(on_one_line(text));
    auto many = whole;
    replace_all(many, "each(", "unnest($1::int2[], ");
    replace_all(many, ") u(", ") u(bucket, ");
    replace_all(many, "each_bucket b", "unnest($1::int2[]) b(bucket)");
    replace_all(many, "in_batch", "= any($1::int2[])");
    auto one = whole;
    replace_all(one, "each(", "unnest(");
    replace_all(one, "u.bucket", "$1::int2");
    replace_all(one, "each_bucket b", "(select $1::int2 as bucket) b");
    replace_all(one, "in_batch", "= $1::int2");
    many_ = {std::string{name} + "_many", std::move(many)};
    one_ = {std::string{name} + "_one", std::move(one)};
}

void RowBuckets::put_into(postgres::Params& params, BatchBuckets const& buckets) const {
    if (buckets.one()) params.add(buckets.numbers.front());
    else params.add(column_);
}

postgres::Params params_of(BatchBuckets const& buckets) {
    if (buckets.one()) return postgres::Params::of(buckets.numbers.front());
    auto column = postgres::Array{postgres::Array::Type::int2};
    for (auto const number : buckets.numbers) column.add(number);
    return postgres::Params::of(column);
}

}  // namespace choso::payments
