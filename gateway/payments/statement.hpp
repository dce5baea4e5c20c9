#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/reference.hpp"
#include "platform/postgres/connection.hpp"

namespace choso::payments {

/// The buckets a batch holds locked.
struct BatchBuckets {
    std::vector<std::int16_t> numbers;
    [[nodiscard]] bool one() const { return numbers.size() == 1; }
};

/// A statement of the money path, written once, run in two forms: over the rows of many buckets, and over the rows of
/// one, where the bucket is the single parameter `$1` (so that on a sharded store it goes to one shard;
/// docs/adr/0003). In the text:
///
///   each($2::uuid[], …) u(id, …)   rows of arrays; `u.bucket` is each row's bucket
///   each_bucket b                  the batch's buckets, once each, as `b.bucket`
///   in_batch                       `= any(all buckets)` or `= the one`
///   request_columns(r), payment_columns(p), refund_columns(f), payout_columns(o)   the column lists that the readers expect
class BatchStatement {
 public:
    BatchStatement(std::string_view name, std::string_view text);
    [[nodiscard]] postgres::Statement const& in(BatchBuckets const& buckets) const { return buckets.one() ? one_ : many_; }

 private:
    postgres::Statement one_;
    postgres::Statement many_;
};

/// `$1` for statements over rows: the bucket of each row, or the one bucket.
class RowBuckets {
 public:
    void add(Bucket bucket) { column_.add(bucket); }
    void put_into(postgres::Params& params, BatchBuckets const& buckets) const;

 private:
    postgres::Array column_{postgres::Array::Type::int2};
};

/// `$1` the rows' buckets, then the columns.
template <class... Columns>
[[nodiscard]] postgres::Params with_buckets(RowBuckets const& buckets, BatchBuckets const& in, Columns const&... columns) {
    postgres::Params params;
    buckets.put_into(params, in);
    (params.add(columns), ...);
    return params;
}

/// `$1` buckets, `$2` ids.
template <class Ids>
[[nodiscard]] postgres::Params of_ids(Ids const& ids, BatchBuckets const& in) {
    RowBuckets buckets;
    auto column = postgres::Array{postgres::Array::Type::uuid};
    for (auto const& id : ids) {
        buckets.add(id.bucket());
        column.add(id);
    }
    return with_buckets(buckets, in, column);
}

/// A code as its column takes it.
[[nodiscard]] std::optional<std::string> text_of(std::optional<Reference> const& reference);

/// `$1` for statements with `each_bucket` or `in_batch`.
[[nodiscard]] postgres::Params params_of(BatchBuckets const& buckets);

}  // namespace choso::payments
