#include "gateway/payments/statement.hpp"

#include <string>

#include "gateway/payments/columns.hpp"

namespace choso::payments {
namespace {

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

std::optional<std::string> text_of(std::optional<Reference> const& reference) {
    if (!reference) return std::nullopt;
    return reference->text();
}

postgres::Params params_of(BatchBuckets const& buckets) {
    if (buckets.one()) return postgres::Params::of(buckets.numbers.front());
    auto column = postgres::Array{postgres::Array::Type::int2};
    for (auto const number : buckets.numbers) column.add(number);
    return postgres::Params::of(column);
}

}  // namespace choso::payments
